// The week of hours as a grid to paint on. The rows of from and to stay the truth that is sent; they move behind
// a disclosure, and painting writes them. Half hours; Space or a press sets, arrow keys move, Shift+arrow paints.
const CELLS = 48;
const MORNING = 12;
const NIGHT = 44;
const KINDS = ["good", "possible", ""];

export function attach(editor) {
  const [good, possible, quiet, night, title] = editor.dataset.words.split("|");
  const days = [...editor.querySelectorAll(".hours-day")];
  const rowModel = days[0].querySelector(".hours-range").cloneNode(true);
  let week = read(days);
  let brush = "good";
  let stroke = null;

  const paint = element("div", { className: "paint" });
  const brushes = element("div", { className: "paint-brushes", role: "group", ariaLabel: title });
  KINDS.forEach((kind, at) => {
    const swatch = element("span", { className: "paint-swatch" });
    swatch.dataset.kind = kind;
    const button = element("button", { className: "button small", type: "button", ariaPressed: String(kind === brush) });
    button.append(swatch, [good, possible, quiet][at]);
    button.addEventListener("click", () => {
      brush = kind;
      for (const other of brushes.children) other.ariaPressed = String(other === button);
    });
    brushes.append(button);
  });

  const { table, cells } = grid(days.map((day) => day.getAttribute("aria-label")), title);
  const nightly = element("button", { className: "button small plain", type: "button", textContent: night });
  const showNight = () => { table.querySelectorAll("tr[hidden]").forEach((row) => { row.hidden = false; }); nightly.remove(); };
  nightly.addEventListener("click", showNight);

  const words = { good, possible, "": quiet };
  const show = () => cells.forEach((column, day) => column.forEach((cell, at) => {
    cell.dataset.kind = week[day][at];
    cell.ariaLabel = `${days[day].getAttribute("aria-label")} ${clock(at)}, ${words[week[day][at]]}`;
  }));
  const set = (day, at, kind) => { week[day][at] = kind; show(); write(days, week, rowModel); };
  const place = (cell) => [Number(cell.dataset.day), Number(cell.dataset.at)];

  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!cell || event.button) return;
    const [day, at] = place(cell);
    stroke = week[day][at] === brush ? "" : brush;
    cell.releasePointerCapture?.(event.pointerId);
    set(day, at, stroke);
  });
  table.addEventListener("pointermove", (event) => {
    if (stroke === null) return;
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-day]");
    if (cell && table.contains(cell)) set(...place(cell), stroke);
  });
  const lift = () => { stroke = null; };
  window.addEventListener("pointerup", lift);
  window.addEventListener("pointercancel", lift);

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!cell) return;
    const [day, at] = place(cell);
    const turn = document.dir === "rtl" ? -1 : 1;
    const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-turn, 0], ArrowRight: [turn, 0] };
    if (event.key === " " || event.key === "Enter") set(day, at, week[day][at] === brush ? "" : brush);
    else if (steps[event.key]) {
      const next = cells[day + steps[event.key][0]]?.[at + steps[event.key][1]];
      if (!next) return;
      if (next.closest("tr").hidden) showNight();
      if (event.shiftKey) set(...place(next), week[day][at]);
      cell.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else return;
    event.preventDefault();
  });

  const exact = editor.querySelector("details");
  exact.open = Boolean(editor.closest(".field")?.querySelector(".field-error"));
  exact.addEventListener("change", () => { week = read(days); show(); });
  paint.append(brushes, table, nightly);
  exact.before(paint);
  if (week.every((day) => day.slice(0, MORNING).concat(day.slice(NIGHT)).every((kind) => !kind))) {
    table.querySelectorAll("tbody tr").forEach((row, at) => { row.hidden = at < MORNING || at >= NIGHT; });
  } else nightly.remove();
  show();
  return () => { window.removeEventListener("pointerup", lift); window.removeEventListener("pointercancel", lift); };
}

function grid(names, label) {
  const table = element("table", { className: "paint-grid", role: "grid", ariaLabel: label });
  const head = table.createTHead().insertRow();
  const short = (name) => (matchMedia("(width < 40rem)").matches ? name.slice(0, 2) : name.slice(0, 3));
  head.append(element("td"), ...names.map((name) => element("th", { scope: "col", abbr: name, textContent: short(name) })));
  const body = table.createTBody();
  const cells = names.map(() => []);
  for (let at = 0; at < CELLS; at += 1) {
    const row = body.insertRow();
    if (at % 2 === 0) row.dataset.fullHour = "";
    const time = element("span", { className: at % 2 ? "visually-hidden" : "", textContent: clock(at) });
    row.append(element("th", { scope: "row" }));
    row.firstChild.append(time);
    names.forEach((_, day) => {
      const cell = element("td", { role: "gridcell", tabIndex: day === 0 && at === 16 ? 0 : -1 });
      Object.assign(cell.dataset, { day, at });
      row.append(cell);
      cells[day].push(cell);
    });
  }
  return { table, cells };
}

function read(days) {
  const week = days.map(() => Array(CELLS).fill(""));
  days.forEach((element_, day) => element_.querySelectorAll(".hours-range").forEach((row) => {
    const [from, to] = [...row.querySelectorAll("input")].map((input) => cellOf(input.value));
    if (from === null || to === null) return;
    const end = to <= from ? to + CELLS : to;
    for (let at = Math.floor(from); at < end; at += 1) week[(day + (at >= CELLS)) % 7][at % CELLS] = row.querySelector("select").value;
  }));
  return week;
}

function write(days, week, model) {
  days.forEach((element_, day) => {
    const ranges = rangesOf(week[day]);
    const list = element_.querySelector(".hours-ranges");
    const rows = [...ranges, { from: "", to: "", kind: "good" }].map((range, at) => rowOf(model, day, at, range));
    list.replaceChildren(...rows);
  });
}

function rangesOf(cells) {
  const ranges = [];
  cells.forEach((kind, at) => {
    if (!kind) return;
    const last = ranges.at(-1);
    if (last?.end === at && last.kind === kind) last.end = at + 1;
    else ranges.push({ start: at, end: at + 1, kind });
  });
  return ranges.map(({ start, end, kind }) => ({ from: clock(start), to: clock(end % CELLS), kind }));
}

function rowOf(model, day, at, range) {
  const row = model.cloneNode(true);
  const renumber = (text, mark) => text.replace(new RegExp(`${mark}0${mark}0${mark}`), `${mark}${day}${mark}${at}${mark}`);
  for (const part of row.querySelectorAll("[name]")) { part.name = renumber(part.name, "-"); part.id = renumber(part.id, "_"); }
  for (const label of row.querySelectorAll("label")) label.htmlFor = renumber(label.htmlFor, "_");
  const [from, to] = row.querySelectorAll("input");
  from.value = range.from;
  to.value = range.to;
  row.querySelector("select").value = range.kind;
  return row;
}

const clock = (at) => `${String(Math.floor(at / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"}`;

function cellOf(value) {
  const [hours, minutes] = value.split(":").map(Number);
  return Number.isFinite(minutes) ? hours * 2 + minutes / 30 : null;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

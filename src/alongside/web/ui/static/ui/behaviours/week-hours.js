// The week of hours as a grid to paint on. The rows of from and to stay the truth that is sent; they move behind
// a disclosure, and painting writes them. Half hours; Space or a press sets, arrow keys move, Shift+arrow paints.
const CELLS = 48;
const MORNING = 12;
const NIGHT = 44;
const KINDS = ["good", "possible", ""];

export function attach(editor) {
  const [good, possible, quiet, night, title] = editor.dataset.words.split("|");
  const words = { good, possible, "": quiet };
  const days = [...editor.querySelectorAll(".hours-day")];
  const names = days.map((day) => day.getAttribute("aria-label"));
  const rowModel = days[0].querySelector(".hours-range").cloneNode(true);
  const exact = editor.querySelector("details");
  const { table, cells } = grid(names, title);
  let week = read(days);
  let brush = "good";
  let stroke = null;

  const show = () => cells.forEach((column, day) => column.forEach((cell, at) => {
    cell.dataset.kind = week[day][at];
    cell.ariaLabel = `${names[day]} ${clock(at)}, ${words[week[day][at]]}`;
  }));
  const set = (cell, kind) => {
    week[cell.dataset.day][cell.dataset.at] = kind;
    show();
    write(days, week, rowModel);
  };
  const turned = (cell) => (week[cell.dataset.day][cell.dataset.at] === brush ? "" : brush);

  const brushes = make("div", { className: "paint-brushes", role: "group", ariaLabel: title });
  brushes.append(...KINDS.map((kind) => {
    const button = make("button", { className: "button small", type: "button", ariaPressed: String(kind === brush) });
    const swatch = make("span", { className: "paint-swatch" });
    swatch.dataset.kind = kind;
    button.append(swatch, words[kind]);
    button.addEventListener("click", () => {
      brush = kind;
      for (const other of brushes.children) other.ariaPressed = String(other === button);
    });
    return button;
  }));

  const nightly = make("button", { className: "button small plain", type: "button", textContent: night });
  const showNight = () => { for (const row of table.rows) row.hidden = false; nightly.remove(); };
  nightly.addEventListener("click", showNight);

  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!cell || event.button) return;
    stroke = turned(cell);
    cell.releasePointerCapture(event.pointerId);
    set(cell, stroke);
  });
  table.addEventListener("pointermove", (event) => {
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-day]");
    if (stroke !== null && table.contains(cell)) set(cell, stroke);
  });
  const lift = () => { stroke = null; };
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, lift);

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-day]");
    const turn = document.dir === "rtl" ? -1 : 1;
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-turn, 0], ArrowRight: [turn, 0] }[event.key];
    if (!cell || !(step || event.key === " " || event.key === "Enter")) return;
    event.preventDefault();
    if (!step) return void set(cell, turned(cell));
    const next = cells[Number(cell.dataset.day) + step[0]]?.[Number(cell.dataset.at) + step[1]];
    if (!next) return;
    if (next.closest("tr").hidden) showNight();
    if (event.shiftKey) set(next, cell.dataset.kind);
    [cell.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  });

  exact.open = Boolean(editor.closest(".field")?.querySelector(".field-error"));
  exact.addEventListener("change", () => { week = read(days); show(); });
  const atNight = (at) => at < MORNING || at >= NIGHT;
  if (week.some((day) => day.some((kind, at) => kind && atNight(at)))) nightly.remove();
  else [...table.tBodies[0].rows].forEach((row, at) => { row.hidden = atNight(at); });
  const paint = make("div", { className: "paint" });
  paint.append(brushes, table, ...(table.querySelector("tr[hidden]") ? [nightly] : []));
  exact.before(paint);
  show();
  return () => { for (const end of ["pointerup", "pointercancel"]) window.removeEventListener(end, lift); };
}

function grid(names, label) {
  const table = make("table", { className: "paint-grid", role: "grid", ariaLabel: label });
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", timeZone: "UTC" });
  const short = (day) => weekday.format(Date.UTC(2024, 0, 1 + day)); // a Monday
  const heads = names.map((name, day) => make("th", { scope: "col", abbr: name, textContent: short(day) }));
  table.createTHead().insertRow().append(make("td"), ...heads);
  const body = table.createTBody();
  const cells = names.map(() => []);
  for (let at = 0; at < CELLS; at += 1) {
    const row = body.insertRow();
    row.toggleAttribute("data-full-hour", at % 2 === 0);
    row.append(make("th", { scope: "row" }));
    row.firstChild.append(make("span", { className: at % 2 ? "visually-hidden" : "", textContent: clock(at) }));
    names.forEach((_, day) => {
      const cell = make("td", { role: "gridcell", tabIndex: day === 0 && at === MORNING + 4 ? 0 : -1 });
      Object.assign(cell.dataset, { day, at });
      row.append(cell);
      cells[day].push(cell);
    });
  }
  return { table, cells };
}

function read(days) {
  const week = days.map(() => Array(CELLS).fill(""));
  days.forEach((group, day) => group.querySelectorAll(".hours-range").forEach((row) => {
    const [from, to] = [...row.querySelectorAll("input")].map(({ value }) => cellOf(value));
    const end = to <= from ? to + CELLS : to; // over midnight, into the next day
    for (let at = Math.floor(from); at < end; at += 1) week[(day + (at >= CELLS)) % 7][at % CELLS] = row.querySelector("select").value;
  }));
  return week;
}

function write(days, week, model) {
  days.forEach((group, day) => {
    const ranges = week[day].flatMap((kind, at, all) => {
      if (!kind || all[at - 1] === kind) return [];
      const length = all.slice(at).findIndex((other) => other !== kind);
      return [{ from: clock(at), to: clock(length < 0 ? 0 : at + length), kind }];
    });
    const rows = [...ranges, { from: "", to: "", kind: "good" }].map((range, at) => rowOf(model, day, at, range));
    group.querySelector(".hours-ranges").replaceChildren(...rows);
  });
}

function rowOf(model, day, at, { from, to, kind }) {
  const row = model.cloneNode(true);
  const renumber = (text) => text.replace(/([-_])0\1[0]\1/, `$1${day}$1${at}$1`);
  for (const part of row.querySelectorAll("[name]")) Object.assign(part, { name: renumber(part.name), id: renumber(part.id) });
  for (const label of row.querySelectorAll("label")) label.htmlFor = renumber(label.htmlFor);
  [...row.querySelectorAll("input, select")].forEach((control, place) => { control.value = [from, to, kind][place]; });
  return row;
}

const clock = (at) => `${String(Math.floor(at / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"}`;
const cellOf = (time) => Number(time.slice(0, 2) || NaN) * 2 + Number(time.slice(3, 5)) / 30;
const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);

// Rows that can be put in another order: by a handle to drag, and by buttons for everybody else.
// A row with data-url posts its new place there; in a form, inputs marked data-place are numbered anew instead.
export function attach(list) {
  const rows = () => [...list.children].filter((row) => row.querySelector("[data-order]"));
  rows().forEach((row) => equip(list, row));
  const number = () => rows().forEach((row, index) => setPlace(row, index + 1));

  let dragged = null;
  let before = null;

  const take = (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || !list.contains(grip)) return;
    dragged = grip.closest("li");
    before = dragged.nextElementSibling;
    dragged.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
    event.preventDefault();
  };

  const move = (event) => {
    if (!dragged) return;
    const under = rows().find((row) => row !== dragged && isUnder(row, event.clientY));
    if (!under) return;
    const box = under.getBoundingClientRect();
    under[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  };

  const drop = () => {
    if (!dragged) return;
    const row = dragged;
    dragged = null;
    row.classList.remove("is-dragged");
    if (row.nextElementSibling === before) return;
    number();
    if (row.dataset.url) send(row, list.dataset.step, rows().indexOf(row));
  };

  const step = (event) => {
    const button = event.target.closest("[data-step-by]");
    if (!button) return;
    const row = button.closest("li");
    const all = rows();
    const other = all[all.indexOf(row) + Number(button.dataset.stepBy)];
    if (!other) return;
    other[button.dataset.stepBy === "-1" ? "before" : "after"](row);
    number();
    button.focus();
  };

  list.addEventListener("pointerdown", take);
  list.addEventListener("pointermove", move);
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", drop);
  list.addEventListener("click", step);
  return () => {
    list.removeEventListener("pointerdown", take);
    list.removeEventListener("pointermove", move);
    list.removeEventListener("pointerup", drop);
    list.removeEventListener("pointercancel", drop);
    list.removeEventListener("click", step);
  };
}

function equip(list, row) {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.title = list.dataset.handle;
  grip.setAttribute("aria-hidden", "true");
  grip.textContent = "⠿";
  row.prepend(grip);
  const place = row.querySelector("[data-place]");
  if (place) place.hidden = true;
  row.querySelectorAll("[data-step-by]").forEach((button) => (button.hidden = false));
}

function setPlace(row, number) {
  const place = row.querySelector("[data-place]");
  if (place) place.value = number;
}

function isUnder(row, y) {
  const box = row.getBoundingClientRect();
  return y >= box.top && y <= box.bottom;
}

function send(row, step, index) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = row.dataset.url;
  const token = row.querySelector("[name=csrfmiddlewaretoken]") ?? document.querySelector("[name=csrfmiddlewaretoken]");
  for (const [name, value] of [["csrfmiddlewaretoken", token.value], ["step", step], ["index", index]]) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

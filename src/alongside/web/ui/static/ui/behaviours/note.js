// A note about what was done goes away by itself after a while, never under somebody's hand or focus.
const STAYS_FOR = 12_000;

export function attach(note) {
  const close = note.querySelector("[data-close]");
  close.hidden = false;
  close.addEventListener("click", () => note.remove());

  let timer = 0;
  const rest = () => window.clearTimeout(timer);
  const start = () => { rest(); timer = window.setTimeout(() => note.remove(), STAYS_FOR); };
  note.addEventListener("pointerenter", rest);
  note.addEventListener("pointerleave", start);
  note.addEventListener("focusin", rest);
  note.addEventListener("focusout", start);
  start();
  return rest;
}

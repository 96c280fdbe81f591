// A <details> menu closes on Escape, on a press elsewhere, and when focus leaves it.
export function attach(menu) {
  const summary = menu.querySelector("summary");
  const close = () => { menu.open = false; };
  const elsewhere = (event) => { if (!menu.contains(event.target)) close(); };

  menu.addEventListener("toggle", () => {
    document[menu.open ? "addEventListener" : "removeEventListener"]("pointerdown", elsewhere);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    summary.focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  return () => document.removeEventListener("pointerdown", elsewhere);
}

// A <details> menu closes on Escape, on a press elsewhere, and when focus leaves it.
export function attach(menu) {
  const summary = menu.querySelector("summary");
  const close = () => { menu.open = false; };
  const elsewhere = (event) => { if (!menu.contains(event.target)) close(); };

  menu.addEventListener("toggle", () => {
    if (menu.open) keepInside(menu);
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

// Opens to the other side where its own side has no room.
function keepInside(menu) {
  const items = menu.querySelector(".menu-items").getBoundingClientRect();
  if (items.left < 0 || items.right > document.documentElement.clientWidth) menu.classList.toggle("start");
}

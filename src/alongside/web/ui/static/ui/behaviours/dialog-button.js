// Opens its dialog in browsers that do not know the command attribute yet.
export function attach(button) {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  button.addEventListener("click", () => document.getElementById(button.getAttribute("commandfor"))?.showModal());
}

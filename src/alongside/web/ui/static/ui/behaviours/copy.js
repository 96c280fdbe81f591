// Copies the text of the element that data-copy names, and says so in the button's own words (data-copied).
const SAYS_SO_FOR = 2_000;

export function attach(button) {
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
    window.setTimeout(() => { button.textContent = words; }, SAYS_SO_FOR);
  });
}

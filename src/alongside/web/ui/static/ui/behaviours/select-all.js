// A checkbox that stands for all of its table: checks them, and shows when only some are checked.
export function attach(all) {
  const table = all.closest("table");
  const each = () => [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  const show = () => {
    const checked = each().filter((box) => box.checked).length;
    all.checked = checked > 0 && checked === each().length;
    all.indeterminate = checked > 0 && !all.checked;
  };
  all.addEventListener("change", () => {
    for (const box of each()) box.checked = all.checked;
  });
  table.addEventListener("change", (event) => event.target === all || show());
  show();
}

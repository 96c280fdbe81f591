// Adds the weights up while they are typed.
export function attach(list) {
  const output = list.querySelector("output");
  const add = () => {
    const sum = [...list.querySelectorAll("input")].reduce((total, input) => total + (Number(input.value) || 0), 0);
    output.textContent = String(Math.round(sum * 1000) / 1000);
  };
  list.addEventListener("input", add);
  add();
  return () => list.removeEventListener("input", add);
}

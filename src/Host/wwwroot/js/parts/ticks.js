// <fieldset data-ticks>: its button unticks all boxes of the group, or ticks them when none is.
export default function start(group, signal) {
  const button = group.querySelector("[data-off]");
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const isAny = () => boxes.some(box => box.checked);
  const tell = () => { button.textContent = isAny() ? button.dataset.off : button.dataset.on; };
  button.addEventListener("click", () => {
    const on = !isAny();
    for (const box of boxes) box.checked = on;
    tell();
  }, { signal });
  group.addEventListener("change", tell, { signal });
  tell();
}

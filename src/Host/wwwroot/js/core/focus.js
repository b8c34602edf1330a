// A frame that is drawn anew keeps the focus: on its button at the same place, or the nearest one that can be pressed.
let place = -1;
const buttons = frame => [...frame.querySelectorAll("button, a[href], summary")];

document.addEventListener("turbo:before-frame-render", event => { place = buttons(event.target).indexOf(document.activeElement); });
document.addEventListener("turbo:frame-render", event => {
  if (place < 0 || document.activeElement !== document.body) return;
  const all = buttons(event.target);
  [all[place], ...all.slice(0, place).reverse(), ...all.slice(place + 1)].find(button => button && !button.disabled)?.focus({ preventScroll: true });
});

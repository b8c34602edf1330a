// A frame that is drawn anew keeps the focus: on its button at the same place, or the nearest one that can be pressed.
let place = -1;
const buttons = frame => [...frame.querySelectorAll("button, a[href], summary")];

document.addEventListener("turbo:before-frame-render", event => { place = buttons(event.target).indexOf(document.activeElement); });
document.addEventListener("turbo:frame-render", event => {
  if (place < 0 || document.activeElement !== document.body) return;
  const all = buttons(event.target);
  [all[place], ...all.slice(0, place).reverse(), ...all.slice(place + 1)].find(button => button && !button.disabled && button.checkVisibility())?.focus({ preventScroll: true });
});

// Where the editing of a fact began, or what stands there now.
export const pen = frame => frame?.querySelector(".pen-link") ?? frame?.querySelector("a, button, summary");

// Escape leaves what is edited in place, however fast it comes after the opening. Whoever has gone on to another fact meanwhile stays there.
document.addEventListener("keydown", event => {
  const form = event.key === "Escape" && !event.defaultPrevented ? event.target.closest?.("form.quick, form.response-form") : null;
  if (!form) return;
  event.preventDefault();
  const frame = form.closest("turbo-frame");
  frame?.addEventListener("turbo:frame-load", () => { if (document.activeElement === document.body || frame.contains(document.activeElement)) pen(frame)?.focus(); }, { once: true });
  form.querySelector("[data-cancel]")?.click();
});

// So does a list that is narrowed, sorted or leafed through: the page is another one, the place in it is the same.
const regions = ["main .filters", "main thead", "main .pager", "main .tabs"];
let region;
document.addEventListener("turbo:before-render", () => {
  region = regions.find(one => document.activeElement?.closest(one));
  if (region) place = buttons(document.querySelector(region)).indexOf(document.activeElement);
});
document.addEventListener("turbo:render", () => {
  const now = region && document.activeElement === document.body && document.querySelector(region);
  if (!now) return;
  const all = buttons(now);
  (all[place] ?? all.at(-1))?.focus({ preventScroll: true });
});

// A link to an entry of another page goes to the entry with the focus too.
document.addEventListener("turbo:load", () => {
  const entry = location.hash && document.activeElement === document.body && document.getElementById(location.hash.slice(1));
  if (entry) buttons(entry)[0]?.focus({ preventScroll: true });
});

// <details class="menu">, and "open-panel" for a larger one: closes on a click outside, on Escape and after a choice; arrows move inside.
const kinds = "details:is(.menu, .open-panel)";
const open = () => document.querySelectorAll(`${kinds}[open]`);
const items = menu => [...menu.querySelectorAll(".menu-item, .sheet a")].filter(item => !item.disabled && item.offsetParent);

document.addEventListener("click", event => {
  // What was clicked may have gone since, a removed tag for example: the way to it still tells where it was.
  const way = event.composedPath();
  for (const menu of open()) {
    const chosen = event.target.closest("a.menu-item, .sheet a");
    if (!way.includes(menu) || (chosen && menu.contains(chosen))) menu.open = false;
  }
});

document.addEventListener("keydown", event => {
  const menu = event.target.closest?.(kinds) ?? (event.key === "Escape" ? open()[0] : null);
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  menu.open = true;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  all.at(at < 0 ? (step > 0 ? 0 : -1) : (at + step) % all.length)?.focus();
});

// Pressing on a label or an empty place moves the focus to what holds the menu: nobody has left it then.
document.addEventListener("focusout", event => {
  const menu = event.target.closest?.(`${kinds}[open]`);
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget) && !event.relatedTarget.contains(menu)) menu.open = false;
});

// A menu that asks for something waits for it, unless it knows already.
document.addEventListener("toggle", event => {
  const menu = event.target;
  if (menu.matches?.("details.menu[open]") && document.activeElement === menu.querySelector("summary")) [...menu.querySelectorAll(".pad input[type=text]")].find(field => field.offsetParent && !field.value)?.focus();
}, true);

// A page kept for "back" must not come back with an open menu.
document.addEventListener("turbo:before-cache", () => { for (const menu of open()) menu.open = false; });

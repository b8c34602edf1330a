// <details class="menu">: closes on a click outside, on Escape and after a choice; arrows move inside.
const open = () => document.querySelectorAll("details.menu[open]");
const items = menu => [...menu.querySelectorAll(".menu-item, .sheet a")].filter(item => !item.disabled && item.offsetParent);

document.addEventListener("click", event => {
  for (const menu of open()) {
    const chosen = event.target.closest("a.menu-item, .sheet a");
    if (!menu.contains(event.target) || (chosen && menu.contains(chosen))) menu.open = false;
  }
});

document.addEventListener("keydown", event => {
  const menu = event.target.closest?.("details.menu") ?? (event.key === "Escape" ? open()[0] : null);
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

document.addEventListener("focusout", event => {
  const menu = event.target.closest?.("details.menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// A page kept for "back" must not come back with an open menu.
document.addEventListener("turbo:before-cache", () => { for (const menu of open()) menu.open = false; });

// <form data-list> around a list: ticking, the bar of group operations, opening a row, and j k Enter x.
const ticks = list => [...list.querySelectorAll("tbody .tick-cell input")];
const rowsOf = list => [...list.querySelectorAll("tbody tr")];
let last;

function tell(list) {
  const all = ticks(list);
  const chosen = all.filter(tick => tick.checked).length;
  const whole = list.querySelector("[data-tick-all]");
  if (whole) { whole.checked = chosen > 0 && chosen === all.length; whole.indeterminate = chosen > 0 && chosen < all.length; }
  const bar = list.querySelector(".bulk");
  if (!bar) return;
  bar.hidden = chosen === 0;
  const matching = bar.querySelector("[name=all]");
  if (matching && chosen < all.length) matching.checked = false;
  const count = bar.querySelector("[data-count]");
  const number = matching?.checked ? matching.dataset.total : chosen;
  if (count) count.textContent = (chosen === 1 && !matching?.checked ? count.dataset.one : count.dataset.many).replace("{0}", number);
  const offer = bar.querySelector("[data-offer-all]");
  if (offer) offer.hidden = chosen < all.length;
}

document.addEventListener("change", event => {
  const list = event.target.closest("[data-list]");
  if (!list) return;
  if (event.target.matches("[data-tick-all]")) for (const tick of ticks(list)) tick.checked = event.target.checked;
  if (event.target.matches("[data-tick-all], .tick-cell input, [name=all]")) tell(list);
});

document.addEventListener("click", event => {
  const list = event.target.closest("[data-list]");
  if (!list) return;
  const tick = event.target.closest("tbody .tick-cell input");
  if (tick) {
    const all = ticks(list);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((a, b) => a - b);
      for (const one of all.slice(from, to + 1)) one.checked = tick.checked;
      tell(list);
    }
    last = tick;
    return;
  }
  // Without a word in the field that it needs, a button asks for one; sent, the ticks would be gone for nothing.
  const needed = list.elements[event.target.closest("[data-needs]")?.dataset.needs];
  if (needed && !needed.value.trim()) {
    event.preventDefault();
    document.getElementById(needed.id.replace(/-held$/, "")).focus();
    return;
  }
  if (event.target.closest("[data-untick]")) { for (const one of ticks(list)) one.checked = false; tell(list); return; }
  if (event.target.closest("a, button, input, select, label, summary") || String(getSelection())) return;
  const link = event.target.closest("tbody tr")?.querySelector("a[data-open]");
  if (!link) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener"); else link.click();
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog, details.menu[open], [contenteditable]")) return;
  const list = document.querySelector("[data-list]");
  const step = { j: 1, k: -1 }[event.key];
  if (!list || !(step || event.key === "x" || event.key === "Enter")) return;
  const rows = rowsOf(list);
  const at = rows.findIndex(row => row.classList.contains("at"));
  if (step) {
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    rows[at]?.classList.remove("at");
    next?.classList.add("at");
    next?.querySelector("a[data-open]")?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  } else if (at >= 0 && event.key === "x") {
    event.preventDefault();
    rows[at].querySelector(".tick-cell input")?.click();
  } else if (at >= 0 && event.target === document.body) {
    rows[at].querySelector("a[data-open]")?.click();
  }
});

// All of a list may have been ticked before this came; a list that was refreshed is another matter.
const known = new WeakSet();
export default list => {
  const whole = list.querySelector("[data-tick-all]");
  if (!known.has(list) && whole?.checked && !ticks(list).some(tick => tick.checked)) for (const tick of ticks(list)) tick.checked = true;
  known.add(list);
  last ??= ticks(list).find(tick => tick.checked);
  tell(list);
};

// Single keys outside fields: c creates, ? shows the keys, g and a letter goes to a page named by data-key. Ctrl/⌘ Z takes back what the last message offers
// to take back, unless there is typing to take back.
let going = 0;

const typing = target => target.closest?.("input, textarea, select, [contenteditable], dialog[open]");

document.addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z" || event.target.value) return;
  const undo = [...document.querySelectorAll(".toast form")].at(-1);
  if (!undo) return;
  event.preventDefault();
  undo.requestSubmit();
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  if (going) {
    clearTimeout(going);
    going = 0;
    const link = document.querySelector(`.side a[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  if (event.key === "g") {
    going = setTimeout(() => { going = 0; }, 1200);
  } else if (event.key === "c") {
    const menu = [...document.querySelectorAll("details.create, .tabbar details")].find(one => one.offsetParent !== null);
    if (!menu) return;
    event.preventDefault();
    menu.open = true;
    menu.querySelector(".menu-item, .sheet a")?.focus();
  } else if (event.key === "?") {
    const dialog = document.getElementById("keys");
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  }
});

// A form is sent once: its buttons rest until the answer is there, or until the page comes back.
export const rest = (form, resting) => {
  form.toggleAttribute("data-sent", resting);
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (resting) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", event => {
  const form = event.target;
  if (form.method === "get" || form.method === "dialog") return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // After the other listeners: one of them may have stopped it (a confirmation, for example).
  setTimeout(() => { if (!event.defaultPrevented || form.dataset.turbo !== "false") rest(form, true); });
}, true);

// Once more for what was asked about first: the question gave its buttons back.
document.addEventListener("turbo:submit-start", event => rest(event.target, true));
document.addEventListener("turbo:submit-end", event => rest(event.target, false));
document.addEventListener("turbo:before-cache", () => document.querySelectorAll("form[data-sent]").forEach(form => rest(form, false)));
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(form => rest(form, false)));

// Ctrl/⌘ Enter sends the form from inside a text.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (form && event.target.matches("textarea, input")) form.requestSubmit();
});

// A form is sent once: its buttons rest until the answer is there, or until the page comes back.
const rest = (form, resting) => {
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
  // After the other listeners: what one of them stopped has not been sent, and Turbo says itself when it sends: a question comes before.
  setTimeout(() => { if (!event.defaultPrevented) rest(form, true); });
}, true);

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

// Where drafts are kept: in this browser, apart for each person, thrown away at sign-out.
const scope = () => `draft:${document.body.dataset.user ?? ""}:`;
const sent = "draft-sent";
const leftOut = ["__RequestVerificationToken"];

export const read = key => { try { return JSON.parse(localStorage.getItem(scope() + key)); } catch { return null; } };
export const drop = key => localStorage.removeItem(scope() + key);
export const keep = (key, values) => { try { localStorage.setItem(scope() + key, JSON.stringify({ values, at: Date.now() })); } catch { /* full or forbidden: nothing to keep in */ } };
export const markSent = key => sessionStorage.setItem(sent, key);

/** Everything typed in a form, as pairs; never files, passwords or tokens. */
export function values(form) {
  const secret = new Set([...form.querySelectorAll("[type=password], [autocomplete$=password]")].map(input => input.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !leftOut.includes(name) && !secret.has(name));
}

/** After a form was sent: the next page tells whether its draft has served. */
export function settle() {
  const key = sessionStorage.getItem(sent);
  // The form that was sent still stands: its answer is not there yet.
  if (!key || document.querySelector("form[data-draft-sent]")) return;
  sessionStorage.removeItem(sent);
  const stopped = document.body.matches(".plain, [data-mishap]");
  const form = document.querySelector(`form[data-draft="${CSS.escape(key)}"]`);
  if (!stopped && !form?.querySelector(".errors, [aria-invalid=true]")) drop(key);
}

// A form whose answer will never come is typed in again.
const reopen = form => form.removeAttribute?.("data-draft-sent");
document.addEventListener("turbo:fetch-request-error", event => reopen(event.target));
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-draft-sent]").forEach(reopen));

document.addEventListener("submit", event => {
  if (!event.target.matches("[data-clear-drafts]")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
}, true);

// A refresh of the page leaves alone what somebody is typing, and a fact that is open for editing.
document.addEventListener("turbo:before-morph-element", event => {
  const part = event.target;
  const isTyped = part.matches?.("form[data-dirty]:not([data-draft-sent])");
  if (isTyped || (part.matches?.("turbo-frame") && part.querySelector(":scope > form.quick:not([data-draft-sent])"))) event.preventDefault();
});

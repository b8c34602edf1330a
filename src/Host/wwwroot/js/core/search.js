// The search field: Ctrl/⌘ K or / goes there, suggestions come while one types, Enter opens, Escape goes back to where one was.
import { Options, asker, later } from "./options.js";

const bound = new WeakSet();
const ask = asker();
// What had the focus before a key brought it to the field.
let origin;

function back() {
  const place = origin?.checkVisibility() ? origin : origin?.closest("details")?.querySelector("summary");
  origin = null;
  place?.focus({ preventScroll: true });
}

function bind(form) {
  if (!form || bound.has(form)) return;
  bound.add(form);
  const input = form.querySelector("input");
  const list = form.querySelector(".options");
  const options = new Options(input, list, (option, event) => {
    options.close();
    const { href, send = "" } = option.dataset;
    const [name, value] = send.split("=");
    // What acts stands in the page as a button already.
    const button = send ? `form[action="${href}"] button${value ? `[name="${name}"][value="${value}"]` : ""}` : href.startsWith("#") && `[data-dialog="${href.slice(1)}"]`;
    if (button) {
      input.value = "";
      back();
      document.querySelector(button)?.click();
    }
    else if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
    else window.Turbo.visit(href);
  });
  const suggest = later(120, async () => {
    const words = input.value.trim();
    if (!words) return options.close();
    const html = await ask(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`);
    if (html === null || input.value.trim() !== words || document.activeElement !== input) return;
    list.innerHTML = html;
    options.show();
  });
  input.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    suggest.cancel();
    options.close();
    input.value = input.defaultValue;
    back();
  });
  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => { if (input.value.trim()) suggest(); });
  input.addEventListener("blur", () => {
    options.close();
    // Another window takes it for a while only.
    if (document.activeElement !== input) origin = null;
  });
  if (document.activeElement === input) suggest();
}

const field = () => document.querySelector("form.search input");

document.addEventListener("keydown", event => {
  const palette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  const slash = event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]");
  if (!field() || !(palette || slash)) return;
  event.preventDefault();
  const before = document.activeElement;
  field().focus();
  if (before !== field() && document.activeElement === field()) origin = before === document.body ? null : before;
  field().select();
});

for (const name of ["turbo:load", "turbo:render"]) document.addEventListener(name, () => bind(document.querySelector("form.search[data-suggest]")));
document.addEventListener("turbo:before-cache", () => { const list = document.querySelector("form.search .options"); if (list) { list.hidden = true; list.innerHTML = ""; } });

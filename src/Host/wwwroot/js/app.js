// The entry: Turbo, what every page needs, and the other behaviours when a page first holds something for them.
// A behaviour listens on the document, or exports a function that is called once for each element it names below, with a signal that ends its life.
import "../turbo.js";
import "./core/theme.js";
import "./core/anchors.js";
import "./core/menus.js";
import "./core/search.js";
import "./core/focus.js";
import "./core/keys.js";
import "./core/toast.js";
import "./core/submit.js";
import "./core/dialogs.js";
import { settle } from "./core/drafts.js";

const parts = {
  "combo-box": "combobox",
  "drop-zone": "drop",
  "form[data-draft]": "draft",
  "[data-rows]": "rows",
  "[data-list]": "list",
  "form[data-auto], form[data-lean]": "filters",
  "[data-poll]": "poll",
  "input[type=date], input[type=datetime-local]": "day",
  "[data-duplicates]": "duplicates",
  "form.quick, form.response-form": "inline",
  "[data-show-when]": "showing",
  "[data-ticks]": "ticks",
  "[data-reveal]": "reveal",
};
const attached = new WeakMap();

// shell.css draws our own progress bar from aria-busy.
window.Turbo.config.drive.progressBarDelay = 2 ** 31 - 1;

// A disabled button would lose the focus; submit.js keeps it from being pressed twice.
window.Turbo.config.forms.submitter = "aria-disabled";

async function attach() {
  const wanted = Object.entries(parts).map(([selector, name]) => [name, [...document.querySelectorAll(selector)]]).filter(([, found]) => found.length);
  const behaviours = wanted.map(([name, found]) => [name, found, import(`./parts/${name}.js`)]);
  for (const [name, found, module] of behaviours) {
    const { default: start } = await module;
    if (!start) continue;
    for (const element of found) {
      const lives = attached.get(element) ?? new Map();
      if (lives.has(name)) continue;
      const life = new AbortController();
      attached.set(element, lives.set(name, life));
      start(element, life.signal);
    }
  }
}

// A morphed element lost what a behaviour had built in it: it starts again, and what listened before listens no more.
document.addEventListener("turbo:morph-element", event => {
  for (const life of attached.get(event.target)?.values() ?? []) life.abort();
  attached.delete(event.target);
});
for (const name of ["turbo:load", "turbo:render", "turbo:frame-load", "turbo:morph", "liaison:added"]) document.addEventListener(name, attach);
document.addEventListener("turbo:load", settle);

// A form answered with errors, or empty for the next one, is morphed, which moves no focus by itself.
document.addEventListener("turbo:render", () => (document.querySelector(".errors[autofocus]") ?? (document.activeElement.matches("body, button") ? document.querySelector("[autofocus]") : null))?.focus());

// A frame answered by another page (signed out, an error): show that page.
document.addEventListener("turbo:frame-missing", event => {
  event.preventDefault();
  event.detail.visit(event.detail.response);
});

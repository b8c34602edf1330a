// <form class="quick"> in a frame: one fact edited in place, or a response. Focus goes in, a changed select saves.
import { pen } from "../core/focus.js";

export default function start(form, signal) {
  const field = form.querySelector("input:not([type=hidden], [type=radio], [hidden]), select:not([hidden]), textarea") ?? form.querySelector("input:checked");
  const wrong = form.querySelector("[aria-invalid=true]");
  // Whoever types already, here or elsewhere on the page, or went on to a button of the form, is left alone.
  const isTyping = document.activeElement.matches("input, select, textarea") || (!wrong && form.contains(document.activeElement));
  if (!isTyping && (wrong || !form.querySelector(".errors"))) (wrong ?? field)?.focus();
  // Once saved, the page is refreshed around the frame: the focus goes back to where the editing began.
  const id = form.closest("turbo-frame")?.id;
  form.addEventListener("turbo:submit-end", event => {
    if (!event.detail.success || !id) return;
    for (const name of ["turbo:render", "turbo:morph"]) document.addEventListener(name, () => setTimeout(() => { if (document.activeElement === document.body) pen(document.getElementById(id))?.focus(); }), { once: true });
  }, { signal });
  if (!isTyping && field?.matches("input[type=text], input:not([type])")) field.select();
  if (field?.matches("select:not([multiple])") && !field.closest("combo-box")) field.addEventListener("change", () => form.requestSubmit(), { signal });
}

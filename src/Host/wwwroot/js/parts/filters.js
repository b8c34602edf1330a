// <form data-auto method=get>: a changed filter takes effect at once, typed text after a pause. Of data-lean too, empty fields stay out of the URL.
import { later } from "../core/options.js";

export default function start(form) {
  form.addEventListener("formdata", event => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
  if (!("auto" in form.dataset)) return;
  form.querySelectorAll("[data-no-script]").forEach(button => { button.hidden = true; });
  const send = later(0, () => form.requestSubmit());
  const pause = later(350, () => form.requestSubmit());
  form.addEventListener("change", event => { if (!event.target.matches("input[type=search], input[type=text]")) send(); });
  form.addEventListener("input", event => { if (event.target.matches("input[type=search]")) pause(); });
}

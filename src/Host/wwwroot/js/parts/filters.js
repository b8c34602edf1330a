// <form data-auto method=get>: a changed filter takes effect at once, typed text after a pause. Of data-lean too, empty fields stay out of the URL.
// Sent by hand, or left for a page that somebody opened meanwhile, it does not take them back.
let waiting;
const after = (milliseconds, form) => { clearTimeout(waiting); waiting = setTimeout(() => form.requestSubmit(), milliseconds); };
for (const name of ["submit", "turbo:click"]) document.addEventListener(name, () => clearTimeout(waiting));

// What was typed before this file had arrived is looked for too.
const typing = document.querySelector("form[data-auto] input[type=search]:focus");
if (typing && typing.value !== typing.defaultValue) after(350, typing.form);

export default function start(form, signal) {
  form.addEventListener("formdata", event => {
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  }, { signal });
  if (!("auto" in form.dataset)) return;
  form.querySelectorAll("[data-no-script]").forEach(button => { button.hidden = true; });
  form.addEventListener("change", event => { if (!event.target.matches("input[type=search], input[type=text]")) after(0, form); }, { signal });
  form.addEventListener("input", event => { if (event.target.matches("input[type=search]")) after(350, form); }, { signal });
}

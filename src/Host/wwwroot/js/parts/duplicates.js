// <form data-duplicates="/contacts/duplicates">: while a name, e-mail or phone is typed, the look-alikes are told beside.
import { asker, later } from "../core/options.js";

export default function start(form, signal) {
  const place = form.querySelector("[data-duplicates-here]");
  if (!place) return;
  const ask = asker();
  let asked = "";
  const look = later(400, async () => {
    const query = new URLSearchParams();
    for (const field of form.querySelectorAll("[data-duplicate-by]")) if (field.value.trim()) query.append(field.dataset.duplicateBy, field.value.trim());
    const question = query.toString();
    if (question === asked) return;
    asked = question;
    const html = question ? await ask(`${form.dataset.duplicates}${form.dataset.duplicates.includes("?") ? "&" : "?"}${question}`) : "";
    if (html !== null && !signal.aborted) place.innerHTML = html;
  });
  if ([...form.querySelectorAll("[data-duplicate-by]")].some(field => field.value !== field.defaultValue)) look();
  form.addEventListener("input", event => { if (event.target.closest("[data-duplicate-by]")) look(); }, { signal });
}

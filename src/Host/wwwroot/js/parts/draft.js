// <form data-draft="contact-new">: what is typed is kept, and offered again when the form comes back without it.
import { drop, keep, markSent, read, settle, values } from "../core/drafts.js";
import { later } from "../core/options.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function apply(form, pairs) {
  const named = new Map([...Map.groupBy(pairs, ([name]) => name)].map(([name, all]) => [name, all.map(([, value]) => value)]));
  for (const name of named.keys()) {
    const rows = /^(.*)\[(\d+)\]\./.exec(name);
    const holder = rows && form.querySelector(`[data-rows="${CSS.escape(rows[1])}"]`);
    for (let more = 20; holder && more && !form.elements[name]; more--) holder.querySelector("[data-add]")?.click();
  }
  for (const control of form.elements) {
    if (!control.name || control.type === "file" || control.type === "password" || !(named.has(control.name) || control.matches("[type=checkbox], [type=radio], select[multiple]"))) continue;
    const wanted = named.get(control.name) ?? [];
    if (control.matches("[type=checkbox], [type=radio]")) control.checked = wanted.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = wanted.includes(option.value);
    else if (wanted.length) control.value = wanted.length > 1 ? wanted.shift() : wanted[0];
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export default function start(form, signal) {
  settle();
  const key = form.dataset.draft;
  // A form that came back with what was typed is a draft already: the server has stored nothing of it.
  const typed = form.dataset.typed === "yes";
  // What the form held before anybody typed in it, be it before this came.
  const blank = form.cloneNode(true);
  blank.reset();
  const first = typed ? [] : values(blank);
  const tell = () => { const told = form.querySelector("[data-draft-kept]"); if (told) told.hidden = false; };
  if (typed) { keep(key, values(form)); tell(); }
  const draft = typed ? null : read(key);
  const template = document.getElementById("draft-offer");
  form.querySelector(".draft-offer")?.remove();

  if (draft && template && !same(draft.values, first) && !form.querySelector(".errors")) {
    const offer = template.content.firstElementChild.cloneNode(true);
    const time = offer.querySelector("time");
    time.dateTime = new Date(draft.at).toISOString();
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(draft.at);
    offer.querySelector("[data-restore]").addEventListener("click", () => { apply(form, draft.values); offer.remove(); });
    offer.querySelector("[data-discard]").addEventListener("click", () => { drop(key); offer.remove(); });
    form.prepend(offer);
  }

  // A form that became that of the other kind of contact is the same element with another key.
  const isOther = () => form.dataset.draft !== key;
  const save = later(400, () => {
    if (signal.aborted || !form.isConnected || isOther() || form.matches("[data-sent], [data-draft-sent]")) return;
    const now = values(form);
    if (same(now, first)) return drop(key);
    keep(key, now);
    tell();
  });
  const typing = () => { form.setAttribute("data-dirty", ""); save(); };
  if (!typed && !same(values(form), first)) typing();
  form.addEventListener("input", typing, { signal });
  form.addEventListener("change", save, { signal });
  form.addEventListener("submit", () => { if (isOther()) return; keep(key, values(form)); markSent(key); form.setAttribute("data-draft-sent", ""); }, { signal });
}

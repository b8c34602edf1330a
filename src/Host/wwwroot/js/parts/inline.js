// <form class="quick"> in a frame: one fact edited in place, or a response. Focus goes in, Escape goes back, leaving a changed select saves.
// Where the editing of a fact began, or what stands there now.
const pen = frame => frame?.querySelector(".pen-link") ?? frame?.querySelector("a, button");

export default function start(form) {
  const field = form.querySelector("input:not([type=hidden], [type=radio], [hidden]), select:not([hidden]), textarea") ?? form.querySelector("input:checked");
  const wrong = form.querySelector("[aria-invalid=true]");
  if (wrong || !form.querySelector(".errors")) (wrong ?? field)?.focus();
  // Once saved, the page is refreshed around the frame: the focus goes back to where the editing began.
  const id = form.closest("turbo-frame")?.id;
  form.addEventListener("turbo:submit-end", event => {
    if (!event.detail.success || !id) return;
    for (const name of ["turbo:render", "turbo:morph"]) document.addEventListener(name, () => setTimeout(() => { if (document.activeElement === document.body) pen(document.getElementById(id))?.focus(); }), { once: true });
  });
  if (field?.matches("input[type=text], input:not([type])")) field.select();
  form.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    const frame = form.closest("turbo-frame");
    const cancel = form.querySelector("[data-cancel]");
    cancel?.click();
    // Whoever has gone on to another fact meanwhile stays there.
    frame?.addEventListener("turbo:frame-load", () => { if (document.activeElement === document.body || frame.contains(document.activeElement)) pen(frame)?.focus(); }, { once: true });
  });
  if (field?.matches("select:not([multiple])") && !field.closest("combo-box")) field.addEventListener("change", () => form.requestSubmit());
}

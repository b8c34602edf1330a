// <form class="quick"> in a frame: one fact edited in place. Focus goes in, Escape goes back, leaving a changed select saves.
export default function start(form) {
  const field = form.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus();
  if (field?.matches("input[type=text], input:not([type])")) field.select();
  form.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    const frame = form.closest("turbo-frame");
    const cancel = form.querySelector("[data-cancel]");
    cancel?.click();
    frame?.addEventListener("turbo:frame-load", () => frame.querySelector("a, button")?.focus(), { once: true });
  });
  if (field?.matches("select:not([multiple])") && !field.closest("combo-box")) field.addEventListener("change", () => form.requestSubmit());
}

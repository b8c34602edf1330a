// data-dialog="id" opens a dialog, data-close closes it; data-turbo-confirm asks in ours instead of the browser's, data-confirm where Turbo has no part.
document.addEventListener("click", event => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  else if (event.target.matches("dialog[open]")) event.target.close();
});

const confirm = (message, _form, submitter) => new Promise(answer => {
  const dialog = document.getElementById("confirm");
  if (!dialog) return answer(window.confirm(message));
  dialog.querySelector("[data-message]").textContent = message;
  const button = dialog.querySelector("[value=yes]");
  const own = submitter?.dataset.confirmLabel ?? submitter?.textContent.trim();
  if (own) button.textContent = own;
  // Red is for what a red button asks: an import that can be undone is not alarming.
  button.classList.toggle("danger", Boolean(submitter?.classList.contains("danger")));
  dialog.returnValue = "";
  dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  dialog.showModal();
});

window.Turbo.config.forms.confirm = confirm;

const confirmed = new WeakSet();
document.addEventListener("submit", async event => {
  const { target: form, submitter } = event;
  if (!submitter?.dataset.confirm || confirmed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!await confirm(submitter.dataset.confirm, form, submitter)) return;
  confirmed.add(form);
  form.requestSubmit(submitter);
}, true);

document.addEventListener("turbo:before-cache", () => document.querySelectorAll("dialog[open]").forEach(dialog => dialog.close()));

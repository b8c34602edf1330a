// data-reveal="id": ticked, the password in that field can be read; it is sent as the password that it is, so that browsers can keep it.
export default function start(box, signal) {
  const field = document.getElementById(box.dataset.reveal);
  const tell = () => { field.type = box.checked ? "text" : "password"; };
  box.addEventListener("change", tell, { signal });
  if (box.checked) tell();
  field.form.addEventListener("submit", () => {
    box.checked = false;
    tell();
  }, { signal });
}

// data-show-when="Input.Kind=company": shown while the named field of the form has that value (several with |).
export default function start(part, signal) {
  const form = part.closest("form");
  const [name, wanted] = part.dataset.showWhen.split("=");
  const tell = () => {
    const value = new FormData(form).get(name) ?? "";
    part.hidden = !wanted.split("|").includes(String(value));
  };
  form.addEventListener("change", tell, { signal });
  tell();
}

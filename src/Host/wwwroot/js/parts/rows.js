// <fieldset data-rows="Input.Emails">: lines can be added from its <template> (index __i__) and taken away; one is the primary.
export default function start(rows, signal) {
  const lines = rows.querySelector("[data-lines]") ?? rows;
  const template = rows.querySelector("template");
  // Until then what needs this is not shown (form.css): no press on it is lost.
  rows.setAttribute("data-live", "");
  let next = Math.max(-1, ...[...rows.querySelectorAll("[name]")].map(one => Number(/\[(\d+)\]/.exec(one.name)?.[1] ?? -1))) + 1;

  rows.addEventListener("click", event => {
    if (event.target.closest("[data-add]")) {
      event.preventDefault();
      const holder = document.createElement("div");
      holder.append(template.content.cloneNode(true));
      holder.innerHTML = holder.innerHTML.replaceAll("__i__", next++);
      const line = holder.firstElementChild;
      lines.append(line);
      primary();
      document.dispatchEvent(new CustomEvent("liaison:added"));
      line.querySelector("input:not([type=radio], [type=hidden]), select, textarea")?.focus();
    }
    const remove = event.target.closest("[data-remove]");
    if (remove) {
      event.preventDefault();
      const line = remove.closest(".line");
      const neighbour = line.nextElementSibling ?? line.previousElementSibling;
      line.remove();
      primary();
      rows.dispatchEvent(new Event("change", { bubbles: true }));
      (neighbour?.querySelector?.("input:not([type=radio], [type=hidden]), textarea") ?? rows.querySelector("[data-add]"))?.focus();
    }
  }, { signal });

  // The first line is the primary one unless another was chosen.
  function primary() {
    const marks = [...lines.querySelectorAll("[data-primary]")];
    if (marks.length && !marks.some(mark => mark.checked)) marks[0].checked = true;
  }
}

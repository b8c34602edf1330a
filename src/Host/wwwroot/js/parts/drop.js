// <drop-zone> around a file input: files may be dropped on it; the name of the file is shown; data-auto sends at once, unless a file is larger than data-most.
const known = new WeakSet();

export default function start(zone, signal) {
  const input = zone.querySelector("input[type=file]");
  const frame = zone.querySelector(".drop");
  const shown = zone.querySelector("[data-chosen]");
  const size = bytes => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: bytes > 999_999 ? "megabyte" : "kilobyte", maximumFractionDigits: 1 }).format(bytes > 999_999 ? bytes / 1e6 : bytes / 1e3);
  const stop = event => { event.preventDefault(); event.stopPropagation(); };

  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, event => { stop(event); frame.classList.add("over"); }, { signal });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, event => { stop(event); frame.classList.remove("over"); }, { signal });
  zone.addEventListener("drop", event => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, { signal });
  const chosen = () => {
    if (shown) shown.textContent = [...input.files].map(file => `${file.name} (${size(file.size)})`).join(", ");
    if (zone.dataset.most && [...input.files].some(file => file.size > Number(zone.dataset.most))) {
      if (shown) shown.textContent = zone.dataset.tooLarge;
      input.value = "";
      return;
    }
    if ("auto" in zone.dataset && input.files.length) input.form.requestSubmit();
  };
  input.addEventListener("change", chosen, { signal });
  // Chosen before this came; what was refused already is not sent again when the page is refreshed.
  if (input.files.length && !known.has(input)) chosen();
  known.add(input);
}

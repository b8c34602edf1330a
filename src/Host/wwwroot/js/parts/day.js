// A browser writes a date field in its own language. When that is not the page's, the date stands below it in words, so that 03/04 is read as one day only.
export default function start(field, signal) {
  const language = document.documentElement.lang;
  document.getElementById(`${field.id}-words`)?.remove();
  if (!field.id || navigator.language.startsWith(language)) return;
  const words = Object.assign(document.createElement("p"), { className: "help", id: `${field.id}-words` });
  const format = new Intl.DateTimeFormat(language, { dateStyle: "full", ...(field.type === "date" ? {} : { timeStyle: "short" }) });
  const tell = () => {
    const date = field.value && new Date(field.type === "date" ? `${field.value}T00:00` : field.value);
    words.textContent = date ? format.format(date) : "";
    words.hidden = !date;
  };
  field.after(words);
  field.setAttribute("aria-describedby", [...new Set([...(field.getAttribute("aria-describedby") ?? "").split(" "), words.id])].join(" ").trim());
  field.addEventListener("input", tell, { signal });
  tell();
}

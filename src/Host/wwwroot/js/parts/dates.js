// data-set-date="+1d" | "+1w" | "+1m" | "now" with data-for: a button that fills a date or a date and time.
const two = number => String(number).padStart(2, "0");

document.addEventListener("click", event => {
  const button = event.target.closest("[data-set-date]");
  const field = button && document.getElementById(button.dataset.for);
  if (!field) return;
  event.preventDefault();
  const date = new Date();
  const [, number, unit] = /^\+(\d+)([dwm])$/.exec(button.dataset.setDate) ?? [];
  if (unit === "m") date.setMonth(date.getMonth() + Number(number));
  else if (unit) date.setDate(date.getDate() + Number(number) * (unit === "w" ? 7 : 1));
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  field.value = field.type === "date" ? day : `${day}T${unit ? field.value.split("T")[1] || "09:00" : `${two(date.getHours())}:${two(date.getMinutes())}`}`;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
});

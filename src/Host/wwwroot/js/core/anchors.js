// A link to a place on this page goes there without asking for the page again: what was typed on it stays.
document.addEventListener("click", event => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  for (let folded = place.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  place.scrollIntoView();
  const field = place.matches("input, select, textarea, button, a, [tabindex]") ? place : place.querySelector("input:not([type=hidden], [hidden]), select:not([hidden]), textarea, button");
  field?.focus({ preventScroll: true });
});

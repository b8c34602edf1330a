// Messages: closed by hand or after a while; one that offers an undo, or that is read or touched, stays longer.
const bound = new WeakSet();

function start(toast) {
  if (bound.has(toast)) return;
  bound.add(toast);
  let timer;
  // What has the focus already comes out from under it, as what gets it later does (toast.css).
  const at = document.activeElement.getBoundingClientRect();
  if (document.activeElement.closest("main form") && at.top < innerHeight && at.bottom > toast.getBoundingClientRect().top) document.activeElement.scrollIntoView({ block: "nearest" });
  const leave = () => toast.remove();
  const wait = () => { clearTimeout(timer); timer = setTimeout(leave, toast.querySelector("form") ? 12000 : 6000); };
  const stay = () => clearTimeout(timer);
  toast.querySelector(".close")?.addEventListener("click", event => { event.preventDefault(); leave(); });
  if (toast.classList.contains("problem")) return;
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, wait);
  wait();
}

const all = () => document.querySelectorAll(".toast").forEach(start);
for (const name of ["turbo:load", "turbo:render", "turbo:morph", "liaison:added"]) document.addEventListener(name, all);
document.addEventListener("turbo:before-cache", () => document.querySelectorAll(".toast").forEach(toast => toast.remove()));

// <combo-box> around a <select>, or around a text <input>; without script that control serves by itself.
//   data-url      suggestions as <li role=option data-value>, asked with ?q=     data-create  "Create {0}": what is typed may be new
//   data-multiple on an input: several, between commas                          data-id      name of a hidden field for the chosen key
import { Options, asker, later } from "../core/options.js";

const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// A word that holds a comma or a quote itself stands in double quotes, as the server writes and reads it.
const split = text => [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)].map(([, quoted, bare]) => (quoted?.replaceAll('""', '"') ?? bare).trim()).filter(Boolean);
const join = words => words.map(word => /[,"]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word).join(", ");
const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

// Nothing is drawn anew while a pointer is down: the button it presses would slip away from under it.
let pressed = false;
const waiting = new Set();
const settle = () => { pressed = false; setTimeout(() => { for (const draw of waiting) draw(); waiting.clear(); }); };
document.addEventListener("pointerdown", () => { pressed = true; }, true);
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, settle, true);

export default function start(box, signal) {
  box.querySelector(".combo")?.remove();
  box.querySelector(":scope > .options")?.remove();
  const held = box.querySelector("select, input:not([type=hidden])");
  // The page went on while this was on its way.
  if (!held) return;
  const isSelect = held.matches("select");
  const several = isSelect ? held.multiple : "multiple" in box.dataset;
  const key = box.dataset.id && held.form?.elements[box.dataset.id];
  const input = make("input", { type: "text", placeholder: held.placeholder ?? box.dataset.placeholder ?? "", spellcheck: false });
  const frame = make("div", { className: "combo made" });
  const list = make("ul", { className: "options made", hidden: true });
  list.setAttribute("role", "listbox");
  for (const name of ["aria-describedby", "aria-invalid", "aria-label", "aria-required"]) if (held.hasAttribute(name)) input.setAttribute(name, held.getAttribute(name));
  const id = held.id.replace(/-held$/, "");
  if (id) { held.id = `${id}-held`; input.id = id; }
  const label = id && document.querySelector(`label[for="${CSS.escape(id)}"]`);
  list.setAttribute("aria-label", held.getAttribute("aria-label") ?? label?.textContent.trim() ?? "");
  // Whoever typed before this came goes on where they were; the last of several words is not finished yet.
  const isHere = document.activeElement === held;
  const [from, to] = isSelect ? [] : [held.selectionStart, held.selectionEnd];
  const isBegun = isHere && !isSelect && held.value !== held.defaultValue;
  const unfinished = isBegun && several && !/,\s*$/.test(held.value) ? split(held.value).at(-1) ?? "" : "";
  if (unfinished) held.value = join(split(held.value).slice(0, -1));
  held.hidden = true;
  frame.append(input);
  box.append(frame, list);
  if (isHere || (held.autofocus && document.activeElement === document.body)) input.focus();

  const chosen = () => isSelect ? [...held.selectedOptions].filter(option => option.value).map(option => ({ value: option.value, text: option.text })) : several ? split(held.value).map(word => ({ value: word, text: word })) : [];

  function draw() {
    if (pressed && several) { waiting.add(draw); return; }
    frame.querySelectorAll(".pick").forEach(pick => pick.remove());
    if (!several) { input.value = isSelect ? chosen()[0]?.text ?? "" : held.value; return; }
    for (const { value, text } of chosen()) {
      const pick = make("span", { className: "pick" });
      const remove = make("button", { type: "button" });
      remove.setAttribute("aria-label", (box.dataset.removeText ?? "{0}").replace("{0}", text));
      remove.append(document.getElementById("icon-x")?.content.cloneNode(true) ?? "×");
      remove.addEventListener("click", () => { set(value, text, false); input.focus(); });
      pick.append(make("span", { textContent: text }), remove);
      input.before(pick);
    }
    input.value = "";
  }

  function set(value, text, on) {
    if (isSelect) {
      let option = [...held.options].find(one => one.value === value);
      if (!option && on) held.add(option = new Option(text, value));
      if (option) option.selected = on; else if (!several) held.value = "";
    } else if (several) {
      held.value = join([...split(held.value).filter(word => plain(word) !== plain(text)), ...(on ? [text] : [])]);
    } else {
      held.value = text;
      if (key) key.value = value;
    }
    draw();
    held.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What was asked before a choice must not open the list again after it.
  let turn = 0;
  const stop = () => { turn++; soon.cancel(); options.close(); };
  const options = new Options(input, list, option => {
    stop();
    if (several && !isSelect && !option.dataset.value) return type(option.dataset.text);
    set(option.dataset.value ?? "", option.dataset.text ?? option.textContent.trim(), true);
  });
  const type = text => split(text).forEach(word => set("", word, true));
  const ask = asker();

  async function suggest() {
    const mine = ++turn;
    const typed = input.value.trim();
    const wanted = plain(typed);
    list.replaceChildren();
    if (isSelect) {
      const taken = several ? chosen().map(one => one.value) : [];
      for (const option of [...held.options].filter(one => (one.value || (!several && !wanted && one.text.trim())) && !taken.includes(one.value) && plain(one.text).includes(wanted)).slice(0, 200)) add(option.value, option.text);
    }
    if (box.dataset.url && (typed || "eager" in box.dataset)) {
      const html = await ask(`${box.dataset.url}${box.dataset.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(typed)}`);
      if (html === null || mine !== turn) return;
      list.insertAdjacentHTML("beforeend", html);
    }
    if (box.dataset.create && typed && !options.all.some(one => plain(one.dataset.text ?? one.textContent.trim()) === wanted)) add("", typed, box.dataset.create.replace("{0}", typed));
    if (document.activeElement !== input) return options.close();
    options.show(several || isSelect || !typed ? Boolean(typed) : false);
    // The arrows begin at what is chosen.
    if (isSelect && !several && !typed && held.value) options.mark(options.all.find(one => one.dataset.value === held.value));
  }
  function add(value, text, shown = text) {
    const option = make("li", { textContent: shown });
    option.setAttribute("role", "option");
    Object.assign(option.dataset, { value, text });
    list.append(option);
  }
  const soon = later(120, suggest);
  const isQuoting = () => (input.value.match(/"/g)?.length ?? 0) % 2 === 1;

  frame.addEventListener("click", event => { if (event.target === frame) input.focus(); });
  input.addEventListener("focus", () => { if (isSelect || "eager" in box.dataset) { if (!several) input.select(); suggest.call(null, input.value = several ? input.value : ""); } });
  input.addEventListener("input", () => { if (!isSelect && !several) { held.value = input.value; if (key) key.value = ""; held.dispatchEvent(new Event("input", { bubbles: true })); } soon(); });
  input.addEventListener("blur", () => { stop(); if (several && !isSelect && input.value.trim()) type(input.value); else draw(); });
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown" && !options.isOpen) suggest();
    if (event.key === "Backspace" && !input.value) { const last = chosen().at(-1); if (last) set(last.value, last.text, false); }
    if ((event.key === "," && !isQuoting() || event.key === "Enter") && several && !isSelect && input.value.trim() && !event.defaultPrevented) { event.preventDefault(); stop(); type(input.value); }
  });
  held.addEventListener("change", event => { if (event.isTrusted || event.target.value !== input.value) draw(); }, { signal });
  draw();
  if (unfinished) input.value = unfinished;
  else if (isHere && !isSelect && !several) input.setSelectionRange(from, to);
  if (isBegun) soon();
}

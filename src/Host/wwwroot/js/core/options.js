// A list of suggestions under a field: which one is current, by arrows or pointer, and what Enter chooses.
let count = 0;

export class Options {
  constructor(input, list, choose) {
    Object.assign(this, { input, list, choose });
    list.id ||= `options-${++count}`;
    // A list long enough to scroll would be a place for Tab of its own, and vanish under it.
    list.tabIndex = -1;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("autocomplete", "off");
    this.close();
    input.addEventListener("keydown", event => this.key(event));
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option, event);
    });
  }

  get all() { return [...this.list.querySelectorAll("[role=option]")]; }
  get current() { return this.list.querySelector("[aria-selected=true]"); }
  get isOpen() { return !this.list.hidden; }

  show(first = true) {
    this.all.forEach((option, index) => {
      option.id ||= `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.list.hidden = !this.list.children.length;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(first ? this.all[0] : null);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark(option) {
    this.current?.setAttribute("aria-selected", "false");
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.isOpen) {
      event.preventDefault();
      const all = this.all;
      this.mark(all.at((all.indexOf(this.current) + step + (this.current ? 0 : step < 0 ? 1 : 0)) % all.length));
    } else if (event.key === "Enter" && this.isOpen && this.current) {
      event.preventDefault();
      this.choose(this.current, event);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }
}

/** Asks the server for a fragment, the newest question winning. */
export function asker() {
  let running;
  return async (url, headers = {}) => {
    running?.abort();
    running = new AbortController();
    try {
      const reply = await fetch(url, { signal: running.signal, headers: { Accept: "text/html", ...headers } });
      return reply.ok && !reply.redirected ? await reply.text() : "";
    } catch {
      return null;
    }
  };
}

export function later(milliseconds, act) {
  let timer;
  const soon = (...args) => { clearTimeout(timer); timer = setTimeout(() => act(...args), milliseconds); };
  soon.cancel = () => clearTimeout(timer);
  return soon;
}

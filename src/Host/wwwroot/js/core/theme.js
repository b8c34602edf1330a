// Theme and folded navigation: remembered in a cookie so that the server draws the next page right at once.
const remember = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
};

document.addEventListener("click", event => {
  const choice = event.target.closest("[data-theme-choice]");
  if (choice) {
    event.preventDefault();
    const theme = choice.dataset.themeChoice;
    document.documentElement.dataset.theme = theme;
    remember("theme", theme);
    for (const one of document.querySelectorAll("[data-theme-choice]")) one.setAttribute("aria-pressed", String(one.dataset.themeChoice === theme));
    return;
  }
  const fold = event.target.closest("[data-fold-nav]");
  if (!fold) return;
  event.preventDefault();
  const folded = document.documentElement.dataset.nav === "icons";
  document.documentElement.dataset.nav = folded ? "full" : "icons";
  fold.setAttribute("aria-pressed", String(!folded));
  remember("nav", folded ? "full" : "icons");
});

// Turbo keeps the root element between pages.
document.addEventListener("turbo:before-render", event => {
  const next = event.detail.newBody?.ownerDocument?.documentElement;
  if (next?.lang && next !== document.documentElement) document.documentElement.lang = next.lang;
});

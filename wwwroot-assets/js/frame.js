// The few things of the frame that only a browser can do.

const year = 60 * 60 * 24 * 365;

function keep(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax${secure}`;
}

export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  keep("portal.theme", theme);
}

export function setNav(narrow) {
  keep("portal.nav", narrow ? "narrow" : "wide");
}

// "/" goes to the search box, unless one is writing.
export function focusOnSlash(input) {
  const listener = event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return;
    event.preventDefault();
    input.focus();
    input.select();
  };
  document.addEventListener("keydown", listener);
  return { dispose: () => document.removeEventListener("keydown", listener) };
}

// The gear: account, theme, language, sign-out; and the watch that leads back to the sign-in page.

const THEME_NAMES = { system: "System", light: "Light", dark: "Dark" };
const CHECK_EVERY_MS = 10_000;
const places = new WeakMap();

/** The key under which Streamlit 1.67 keeps the theme of a page, by the path it was loaded at. */
const themeKey = (path) => `stActiveTheme-${path}-v2`;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Put the theme where Streamlit reads it; says whether that changed anything. */
export function keepTheme(theme, paths) {
  const wanted = JSON.stringify(THEME_NAMES[theme]);
  const stale = [...paths, location.pathname].filter(
    (path) => (localStorage.getItem(themeKey(path)) ?? '"System"') !== wanted,
  );
  for (const path of stale) localStorage.setItem(themeKey(path), wanted);
  return stale.includes(location.pathname);
}

function signOut(csrf) {
  const form = element("form", { method: "post", action: "/sign-out" });
  form.append(element("input", { type: "hidden", name: "csrf", value: csrf }));
  document.body.append(form);
  form.submit();
}

function toSignIn() {
  const next = location.pathname + location.search;
  location.assign(`/sign-in?next=${encodeURIComponent(next)}${location.hash}`);
}

async function checkSession() {
  if (document.visibilityState === "hidden") return;
  try {
    const answer = await fetch("/_stcore/health", { cache: "no-store" });
    if (answer.status === 401) toSignIn();
  } catch {
    // The server is away for a moment: Streamlit itself says so.
  }
}

function choices(title, options, chosen, onChoose) {
  const group = element("div", { class: "choices", role: "radiogroup", "aria-label": title });
  for (const [key, name] of options) {
    const is = key === chosen;
    group.append(
      element(
        "button",
        { type: "button", role: "radio", "aria-checked": String(is), onclick: () => onChoose(key) },
        name,
      ),
    );
  }
  group.addEventListener("keydown", moveFocus);
  return element("section", {}, element("h3", {}, title), group);
}

/** Arrow keys walk through the choices of a group. */
function moveFocus(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const options = [...event.currentTarget.children];
  const at = options.indexOf(event.target);
  options[(at + step + options.length) % options.length].focus();
  event.preventDefault();
}

function initials(name) {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word][0] ?? "").join("").toUpperCase();
}

function panel(place, data) {
  const { words } = data;
  const themes = data.themes.map((key) => [key, words[key]]);
  const languages = data.languages.map(({ key, name }) => [key, name]);
  return element(
    "div",
    { class: "panel", id: "panel", role: "dialog", "aria-label": words.menu },
    element(
      "div",
      { class: "person" },
      element("strong", {}, data.name),
      element("span", {}, data.email),
      element("span", { class: "role" }, data.role),
    ),
    choices(words.theme, themes, data.theme, (theme) => {
      place.tell("theme", theme);
      const mustReload = keepTheme(theme, data.paths);
      if (mustReload) setTimeout(() => location.reload(), 400);
    }),
    choices(words.language, languages, data.language, (language) => {
      place.tell("language", language);
    }),
    element("button", { type: "button", class: "leave", onclick: () => signOut(data.csrf) }, words.sign_out),
  );
}

/** Draw what changed; a rerun with the same data leaves the person's focus where it is. */
function draw(place, data) {
  const wanted = JSON.stringify([data, place.isOpen]);
  if (place.drawn === wanted) return;
  place.drawn = wanted;
  const open = (is) => {
    place.isOpen = is;
    draw(place, data);
    if (is) place.root.querySelector('[aria-checked="true"]')?.focus();
    else place.root.querySelector(".gear")?.focus();
  };
  const gear = element(
    "button",
    {
      type: "button",
      class: "gear",
      "aria-label": data.words.menu,
      "aria-expanded": String(place.isOpen),
      onclick: () => open(!place.isOpen),
    },
    initials(data.name),
  );
  place.close = () => place.isOpen && open(false);
  place.root.replaceChildren(gear, ...(place.isOpen ? [panel(place, data)] : []));
}

function settle(parentElement) {
  const root = element("div", { class: "menu" });
  parentElement.append(root);
  const place = { root, isOpen: false, section: "", close: () => {} };
  place.onKey = (event) => event.key === "Escape" && place.close();
  place.onPress = (event) => !event.composedPath().includes(root) && place.close();
  document.addEventListener("keydown", place.onKey);
  document.addEventListener("pointerdown", place.onPress);
  document.addEventListener("visibilitychange", checkSession);
  place.clock = setInterval(checkSession, CHECK_EVERY_MS);
  place.watch = new MutationObserver(() => markSection(place.section)); // it is drawn anew by width
  place.watch.observe(document.querySelector("header") ?? document.body, { childList: true, subtree: true });
  return place;
}

function leave(parentElement) {
  const place = places.get(parentElement);
  if (!place) return;
  places.delete(parentElement);
  clearInterval(place.clock);
  place.watch.disconnect();
  document.removeEventListener("keydown", place.onKey);
  document.removeEventListener("pointerdown", place.onPress);
  document.removeEventListener("visibilitychange", checkSession);
  place.root.remove();
}

/** Streamlit marks the open page, but not the closed list of pages that holds it. */
function markSection(name) {
  for (const button of document.querySelectorAll('[data-testid="stTopNavSection"]')) {
    const is = name !== "" && button.firstElementChild?.textContent.trim() === name;
    if (is) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.style.background = is ? "color-mix(in srgb, currentColor 12%, transparent)" : "";
    button.style.fontWeight = is ? "600" : "";
  }
}

/** A theme chosen on another machine is taken over once; a second try could only loop. */
function adoptTheme(data) {
  const tried = sessionStorage.getItem("central:theme");
  const mustReload = keepTheme(data.theme, data.paths);
  if (mustReload && tried !== data.theme) {
    sessionStorage.setItem("central:theme", data.theme);
    location.reload();
  }
}

export default function menu({ data, parentElement, setTriggerValue }) {
  let place = places.get(parentElement);
  if (!place) {
    place = settle(parentElement);
    places.set(parentElement, place);
    adoptTheme(data);
  }
  document.documentElement.lang = { pt: "pt-BR", en: "en", es: "es" }[data.language] ?? "pt-BR";
  place.tell = setTriggerValue; // always the latest one
  draw(place, data);
  place.section = data.section;
  markSection(data.section);
  return () => leave(parentElement);
}

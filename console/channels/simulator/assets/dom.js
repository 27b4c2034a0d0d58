// Elements and calls; what people wrote only ever becomes text, never markup.

export function element(name, given = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.flat().filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}

export function button(className, label, onclick, ...inside) {
  const given = { type: "button", class: className, "aria-label": label, title: label, onclick };
  return element("button", given, ...inside);
}

export async function call(name, fields) {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) if (value) body.append(key, value);
  const answer = await fetch(`/phone/${name}`, { method: "POST", body, headers: { "x-simulator": "1" } });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.why);
  return said;
}

// A drawing of 24 × 24, by its path.
export function icon(path, className = "icon") {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("class", className);
  drawn.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  drawn.append(line);
  return drawn;
}

export const ICONS = {
  back: "M15 5l-7 7 7 7",
  clip: "M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.3 3.3 0 014.7 4.7l-8.6 8.6a1.7 1.7 0 01-2.4-2.4L14.5 7",
  send: "M4 12l16-8-6 16-3-6z",
  more: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  pin: "M12 21s-7-6.5-7-11.5a7 7 0 0114 0C19 14.5 12 21 12 21zM12 12a2.5 2.5 0 100-5 2.5 2.5 0 000 5z",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4 4-6 8-6s8 2 8 6",
};

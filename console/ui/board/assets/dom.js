// Making elements: texts are texts, never markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === "" || value === null || value === undefined) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A link to the list behind a figure, or the same without a list. */
export function linked(figure, attributes, ...children) {
  if (!figure.href) return element("span", attributes, ...children);
  return element("a", { ...attributes, href: figure.href, "data-filter": figure.filter }, ...children);
}

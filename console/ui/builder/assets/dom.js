// Building blocks. Names and words that people typed only ever enter as text.

const SVG = "http://www.w3.org/2000/svg"

const ICONS = {
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  alert: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500v5.500M12 16.200v.1",
  group: "M8 4H5v16h3M16 4h3v16h-3M10 9h4M10 15h4",
}

/** Make an element: attributes by name, `class`, `text`, `on` = listeners, `data` = data-*. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) assign(node, name, value)
  node.append(...children.flat().filter(child => child !== null && child !== undefined))
  return node
}

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return
  if (name === "class") node.className = value
  else if (name === "text") node.textContent = value
  else if (name === "value") node.value = value
  else if (name === "data") Object.assign(node.dataset, value)
  else if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener)
  } else node.setAttribute(name, value === true ? "" : value)
}

/** Give an element this text, touching the document only when it differs. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** A decorative icon of the fixed set. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("class", "icon")
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", ICONS[name])
  svg.append(path)
  return svg
}

/** A button that shows only an icon, with its name for everybody else. */
export function iconButton(name, label, act, props = {}) {
  const button = { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: act }, ...props }
  return el("button", button, icon(name))
}

/** A select of `[key, name]` pairs; `act` gets the chosen key. */
export function select(pairs, chosen, act, props = {}) {
  const options = pairs.map(([key, name]) => el("option", { value: key, text: name }))
  const node = el("select", { class: "select", ...props, on: { change: event => act(event.target.value) } }, options)
  node.value = chosen
  return node
}

/** An input whose every change is told. */
export function input(app, label, value, act, props = {}) {
  const told = event => {
    act(event.target.value)
    app.changed()
  }
  const kind = { class: "input", type: "text", autocomplete: "off", spellcheck: "false" }
  return el("input", { ...kind, "aria-label": label, ...props, value, on: { input: told } })
}

const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A name that somebody else chose: what would turn the line around is spelled out. */
export function nameText(text, props = {}) {
  const code = found => `⟦U+${found.charCodeAt(0).toString(16).toUpperCase()}⟧`
  return el("bdi", { class: "name", text: text.replace(TURNING, code), ...props })
}

/** Sixteen random bytes as text: the name of this mount. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("")
}

/** A text without case and accents, to find names by. */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
}

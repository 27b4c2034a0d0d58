// Building blocks of the page. Customers' words only ever enter through textContent.

const SVG = "http://www.w3.org/2000/svg"

/** Make an element: attributes by name, `class`, `text`, `on` = listeners, `data` = data-*. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) assign(node, name, value)
  node.append(...children.filter(child => child !== null && child !== undefined))
  return node
}

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return
  if (name === "class") node.className = value
  else if (name === "text") node.textContent = value
  else if (name === "data") Object.assign(node.dataset, value)
  else if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener)
  } else node.setAttribute(name, value === true ? "" : value)
}

/** Give an element this text, touching the document only when it differs. */
export function setText(node, text) {
  const wanted = text ?? ""
  if (node.textContent !== wanted) node.textContent = wanted
}

/** Set or remove an attribute. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name)
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value))
}

/** Set a CSS variable; an unchanged one must not make the browser style the whole tree anew. */
export function setVariable(node, name, value) {
  if (node.style.getPropertyValue(name) !== value) node.style.setProperty(name, value)
}

const ICONS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l5 5",
  tune: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
  sort: "M7 5v14M7 19l-3-3M7 19l3-3M13 6h8M13 12h6M13 18h4",
  download: "M12 4v11M7 10.500l5 5 5-5M4.500 19.500h15",
  down: "M6 9l6 6 6-6",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  checks: "M2.5 12.5l4 4L15 8M11 15.500l1 1L20.500 8",
  clock: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500V12l3 2",
  alert: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500v5.500M12 16.200v.1",
  info: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 11v5.500M12 7.800v.1",
  question: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM9.800 9.600a2.300 2.300 0 1 1 3.200 2.100c-.7.4-1 .8-1 1.600M12 16.300v.1",
  reopen: "M4 11a8 8 0 1 1 2.300 6.200M4 5.500V11h5.500",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.500 20.500c.8-4 3.800-6 7.500-6s6.700 2 7.500 6",
  people: "M9 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM2.500 19.500c.6-3.400 3.200-5 6.500-5s5.900 1.600 6.500 5M15.500 5.300a3.500 3.500 0 0 1 0 6.500M18 14.900c2 .7 3.200 2.200 3.600 4.600",
  tag: "M4 4.500h7.500l8.500 8.500-7 7L4.500 11.500ZM8.300 8.300v.1",
  unread: "M4 6h11M4 6v12h16v-7M4 6.500l8 6 3-2.200M19.500 3.200a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600Z",
  panel: "M4 5h16v14H4ZM14.500 5v14",
  send: "M4 12L20.500 4.500 16 20l-4.500-6.500ZM11.500 13.500l9-9",
  note: "M5 4h14v10.500L14 20H5ZM14 20v-5.500h5",
  reply: "M10 6L4 12l6 6M4 12h9.500c4 0 6.500 2.400 6.500 6.500",
  copy: "M9 9h11v11H9ZM15 9V4H4v11h5",
  link: "M10 14a4 4 0 0 0 5.700 0l3.600-3.600a4 4 0 0 0-5.700-5.700L12.300 6M14 10a4 4 0 0 0-5.700 0l-3.600 3.600a4 4 0 0 0 5.700 5.700L11.700 18",
  pencil: "M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19ZM13.500 7l3.500 3.500",
  phone: "M6 3.500h3.500l1.500 4.500-2.200 1.700a13 13 0 0 0 5.500 5.500L16 13l4.500 1.500V18c0 1.400-1 2.500-2.500 2.500C10.500 20 4 13.500 3.500 6 3.500 4.500 4.600 3.500 6 3.500Z",
  mail: "M3.500 5.500h17v13h-17ZM4 6.500l8 6.500 8-6.500",
  bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15ZM10 20.500h4",
  robot: "M5 8.500h14v10H5ZM12 8.500V5M9.500 13v.8M14.500 13v.8M2.500 12v3M21.500 12v3",
  keyboard: "M3 6.500h18v11H3ZM7 10h.1M11 10h.1M15 10h.1M18 10h.1M7.500 14h9",
  offline: "M3 3l18 18M8.500 15.500a5 5 0 0 1 7 0M5.500 12a10 10 0 0 1 4-2.500M14 9.300a10 10 0 0 1 4.500 2.700M12 19v.1",
  inbox: "M4 13.500L6.500 5h11l2.500 8.500V19H4ZM4 13.500h4.500l1 2.500h5l1-2.500H20",
  chat: "M4 5h16v11.500H11L6.500 20v-3.500H4Z",
  refresh: "M20 11a8 8 0 1 0-2.300 6.200M20 5.500V11h-5.500",
  store: "M4 9.500L5.500 4.500h13L20 9.500M4 9.500a2.600 2.600 0 0 0 5.300 0 2.600 2.600 0 0 0 5.400 0 2.600 2.600 0 0 0 5.300 0M5.500 12v7.500h13V12",
  flag: "M6 21V4.500M6 5h11.500l-2.500 4 2.500 4H6",
  snooze: "M12 6.500a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM4 6.500l3-3M20 6.500l-3-3M9.800 11h4.400l-4.400 5h4.400",
  clip: "M19.500 11.500l-7.800 7.800a4.600 4.600 0 0 1-6.500-6.500l8.300-8.300a3 3 0 0 1 4.300 4.300l-8.300 8.300a1.500 1.500 0 0 1-2.100-2.100l7.200-7.200",
  photo: "M4 7h3.500L9 4.500h6L16.500 7H20v12.500H4ZM12 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7Z",
  film: "M3.500 6.500h12v11h-12ZM15.500 10.500l5-3v9l-5-3",
  mic: "M12 3.500a2.800 2.800 0 0 0-2.800 2.800v5a2.800 2.800 0 0 0 5.600 0v-5A2.800 2.800 0 0 0 12 3.500ZM5.500 11a6.500 6.500 0 0 0 13 0M12 17.500v3",
  file: "M6 3.500h8l4.500 4.500v12.500H6ZM14 3.500V8h4.500",
  pin: "M12 20.500c4-4.500 6.500-7.500 6.500-10.500a6.500 6.500 0 0 0-13 0c0 3 2.500 6 6.500 10.500ZM12 7.800a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600Z",
  forward: "M14 6l6 6-6 6M20 12h-9.500C6.500 12 4 14.400 4 18.500",
  trash: "M4.500 7h15M9.500 7V4.500h5V7M6.500 7l1 13h9l1-13",
  cart: "M3.500 4.500h2.500l2 11h9.500l2.500-8H7M9.500 19.200v.1M16 19.200v.1",
  smile: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM8.500 14a4 4 0 0 0 7 0M9 9.500v.1M15 9.500v.1",
  megaphone: "M4 10v4h3l8 4V6L7 10ZM18 9.500a4 4 0 0 1 0 5",
  undo: "M9 6L4.500 10.500 9 15M4.500 10.500H14.500a4.500 4.500 0 0 1 0 9H11",
  new_chat: "M4 5h16v11.500H11L6.500 20v-3.500H4ZM12 8v5.500M9.250 10.750h5.500",
  lock: "M6 11h12v9H6ZM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  bolt: "M13 3.500L5 13.500h6l-1 7 8-10h-6Z",
  more: "M12 5.500v.1M12 12v.1M12 18.500v.1",
}

/** Draw an icon of the fixed set; decorative unless a label is given. */
export function icon(name, label = null) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("class", `icon icon-${name}`)
  if (label) {
    svg.setAttribute("role", "img")
    svg.setAttribute("aria-label", label)
  } else svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", ICONS[name])
  svg.append(path)
  return svg
}

/** A button with an icon and an accessible name (also its tooltip). */
export function iconButton(name, label, action, props = {}) {
  const button = el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...props })
  button.append(icon(name))
  button.addEventListener("click", action)
  return button
}

/** Sixteen random bytes as text: keys of commands and the mount's own name. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("")
}

/** Compare two 63-bit ids given as decimal strings. */
export function compareIds(a, b) {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** Copy a text; true when the browser allowed it. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text) {
  const area = el("textarea", { class: "offscreen", "aria-hidden": "true" })
  area.value = text
  document.body.append(area)
  area.select()
  const done = document.execCommand("copy")
  area.remove()
  return done
}

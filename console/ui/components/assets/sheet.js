// A dialog over the inbox: Escape, its button or a click beside it closes it; focus stays inside.

import { el, iconButton } from "./dom.js"

const STOPS = "button:not(:disabled):not([hidden]), input:not(:disabled), select:not(:disabled), a[href]"

/** Show a dialog; focus goes back to `opener`. Gives the sheet: `body` to fill, `isOpen`, `close`. */
export function showSheet(app, { title, opener }) {
  closeSheet(app)
  const body = el("div", { class: "sheet-body" })
  const dismiss = iconButton("close", app.t("close"), () => closeSheet(app))
  const head = el("header", { class: "sheet-head" }, el("h2", { text: title }), dismiss)
  const box = el("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title }, head, body)
  const node = el("div", { class: "sheet-veil" }, box)
  const sheet = { node, body, opener, render: null, asking: new AbortController(), isOpen: () => app.sheet === sheet, close: () => closeSheet(app) }
  node.addEventListener("pointerdown", event => { if (event.target === node) closeSheet(app) })
  node.addEventListener("keydown", event => {
    if (event.key === "Tab") keepInside(event, box)
    if (event.key === "Escape") { event.stopPropagation(); closeSheet(app) }
  })
  app.sheet = sheet
  app.root.append(node)
  return sheet
}

/** Close it; false when there was none. */
export function closeSheet(app) {
  if (!app.sheet) return false
  const { node, opener, asking } = app.sheet
  app.sheet = null
  asking.abort()
  node.remove()
  if (opener?.isConnected) opener.focus()
  return true
}

function keepInside(event, box) {
  const all = [...box.querySelectorAll(STOPS)].filter(node => node.offsetParent)
  const at = all.indexOf(box.getRootNode().activeElement)
  const next = event.shiftKey ? at - 1 : at + 1
  if (at >= 0 && next >= 0 && next < all.length) return
  event.preventDefault()
  all[(next + all.length) % all.length]?.focus()
}

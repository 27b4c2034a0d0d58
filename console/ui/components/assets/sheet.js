// A dialog over the inbox, one at a time: Escape, its button or a click beside it closes it.

import { el, iconButton } from "./dom.js"

const STOPS = "button:not(:disabled):not([hidden]), input:not(:disabled), select:not(:disabled), a[href]"

/**
 * Show a dialog with these parts, or with an empty `body` to fill. `back()` names what gets the focus
 * afterwards, `told(data)` hears each answer of Python; `asking` ends when the dialog does.
 */
export function showSheet(app, { title, name = "", back, told = null }, ...parts) {
  closeSheet(app)
  const dismiss = iconButton("close", app.t("close"), () => closeSheet(app))
  const head = el("header", { class: "sheet-head" }, el("h2", { text: title }), dismiss)
  const body = el("div", { class: "sheet-body" })
  const box = el("div", { class: `sheet ${name}`, role: "dialog", "aria-modal": "true", "aria-label": title }, head, ...(parts.length ? parts : [body]))
  const node = el("div", { class: "sheet-veil" }, box)
  const sheet = { node, body, back, told, render: null, asking: new AbortController(), isOpen: () => app.sheet === sheet, close: () => closeSheet(app) }
  node.addEventListener("pointerdown", event => { if (event.target === node) closeSheet(app) })
  node.addEventListener("keydown", event => {
    if (event.key === "Tab") keepInside(event, box)
    if (event.key === "Escape") { event.stopPropagation(); closeSheet(app) }
  })
  app.sheet = sheet
  app.root.append(node);
  (box.querySelector("[data-first]") ?? dismiss).focus()
  return sheet
}

/** Close it; false when there was none. */
export function closeSheet(app) {
  if (!app.sheet) return false
  const { node, back, asking } = app.sheet
  app.sheet = null
  asking.abort()
  node.remove()
  const next = back()
  if (next?.isConnected) next.focus()
  return true
}

/** Tab goes round inside a dialog. */
export function keepInside(event, box) {
  const all = [...box.querySelectorAll(STOPS)].filter(node => node.offsetParent)
  const at = all.indexOf(box.getRootNode().activeElement)
  const next = event.shiftKey ? at - 1 : at + 1
  if (at >= 0 && next >= 0 && next < all.length) return
  event.preventDefault()
  all[(next + all.length) % all.length]?.focus()
}

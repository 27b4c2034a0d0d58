// A picture over the whole inbox: Escape, the button or a click beside it closes it.

import { el, icon, iconButton } from "./dom.js"
import { fill } from "./plain.js"

/** Show the picture of this file; focus goes back to `opener`. */
export function showPicture(app, { address, name, text, opener }) {
  closePicture(app)
  const picture = el("img", { class: "viewer-picture", src: address, alt: name || app.t("kind_image") })
  const failed = el("p", { class: "viewer-failed", text: app.t("file_not_shown"), hidden: true })
  picture.addEventListener("error", () => { picture.hidden = true; failed.hidden = false })
  const close = iconButton("close", app.t("close"), () => closePicture(app))
  const save = el("a", { class: "icon-button", href: `${address}?download=1`, download: "", "aria-label": app.t("file_save"), title: app.t("file_save") }, icon("download"))
  const head = el("header", { class: "viewer-head" }, fill(el("span", { class: "viewer-name", dir: "auto" }), name), save, close)
  const words = text ? [fill(el("p", { class: "viewer-text", dir: "auto" }), text)] : []
  const node = el("div", { class: "viewer", role: "dialog", "aria-modal": "true", "aria-label": name || app.t("kind_image") }, head, picture, failed, ...words)
  node.addEventListener("click", event => { if (event.target === node) closePicture(app) })
  node.addEventListener("keydown", event => {
    if (event.key !== "Tab") return
    event.preventDefault()
    const other = node.getRootNode().activeElement === close ? save : close
    other.focus()
  })
  app.viewer = { node, opener }
  app.root.append(node)
  close.focus()
}

/** Close it; false when there was none. */
export function closePicture(app) {
  if (!app.viewer) return false
  const { node, opener } = app.viewer
  app.viewer = null
  node.remove()
  if (opener?.isConnected) opener.focus()
  return true
}

// One short message at the bottom, read aloud, with an undo where there is one.

import { el, iconButton } from "./dom.js"

const SHOWN_MS = 8000

/** Make the place for notices. */
export function createToasts(app) {
  const node = el("div", { class: "toasts", role: "status", "aria-live": "polite" })
  let timer = 0
  let shown = null

  const hide = () => {
    clearTimeout(timer)
    node.replaceChildren()
    shown = null
  }

  return {
    node,
    hide,
    /** Show a notice; `undo` is what its button does. */
    show: (text, { tone = "info", undo = null } = {}) => {
      clearTimeout(timer)
      timer = setTimeout(hide, SHOWN_MS)
      if (shown?.text === text && Boolean(shown.undo) === Boolean(undo)) {
        shown.undo = undo
        return
      }
      const own = { text, undo }
      shown = own
      const toast = el("div", { class: "toast", data: { tone } }, el("span", { class: "toast-text", text }))
      if (undo) {
        toast.append(el("button", {
          type: "button", class: "toast-undo", text: app.t("undo"),
          on: { click: () => { hide(); own.undo() } },
        }))
      }
      toast.append(iconButton("close", app.t("close"), hide))
      node.replaceChildren(toast)
    },
  }
}

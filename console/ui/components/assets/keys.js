// Keyboard: one letter per thing, never while somebody writes.

import { el, iconButton } from "./dom.js"
import { toggleStatus, toggleUnread } from "./thread.js"
import { closeSheet } from "./sheet.js"
import { closeTemplates } from "./templates.js"
import { closePicture } from "./viewer.js"

const LIST = [
  [["j", "↓"], "key_next"], [["k", "↑"], "key_previous"], [["Enter"], "key_open"], [["r"], "key_reply"], [["n"], "key_note"],
  [["e"], "key_status"], [["a"], "key_assign"], [["l"], "key_labels"], [["u"], "key_unread"], [["⇧F10"], "message_actions"], [["/"], "key_search"], [["Esc"], "key_back"], [["?"], "key_help"],
]

/** Listen for the inbox's keys; Streamlit's own one-letter keys do not see them. */
export function createKeys(app) {
  const isOpen = () => app.model.thread?.id === app.selected() && app.selected() !== null && !app.model.thread.missing
  const writing = act => () => { if (isOpen() && app.data.me.can_write) act() }
  const acts = {
    j: () => app.list.move(1), k: () => app.list.move(-1), ArrowDown: () => app.list.move(1), ArrowUp: () => app.list.move(-1),
    Enter: () => app.list.open(), r: () => app.composer.write("reply"), n: () => app.composer.write("note"),
    e: () => toggleStatus(app), u: () => toggleUnread(app), a: writing(() => app.thread.openAssign()), l: writing(() => app.thread.openLabels()),
    "/": () => app.bar.focusSearch(), "?": () => showHelp(app), Escape: () => escape(app),
  }
  const listen = event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const [target] = event.composedPath()
    if (isWriting(target) || isElsewhere(app, target)) return
    if (app.root.querySelector(".menu, .help, .viewer, .templates, .sheet") && event.key !== "Escape") return
    if (["Enter", "ArrowDown", "ArrowUp"].includes(event.key) && !isList(app, target)) return
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopImmediatePropagation()
    act()
  }
  window.addEventListener("keydown", listen, true)
  return { stop: () => window.removeEventListener("keydown", listen, true) }
}

function isWriting(target) {
  return target instanceof Element && (target.matches("input, textarea, select") || target.isContentEditable)
}

/** Keys are not ours inside a dialog or a menu of the page around. */
function isElsewhere(app, target) {
  if (document.querySelector('[data-testid="stDialog"]')) return true
  return target instanceof Element && !app.root.contains(target) && target.closest("[role=dialog], [role=menu], [role=listbox], dialog, details") !== null
}

function isList(app, target) {
  return target === document.body || target === document.documentElement || target === app.list.node || !(target instanceof Element) || !target.matches("button, a, .scroller, .bubble")
}

function escape(app) {
  if (closePicture(app) || closeTemplates(app) || closeSheet(app)) return undefined
  if (app.root.querySelector(".help")) return hideHelp(app)
  if (app.menus.close()) return undefined
  if (app.size !== "wide" && app.isPanelOpen) { app.isPanelOpen = false; return app.render() }
  return app.wishes.close()
}

function hideHelp(app) {
  app.root.querySelector(".help")?.remove()
  app.list.node.focus()
}

/** The overlay with the list of keys. */
export function showHelp(app) {
  if (app.root.querySelector(".help")) return
  const close = iconButton("close", app.t("close"), () => hideHelp(app))
  const lines = LIST.map(([names, text]) => el("div", { class: "help-line" },
    el("dt", {}, ...names.map(name => el("kbd", { class: "key", text: name }))), el("dd", { text: app.t(text) })))
  const sheet = el("div", { class: "help-sheet", role: "dialog", "aria-modal": "true", "aria-label": app.t("keys") },
    el("header", { class: "help-head" }, el("h2", { text: app.t("keys") }), close), el("dl", { class: "help-list" }, ...lines))
  const shade = el("div", { class: "help", on: { click: event => { if (event.target === shade) hideHelp(app) } } }, sheet)
  shade.addEventListener("keydown", event => { if (event.key === "Tab") event.preventDefault() })
  app.root.append(shade)
  close.focus()
}

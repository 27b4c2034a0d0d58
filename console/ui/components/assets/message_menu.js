// What can be done with one message: its menu, and the ways to it by mouse, touch and keyboard.

import { copyText, el, icon, iconButton, setAttribute } from "./dom.js"
import { showDetails } from "./details.js"
import { showForward } from "./forward.js"
import { linkTo } from "./links.js"
import { choice } from "./menu.js"
import { resend } from "./resend.js"
import { shownItems } from "./model.js"

const SPOKEN = ["in", "out"]
const NATIVE = "a, img, video, audio, input, textarea"  // the browser's own menu knows more of these
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }

const mayWrite = app => app.data.me.can_write
const isSpoken = item => SPOKEN.includes(item.direction) && !item.revoked

/** The lines in their order: icon, word, for which messages, what it does. */
const LINES = [
  ["reply", "answer", (app, item) => mayWrite(app) && isSpoken(item) && item.quotable, (app, item) => app.composer.quote(item)],
  ["refresh", "resend", (app, item) => mayWrite(app) && item.direction === "out" && !item.revoked, resend],
  ["check", "consider", (app, item) => mayWrite(app) && item.delivery === "unknown", (app, item) => app.wishes.consider(app.model.thread.id, item.id)],
  ["forward", "forward", (app, item) => mayWrite(app) && isSpoken(item), showForward],
  ["copy", "copy_text", (app, item) => Boolean(item.text), (app, item) => copied(app, item.text)],
  ["link", "copy_link", () => true, (app, item) => copied(app, linkTo(app.model.thread.id, item.id))],
  ["info", "details", () => true, showDetails],
]

/** The three dots beside a bubble. */
export function dotsOf(app) {
  return el("div", { class: "tools" }, iconButton("more", app.t("message_actions"), () => {}, { class: "icon-button dots", tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false" }))
}

/** Listen for every way to a message's menu in this thread. */
export function createMessageMenu(app, items) {
  const lineOf = node => node.closest?.(".message[data-message]")
  const known = line => shownItems(app.model).find(item => item.id === line?.dataset.message && /^\d+$/.test(item.id))
  const bubbles = () => [...items.querySelectorAll(".bubble[tabindex]")]

  const open = (line, at = null) => {
    const item = known(line)
    if (!item) return false
    const back = () => items.querySelector(`[data-message="${item.id}"] .bubble`)
    app.menus.show(line.querySelector(".dots"), app.t("message_actions"), (node, close) => fillMenu(app, node, close, item, back), { at, back, role: "menu" })
    return true
  }
  items.addEventListener("click", event => {
    const dots = event.target.closest?.(".dots")
    if (dots) open(lineOf(dots))
  })
  items.addEventListener("contextmenu", event => {
    const isNative = event.shiftKey || event.target.closest?.(NATIVE) || !getSelection().isCollapsed
    const at = event.clientX || event.clientY ? { left: event.clientX, top: event.clientY, bottom: event.clientY } : null
    if (!isNative && open(lineOf(event.target), at)) event.preventDefault()
  })
  items.addEventListener("keydown", event => {
    if (!event.target.matches?.(".bubble")) return
    if (event.key === "Enter" || event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      if (open(lineOf(event.target))) event.preventDefault()
    } else if (event.key in STEPS && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      step(event.target, STEPS[event.key])
    }
  })
  const step = (bubble, by) => {
    const all = bubbles()
    const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(bubble) + by))]
    next?.focus({ preventScroll: true })
    next?.scrollIntoView({ block: "nearest" })
  }
  items.addEventListener("focusin", event => { if (event.target.matches?.(".bubble[tabindex]")) give(event.target) })
  /** One bubble takes part in the tab order: the one in focus, else the last one. */
  const give = holder => { for (const one of bubbles()) setAttribute(one, "tabindex", one === holder ? "0" : "-1") }

  return {
    /** After drawing: the last bubble can be reached unless one has the focus. */
    settle: () => {
      const all = bubbles()
      const active = items.getRootNode().activeElement
      give(all.includes(active) ? active : all.at(-1))
    },
  }
}

function fillMenu(app, node, close, item, back) {
  for (const [name, word, isFor, act] of LINES) {
    if (!isFor(app, item)) continue
    node.append(choice({ label: app.t(word), role: "menuitem", lead: icon(name), act: () => { close(); act(app, item, back) } }))
  }
}

async function copied(app, text) {
  app.toasts.show(app.t(await copyText(text) ? "copied" : "not_copied"))
}

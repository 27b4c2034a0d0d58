// What the words in the composer belong to: a message that they answer, or one that goes out again.

import { el, icon, iconButton, setAttribute } from "./dom.js"
import { fill } from "./plain.js"
import { summary } from "./ticks.js"

/** Keep one message per conversation; `dropped()` is called when somebody wants it no more. */
export function createQuoting(app, dropped) {
  const sign = el("span", { class: "quoting-sign" })
  const title = el("span", { class: "quoting-title", dir: "auto" })
  const text = el("span", { class: "quoting-text", dir: "auto" })
  const node = el("div", { class: "quoting", role: "group", hidden: true }, sign, el("span", { class: "quoting-words" }, title, text), iconButton("close", app.t("quoting_drop"), dropped))
  const held = new Map()
  let conversation = null

  const current = () => held.get(conversation) ?? null
  const drop = () => {
    const entry = current()
    held.delete(conversation)
    return entry
  }

  return {
    node, current, drop,
    open: id => { conversation = id },
    /** `before` are the words that stood in the field, for afterwards. */
    take: (kind, item, before = "") => held.set(conversation, { kind, item, before }),
    render: () => {
      const entry = current()
      if (!entry) return
      const { kind, item } = entry
      const name = item.direction === "in" ? item.author || app.model.thread?.name : app.t("quoting_ours")
      const words = kind === "answer" ? app.t("quoting_answer", { name }) : app.t("quoting_resend")
      sign.replaceChildren(icon(kind === "answer" ? "reply" : "refresh"))
      setAttribute(node, "aria-label", words)
      setAttribute(node, "data-kind", kind)
      fill(title, words)
      fill(text, kind === "answer" || item.file ? summary(app, item.kind, item.text) : "")
    },
  }
}

/** A message as the bubble of its answer shows it. */
export function asQuoted({ id, direction, author, kind, text }) {
  return { id, direction, author: direction === "in" ? author : "", kind, text }
}

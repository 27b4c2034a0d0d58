// What is known of an outgoing message, as a mark with a name; and the word for what a message is.

import { icon } from "./dom.js"

const TICKS = {
  queued: "clock", sending: "clock", accepted: "check", sent: "check", delivered: "checks", read: "checks",
  played: "checks", failed: "alert", unknown: "question", withdrawn: "close",
}
const KINDS = {
  image: ["photo", "📷"], video: ["film", "🎥"], audio: ["mic", "🎵"], voice: ["mic", "🎤"], document: ["file", "📄"],
  sticker: ["smile", "💟"], location: ["pin", "📍"], contacts: ["person", "👤"], order: ["cart", "🛒"],
  interactive: ["reply", ""], button: ["reply", ""], unsupported: ["question", "❔"],
}

/** The mark of a state, named for people who hear it; null for what has none. */
export function tick(app, delivery) {
  if (!TICKS[delivery]) return null
  const node = icon(TICKS[delivery], app.t(`delivery_${delivery}`))
  node.classList.add("delivery", `is-${delivery}`)
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title")
  title.textContent = app.t(`delivery_${delivery}`)
  node.prepend(title)
  return node
}

/** The icon of what a message is made of. */
export function kindIcon(kind) {
  return icon(KINDS[kind]?.[0] ?? "copy")
}

/** The word for it in the reader's language. */
export function kindWord(app, kind) {
  const key = `kind_${kind}`
  const text = app.t(key)
  return text === key ? app.t("kind_other") : text
}

/** What a list says of a message: its words, or what it is. */
export function summary(app, kind, text) {
  if (!kind || kind === "text" || kind === "action") return text
  const sign = KINDS[kind]?.[1] ?? ""
  return [sign, text || kindWord(app, kind)].filter(Boolean).join(" ")
}

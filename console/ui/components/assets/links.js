// Links to messages: made for people, and drawn as what they lead to.

import { el, icon, setAttribute } from "./dom.js"
import { fill } from "./plain.js"
import { summary } from "./ticks.js"

const ID = /^[1-9]\d{0,18}$/
const OLD = /^#message-([1-9]\d{0,18})$/

/** The address at which the console opens at a message. */
export function linkTo(conversation, message) {
  const url = new URL(location.pathname, location.origin)
  url.searchParams.set("conversation", conversation)
  url.searchParams.set("message", message)
  return url.href
}

/** The message of this console that an address leads to; null for every other address. */
export function linkedBy(url) {
  if (url.origin !== location.origin || url.pathname !== "/inbox") return null
  const conversation = url.searchParams.get("conversation") ?? ""
  const message = url.searchParams.get("message") ?? url.hash.match(OLD)?.[1] ?? ""
  return ID.test(conversation) && ID.test(message) ? { conversation, message } : null
}

/** A chip in place of an address that leads to a message; null for every other address. */
export function chipOf(app, url) {
  const linked = linkedBy(url)
  if (!linked) return null
  const text = el("span", { class: "message-chip-text", dir: "auto", text: app.t("link_message") })
  const chip = el("button", { type: "button", class: "message-chip", title: app.t("link_open") }, icon("chat"), text)
  chip.addEventListener("click", () => { if (chip.dataset.state !== "closed") app.wishes.openAt(linked.conversation, linked.message) })
  aboutMessage(app, linked.message).then(found => {
    const isThere = found?.conversation === linked.conversation
    chip.dataset.state = isThere ? "open" : "closed"
    setAttribute(chip, "aria-disabled", !isThere)
    setAttribute(chip, "title", isThere ? app.t("link_open") : null)
    fill(text, isThere ? `${found.name}: ${summary(app, found.kind, found.text)}` : app.t("link_closed"))
  })
  return chip
}

/** What the console tells of one message; null for absent and not yours. */
export async function aboutMessage(app, id) {
  try {
    const answer = await fetch(`${app.data.about}?id=${encodeURIComponent(id)}`)
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

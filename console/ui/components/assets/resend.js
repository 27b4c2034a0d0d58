// Sending a message of ours again: by itself after a question, or with other words when it failed.

import { el, icon, randomId } from "./dom.js"
import { messagePreview } from "./preview.js"
import { closeSheet, showSheet } from "./sheet.js"
import { showTemplates } from "./templates.js"
import { closesAt } from "./window.js"

const UNSENT = ["failed", "withdrawn"]
const WITH_WORDS = ["text", "image", "video", "document"]
const ASKED = { unknown: "resend_unknown", queued: "resend_queued", sending: "resend_queued", failed: "resend_failed", withdrawn: "resend_failed" }

/** Send it again the way its state asks for. */
export function resend(app, item, back) {
  const until = closesAt(app.model)
  if (item.kind !== "template" && until !== null && until <= app.now()) return refuseClosed(app, until, back)
  if (UNSENT.includes(item.delivery) && WITH_WORDS.includes(item.kind)) return app.composer.resend(item)
  return ask(app, item, back)
}

/** Only a template may be sent now: say so, and offer one. */
function refuseClosed(app, until, back) {
  const { templates } = app.model.thread.window
  app.toasts.show(app.t(until === 0 ? "window_never" : "window_over"), { tone: "warning" })
  if (templates.length) showTemplates(app, app.model.thread, back())
}

/** A question whose button can be pressed twice and still sends once. */
function ask(app, item, back) {
  const conversation = app.model.thread.id
  const key = randomId()
  const send = el("button", { type: "button", class: "button primary", "data-first": "" }, icon("refresh"), el("span", { text: app.t("resend") }))
  const stop = el("button", { type: "button", class: "button", text: app.t("cancel"), on: { click: () => closeSheet(app) } })
  send.addEventListener("click", () => {
    if (send.disabled) return
    send.disabled = true
    closeSheet(app)
    app.wishes.resend(conversation, item, null, key)
  })
  const words = el("p", { class: "sheet-words", text: app.t(ASKED[item.delivery] ?? "resend_arrived") })
  showSheet(app, { title: app.t("resend_title"), name: "ask", back }, el("div", { class: "sheet-body" }, words, messagePreview(app, item)), el("footer", { class: "sheet-acts" }, stop, send))
}

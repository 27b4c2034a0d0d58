// What is known of one message: when it reached each state, and why it failed.

import { el, icon } from "./dom.js"
import { aboutMessage } from "./links.js"
import { fill } from "./plain.js"
import { messagePreview } from "./preview.js"
import { closeSheet, showSheet } from "./sheet.js"

/** Show the details of this message; they are asked for each time. */
export function showDetails(app, item, back) {
  const body = el("div", { class: "sheet-body", "aria-live": "polite" })
  showSheet(app, { title: app.t("details"), name: "details", back }, body)
  const load = async () => {
    body.replaceChildren(messagePreview(app, item), el("p", { class: "sheet-state" }, el("span", { class: "spinner", "aria-hidden": "true" }), el("span", { text: app.t("loading") })))
    const found = await aboutMessage(app, item.id)
    const again = el("button", { type: "button", class: "button", text: app.t("try_again"), on: { click: load } })
    const failed = [el("p", { class: "sheet-state", role: "alert" }, icon("alert"), el("span", { text: app.t("details_failed") })), again]
    body.replaceChildren(messagePreview(app, item), ...(found ? parts(app, found) : failed))
  }
  load()
}

function parts(app, found) {
  const { direction, author, at, failure, decided } = found
  const lines = [
    author && [app.t("details_author"), author],
    [app.t(direction === "in" ? "details_received" : "details_written"), at ? app.say.precise(at) : app.t("details_undated")],
    found.forwarded && [app.t("forwarded"), app.t("yes")],
    decided && [app.t("consider"), app.t("by_at", { name: decided.by, time: app.say.precise(decided.at) })],
  ]
  return [factsOf(lines.filter(Boolean)), ...stepsOf(app, found), ...(failure ? [failureOf(app, failure)] : []), ...originOf(app, found)]
}

function factsOf(lines) {
  const pair = ([name, text]) => el("div", { class: "fact" }, el("dt", { text: name }), fill(el("dd", { dir: "auto" }), text))
  return el("dl", { class: "facts" }, ...lines.map(pair))
}

function stepsOf(app, { steps }) {
  if (!steps.length) return []
  const step = ({ state, at }) => el("li", { class: "step", data: { state } }, el("span", { text: app.t(`delivery_${state}`) }), el("time", { text: app.say.precise(at) }))
  return [el("h3", { text: app.t("details_way") }), el("ol", { class: "steps" }, ...steps.map(step))]
}

function failureOf(app, { text, code, said }) {
  const provider = [code === null ? "" : app.t("details_code", { code }), said].filter(Boolean).join(" · ")
  return el("div", { class: "details-failure", role: "note" }, icon("alert"), el("div", {}, fill(el("p", { dir: "auto" }), text ?? app.t("failed_no_reason")), fill(el("p", { class: "muted small", dir: "auto" }), provider)))
}

/** The message that this one repeats. */
function originOf(app, { conversation, resend_of }) {
  if (!resend_of) return []
  const open = () => { closeSheet(app); app.wishes.openAt(conversation, resend_of) }
  return [el("button", { type: "button", class: "link", text: app.t("details_origin"), on: { click: open } })]
}

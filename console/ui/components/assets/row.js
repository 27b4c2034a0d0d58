// One conversation in the list.

import { dueText, flag, heat } from "./attention.js"
import { avatar, paint } from "./avatar.js"
import { dot } from "./choices.js"
import { el, icon, setAttribute, setText } from "./dom.js"
import { fill } from "./plain.js"
import { summary, tick } from "./ticks.js"

const WARM_MS = 15 * 60000
const HOT_MS = 60 * 60000
const LABELS = 3

/** Make an empty row for a conversation. */
export function createRow(id) {
  const part = (tag, name, props = {}) => el(tag, { class: name, ...props })
  const parts = {
    face: avatar(id, ""), state: part("span", "row-state"), name: part("span", "row-name", { dir: "auto" }), flag: part("span", "row-flag"), time: part("time", "row-time"),
    lead: part("span", "row-lead"), preview: part("span", "row-preview", { dir: "auto" }), badge: part("span", "badge"),
    waiting: part("span", "row-waiting"), rest: part("span", "chip rest"), instance: part("span", "chip"), assignee: part("span", "chip"), labels: part("span", "row-labels"),
  }
  const node = el("div", { class: "row", role: "option", id: `row-${id}`, data: { id } },
    el("span", { class: "portrait" }, parts.face, parts.state),
    el("div", { class: "row-body" },
      el("div", { class: "row-top" }, parts.name, parts.flag, parts.time),
      el("div", { class: "row-middle" }, parts.lead, parts.preview, parts.badge),
      el("div", { class: "row-bottom" }, parts.waiting, parts.rest, parts.assignee, parts.instance, parts.labels)))
  return { node, parts, mark: null }
}

/** Paint a row, only when something it shows has changed. */
export function paintRow(app, drawn, row) {
  const now = app.now()
  const mark = JSON.stringify([row, Math.floor(now / 30000), app.data.lang])
  if (drawn.mark === mark) return
  drawn.mark = mark
  const { parts, node } = drawn
  paint(parts.face, row.id, row.name)
  fill(parts.name, row.name)
  setText(parts.time, app.say.recent(row.at, now))
  setAttribute(parts.time, "title", app.say.exact(row.at))
  fill(parts.preview, summary(app, row.kind, row.preview))
  parts.flag.replaceChildren(...(row.priority ? [flag(row.priority, app.t(`priority_${row.priority}`))] : []))
  setAttribute(parts.flag, "title", row.priority ? app.t("priority_is", { name: app.t(`priority_${row.priority}`) }) : null)
  parts.lead.replaceChildren(...lead(app, row))
  parts.badge.hidden = !row.unread
  setText(parts.badge, app.say.count(row.unread))
  setAttribute(parts.badge, "aria-label", row.unread ? app.say.many("unread", row.unread) : null)
  node.classList.toggle("is-unread", row.unread > 0)
  node.dataset.status = row.status
  setAttribute(parts.state, "title", app.t(row.status))
  parts.state.replaceChildren(...(row.status === "resolved" ? [icon("check", app.t("resolved"))] : []))
  paintBottom(app, parts, row, now)
}

function lead(app, row) {
  const mark = row.direction === "out" && row.delivery ? tick(app, row.delivery) : null
  if (mark) return [mark]
  if (row.direction === "note") return [icon("note", app.t("note"))]
  if (row.direction === "draft") return [el("em", { text: `${app.t("draft")}:` })]
  if (row.direction === "system") return [icon("robot", app.t("system"))]
  return row.direction === "out" ? [icon("reply", app.t("we_wrote"))] : []
}

function paintBottom(app, parts, row, now) {
  const waited = row.waiting_since ? now - row.waiting_since : null
  parts.waiting.hidden = waited === null
  if (waited !== null) {
    parts.waiting.replaceChildren(icon("clock"), el("span", { text: app.say.elapsed(waited) }))
    const known = app.t("waiting_for", { time: app.say.elapsed(waited) })
    parts.waiting.title = row.due_at ? `${known} · ${dueText(app, row)}` : known
    parts.waiting.dataset.heat = heat(row, now) ?? (waited > HOT_MS ? "hot" : waited > WARM_MS ? "warm" : "mild")
  }
  parts.rest.hidden = !row.snoozed_until
  if (row.snoozed_until) chip(parts.rest, "snooze", app.say.soon(row.snoozed_until, now), app.t("snoozed_until"))
  chip(parts.assignee, "person", row.assignee ?? app.t("unassigned"), app.t("assignee"))
  parts.assignee.classList.toggle("nobody", !row.assignee)
  chip(parts.instance, "store", row.instance, app.t("instance"))
  parts.instance.hidden = !row.instance
  const labels = row.labels ?? []
  parts.labels.replaceChildren(...labels.slice(0, LABELS).map(label => dot(label.colour)))
  setAttribute(parts.labels, "title", labels.map(label => label.name).join(", ") || null)
}

function chip(node, name, text, kind) {
  node.replaceChildren(icon(name), fill(el("span", { class: "chip-text", dir: "auto" }), text))
  node.title = `${kind}: ${text}`
}

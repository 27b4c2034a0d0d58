// How urgent a conversation is, until when it rests, and by when it is to be answered.

import { el, icon, setAttribute, setText } from "./dom.js"
import { choice, heading } from "./menu.js"
import { current } from "./thread.js"

const PRIORITIES = ["urgent", "high", "medium", "low"]
const EVENING = 18

/** Choose a priority, or none. */
export function priorityMenu(app, anchor, id, chosen) {
  app.menus.show(anchor, app.t("priority"), (node, close) => {
    const line = priority => choice({
      label: app.t(priority ? `priority_${priority}` : "no_priority"), isChosen: (chosen ?? null) === priority, lead: flag(priority),
      act: () => { close(); if ((chosen ?? null) !== priority) app.wishes.priority(id, priority) },
    })
    node.append(el("div", { class: "menu-list", role: "menu" }, heading(app.t("priority")), ...[...PRIORITIES, null].map(line)))
  })
}

/** The flag of a priority in its colour. */
export function flag(priority, label = null) {
  return el("span", { class: "flag", data: { priority: priority ?? "none" } }, icon("flag", label))
}

/** Choose until when a conversation rests, or bring it back. */
export function snoozeMenu(app, anchor, id, until) {
  app.menus.show(anchor, app.t("snooze"), (node, close) => {
    const act = moment => () => { close(); app.wishes.snooze(id, moment) }
    const line = moment => choice({ label: app.t(`snooze_${moment}`), lead: icon("snooze"), role: "menuitem", act: act(moment) })
    const moments = ["hour", ...(app.say.hour(app.now()) < EVENING ? ["evening"] : []), "tomorrow", "monday"]
    const back = until ? [choice({ label: app.t("unsnooze"), lead: icon("reopen"), role: "menuitem", act: () => { close(); app.wishes.unsnooze(id) } })] : []
    node.append(el("div", { class: "menu-list", role: "menu" }, heading(app.t("snooze")), ...back, ...moments.map(line)), ownMoment(app, id, close))
  })
}

function ownMoment(app, id, close) {
  const earliest = app.say.local(app.now())
  const input = el("input", { type: "datetime-local", class: "field-input", "aria-label": app.t("snooze_own"), min: earliest })
  input.value = `${app.say.day(app.now() + 86400000)}T09:00`
  const wrong = el("p", { class: "problem", role: "alert" })
  const form = el("form", { class: "own-moment" }, el("label", { class: "menu-heading", text: app.t("snooze_own") }), input,
    el("button", { type: "submit", class: "button small", text: app.t("snooze") }), wrong)
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (!input.value || input.value <= app.say.local(app.now())) return setText(wrong, app.t("snooze_past"))
    close()
    return app.wishes.snooze(id, input.value)
  })
  return form
}

/** The part of the contact's panel where both are chosen. */
export function attentionSection(app, field) {
  const priority = select(() => priorityMenu(app, priority, app.selected(), current(app).priority))
  const snooze = select(() => snoozeMenu(app, snooze, app.selected(), current(app).snoozed_until))
  const due = el("p", { class: "fact" })
  const dueField = field("clock", app.t("answer_due"), due)
  const node = el("section", { class: "panel-section" }, field("flag", app.t("priority"), priority), field("snooze", app.t("snoozed_until"), snooze), dueField)
  const render = () => {
    const now = current(app)
    const text = app.t(now.priority ? `priority_${now.priority}` : "no_priority")
    drawSelect(app, priority, flag(now.priority), text, app.t("priority"))
    drawSelect(app, snooze, null, now.snoozed_until ? app.say.exact(now.snoozed_until) : app.t("not_snoozed"), app.t("snoozed_until"))
    const row = app.model.rows.find(entry => entry.id === app.selected())
    dueField.hidden = !row?.due_at
    setText(due, row?.due_at ? dueText(app, row) : "")
    due.dataset.heat = heat(row ?? {}, app.now())
  }
  return { node, render }
}

function select(show) {
  const button = el("button", { type: "button", class: "select", "aria-haspopup": "true", "aria-expanded": "false" })
  button.addEventListener("click", show)
  return button
}

function drawSelect(app, button, lead, text, label) {
  button.disabled = !app.data.me.can_write
  setAttribute(button, "aria-label", `${label}: ${text}`)
  const mark = `${text} ${lead?.dataset.priority ?? ""}`
  if (button.dataset.mark === mark) return
  button.dataset.mark = mark
  button.replaceChildren(...(lead ? [lead] : []), el("span", { class: "select-text", text }), icon("down"))
}

/** How near the deadline is: by its own instants, else null. */
export function heat(row, now) {
  if (!row.due_at) return null
  return now >= row.due_at ? "hot" : now >= row.warn_at ? "warm" : "mild"
}

/** By when to answer, or for how long that has passed. */
export function dueText(app, row) {
  const now = app.now()
  if (now >= row.due_at) return app.t("overdue_since", { time: app.say.elapsed(now - row.due_at) })
  return app.t("answer_by", { time: app.say.soon(row.due_at, now) })
}

// The open conversation: header, status bar, messages, and the way to older ones.

import { dueText } from "./attention.js"
import { avatar, paint } from "./avatar.js"
import { assignMenu, labelMenu } from "./choices.js"
import { el, icon, iconButton, setAttribute, setText } from "./dom.js"
import { drawItems } from "./items.js"
import { createMessageMenu } from "./message_menu.js"
import { fill } from "./plain.js"
import { createScroll } from "./scroll.js"

const READ_MS = 900
const LEAST_LINE = 36  // pixels of the lowest bubble: so many fill the window at most

/** Make the middle pane. */
export function createThread(app) {
  const head = header(app)
  const status = statusBar(app)
  const items = el("div", { class: "items" })
  const scroller = el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": app.t("messages") }, items)
  const news = el("p", { class: "offscreen", role: "status", "aria-live": "polite" })
  const pill = el("button", { type: "button", class: "pill", hidden: true })
  const view = el("div", { class: "conversation" }, head.node, status.node, el("div", { class: "stage" }, scroller, pill, news))
  const blank = el("div", { class: "blank" })
  const node = el("main", { class: "middle", "aria-label": app.t("conversation") }, view, blank)
  const scroll = createScroll(app, scroller, items, pill)
  const menu = createMessageMenu(app, items)
  let shown = null
  let lost = null

  const render = () => {
    const id = app.selected()
    const state = stateOf(app, id)
    view.hidden = id === null || state === "missing" || state === "error"
    blank.hidden = !view.hidden
    node.dataset.state = state
    if (!blank.hidden) drawBlank(app, blank, state)
    if (view.hidden) { shown = null; delete node.dataset.conversation; return }
    head.render(id, state)
    status.render(id, state)
    if (state === "loading") {
      if (shown !== null) { items.replaceChildren(...skeleton()); shown = null }
      else if (!items.childElementCount) items.replaceChildren(...skeleton())
      return
    }
    const isOther = shown !== id
    if (isOther) { items.replaceChildren(); scroll.open(app.model.rows.find(row => row.id === id)?.unread ?? 0) }
    // What fills the pane is painted first, the messages above it a frame later.
    const first = isOther ? Math.ceil(innerHeight / LEAST_LINE) : Infinity
    const isPart = app.model.items.length > first && scroll.startsAtEnd()
    scroll.keep(() => drawItems(app, items, scroll.divider(), isPart ? first : Infinity), isOther, isPart)
    if (isPart) requestAnimationFrame(() => setTimeout(render, 0))
    menu.settle()
    shown = id
    node.dataset.conversation = id
    sayLost()
    considerRead(app, scroller, id)
  }

  /** A link may lead to a message that is not here: said once. */
  const sayLost = () => {
    const about = app.model.thread.lost ? `${shown}:${app.model.thread.lost}` : null
    if (about && about !== lost) app.toasts.show(app.t("message_missing"), { tone: "warning" })
    lost = about
  }

  return {
    node, render,
    /** New live items: counted when the reader is elsewhere, and always read aloud. */
    arrived: n => {
      scroll.arrived(n)
      setText(news, "")
      setText(news, app.say.many("new_messages", n))
    },
    toEnd: () => scroll.toEnd(),
    goTo: id => scroll.goTo(id),
    openAssign: () => head.assign.click(),
    openLabels: () => head.labels.click(),
    stop: () => scroll.stop(),
  }
}

function stateOf(app, id) {
  const { thread } = app.model
  if (id === null) return "none"
  if (!thread || thread.id !== id) return "loading"
  if (thread.error) return "error"
  return thread.missing ? "missing" : "open"
}

function header(app) {
  const face = avatar("0", "")
  const name = el("h2", { class: "head-name", dir: "auto" })
  const line = el("p", { class: "head-line" })
  const back = iconButton("back", app.t("back"), () => app.wishes.close(), { class: "icon-button back" })
  const assign = el("button", { type: "button", class: "button assign", "aria-haspopup": "true", "aria-expanded": "false", title: `${app.t("assign")} (a)` })
  assign.addEventListener("click", () => assignMenu(app, assign, app.selected(), current(app)))
  const labels = iconButton("tag", app.t("labels"), () => labelMenu(app, labels, app.selected(), id => app.panel.hasLabel(id)), { "aria-haspopup": "true", "aria-expanded": "false" })
  const unread = iconButton("unread", `${app.t("mark_unread")} (u)`, () => toggleUnread(app))
  const panel = iconButton("panel", app.t("contact_panel"), () => togglePanel(app), { class: "icon-button panel-toggle" })
  const writing = el("div", { class: "head-actions" }, assign, labels, unread)
  const person = el("button", { type: "button", class: "head-person", on: { click: () => togglePanel(app) }, title: app.t("contact_panel") }, face, el("span", { class: "head-text" }, name, line))
  const node = el("header", { class: "head" }, back, person, writing, panel)

  const render = (id, state) => {
    const row = app.model.rows.find(entry => entry.id === id)
    const title = state === "open" ? app.model.thread.name : row?.name ?? ""
    const contact = state === "open" ? app.data.contact : null
    paint(face, id, title)
    fill(name, title)
    fill(line, [contact?.phones?.[0]?.national, contact?.instance ?? row?.instance].filter(Boolean).join(" · "))
    writing.hidden = !app.data.me.can_write || state !== "open"
    panel.setAttribute("aria-pressed", String(app.isPanelOpen))
    drawAssign(app, assign)
    const isUnread = (row?.unread ?? 0) > 0
    setAttribute(unread, "aria-pressed", String(isUnread))
    setAttribute(unread, "aria-label", app.t(isUnread ? "mark_read" : "mark_unread"))
    setAttribute(unread, "title", `${app.t(isUnread ? "mark_read" : "mark_unread")} (u)`)
  }
  return { node, render, assign, labels }
}

/** Who has the open conversation now, wishes on their way included. */
export function current(app) {
  const { contact } = app.data
  const id = app.selected()
  if (!contact || app.model.thread?.id !== id) return { assignee_id: null, team_id: null }
  const { assignee_id, team_id, priority, snoozed_until } = contact
  return app.foreseen({ assignee_id, team_id, priority, snoozed_until }, id)
}

function drawAssign(app, button) {
  const agent = app.data.agents.find(entry => entry.id === current(app).assignee_id)
  const mark = agent ? `${agent.id}:${agent.name}` : "none"
  if (button.dataset.mark === mark) return
  button.dataset.mark = mark
  const label = fill(el("span", { class: "assign-name", dir: "auto" }), agent ? agent.name : app.t("unassigned"))
  button.replaceChildren(agent ? avatar(agent.id, agent.name, "tiny") : icon("person"), label, icon("down"))
}

export function toggleUnread(app) {
  const id = app.selected() ?? app.list.cursor()
  const row = app.model.rows.find(entry => entry.id === id)
  if (!id || !app.data.me.can_write) return
  if ((app.foreseen(row ?? { unread: 0 }, id).unread ?? 0) > 0) app.wishes.read(id)
  else app.wishes.unread(id)
}

export function togglePanel(app) {
  app.isPanelOpen = !app.isPanelOpen
  app.render()
  if (app.isPanelOpen && app.size !== "wide") app.panel.focus()
}

function statusBar(app) {
  const text = el("span", { class: "status-text" })
  const detail = el("span", { class: "status-detail" })
  const button = el("button", { type: "button", class: "status-button" })
  const lamp = el("span", { class: "status-lamp", "aria-hidden": "true" })
  const node = el("div", { class: "status", role: "group", "aria-label": app.t("status") }, lamp, text, detail, button)
  button.addEventListener("click", () => toggleStatus(app))
  const render = (id, state) => {
    const row = app.model.rows.find(entry => entry.id === id)
    const status = app.foreseen({ status: state === "open" ? app.model.thread.status : row?.status ?? "pending" }, id).status
    const isResolved = status === "resolved"
    node.dataset.status = status
    setText(text, app.t(status))
    setText(detail, isResolved ? resolvedBy(app, state) : pendingDetail(app, row))
    button.hidden = !app.data.me.can_write || state !== "open"
    if (button.dataset.status !== status) button.replaceChildren(icon(isResolved ? "reopen" : "check"), el("span", { text: app.t(isResolved ? "reopen" : "resolve") }), el("kbd", { class: "key", text: "e", "aria-hidden": "true" }))
    button.dataset.status = status
    setAttribute(button, "title", app.t(isResolved ? "reopen_hint" : "resolve_hint"))
  }
  return { node, render }
}

function resolvedBy(app, state) {
  const resolved = state === "open" ? app.data.contact?.resolved : null
  return resolved?.by ? app.t("resolved_by", { name: resolved.by, time: app.say.exact(resolved.at) }) : ""
}

/** What presses most: by when to answer, else the wait; and until when it rests. */
function pendingDetail(app, row) {
  if (!row) return ""
  const rests = row.snoozed_until ? app.t("snoozed_till", { time: app.say.soon(row.snoozed_until, app.now()) }) : ""
  const waits = row.waiting_since ? app.t("waiting_for", { time: app.say.elapsed(app.now() - row.waiting_since) }) : ""
  return [row.due_at ? dueText(app, row) : "", rests, waits].filter(Boolean).join(" · ")
}

export function toggleStatus(app) {
  const id = app.selected()
  if (!id || !app.data.me.can_write || app.model.thread?.id !== id) return
  const { status } = app.foreseen({ status: app.model.thread.status }, id)
  app.wishes.status(id, status === "resolved" ? "pending" : "resolved")
}

function drawBlank(app, node, state) {
  if (node.dataset.state === state) return
  node.dataset.state = state
  const title = { none: "choose_conversation", missing: "conversation_missing", error: "thread_error" }[state]
  const text = state === "error" ? app.model.thread.error : app.t(`${title}_hint`)
  node.replaceChildren(el("div", { class: "blank-art" }, icon(state === "none" ? "chat" : "question")),
    el("p", { class: "empty-title", text: app.t(title) }), el("p", { class: "empty-text", text }))
  if (state === "none") node.append(keysLine(app))
}

function keysLine(app) {
  const key = (name, text) => el("span", { class: "blank-key" }, el("kbd", { class: "key", text: name }), el("span", { text: app.t(text) }))
  return el("p", { class: "blank-keys" }, key("j", "key_next"), key("k", "key_previous"), key("Enter", "key_open"), key("?", "key_help"))
}

function skeleton() {
  return [34, 52, 28, 60, 40, 46].map((width, at) => {
    const bone = el("div", { class: `bone ${at % 3 === 1 ? "right" : ""}`, "aria-hidden": "true" })
    bone.style.width = `${width}%`
    return bone
  })
}

/** Only reading by the assignee marks as read: in front, at the end, for a moment. */
function considerRead(app, scroller, id) {
  const isMine = () => current(app).assignee_id === app.data.me.id
  const unread = () => app.foreseen({ unread: app.model.rows.find(row => row.id === id)?.unread ?? 0 }, id).unread
  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60
  const isDue = () => app.selected() === id && app.data.me.can_write && isMine() && unread() > 0 && document.hasFocus() && isAtEnd()
  if (!isDue() || app.keptUnread === id || app.reading) return
  app.reading = setTimeout(() => {
    app.reading = 0
    if (isDue() && app.keptUnread !== id) app.wishes.read(id)
  }, READ_MS)
}

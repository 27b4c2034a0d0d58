// The contact on the right: who it is, who has the conversation, what may be sent to them.

import { attentionSection } from "./attention.js"
import { avatar, paint } from "./avatar.js"
import { assignMenu, dot, labelMenu } from "./choices.js"
import { copyText, el, icon, iconButton, setAttribute, setText } from "./dom.js"
import { editable } from "./editable.js"
import { choice, heading } from "./menu.js"
import { createMore } from "./more.js"
import { fill } from "./plain.js"
import { current } from "./thread.js"

const BLOCK_REASONS = ["asked", "complained", "wrong_number", "too_many", ""]

/** Make the contact panel. */
export function createPanel(app) {
  const node = el("aside", { class: "panel", "aria-label": app.t("contact"), tabindex: "-1" })
  const close = iconButton("close", app.t("close"), () => { app.isPanelOpen = false; app.render() }, { class: "icon-button panel-close" })
  const title = el("h2", { class: "panel-title", text: app.t("contact") })
  const face = avatar("0", "", "big")
  const known = el("p", { class: "panel-known" })
  const sections = [contactFields(app), work(app), attentionSection(app, field), labelsSection(app), blockSection(app)]
  const more = createMore(app)
  const body = el("div", { class: "panel-body" }, el("div", { class: "panel-face" }, face, known), more.top, ...sections.map(section => section.node), more.node)
  const blank = el("div", { class: "panel-blank" }, ...[70, 45, 90, 60, 80].map(width => {
    const bone = el("div", { class: "bone", "aria-hidden": "true" })
    bone.style.width = `${width}%`
    return bone
  }))
  node.append(el("header", { class: "panel-head" }, title, close), body, blank)

  const render = () => {
    const contact = shownContact(app)
    body.hidden = !contact
    blank.hidden = Boolean(contact)
    if (!contact) return
    paint(face, app.model.thread.id, contact.name)
    setText(known, contact.opened_at ? app.t("opened_at", { time: app.say.exact(contact.opened_at) }) : "")
    for (const section of sections) section.render(contact)
    more.render(contact)
  }
  return {
    node, render,
    focus: () => node.focus(),
    stop: more.stop,
    hasLabel: label => seenLabels(app).includes(label),
  }
}

function shownContact(app) {
  const id = app.selected()
  return id !== null && app.model.thread?.id === id ? app.data.contact : null
}

/** Labels of the open conversation with the wishes on their way. */
function seenLabels(app) {
  const id = app.selected()
  const labels = new Set(shownContact(app)?.labels ?? [])
  for (const { action } of app.queue.waiting("label")) {
    if (!action.ids.includes(id)) continue
    if (action.on) labels.add(action.label)
    else labels.delete(action.label)
  }
  return [...labels]
}

function isBlocked(app, contact) {
  const wish = app.queue.waiting("block").filter(({ action }) => action.contact === contact.id).at(-1)
  return wish ? wish.action.on : contact.blocked
}

function field(name, text, ...children) {
  return el("div", { class: "field" }, el("div", { class: "field-label" }, icon(name), el("span", { text })), ...children)
}

function contactFields(app) {
  const save = what => value => {
    const contact = shownContact(app)
    app.wishes.contact(contact.id, what === "name" ? value : contact.name, what === "email" ? value : contact.email ?? "")
  }
  const name = editable(app, { label: app.t("name"), type: "text", save: save("name"), isGood: value => value.length > 0 })
  const email = editable(app, { label: app.t("email"), type: "email", save: save("email"), isGood: value => value === "" || /^[^\s@]+@[^\s@]+$/.test(value), problem: app.t("email_wrong") })
  const phones = el("div", { class: "phones" })
  const node = el("section", { class: "panel-section" }, field("person", app.t("name"), name.node), field("mail", app.t("email"), email.node), field("phone", app.t("whatsapp"), phones))
  const pending = (contact, what) => app.queue.waiting("contact").filter(({ action }) => action.contact === contact.id).at(-1)?.action[what] ?? contact[what] ?? ""
  const render = contact => {
    name.render(contact.id, pending(contact, "name"))
    email.render(contact.id, pending(contact, "email"))
    drawPhones(app, phones, contact.phones ?? [])
  }
  return { node, render }
}

function drawPhones(app, node, phones) {
  const mark = JSON.stringify(phones) + app.data.lang
  if (node.dataset.mark === mark) return
  node.dataset.mark = mark
  node.replaceChildren(...phones.map(phone => {
    const isHidden = !/^\+?\d+$/.test(phone.e164)
    const copy = isHidden ? null : iconButton("copy", app.t("copy_number"), async () => app.toasts.show(app.t(await copyText(phone.e164) ? "copied" : "not_copied")))
    return el("div", { class: "phone" }, el("span", { class: "phone-national", text: phone.national }), el("span", { class: "phone-e164", text: phone.e164 }), ...(copy ? [copy] : []))
  }))
  if (!phones.length) node.append(el("span", { class: "muted", text: app.t("no_phone") }))
}

function work(app) {
  const assign = el("button", { type: "button", class: "select", "aria-haspopup": "true", "aria-expanded": "false" })
  assign.addEventListener("click", () => assignMenu(app, assign, app.selected(), current(app)))
  const team = el("p", { class: "fact" })
  const resolved = el("p", { class: "fact" })
  const again = el("p", { class: "fact muted" })
  const activity = el("p", { class: "fact" })
  const exact = el("p", { class: "fact muted" })
  const instance = el("p", { class: "fact", dir: "auto" })
  const node = el("section", { class: "panel-section" },
    field("people", app.t("assigned_agent"), assign, team), field("check", app.t("who_resolved"), resolved, again),
    field("clock", app.t("last_contact_activity"), activity, exact), field("store", app.t("instance"), instance))
  const render = contact => {
    const { assignee_id, team_id } = current(app)
    drawSelect(app, assign, assignee_id)
    const named = app.data.teams.find(entry => entry.id === team_id)
    fill(team, named ? app.t("team_is", { name: named.name }) : "")
    team.hidden = !named
    drawResolved(app, contact, resolved, again)
    setText(activity, contact.last_contact_at ? app.say.ago(app.now() - contact.last_contact_at) : app.t("never"))
    setText(exact, contact.last_contact_at ? app.say.exact(contact.last_contact_at) : "")
    fill(instance, contact.instance ?? "—")
  }
  return { node, render }
}

function drawSelect(app, button, assignee) {
  const agent = app.data.agents.find(entry => entry.id === assignee)
  button.disabled = !app.data.me.can_write
  const mark = JSON.stringify([agent?.id, agent?.name, app.data.lang])
  if (button.dataset.mark === mark) return
  button.dataset.mark = mark
  const text = fill(el("span", { class: "select-text", dir: "auto" }), agent ? agent.name : app.t("nobody"))
  button.replaceChildren(agent ? avatar(agent.id, agent.name, "tiny") : icon("person"), text, icon("down"))
  setAttribute(button, "aria-label", `${app.t("assigned_agent")}: ${agent ? agent.name : app.t("nobody")}`)
}

function drawResolved(app, contact, resolved, again) {
  const last = contact.resolved
  const when = last?.at ? app.say.exact(last.at) : ""
  const often = last?.reopened_n ? app.say.many("reopened", last.reopened_n) : ""
  fill(resolved, last?.by ?? app.t(when ? "no_agent" : "not_resolved_yet"))
  setText(again, [when, often].filter(Boolean).join(" · "))
  again.hidden = !again.textContent
}

function labelsSection(app) {
  const list = el("div", { class: "labels" })
  const add = el("button", { type: "button", class: "link", "aria-haspopup": "true", "aria-expanded": "false", text: app.t("edit_labels") })
  add.addEventListener("click", () => labelMenu(app, add, app.selected(), id => seenLabels(app).includes(id)))
  const node = el("section", { class: "panel-section" }, field("tag", app.t("labels"), list, add))
  const render = () => {
    const ids = seenLabels(app)
    add.hidden = !app.data.me.can_write
    const mark = JSON.stringify([ids, app.data.labels])
    if (list.dataset.mark === mark) return
    list.dataset.mark = mark
    list.replaceChildren(...app.data.labels.filter(label => ids.includes(label.id)).map(label => labelChip(app, label)))
    if (!list.childElementCount) list.append(el("span", { class: "muted", text: app.t("no_labels") }))
  }
  return { node, render }
}

function labelChip(app, label) {
  const chip = el("span", { class: "chip label" }, dot(label.colour), fill(el("span", { class: "chip-text", dir: "auto" }), label.name))
  if (app.data.me.can_write) chip.append(iconButton("close", app.t("remove_label", { name: label.name }), () => app.wishes.label(app.selected(), label.id, false)))
  return chip
}

/** Why system messages are blocked: from a list, so that the fact holds no words. */
function reasonMenu(app, anchor, id) {
  app.menus.show(anchor, app.t("block_why"), (node, close) => {
    const line = reason => choice({ label: app.t(`block_${reason || "no_reason"}`), role: "menuitem", act: () => { close(); app.wishes.block(id, true, reason) } })
    node.append(el("div", { class: "menu-list", role: "menu" }, heading(app.t("block_why")), ...BLOCK_REASONS.map(line)))
  })
}

function blockSection(app) {
  const toggle = el("button", { type: "button", class: "switch", role: "switch", "aria-labelledby": "block-label", "aria-describedby": "block-help" }, el("span", { class: "knob", "aria-hidden": "true" }))
  toggle.addEventListener("click", () => {
    const contact = shownContact(app)
    if (isBlocked(app, contact)) app.wishes.block(contact.id, false)
    else reasonMenu(app, toggle, contact.id)
  })
  const node = el("section", { class: "panel-section" },
    el("div", { class: "block" }, icon("bell"), el("span", { id: "block-label", class: "block-label", text: app.t("block") }), toggle),
    el("p", { id: "block-help", class: "muted small", text: app.t("block_help") }))
  const render = contact => {
    setAttribute(toggle, "aria-checked", String(isBlocked(app, contact)))
    toggle.disabled = !app.data.me.can_write
  }
  return { node, render }
}

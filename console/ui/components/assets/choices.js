// The menus of a conversation: who has it, and its labels.

import { avatar } from "./avatar.js"
import { el, icon } from "./dom.js"
import { choice, heading } from "./menu.js"
import { fill } from "./plain.js"

/** Choose the agent (with everybody's load), the team, or nobody. */
export function assignMenu(app, anchor, id, current) {
  app.menus.show(anchor, app.t("assign"), (node, close) => {
    const done = act => () => { close(); act() }
    const query = el("input", { type: "search", class: "menu-search", placeholder: app.t("find_agent"), "aria-label": app.t("find_agent") })
    const list = el("div", { class: "menu-list", role: "menu" })
    const draw = () => list.replaceChildren(...agentChoices(app, id, current, query.value, done), ...teamChoices(app, id, current, query.value, done))
    query.addEventListener("input", draw)
    query.addEventListener("keydown", event => {
      if (event.key !== "Enter") return
      event.preventDefault()  // or the anchor that gets the focus back would open the menu again
      list.querySelector("button")?.click()
    })
    draw()
    node.append(query, list)
  })
}

function agentChoices(app, id, current, query, done) {
  const { agents, me } = app.data
  const found = agents.filter(agent => matches(agent.name, query))
  const ordered = [...found.filter(agent => agent.id === me.id), ...found.filter(agent => agent.id !== me.id)]
  const most = Math.max(1, ...agents.map(agent => agent.open_n ?? 0))
  const nodes = ordered.map(agent => choice({
    label: personName(app, agent), isChosen: current.assignee_id === agent.id, lead: avatar(agent.id, agent.name, "small"),
    trail: load(app, agent.open_n ?? 0, most), act: done(() => app.wishes.assign(id, agent.id)),
  }))
  const nobody = choice({
    label: app.t("nobody"), isChosen: !current.assignee_id, lead: el("span", { class: "avatar small faceless", "aria-hidden": "true" }, icon("person")),
    act: done(() => app.wishes.assign(id, null)),
  })
  return [heading(app.t("agents")), ...(query ? [] : [nobody]), ...nodes]
}

function personName(app, agent) {
  const name = fill(el("span", { class: "choice-text", dir: "auto" }), agent.name)
  if (agent.id === app.data.me.id) name.append(el("span", { class: "muted", text: ` ${app.t("me")}` }))
  return name
}

function load(app, n, most) {
  const bar = el("span", { class: "load-bar" })
  bar.style.setProperty("--share", String(n / most))
  return el("span", { class: "load", title: app.say.many("open_conversations", n) }, bar, el("span", { text: app.say.number(n) }))
}

function teamChoices(app, id, current, query, done) {
  const teams = app.data.teams.filter(team => matches(team.name, query))
  if (!teams.length) return []
  const nodes = teams.map(team => choice({
    label: fill(el("span", { class: "choice-text", dir: "auto" }), team.name), isChosen: current.team_id === team.id,
    lead: icon("people"), act: done(() => app.wishes.team(id, team.id)),
  }))
  const none = choice({ label: app.t("no_team"), isChosen: !current.team_id, lead: icon("close"), act: done(() => app.wishes.team(id, null)) })
  return [heading(app.t("teams")), ...(query ? [] : [none]), ...nodes]
}

function matches(name, query) {
  return folded(name).includes(folded(query))
}

/** Words without case and accents, for what people type. */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()
}

/** Put labels on and off; stays open for several. */
export function labelMenu(app, anchor, id, isOn) {
  app.menus.show(anchor, app.t("labels"), node => {
    node.append(heading(app.t("labels")))
    if (!app.data.labels.length) node.append(el("p", { class: "menu-empty", text: app.t("no_labels_exist") }))
    for (const label of app.data.labels) {
      const button = choice({
        label: fill(el("span", { class: "choice-text", dir: "auto" }), label.name), role: "menuitemcheckbox", isChosen: isOn(label.id),
        lead: dot(label.colour), act: () => {
          const on = button.getAttribute("aria-checked") !== "true"
          button.setAttribute("aria-checked", String(on))
          app.wishes.label(id, label.id, on)
        },
      })
      node.append(button)
    }
  })
}

/** The colour of a label; anything that is not a plain hex colour is grey. */
export function dot(colour) {
  const node = el("span", { class: "dot", "aria-hidden": "true" })
  if (/^#[0-9a-f]{6}$/i.test(colour ?? "")) node.style.backgroundColor = colour
  return node
}

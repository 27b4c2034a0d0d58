// Above the list: the five filters with their counts, search, filter expression, order.

import { el, icon, iconButton, setAttribute, setText } from "./dom.js"
import { choice, heading } from "./menu.js"
import { fill } from "./plain.js"
import { drawStopped } from "./stopped.js"

const SEARCH_MS = 350
const INSTANCES_MS = 500

/** Make the bar; `render()` refreshes it from the answer. */
export function createBar(app) {
  const tabs = el("div", { class: "tab-list", role: "tablist", "aria-label": app.t("filters") })
  const more = moreButton(app)
  const hint = el("div", { class: "hint", role: "status" })
  const stopped = el("div", { class: "stops", role: "status" })
  const search = searchBox(app)
  const advanced = expressionBox(app)
  const chips = el("div", { class: "chosen" })
  const total = el("span", { class: "total", "aria-live": "polite" })
  const sort = el("button", { type: "button", class: "sort", "aria-haspopup": "true", "aria-expanded": "false", title: app.t("sort") })
  const sortName = el("span")
  sort.append(icon("sort"), sortName)
  sort.addEventListener("click", () => sortMenu(app, sort))
  const exported = el("a", { class: "export", target: "_self", title: app.t("export_list") }, icon("download"), el("span", {}, app.t("export")))
  const toggle = iconButton("tune", app.t("advanced_filter"), () => advanced.toggle(), { "aria-expanded": "false" })
  advanced.control(toggle)
  const node = el("header", { class: "bar" }, hint, stopped, el("div", { class: "tabs" }, tabs, more),
    el("div", { class: "search-line" }, search.node, toggle), advanced.node, chips,
    el("div", { class: "summary" }, total, exported, sort))

  const render = () => {
    const { filters } = app.data
    drawTabs(app, tabs)
    more.classList.toggle("active", narrows(filters))
    drawChosen(app, chips)
    drawHint(app, hint)
    drawStopped(app, stopped)
    search.render(filters.search ?? "")
    advanced.render(filters.expression ?? "", filters.problem)
    exported.hidden = !filters.export
    setAttribute(exported, "href", filters.export ?? "#")
    setText(total, app.say.many("conversations", app.model.total))
    setText(sortName, filters.sorts.find(entry => entry.key === filters.sort)?.label ?? "")
  }
  return { node, render, focusSearch: search.focus }
}

function pendingChoice(app, kind, field, answered) {
  return app.queue.waiting(kind).at(-1)?.action[field] ?? answered
}

function drawTabs(app, node) {
  const { filters } = app.data
  const active = pendingChoice(app, "filter", "key", filters.active)
  if (node.childElementCount !== filters.tabs.length) node.replaceChildren(...filters.tabs.map(() => tabButton(app)))
  filters.tabs.forEach((tab, at) => {
    const button = node.children[at]
    setText(button.querySelector(".tab-count"), app.say.count(tab.count))
    setText(button.querySelector(".tab-label"), tab.label)
    setAttribute(button, "aria-selected", String(tab.key === active))
    setAttribute(button, "tabindex", tab.key === active || (at === 0 && !filters.tabs.some(entry => entry.key === active)) ? "0" : "-1")
    button.dataset.key = tab.key
  })
}

/** Whether the menu beside the tabs holds a choice. */
function narrows(filters) {
  return filters.more.some(entry => entry.key === filters.active) || filters.instances.some(entry => entry.chosen)
}

function tabButton(app) {
  const button = el("button", { type: "button", class: "tab", role: "tab" },
    el("span", { class: "tab-count" }), el("span", { class: "tab-label" }))
  button.addEventListener("click", () => app.wishes.filter(button.dataset.key))
  button.addEventListener("keydown", event => {
    const next = { ArrowRight: button.nextElementSibling, ArrowLeft: button.previousElementSibling }[event.key]
    next?.focus()
  })
  return button
}

function moreButton(app) {
  const button = el("button", { type: "button", class: "tab-more", "aria-haspopup": "true", "aria-expanded": "false", "aria-label": app.t("more_filters"), title: app.t("more_filters") }, icon("down"))
  button.addEventListener("click", () => filterMenu(app, button))
  return button
}

function filterMenu(app, anchor) {
  app.menus.show(anchor, app.t("more_filters"), (node, close) => {
    const { filters } = app.data
    const list = el("div", { class: "menu-list", role: "menu" })
    for (const entry of filters.more) {
      list.append(choice({
        label: entry.label, isChosen: entry.key === filters.active, lead: icon("person"), trail: count(app, entry.count),
        act: () => { close(); app.wishes.filter(entry.key) },
      }))
    }
    list.append(heading(app.t("instances")), ...instanceChoices(app, list))
    node.append(list)
  })
}

function instanceChoices(app, list) {
  const { instances } = app.data.filters
  const chosen = new Set(instances.filter(entry => entry.chosen).map(entry => entry.key))
  let timer = 0
  const paint = () => {
    for (const button of list.querySelectorAll("[data-instance]")) {
      const { instance } = button.dataset
      button.setAttribute("aria-checked", String(instance === "" ? chosen.size === 0 : chosen.has(instance)))
    }
    clearTimeout(timer)
    timer = setTimeout(() => app.wishes.instances(instances.map(entry => entry.key).filter(key => chosen.has(key))), INSTANCES_MS)
  }
  const line = (key, label, n, act) => {
    const button = choice({ label, role: "menuitemcheckbox", isChosen: key === "" ? chosen.size === 0 : chosen.has(key), trail: n === null ? null : count(app, n), act: () => { act(); paint() } })
    button.dataset.instance = key
    button.prepend(el("span", { class: "box", "aria-hidden": "true" }, icon("check")))
    return button
  }
  const named = entry => fill(el("span", { class: "choice-text", dir: "auto" }), entry.name)
  return [
    line("", app.t("all_instances"), null, () => chosen.clear()),
    ...instances.map(entry => line(entry.key, named(entry), entry.count, () => {
      if (!chosen.delete(entry.key)) chosen.add(entry.key)
    })),
  ]
}

function count(app, n) {
  return el("span", { class: "choice-count", text: app.say.count(n) })
}

function sortMenu(app, anchor) {
  app.menus.show(anchor, app.t("sort"), (node, close) => {
    const { sorts, sort } = app.data.filters
    node.append(el("div", { class: "menu-list", role: "menu" }, ...sorts.map(entry => choice({
      label: entry.label, isChosen: entry.key === sort, lead: el("span", { class: "tick", "aria-hidden": "true" }, icon("check")),
      act: () => { close(); app.wishes.sort(entry.key) },
    }))))
  })
}

/** Chips of what narrows the list beyond the tabs; each can be taken away. */
function drawChosen(app, node) {
  const { filters } = app.data
  const more = filters.more.filter(entry => entry.key === filters.active)
  const chosen = filters.instances.filter(entry => entry.chosen)
  const expression = filters.problem ? "" : filters.expression ?? ""
  const mark = JSON.stringify([more, chosen.map(entry => entry.key), expression])
  if (node.dataset.mark === mark) return
  node.dataset.mark = mark
  node.replaceChildren(
    ...more.map(entry => chip(app, entry.label, () => app.wishes.filter(filters.tabs.at(-1).key))),
    ...chosen.map(entry => chip(app, entry.name, () => app.wishes.instances(chosen.filter(other => other !== entry).map(other => other.key)))),
    ...(expression ? [chip(app, expression, () => app.wishes.expression(""))] : []),
  )
}

function chip(app, label, remove) {
  const text = fill(el("span", { class: "chip-text", dir: "auto" }), label)
  return el("span", { class: "chip removable" }, text, iconButton("close", app.t("remove"), remove))
}

function searchBox(app) {
  const input = el("input", { type: "search", class: "search", placeholder: app.t("search_placeholder"), "aria-label": app.t("search_placeholder"), autocomplete: "off", spellcheck: "false" })
  const key = el("kbd", { class: "key", text: "/", "aria-hidden": "true" })
  let timer = 0
  let asked = null
  const ask = () => {
    clearTimeout(timer)
    if (input.value.trim() === asked) return
    asked = input.value.trim()
    app.wishes.search(asked)
  }
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(ask, SEARCH_MS)
  })
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") ask()
    if (event.key === "Escape") {
      if (input.value) { input.value = ""; ask() } else input.blur()
      event.stopPropagation()
    }
    if (event.key === "ArrowDown") app.list.focus()
  })
  const node = el("label", { class: "search-box" }, icon("search"), input, key)
  const render = answered => {
    if (asked === null) asked = answered
    const isBusy = app.root.getRootNode().activeElement === input || app.queue.waiting("search").length
    if (!isBusy) { input.value = answered; asked = answered }
  }
  return { node, render, focus: () => { input.focus(); input.select() } }
}

function expressionBox(app) {
  const input = el("input", { type: "text", class: "expression", placeholder: app.t("expression_placeholder"), "aria-label": app.t("advanced_filter"), autocomplete: "off", spellcheck: "false", autocapitalize: "off" })
  const problem = el("p", { class: "problem", role: "alert", id: "problem" })
  const help = el("p", { class: "expression-help", text: app.t("expression_help") })
  const apply = el("button", { type: "button", class: "button small", text: app.t("apply"), on: { click: () => app.wishes.expression(input.value.trim()) } })
  const node = el("div", { class: "advanced", hidden: true }, el("div", { class: "expression-line" }, input, apply), problem, help)
  let button = null
  let last = null
  const toggle = (isOpen = node.hidden) => {
    node.hidden = !isOpen
    button?.setAttribute("aria-expanded", String(isOpen))
    if (isOpen) input.focus()
  }
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") app.wishes.expression(input.value.trim())
    if (event.key === "Escape") { toggle(false); event.stopPropagation() }
  })
  const render = (answered, sentence) => {
    if (sentence && node.hidden) { node.hidden = false; button?.setAttribute("aria-expanded", "true") }
    setText(problem, sentence ?? "")
    problem.hidden = !sentence
    help.hidden = Boolean(sentence)
    setAttribute(input, "aria-invalid", sentence ? "true" : null)
    setAttribute(input, "aria-describedby", sentence ? "problem" : null)
    if (answered !== last && !sentence && app.root.getRootNode().activeElement !== input) input.value = answered
    last = answered
  }
  return { node, render, toggle: () => toggle(), control: toggleButton => { button = toggleButton } }
}

function drawHint(app, node) {
  const state = app.isSignedOut ? "signed_out" : app.isConnected ? "" : "offline"
  if (node.dataset.state === state) return
  node.dataset.state = state
  if (!state) return node.replaceChildren()
  const act = app.isSignedOut ? () => location.reload() : () => app.live.retry()
  node.replaceChildren(icon("offline"), el("span", { text: app.t(state) }),
    el("button", { type: "button", class: "link", text: app.t(app.isSignedOut ? "sign_in" : "try_again"), on: { click: act } }))
  return undefined
}

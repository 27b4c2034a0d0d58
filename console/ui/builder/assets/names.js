// Names of agents, teams, instances and labels: chips, and a searched list to choose from.

import { el, folded, icon, iconButton, nameText } from "./dom.js"
import { newValue } from "./draft.js"

const MOST_SHOWN = 60
const GAP = 6
const EDGE = 8

/** The control of a condition on names. */
export function namesControl(app, node, field, at) {
  const entries = [...field.special, ...(app.catalogue.names[field.names] ?? [])]
  const chips = el("div", { class: "chips" })
  const panel = el("div", { class: "names-panel", popover: "auto", role: "dialog", "aria-label": field.name })
  const open = el(
    "button",
    {
      type: "button",
      class: "choose",
      "aria-haspopup": "dialog",
      "aria-label": app.t("choose_of", { name: field.name }),
      data: { at: `${at}:value0` },
    },
    el("span", { text: app.t("choose") }),
    icon("down"),
  )
  open.popoverTargetElement = panel
  const chosen = chosenOf(app, node, entries, () => drawChips())
  const drawChips = () => chips.replaceChildren(...node.values.map(value => chip(app, chosen, value, entries, open)))
  fillPanel(app, panel, entries, chosen)
  panel.addEventListener("keydown", event => event.key === "Escape" && open.focus())
  panel.addEventListener("toggle", event => (event.newState === "open" ? settle(panel, open) : panel.leave?.()))
  drawChips()
  return el("div", { class: "values names" }, chips, open, panel)
}

/** What is chosen: keys compare as the server folds them. */
function chosenOf(app, node, entries, drawn) {
  const same = (a, b) => folded(a) === folded(b)
  const has = key => node.values.some(value => same(value.text, key))
  const set = (key, is) => {
    if (is && !has(key)) node.values.push(newValue(key))
    else if (!is) node.values = node.values.filter(value => !same(value.text, key))
    drawn()
    app.changed()
  }
  return { has, set }
}

function chip(app, chosen, value, entries, open) {
  const entry = entries.find(one => folded(one.key) === folded(value.text))
  const name = entry?.name ?? value.text
  const remove = () => {
    chosen.set(value.text, false)
    open.focus()
  }
  const small = { class: "icon-button small" }
  return el("span", { class: "chip" }, dot(entry), nameText(name), iconButton("close", app.t("remove_name", { name }), remove, small))
}

function dot(entry) {
  if (!/^#[0-9a-f]{6}$/i.test(entry?.colour ?? "")) return null
  const node = el("span", { class: "dot" })
  node.style.backgroundColor = entry.colour
  return node
}

function fillPanel(app, panel, entries, chosen) {
  const list = el("div", { class: "names-list" })
  const draw = wanted => list.replaceChildren(...listed(app, entries, chosen, wanted, () => find.focus()))
  const find = el("input", {
    class: "input",
    type: "text",
    autocomplete: "off",
    "aria-label": app.t("find"),
    placeholder: app.t("find"),
    on: {
      input: () => draw(find.value),
      keydown: event => event.key === "Enter" && list.querySelector("input, button")?.click(),
    },
  })
  panel.append(find, list)
  panel.addEventListener("beforetoggle", () => {
    find.value = ""
    draw("")
  })
  panel.addEventListener("keydown", event => walk(event, panel))
}

function listed(app, entries, chosen, wanted, back) {
  const words = folded(wanted).split(/\s+/).filter(Boolean)
  const fits = entry => words.every(word => folded(`${entry.name} ${entry.key}`).includes(word))
  const found = entries.filter(fits)
  const lines = found.slice(0, MOST_SHOWN).map(entry => line(entries, chosen, entry))
  const hint = text => el("p", { class: "hint", text })
  if (found.length > MOST_SHOWN) lines.push(hint(app.t("more_names", { n: found.length - MOST_SHOWN })))
  if (found.length === 0) lines.push(hint(app.t("no_names")))
  if (wanted.trim() && !found.some(entry => folded(entry.name) === folded(wanted.trim()))) {
    lines.push(typed(app, chosen, wanted.trim(), back))
  }
  return lines
}

function line(entries, chosen, entry) {
  const is = chosen.has(entry.key)
  const box = el("input", { type: "checkbox", on: { change: event => chosen.set(entry.key, event.target.checked) } })
  box.checked = is
  const isShared = entries.filter(one => one.name === entry.name).length > 1
  const key = isShared ? nameText(entry.key, { class: "name-key" }) : null
  return el("label", { class: "name-line" }, box, dot(entry), nameText(entry.name), key)
}

/** A name that is not listed, such as a former agent's: the server knows it, or says the nearest. */
function typed(app, chosen, text, back) {
  const take = () => {
    chosen.set(text, true)
    back()
  }
  return el("button", { type: "button", class: "quiet wide", text: app.t("take_typed", { name: text }), on: { click: take } })
}

function walk(event, panel) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const items = [...panel.querySelectorAll("input, button")]
  const at = items.indexOf(panel.getRootNode().activeElement)
  items[(at + step + items.length) % items.length]?.focus()
}

/** Keep the open list at its button while the page scrolls under it. */
function settle(panel, anchor) {
  const place = () => {
    const at = anchor.getBoundingClientRect()
    const below = innerHeight - at.bottom - GAP - EDGE
    const above = at.top - GAP - EDGE
    const isBelow = below >= Math.min(panel.scrollHeight, 280) || below >= above
    panel.style.maxHeight = `${Math.max(140, Math.min(380, isBelow ? below : above))}px`
    panel.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - panel.offsetWidth - EDGE))}px`
    panel.style.top = isBelow ? `${at.bottom + GAP}px` : `${at.top - GAP - panel.offsetHeight}px`
  }
  place()
  addEventListener("scroll", place, true)
  addEventListener("resize", place)
  panel.leave = () => {
    removeEventListener("scroll", place, true)
    removeEventListener("resize", place)
  }
  panel.querySelector("input").focus({ preventScroll: true })
}

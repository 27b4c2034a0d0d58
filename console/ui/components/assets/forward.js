// Forwarding a message: whom to, what, and what came of it for each of them.

import { el, icon, randomId, setAttribute, setText } from "./dom.js"
import { avatar } from "./avatar.js"
import { fill } from "./plain.js"
import { messagePreview } from "./preview.js"
import { closeSheet, showSheet } from "./sheet.js"

const TYPING_MS = 160
const MOST = 20

/** Choose recipients for this message, and send it to them once. */
export function showForward(app, item, back) {
  const chosen = new Map()
  const key = randomId()
  const search = el("input", { type: "search", class: "forward-search", placeholder: app.t("forward_search"), "aria-label": app.t("forward_search"), maxlength: "100", autocomplete: "off", "data-first": "" })
  const chips = el("div", { class: "forward-chips", role: "group", "aria-label": app.t("forward_chosen") })
  const list = el("div", { class: "forward-list", role: "group", "aria-label": app.t("forward_found") })
  const count = el("span", { class: "forward-count", role: "status" })
  const send = el("button", { type: "button", class: "button primary" }, icon("forward"), el("span", { text: app.t("forward") }))
  const acts = el("footer", { class: "sheet-acts" }, count, send)
  const body = el("div", { class: "sheet-body" }, messagePreview(app, item), search, chips, list)
  const own = app.model.thread.id
  let rows = []

  const paint = () => {
    chips.hidden = chosen.size === 0
    chips.replaceChildren(...[...chosen.values()].map(row => chipNode(app, row, () => { toggle(row); search.focus() })))
    setText(count, chosen.size ? app.say.many("recipients", chosen.size) : app.t("forward_nobody"))
    send.disabled = chosen.size === 0
    for (const box of list.querySelectorAll("input")) {
      box.checked = chosen.has(box.value)
      box.disabled = box.hasAttribute("data-closed") || (chosen.size >= MOST && !box.checked)
    }
  }
  const toggle = row => {
    if (chosen.has(row.id)) chosen.delete(row.id)
    else if (!row.closed && chosen.size < MOST) chosen.set(row.id, row)
    paint()
  }
  const draw = found => {
    rows = found.filter(row => row.id !== own)
    const nobody = el("p", { class: "sheet-state", text: app.t(search.value.trim() ? "forward_none" : "forward_empty") })
    list.replaceChildren(...(rows.length ? rows.map(row => rowNode(app, row, toggle)) : [nobody]))
    paint()
  }
  const fail = again => list.replaceChildren(el("p", { class: "sheet-state", role: "alert" }, icon("alert"), el("span", { text: app.t("forward_failed") })),
    el("button", { type: "button", class: "button", text: app.t("try_again"), on: { click: again } }))
  const find = finder(app, search, list, draw, fail)

  search.addEventListener("input", () => find(TYPING_MS))
  body.addEventListener("keydown", event => moveIn(event, search, list, () => { const first = rows.find(row => !row.closed); if (first) toggle(first) }))
  send.addEventListener("click", () => {
    if (send.disabled) return
    send.disabled = true
    setText(count, app.t("forward_sending"))
    for (const node of [search, chips, list]) setAttribute(node, "inert", true)
    app.wishes.forward(item.id, [...chosen.keys()], key)
  })
  const told = data => {
    const result = data.results?.find(entry => entry.key === key)
    const refused = data.refused?.find(entry => entry.key === key)
    if (result) showResults(app, body, acts, result.rows, chosen)
    else if (refused) showRefusal(app, body, acts, refused.text)
  }
  showSheet(app, { title: app.t("forward_title"), name: "forward", back, told }, body, acts)
  paint()
  find(0)
}

/** Ask for people as somebody types; the last question wins. */
function finder(app, search, list, draw, fail) {
  let timer = 0
  let asked = new AbortController()
  const find = wait => {
    clearTimeout(timer)
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    if (!list.childElementCount) list.replaceChildren(el("p", { class: "sheet-state" }, el("span", { class: "spinner", "aria-hidden": "true" }), el("span", { text: app.t("loading") })))
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(`${app.data.recipients}?${new URLSearchParams({ search: search.value })}`, { signal })
        if (!answer.ok) throw new Error(String(answer.status))
        const { rows } = await answer.json()
        if (!signal.aborted) draw(rows)
      } catch {
        if (!signal.aborted) fail(() => find(0))
      }
    }, wait)
  }
  return find
}

function rowNode(app, row, toggle) {
  const box = el("input", { type: "checkbox", value: row.id, "data-closed": row.closed })
  box.addEventListener("change", () => toggle(row))
  const about = [row.phone, row.instance].filter(Boolean).join(" · ")
  const closed = row.closed ? el("span", { class: "forward-closed", text: app.t("forward_closed") }) : null
  const text = el("span", { class: "forward-text" }, fill(el("span", { class: "forward-name", dir: "auto" }), row.name || row.phone), fill(el("span", { class: "forward-about" }), about), closed)
  return el("label", { class: "forward-row", data: { closed: row.closed } }, box, avatar(row.id, row.name, "small"), text)
}

function chipNode(app, row, act) {
  const name = row.name || row.phone
  const chip = el("button", { type: "button", class: "forward-chip", "aria-label": app.t("forward_drop", { name }) }, fill(el("span", { dir: "auto" }), name), icon("close"))
  chip.addEventListener("click", act)
  return chip
}

/** Arrows go between the field and the people; Enter chooses. */
function moveIn(event, search, list, chooseFirst) {
  const boxes = [...list.querySelectorAll("input:not(:disabled)")]
  const at = boxes.indexOf(event.target)
  if (event.key === "Enter") {
    if (event.target !== search && at < 0) return
    event.preventDefault()
    if (event.target === search) chooseFirst()
    else event.target.click()
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
  event.preventDefault()
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? search : boxes[Math.min(next, boxes.length - 1)])?.focus()
}

/** What came of it: one line for each recipient. */
function showResults(app, body, acts, rows, chosen) {
  const line = ({ id, problem }) => el("li", { class: "result", data: { state: problem ? "refused" : "done" } }, icon(problem ? "alert" : "check"),
    el("span", { class: "forward-text" }, fill(el("span", { class: "forward-name", dir: "auto" }), chosen.get(id)?.name ?? ""), el("span", { class: "forward-about", text: problem ?? app.t("forward_done") })))
  const done = rows.filter(row => !row.problem).length
  const words = done === rows.length ? app.say.many("forward_all", done) : app.t("forward_some", { n: app.say.number(done), of: app.say.number(rows.length) })
  body.replaceChildren(el("p", { class: "sheet-words", role: "status", text: words }), el("ul", { class: "results" }, ...rows.map(line)))
  end(app, acts)
}

function showRefusal(app, body, acts, text) {
  body.replaceChildren(el("p", { class: "details-failure", role: "alert" }, icon("alert"), el("span", { text })))
  end(app, acts)
}

function end(app, acts) {
  const close = el("button", { type: "button", class: "button primary", text: app.t("close"), on: { click: () => closeSheet(app) } })
  acts.replaceChildren(close)
  close.focus()
}

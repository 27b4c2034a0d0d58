// The list of conversations: only the visible rows are in the document.

import { el, setAttribute } from "./dom.js"
import { createRow, paintRow } from "./row.js"

const ROW = 86
const OVERSCAN = 4
const MORE_BEFORE = 12

/** Make the list; `render()` refreshes the visible rows. */
export function createList(app) {
  const sheet = el("div", { class: "rows", role: "presentation" })
  const empty = el("div", { class: "empty" })
  const node = el("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": app.t("conversations") }, sheet, empty)
  const shown = new Map()
  let cursor = null
  let frame = 0
  let askedMore = null

  const draw = () => {
    frame = 0
    const { rows } = app.model
    const first = Math.max(0, Math.floor(node.scrollTop / ROW) - OVERSCAN)
    const last = Math.min(rows.length, Math.ceil((node.scrollTop + node.clientHeight) / ROW) + OVERSCAN)
    const wanted = new Set(rows.slice(first, last).map(row => row.id))
    for (const [id, row] of shown) if (!wanted.has(id)) { row.node.remove(); shown.delete(id) }
    for (let at = first; at < last; at += 1) place(rows[at], at)
    sheet.style.height = `${rows.length * ROW + (app.model.more ? ROW / 2 : 0)}px`
    if (app.model.more && last > rows.length - MORE_BEFORE) askMore(rows.length)
  }

  const place = (row, at) => {
    let drawn = shown.get(row.id)
    if (!drawn) {
      drawn = createRow(row.id)
      shown.set(row.id, drawn)
      sheet.append(drawn.node)
    }
    drawn.node.style.transform = `translateY(${at * ROW}px)`
    setAttribute(drawn.node, "aria-posinset", at + 1)
    setAttribute(drawn.node, "aria-setsize", app.model.more ? -1 : app.model.rows.length)
    paintRow(app, drawn, app.foreseen(row, row.id))
    mark(drawn, row.id)
  }

  const mark = (drawn, id) => {
    setAttribute(drawn.node, "aria-selected", String(id === app.selected()))
    drawn.node.classList.toggle("cursor", id === cursor)
  }

  const askMore = n => {
    const about = `${app.model.token}:${n}`
    if (askedMore === about || app.queue.waiting("more").length) return
    askedMore = about
    setTimeout(() => app.wishes.more(), 0)
  }

  const moveTo = at => {
    const row = app.model.rows[Math.max(0, Math.min(app.model.rows.length - 1, at))]
    if (!row) return
    const before = shown.get(cursor)
    cursor = row.id
    reveal(node, app.model.rows.indexOf(row))
    if (before) before.node.classList.remove("cursor")
    if (!shown.has(cursor)) draw()
    shown.get(cursor)?.node.classList.add("cursor")
    setAttribute(node, "aria-activedescendant", `row-${cursor}`)
    node.focus({ preventScroll: true })
  }

  const position = () => app.model.rows.findIndex(row => row.id === (cursor ?? app.selected()))
  const move = step => moveTo(position() < 0 ? 0 : position() + step)

  node.addEventListener("scroll", () => { frame ||= requestAnimationFrame(draw) }, { passive: true })
  node.addEventListener("focus", () => { if (cursor === null && node.matches(":focus-visible")) moveTo(Math.max(0, position())) })
  node.addEventListener("click", event => {
    const row = event.target.closest?.(".row")
    if (!row) return
    cursor = row.dataset.id
    app.wishes.select(cursor)
  })
  new ResizeObserver(() => { frame ||= requestAnimationFrame(draw) }).observe(node)

  return {
    node,
    render: () => { drawEmpty(app, empty); draw() },
    move,
    open: () => { if (position() >= 0) app.wishes.select(app.model.rows[position()].id) },
    cursor: () => cursor,
    focus: () => node.focus(),
    toTop: () => { node.scrollTop = 0; cursor = null; askedMore = null },
    /** Change rows and redraw without moving what the reader looks at, unless at the top. */
    hold: change => hold(app, node, change),
  }
}

function reveal(node, at) {
  const top = at * ROW
  if (top < node.scrollTop) node.scrollTop = top
  else if (top + ROW > node.scrollTop + node.clientHeight) node.scrollTop = top + ROW - node.clientHeight
}

function hold(app, node, change) {
  const first = Math.floor(node.scrollTop / ROW)
  const anchor = node.scrollTop > ROW / 2 ? app.model.rows[first]?.id : null
  const offset = node.scrollTop - first * ROW
  change()
  const at = anchor ? app.model.rows.findIndex(row => row.id === anchor) : -1
  if (at >= 0 && at !== first) node.scrollTop = at * ROW + offset
}

function drawEmpty(app, node) {
  const { list, filters } = app.data
  const isEmpty = app.model.rows.length === 0
  const state = list.state === "error" ? "error" : isEmpty ? (filters.search || filters.expression ? "nothing_found" : "nothing_here") : ""
  node.hidden = !state
  if (node.dataset.state === state) return
  node.dataset.state = state
  if (!state) return
  const text = state === "error" ? list.error ?? app.t("list_error") : app.t(state)
  node.replaceChildren(el("p", { class: "empty-title", text }), el("p", { class: "empty-text", text: app.t(`${state}_hint`) }))
  if (state === "error") node.append(el("button", { type: "button", class: "button", text: app.t("try_again"), on: { click: () => app.wishes.refresh() } }))
}

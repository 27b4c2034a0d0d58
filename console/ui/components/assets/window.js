// The 24 hours in which a customer can be written to freely: how long they last, and what then.

import { el, icon, setAttribute, setText } from "./dom.js"
import { showTemplates } from "./templates.js"

const DAY_MS = 86400000
const SHORT_MS = 2 * 3600000
const LOOK_EVERY_MS = 20000

/** When the window of the open thread closes (ms); null where there is none, 0 when never open. */
export function closesAt({ thread, items }) {
  if (!thread?.window) return null
  const heard = items.filter(item => item.type === "message" && item.direction === "in" && item.at)
  return Math.max(thread.window.closes_at, ...heard.map(item => item.at + DAY_MS))
}

/** A line above the composer and, once it is over, what stands in place of the field. */
export function createWindow(app, changed) {
  const left = el("span", { class: "window-left" })
  const chip = el("span", { class: "window-chip", hidden: true }, icon("clock"), left)
  const more = el("button", { type: "button", class: "link window-more", hidden: true, text: app.t("template_choose"), on: { click: () => choose(more) } })
  const button = el("button", { type: "button", class: "button primary", text: app.t("template_choose"), on: { click: () => choose(button) } })
  const words = el("span")
  const panel = el("div", { class: "window-over", role: "status", hidden: true }, icon("clock"), words, button)
  const choose = opener => showTemplates(app, app.model.thread, opener)
  let wasOver = false

  const render = () => {
    const thread = app.model.thread
    const until = closesAt(app.model)
    const rest = until === null ? 0 : until - app.now()
    const isOver = until !== null && rest <= 0
    chip.hidden = until === null || isOver
    setAttribute(chip, "data-short", rest < SHORT_MS || null)
    setAttribute(chip, "title", until ? app.t("window_until", { time: app.say.exact(until) }) : null)
    setText(left, app.t("window_left", { left: lasting(app, rest) }))
    more.hidden = chip.hidden || !thread.window.templates.length
    const why = app.t(until === 0 ? "window_never" : "window_over")
    setText(words, thread?.window?.templates.length ? why : `${why} ${app.t("window_no_templates")}`)
    button.hidden = !thread?.window?.templates.length
    if (isOver !== wasOver) { wasOver = isOver; changed() }
  }
  const timer = setInterval(render, LOOK_EVERY_MS)
  return { chip, more, panel, render, isOver: () => wasOver, stop: () => clearInterval(timer) }
}

function lasting(app, ms) {
  const minutes = Math.max(1, Math.floor(ms / 60000))
  return minutes < 60 ? app.t("minutes", { n: minutes }) : app.t("hours", { n: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, "0") })
}

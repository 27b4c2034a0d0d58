// Instances that send nothing now: why, since or until when, and what waits for them.

import { el, icon } from "./dom.js"
import { fill } from "./plain.js"

const MOST = 2

/** Draw a line for each; nothing when everything is sent. */
export function drawStopped(app, node) {
  const now = app.now()
  const stops = (app.data.stopped ?? []).filter(stop => stop.until === null || stop.until > now)
  const lines = stops.slice(0, MOST).map((stop, at) => [sentence(app, stop, now), at ? null : stop.link])
  if (stops.length > MOST) lines.push([app.say.many("stopped_more", stops.length - MOST), null])
  const mark = JSON.stringify([lines, app.data.lang])
  if (node.dataset.mark === mark) return
  node.dataset.mark = mark
  node.replaceChildren(...lines.map(([text, link]) => line(app, text, link)))
}

function sentence(app, stop, now) {
  const times = { since: stop.since && app.say.recent(stop.since, now), until: stop.until && app.say.exact(stop.until) }
  const why = app.t(`stopped_${stop.why}`, { name: stop.name, ...times })
  if (!stop.waiting) return why
  const age = app.say.elapsed(now - stop.oldest)
  return `${why} ${app.t(stop.waiting === 1 ? "stopped_waits_one" : "stopped_waits_many", { n: app.say.number(stop.waiting), age })}`
}

function line(app, text, link) {
  const way = link ? [el("a", { class: "link", href: link, target: "_self", text: app.t("instances") })] : []
  return el("p", { class: "stop" }, icon("alert"), fill(el("span", { dir: "auto" }), text), ...way)
}

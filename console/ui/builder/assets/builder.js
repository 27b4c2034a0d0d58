// The filter builder: keeps the person's draft, tells each change, shows what the server answers.

import { el, icon, randomId, setText } from "./dom.js"
import { adopt, newGroup, written } from "./draft.js"
import { drawGroup } from "./parts.js"

const PAUSE_MS = 150
const places = new WeakMap()

function settle(parentElement) {
  const root = el("div", { class: "builder" })
  const tree = el("div", { class: "tree" })
  const answer = drawAnswer()
  root.append(tree, answer.node)
  parentElement.append(root)
  return { root, tree, answer, mount: randomId(), n: 0, edition: null, timer: null, spoken: "" }
}

/** What the parts ask for: words, fields, and what to do when something changed. */
function appOf(place, data) {
  const { words, catalogue } = data
  const app = {
    t: (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)),
    catalogue,
    limits: catalogue.limits,
    fields: new Map(catalogue.fields.map(field => [field.key, field])),
    mount: place.mount,
    changed: () => changed(place),
    redraw: focus => redraw(place, focus),
    clear: () => {
      place.draft = newGroup()
      redraw(place, "root:add")
      changed(place)
    },
  }
  return app
}

function redraw(place, focus = null) {
  place.tree.replaceChildren(drawGroup(place.app, place.draft))
  if (focus) place.tree.querySelector(`[data-at="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true })
  markProblem(place)
}

/** Tell the draft after a short pause in typing; until the answer comes, the last one is dim. */
function changed(place) {
  clearTimeout(place.timer)
  place.n += 1
  showAnswer(place)
  place.timer = setTimeout(() => {
    place.timer = null
    const { mount, n, edition } = place
    place.tell("draft", { mount, n, edition, filter: written(place.draft) })
  }, PAUSE_MS)
}

function drawAnswer() {
  const count = el("strong", { class: "count", role: "status" })
  const text = el("span", { class: "problem-text" })
  const problem = el("p", { class: "problem", id: "problem", role: "status" }, icon("alert"), text)
  const label = el("span", { class: "offscreen" })
  const code = el("code", { class: "expression", dir: "auto" })
  const node = el("div", { class: "answer" }, count, el("span", { class: "written" }, label, code), problem)
  return { node, count, code, label, problem, text }
}

function showAnswer(place) {
  const { app, data, answer } = place
  const isWaiting = place.n > 0 && !(data.answered.mount === place.mount && data.answered.n === place.n)
  place.root.dataset.waiting = isWaiting ? "yes" : "no"
  const { problem } = data
  const uncounted = problem ? app.t("not_counted") : app.t("counting")
  setText(answer.count, data.count !== null && !problem ? data.count : uncounted)
  answer.count.dataset.known = data.count !== null && !problem ? "yes" : "no"
  setText(answer.label, `${app.t("expression")}: `)
  setText(answer.code, data.expression)
  answer.node.dataset.problem = !problem ? "none" : problem.is_incomplete ? "incomplete" : "wrong"
  setText(answer.text, problem?.text ?? "")
  markProblem(place)
}

/** Show at which part the problem is, unless the draft has moved on. */
function markProblem(place) {
  for (const part of place.tree.querySelectorAll("[data-problem]")) {
    delete part.dataset.problem
    part.removeAttribute("aria-describedby")
  }
  const { problem } = place.data
  if (!problem?.path || place.root.dataset.waiting === "yes") return
  const part = place.tree.querySelector(`[data-path="${problem.path.join(".") || "root"}"]`)
  if (!part) return
  part.dataset.problem = problem.is_incomplete ? "incomplete" : "wrong"
  part.setAttribute("aria-describedby", "problem")
}

/** Take over the server's draft when it is another one, else only what it answers. */
function show(place, data) {
  const spoken = JSON.stringify([data.words, data.catalogue])
  const isOther = place.edition !== data.edition
  place.data = data
  if (isOther) {
    clearTimeout(place.timer)
    place.edition = data.edition
    place.draft = adopt(data.draft)
    place.n = data.answered.mount === place.mount ? data.answered.n : 0
  }
  if (isOther || place.spoken !== spoken) {
    place.spoken = spoken
    place.app = appOf(place, data)
    redraw(place, place.root.getRootNode().activeElement?.dataset?.at)
  }
  showAnswer(place)
}

function leave(parentElement) {
  const place = places.get(parentElement)
  if (!place) return
  places.delete(parentElement)
  clearTimeout(place.timer)
  place.root.remove()
}

export default function builder({ data, parentElement, setStateValue }) {
  let place = places.get(parentElement)
  if (!place) {
    place = settle(parentElement)
    places.set(parentElement, place)
  }
  place.tell = setStateValue // always the latest one
  show(place, data)
  return () => leave(parentElement)
}

// Many alert lines between two messages are folded into one that says how many, and opens.

import { el, icon } from "./dom.js"

const MANY = 4
const KEPT_AT_END = 2  // what has just happened stays in sight

/** The items with long runs of lines folded; a fold stands before its lines when it is open. */
export function folded(app, items) {
  const out = []
  let run = []
  const end = isLast => {
    const inside = isLast ? run.slice(0, -KEPT_AT_END) : run
    if (inside.length >= (isLast ? MANY - 1 : MANY)) out.push(...fold(app, inside), ...run.slice(inside.length))
    else out.push(...run)
    run = []
  }
  for (const item of items) {
    if (item.type === "line") run.push(item)
    else { end(false); out.push(item) }
  }
  end(true)
  return out
}

function fold(app, lines) {
  const [first] = lines
  const isOpen = app.unfolded.has(first.id)
  return [{ type: "fold", id: `fold-${first.id}`, at: first.at, n: lines.length, isOpen }, ...(isOpen ? lines : [])]
}

/** The line that stands for many. */
export function foldNode(app, { id, n, isOpen }) {
  const text = isOpen ? app.say.many("fold_hide", n) : app.say.many("fold_show", n)
  const button = el("button", { type: "button", class: "line-body fold", "aria-expanded": String(isOpen) }, icon("down"), el("span", { class: "fold-text", text }))
  const first = id.slice("fold-".length)
  button.addEventListener("click", () => {
    if (!app.unfolded.delete(first)) app.unfolded.add(first)
    app.render()
    app.root.querySelector(`[data-key="${id}"] button`)?.focus({ preventScroll: true })
  })
  return el("div", { class: "line", data: { open: String(isOpen) } }, button)
}

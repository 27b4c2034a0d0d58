// Popovers: one open at a time, closed by Escape, by a click elsewhere, or by choosing.

import { el } from "./dom.js"

const GAP = 6
const EDGE = 8
const MOST_PX = 420
const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }

/** Make the menus of one inbox. */
export function createMenus(app) {
  let open = null

  const close = ({ refocus = true } = {}) => {
    if (!open) return false
    const { node, anchor, outside, back } = open
    open = null
    app.root.removeEventListener("pointerdown", outside, true)
    document.removeEventListener("pointerdown", outside, true)
    node.remove()
    anchor.setAttribute("aria-expanded", "false")
    if (refocus) back()?.focus({ preventScroll: true })
    return true
  }

  /** `at` is a point to stand at, `back()` names what gets the focus afterwards. */
  const show = (anchor, label, fill, { at = null, back = () => anchor, role = "dialog" } = {}) => {
    const isSame = open?.anchor === anchor
    close({ refocus: isSame })
    if (isSame) return
    const node = el("div", { class: "menu", role, "aria-label": label })
    fill(node, close)
    node.addEventListener("keydown", event => {
      if (event.key === "Escape") { event.stopPropagation(); close() }
      else move(event, node)
    })
    const outside = event => {
      const path = event.composedPath()
      if (!path.includes(node) && !path.includes(anchor)) close({ refocus: false })
    }
    node.addEventListener("contextmenu", event => event.preventDefault())  // or its key opens another one
    open = { node, anchor, outside, back }
    app.root.append(node)
    position(app.root, at ?? anchor.getBoundingClientRect(), node)
    anchor.setAttribute("aria-expanded", "true")
    app.root.addEventListener("pointerdown", outside, true)
    document.addEventListener("pointerdown", outside, true)
    const first = node.querySelector("input, [aria-checked=true], button")
    first?.focus({ preventScroll: true })
  }

  return { show, close, isOpen: () => open !== null }
}

function position(root, at, node) {
  const frame = root.getBoundingClientRect()
  const width = node.offsetWidth
  const left = Math.min(Math.max(EDGE, at.left - frame.left), frame.width - width - EDGE)
  const below = frame.bottom - at.bottom - GAP - EDGE
  const above = at.top - frame.top - GAP - EDGE
  const isBelow = below >= Math.min(node.offsetHeight, MOST_PX) || below >= above
  node.style.left = `${Math.max(EDGE, left)}px`
  node.style.maxHeight = `${Math.max(120, Math.min(MOST_PX, isBelow ? below : above))}px`
  if (isBelow) node.style.top = `${at.bottom - frame.top + GAP}px`
  else node.style.bottom = `${frame.bottom - at.top + GAP}px`
}

function move(event, node) {
  const step = STEPS[event.key]
  const active = node.getRootNode().activeElement
  if (!step || (active?.matches("input") && !Number.isFinite(step))) return
  event.preventDefault()
  const items = [...node.querySelectorAll("input:not([type=checkbox]), [role^=menuitem], [role=option]")]
  const at = items.indexOf(active) + step
  items[Number.isFinite(at) ? (at + items.length) % items.length : at < 0 ? 0 : items.length - 1]?.focus()
}

/** One line of a menu: a radio or a check with a mark, a text and something on the right. */
export function choice({ label, isChosen, role = "menuitemradio", lead = null, trail = null, act }) {
  const button = el("button", { type: "button", class: "choice", role, "aria-checked": role === "menuitem" ? null : String(Boolean(isChosen)) })
  if (lead) button.append(lead)
  button.append(label instanceof Node ? label : el("span", { class: "choice-text", text: label }))
  if (trail) button.append(trail)
  button.addEventListener("click", act)
  return button
}

/** A heading inside a menu. */
export function heading(text) {
  return el("p", { class: "menu-heading", text })
}

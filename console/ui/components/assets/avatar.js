// Round portraits: initials on a colour that belongs to the id (white text, contrast at least 4.5).

import { el, icon } from "./dom.js"
import { initials } from "./plain.js"

const COLOURS = ["#9b2c4f", "#a8431f", "#8a5a00", "#5b6b12", "#2f7a3a", "#0b7568", "#0d6f94", "#2a5fc0", "#5450c7", "#7d3fb5", "#a1368f", "#5d6675"]

function colourOf(id) {
  let sum = 7
  for (const character of String(id)) sum = (sum * 31 + character.charCodeAt(0)) % 100003
  return COLOURS[sum % COLOURS.length]
}

/** An avatar element for a person; `paint` refreshes it for another one. */
export function avatar(id, name, size = "") {
  return paint(el("span", { class: `avatar ${size}`, "aria-hidden": "true" }), id, name)
}

/** Repaint an avatar. */
export function paint(node, id, name) {
  node.style.backgroundColor = colourOf(id)
  const letters = initials(name)
  if (letters) node.textContent = letters
  else node.replaceChildren(icon("person"))
  return node
}

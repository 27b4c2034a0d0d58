// Completing what is being typed: a list over the field, chosen from by keys or by pointer.

import { el, setAttribute } from "./dom.js"
import { fill } from "./plain.js"

const NAME = "completion"
const STEPS = { ArrowDown: 1, ArrowUp: -1 }

/**
 * Watch a field. A source has `sign` (what stands before the caret, with the word that is sought as
 * its last group), `find(word, redraw)` (options, or null while they are on their way), `label`,
 * and may have `foot(word)`, a node under the options. An option has `lead`, `text`, `act(range)`.
 */
export function createCompletion(input, sources) {
  const options = el("div", { class: "completion-list", role: "listbox", id: NAME })
  const foot = el("div", { class: "completion-foot" })
  const node = el("div", { class: "completion", hidden: true }, options, foot)
  let open = null
  let at = 0
  let refused = null

  setAttribute(input, "aria-autocomplete", "list")
  setAttribute(input, "aria-controls", NAME)

  const close = () => {
    open = null
    node.hidden = true
    setAttribute(input, "aria-activedescendant", null)
  }
  const mark = next => {
    at = (next + open.found.length) % (open.found.length || 1)
    for (const [place, line] of [...options.children].entries()) {
      setAttribute(line, "aria-selected", String(place === at))
      if (place === at) line.scrollIntoView?.({ block: "nearest" })
    }
    setAttribute(input, "aria-activedescendant", open.found.length ? `${NAME}-${at}` : null)
  }
  const draw = () => {
    const asked = askedFor(input, sources)
    if (!asked || asked.text === refused) { if (!asked) refused = null; return close() }
    const found = asked.source.find(asked.word, draw)
    if (!found) return close()
    open = { ...asked, found }
    setAttribute(options, "aria-label", asked.source.label)
    options.replaceChildren(...found.map((option, place) => line(option, place)))
    const below = asked.source.foot?.(asked.word, found.length)
    foot.replaceChildren(...(below ? [below] : []))
    node.hidden = found.length === 0 && !below
    return mark(0)
  }
  const line = (option, place) => {
    const made = el("div", { class: "completion-line", role: "option", id: `${NAME}-${place}`, title: option.title ?? null },
      el("span", { class: "completion-lead", text: option.lead }), fill(el("span", { class: "completion-text" }), option.text))
    made.addEventListener("pointerdown", event => { event.preventDefault(); choose(place) })  // the field keeps the focus
    return made
  }
  const choose = place => {
    const { found, from, until } = open
    close()
    found[place].act({ from, until })
  }
  const takes = event => {
    if (!open || event.isComposing || event.keyCode === 229) return false
    const step = STEPS[event.key]
    const isChosen = ["Enter", "Tab"].includes(event.key) && !event.shiftKey && open.found.length > 0
    if (!step && !isChosen && event.key !== "Escape") return false
    event.preventDefault()
    event.stopPropagation()
    if (step) mark(at + step)
    else if (isChosen) choose(at)
    else { refused = open.text; close() }
    return true
  }
  input.addEventListener("input", draw)
  input.addEventListener("click", draw)
  input.addEventListener("blur", close)
  return { node, takes, draw, close, isOpen: () => open !== null && !node.hidden }
}

/** The source whose sign stands before the caret, with the word and the range it covers. */
function askedFor(input, sources) {
  if (input.selectionStart !== input.selectionEnd) return null
  const until = input.selectionEnd
  const text = input.value.slice(0, until)
  for (const source of sources) {
    const sign = source.sign.exec(text)
    if (sign) return { source, word: sign.at(-1), from: until - sign.at(-1).length - 1, until, text }
  }
  return null
}

/** Put words in the place of a range, as if they had been typed. */
export function put(input, words, { from, until }) {
  input.focus()
  input.setRangeText(words, from, until, "end")
  input.dispatchEvent(new Event("input", { bubbles: true }))
}

// Canned replies after "/": found by shortcut or words, filled from the contact, gaps to go through.

import { folded } from "./choices.js"
import { put } from "./completion.js"
import { el } from "./dom.js"

const SIGN = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u
const GAP = /\{([\p{L}_][\p{L}\p{N}_]{0,30})\}/gu
const FRESH_MS = 30000
const MOST = 50
const MORNING = 12
const EVENING = 18

/** The replies of this person as a source of completion, and the gaps they leave to fill. */
export function createCanned(app, input) {
  let known = null
  let asked = 0
  let hasFailed = false
  const left = new Set()

  const load = async redraw => {
    if (Date.now() - asked < FRESH_MS && !hasFailed) return
    asked = Date.now()
    try {
      const answer = await fetch(app.data.canned)
      if (!answer.ok) throw new Error(String(answer.status))
      known = await answer.json()
      hasFailed = false
    } catch {
      hasFailed = known === null
    }
    redraw()
  }
  const find = (word, redraw) => {
    load(redraw)
    if (!known) return []
    return matching(known.replies, word).slice(0, MOST).map(reply => {
      const text = filled(app, reply.text, known.gaps)
      return { lead: `/${reply.shortcut}`, text, title: text, act: range => insert(text, range) }
    })
  }
  const insert = (text, range) => {
    put(input, text, range)
    for (const [, word] of text.matchAll(GAP)) left.add(word)
    select(range.from)
  }
  /** Select the next gap from a place on, else the first one; false when none is left. */
  const select = from => {
    const gaps = [...input.value.matchAll(GAP)].filter(([, word]) => left.has(word))
    const next = gaps.find(gap => gap.index >= from) ?? gaps[0]
    if (!next) { left.clear(); return false }
    input.setSelectionRange(next.index, next.index + next[0].length)
    return true
  }
  const takesTab = event => {
    if (event.key !== "Tab" || event.shiftKey || !left.size || !select(input.selectionEnd)) return false
    event.preventDefault()
    return true
  }
  const words = (word, n) => {
    if (hasFailed) return app.t("canned_failed")
    if (!known) return app.t("canned_loading")
    if (n) return app.t("canned_keys")
    return app.t(known.replies.length ? "canned_none" : "canned_empty", { word })
  }
  const foot = (word, n) => el("div", { class: "completion-words" }, el("span", { text: words(word, n) }),
    el("a", { href: "settings?tab=canned", target: "_blank", text: app.t("canned_manage"), on: { pointerdown: event => event.preventDefault() } }))
  return {
    source: { sign: SIGN, label: app.t("canned"), find, foot },
    takesTab,
    /** The first word in braces that a reply left and nobody has filled, selected; null for none. */
    unfilled: () => {
      const found = [...input.value.matchAll(GAP)].find(([, word]) => left.has(word))
      if (found) input.setSelectionRange(found.index, found.index + found[0].length)
      return found?.[0] ?? null
    },
    forget: () => left.clear(),
  }
}

/** Those whose shortcut begins with the word, then those that hold it anywhere. */
function matching(replies, word) {
  const sought = folded(word)
  const begins = replies.filter(reply => folded(reply.shortcut).startsWith(sought))
  const holds = replies.filter(reply => !begins.includes(reply) && folded(`${reply.shortcut} ${reply.text}`).includes(sought))
  return [...begins, ...holds]
}

/** A text with the gaps that can be filled; a customer without a name keeps theirs open. */
function filled(app, text, gaps) {
  const values = valuesOf(app)
  return text.replace(GAP, (gap, word) => values[gaps[word]] || gap)
}

function valuesOf(app) {
  const { contact } = app.data
  const name = /\p{L}/u.test(contact?.name ?? "") ? contact.name : ""
  const hour = app.say.hour(app.now())
  const greeting = hour < MORNING ? "greeting_morning" : hour < EVENING ? "greeting_afternoon" : "greeting_evening"
  return {
    name, first_name: name.trim().split(/\s+/)[0], phone: contact?.phones[0]?.national, instance: contact?.instance,
    agent: app.data.me.name.split(/\s+/)[0], greeting: app.t(greeting),
  }
}

// Emojis: a picker with search, recent ones and skin tones, and completion of ":name".

import { folded } from "./choices.js"
import { put } from "./completion.js"
import { el } from "./dom.js"

const SIGN = /(?:^|[\s(])(:)([\p{L}][\p{L}\p{N} _-]{1,24})$/u
const MOST = 8
const MOST_RECENT = 24
const TABS = { recent: "🕑", smileys: "😀", people: "👋", nature: "🐻", food: "🍔", travel: "🚗", activities: "⚽", objects: "💡", symbols: "❤️", flags: "🏁" }
const VARIATION = "\ufe0f"

/** The picker of one inbox, and its source of completion. */
export function createEmoji(app, input) {
  let known = null
  let asked = false

  const load = async redraw => {
    if (asked) return
    asked = true
    try {
      const answer = await fetch(`${app.data.emojis}?lang=${app.data.lang.slice(0, 2)}`)
      if (!answer.ok) throw new Error(String(answer.status))
      known = indexed(await answer.json())
    } catch {
      asked = false
    }
    redraw()
  }
  const find = (word, redraw) => {
    load(redraw)
    return known ? sought(known, word).slice(0, MOST).map(one => ({ lead: toned(one, toneOf()), text: `:${one.name}`, act: range => insert(one, range) })) : []
  }
  const insert = (one, { from, until }) => {
    remember(one.sign)
    put(input, toned(one, toneOf()), { from, until })
  }
  const open = anchor => {
    const caret = { from: input.selectionStart, until: input.selectionEnd }
    app.menus.show(anchor, app.t("emojis"), node => {
      node.classList.add("emojis")
      const draw = () => {
        if (!node.isConnected && node.childElementCount) return
        node.replaceChildren(...(known ? picker(choose) : [el("p", { class: "menu-empty", text: app.t(asked ? "emoji_loading" : "emoji_failed") })]))
        node.querySelector("input")?.focus({ preventScroll: true })
      }
      const choose = one => {
        insert(one, caret)
        caret.from = caret.until = input.selectionEnd
        node.querySelector("input").focus({ preventScroll: true })  // more of them may follow
      }
      load(draw)
      draw()
    })
  }
  const picker = choose => {
    const search = el("input", { type: "search", class: "menu-search", placeholder: app.t("emoji_search"), "aria-label": app.t("emoji_search") })
    const scroll = el("div", { class: "emoji-groups", role: "listbox", "aria-label": app.t("emojis") })
    const tabs = el("div", { class: "emoji-tabs", role: "toolbar", "aria-label": app.t("emoji_groups") })
    const cell = one => el("button", { type: "button", class: "emoji", role: "option", tabindex: "-1", title: one.name, "aria-label": one.name, text: toned(one, toneOf()), on: { click: () => choose(one) } })
    const group = (key, name, all) => el("section", { class: "emoji-group", data: { group: key } }, el("h3", { text: name }), el("div", { class: "emoji-grid" }, ...all.map(cell)))
    const draw = () => {
      const word = search.value.trim()
      const found = word ? sought(known, word) : null
      const recent = recentOnes(known)
      const all = found ? [group("found", app.t("emoji_found"), found)] : [...(recent.length ? [group("recent", app.t("emoji_recent"), recent)] : []), ...known.groups.map(one => group(one.key, one.name, one.emojis))]
      scroll.replaceChildren(...(found?.length === 0 ? [el("p", { class: "menu-empty", text: app.t("emoji_none") })] : all))
      tabs.hidden = Boolean(found)
      scroll.scrollTop = 0
    }
    const to = key => scroll.querySelector(`[data-group=${key}]`)?.scrollIntoView({ block: "start" })
    tabs.append(...["recent", ...known.groups.map(one => one.key)].map(key => {
      const name = key === "recent" ? app.t("emoji_recent") : known.groups.find(one => one.key === key).name
      return el("button", { type: "button", class: "emoji-tab", "aria-label": name, title: name, text: TABS[key], on: { click: () => to(key) } })
    }))
    const tones = toneBar(app, known.tones, draw)
    search.addEventListener("input", draw)
    search.addEventListener("keydown", event => {
      if (event.key !== "Enter") return
      event.preventDefault()
      scroll.querySelector(".emoji")?.click()
    })
    const inside = el("div", { class: "emoji-inside", on: { keydown: event => walk(event, search, scroll) } }, search, tabs, scroll, tones)
    draw()
    return [inside]
  }
  return { source: { sign: SIGN, label: app.t("emojis"), find }, open }
}

function indexed({ groups, tones }) {
  const made = groups.map(({ key, name, emojis }) => ({
    key, name, emojis: emojis.map(([sign, called, words, hasTone, isUsual]) => ({ sign, name: called, hasTone: Boolean(hasTone), isUsual, called: folded(called), words: folded(words) })),
  }))
  const all = made.flatMap(group => group.emojis)
  return { groups: made, tones, all, bySign: new Map(all.map(one => [one.sign, one])) }
}

/** Names that begin with the word, then words that do, then those that hold it; usual ones first. */
function sought({ all }, word) {
  const wanted = folded(word.replaceAll("_", " "))
  const rank = ({ called, words }) => {
    if (called.startsWith(wanted)) return 0
    if (` ${called}`.includes(` ${wanted}`)) return 1
    if (` ${words}`.includes(` ${wanted}`)) return 2
    return called.includes(wanted) || words.includes(wanted) ? 3 : 4
  }
  return all.map(one => [rank(one), one]).filter(([at]) => at < 4).sort(([a, one], [b, other]) => a - b || other.isUsual - one.isUsual).map(([, one]) => one)
}

/** A sign in the chosen skin tone: the modifier stands behind the first code point (UTS 51). */
function toned({ sign, hasTone }, tone) {
  if (!tone || !hasTone) return sign
  const [first, ...others] = sign
  return first + tone + others.join("").replace(new RegExp(`^${VARIATION}`, "u"), "")
}

function toneBar(app, tones, changed) {
  const bar = el("div", { class: "emoji-tones", role: "radiogroup", "aria-label": app.t("emoji_tone") })
  const draw = () => bar.replaceChildren(...["", ...tones].map((tone, at) => el("button", {
    type: "button", class: "emoji-tone", role: "radio", "aria-checked": String(tone === toneOf()), "aria-label": app.t("emoji_tone_n", { n: at }), title: app.t("emoji_tone_n", { n: at }), text: `✋${tone}`,
    on: { click: () => { localStorage.setItem("central:emoji-tone", tone); draw(); changed() } },
  })))
  draw()
  return bar
}

/** Arrows go through the grid; from its first row back to the search. */
function walk(event, search, scroll) {
  const cells = [...scroll.querySelectorAll(".emoji")]
  const here = cells.indexOf(search.getRootNode().activeElement)
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow(cells), ArrowUp: -perRow(cells) }[event.key]
  const isTyping = here < 0 && event.key !== "ArrowDown"
  if (!step || isTyping || !cells.length) return
  event.preventDefault()
  event.stopPropagation()
  const next = here < 0 ? 0 : here + step
  if (next < 0) search.focus()
  else cells[Math.min(next, cells.length - 1)].focus()
}

function perRow(cells) {
  const top = cells[0]?.offsetTop
  const n = cells.findIndex(cell => cell.offsetTop !== top)
  return n > 0 ? n : cells.length
}

function toneOf() {
  return localStorage.getItem("central:emoji-tone") ?? ""
}

function remember(sign) {
  const kept = recentSigns().filter(one => one !== sign)
  localStorage.setItem("central:emoji-recent", JSON.stringify([sign, ...kept].slice(0, MOST_RECENT)))
}

function recentSigns() {
  try {
    const kept = JSON.parse(localStorage.getItem("central:emoji-recent") ?? "[]")
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

function recentOnes({ bySign }) {
  return recentSigns().map(sign => bySign.get(sign)).filter(Boolean)
}

// Customers' words as text nodes: invisible and direction-changing characters get a visible mark
// and are isolated, links are built from parsed http(s) addresses only.

import { el } from "./dom.js"

const CONTROL = "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"
const HIDDEN = "[\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]"
const TAGS = "[\\u{e0000}-\\u{e007f}]"
const SUSPECT = new RegExp(`${CONTROL}|${HIDDEN}|${TAGS}`, "u")
const SUSPECTS = new RegExp(`${CONTROL}|${HIDDEN}|${TAGS}`, "gu")
const ADDRESS = /https?:\/\/[^\s<>"'`\u2028\u2029]+/giu
const TRAILING = /[.,;:!?)\]}…*_~]+$/u
const JOINER_BEFORE = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u
const JOINER_AFTER = /^\p{Extended_Pictographic}/u
const JOINING_SCRIPT = /^[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}]/u
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007f}]*$/u

/** Fill an element with untrusted text, hidden characters marked; links only when asked, `own(url)` draws some. */
export function fill(node, text, { links = false, own = () => null } = {}) {
  const value = String(text ?? "")
  if (!SUSPECT.test(value) && !(links && value.includes("://"))) {
    if (node.firstElementChild || node.textContent !== value) node.textContent = value
    return node
  }
  node.replaceChildren(...(links ? linked(value, own) : marked(value)))
  return node
}

function* linked(value, own) {
  let from = 0
  for (const found of value.matchAll(ADDRESS)) {
    const address = found[0].replace(TRAILING, "")
    const url = httpUrl(address)
    if (!url) continue
    yield* marked(value.slice(from, found.index))
    yield own(url) ?? anchor(url, address)
    from = found.index + address.length
  }
  yield* marked(value.slice(from))
}

function httpUrl(address) {
  try {
    const url = new URL(address)
    return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password ? url : null
  } catch {
    return null
  }
}

function anchor(url, address) {
  const link = el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href })
  link.append(...marked(address))
  return link
}

function* marked(value) {
  let from = 0
  for (const found of value.matchAll(SUSPECTS)) {
    if (isMeant(found[0], value, found.index)) continue
    if (found.index > from) yield document.createTextNode(value.slice(from, found.index))
    yield mark(found[0])
    from = found.index + found[0].length
  }
  if (from < value.length) yield document.createTextNode(value.slice(from))
}

/** Line ends, joiners inside emoji and joining scripts, and the tags of flags are what was meant. */
function isMeant(character, value, at) {
  if (character === "\r") return value[at + 1] === "\n"
  const before = value.slice(Math.max(0, at - 32), at)
  const last = [...before].at(-1) ?? ""
  const after = value.slice(at + character.length, at + character.length + 2)
  if (character === "\u200d" && JOINER_BEFORE.test(last) && JOINER_AFTER.test(after)) return true
  if ((character === "\u200d" || character === "\u200c") && JOINING_SCRIPT.test(last)) return true
  return character.codePointAt(0) >= 0xe0020 && FLAG.test(before)
}

/** The character itself stays (copying gives what was sent); CSS draws its code beside it. */
function mark(character) {
  const code = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`
  return el("span", { class: "hidden-mark", title: code, data: { code: code.slice(2) }, text: character })
}

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** First letters of the first and the last word of a name; empty when it has no letters. */
export function initials(name) {
  const words = String(name ?? "").replace(SUSPECTS, "").split(/\s+/u).filter(word => /^\p{L}|^\p{Extended_Pictographic}/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  return chosen.map(word => [...segments.segment(word)][0].segment.toLocaleUpperCase()).join("")
}

/** Messages of one to three emoji are drawn large. */
export function isOnlyEmoji(text) {
  const value = String(text ?? "").trim()
  if (!value || value.length > 24) return false
  const found = [...segments.segment(value)]
  return found.length <= 3 && found.every(part => /^\p{Extended_Pictographic}|^\p{Regional_Indicator}{2}/u.test(part.segment))
}

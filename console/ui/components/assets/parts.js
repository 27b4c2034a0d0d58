// What a bubble has besides its words: what it answers, places, cards, orders, reactions, its story.

import { el, icon } from "./dom.js"
import { fill } from "./plain.js"
import { kindIcon, kindWord, summary } from "./ticks.js"

const CONTENTS = { location: locationNode, contacts: contactsNode, order: orderNode, unsupported: unsupportedNode }

/** Lines above the words that say where a message came from and what became of it. */
export function storyOf(app, item) {
  const said = [
    item.forwarded && ["forward", app.t("forwarded")],
    item.phone && ["phone", app.t("from_phone")],
    item.resent && ["refresh", app.t("resent_by", { name: item.author || app.t("nobody") })],
    item.content?.advert && ["megaphone", app.t("from_advert", { text: item.content.advert })],
    item.revoked && ["trash", app.t(item.direction === "in" ? "revoked_in" : "revoked_out")],
  ]
  return said.filter(Boolean).map(([name, text]) => el("div", { class: "tag" }, icon(name), fill(el("span", { dir: "auto" }), text)))
}

/** The message that is answered, as a way to it. */
export function quoteOf(app, { quoted }) {
  if (!quoted) return []
  const isKnown = quoted.id !== null && (quoted.text || quoted.kind !== "text")
  const author = quoted.direction === "in" ? quoted.author || app.model.thread.name : quoted.author
  const text = isKnown ? summary(app, quoted.kind, quoted.text) : app.t("quoted_missing")
  const parts = [author && isKnown ? fill(el("span", { class: "quote-author", dir: "auto" }), author) : null, fill(el("span", { class: "quote-text", dir: "auto" }), text)]
  if (quoted.id === null) return [el("div", { class: "quote" }, ...parts)]
  const button = el("button", { type: "button", class: "quote", title: app.t("quoted_open") }, ...parts)
  button.addEventListener("click", () => app.thread.goTo(quoted.id))
  return [button]
}

/** What is neither words nor a file; for kinds without anything to draw, their name. */
export function contentOf(app, item) {
  const { kind, content, file } = item
  if (!kind || kind === "text" || file) return []
  if (CONTENTS[kind] && content?.[kind]) return [CONTENTS[kind](app, content[kind])]
  if (kind === "unsupported") return [unsupportedNode(app, {})]
  const about = content?.interactive?.about
  const words = [el("span", { text: kindWord(app, kind) }), about && fill(el("span", { class: "muted", dir: "auto" }), about)]
  return [el("div", { class: "kind" }, kindIcon(kind), ...words.filter(Boolean))]
}

function locationNode(app, { latitude, longitude, name, address }) {
  const where = `${app.say.degrees(latitude)}, ${app.say.degrees(longitude)}`
  const href = `https://www.openstreetmap.org/?mlat=${encodeURIComponent(latitude)}&mlon=${encodeURIComponent(longitude)}`
  const words = [name, address].filter(Boolean).map(text => fill(el("span", { class: "card-line", dir: "auto" }), text))
  const link = el("a", { href, target: "_blank", rel: "noopener noreferrer", title: app.t("location_open"), text: where })
  return el("div", { class: "card" }, icon("pin"), el("div", { class: "card-text" }, ...words, link))
}

function contactsNode(app, cards) {
  const lines = cards.map(({ name, phones }) => el("div", { class: "card-text" },
    fill(el("span", { class: "card-name", dir: "auto" }), name || app.t("kind_contacts")),
    ...phones.map(phone => fill(el("span", { class: "card-line", dir: "auto" }), phone))))
  return el("div", { class: "cards" }, ...lines.map(line => el("div", { class: "card" }, icon("person"), line)))
}

function orderNode(app, { n, total, currency }) {
  const about = total && currency ? `${app.say.many("order_items", n)} · ${app.say.money(total, currency)}` : app.say.many("order_items", n)
  return el("div", { class: "card" }, icon("cart"), el("div", { class: "card-text" }, el("span", { class: "card-name", text: app.t("kind_order") }), el("span", { class: "card-line", text: about })))
}

function unsupportedNode(app, { type }) {
  const words = [el("span", { text: app.t("kind_unsupported") }), type && fill(el("code", { class: "muted", dir: "auto" }), type)]
  return el("div", { class: "kind" }, icon("question"), ...words.filter(Boolean))
}

/** Emoji that people put on the message. */
export function reactionsOf(app, { reactions }) {
  if (!reactions?.length) return []
  const chips = reactions.map(({ emoji, n, ours }) => el("span", { class: `reaction ${ours ? "is-ours" : ""}`, title: ours ? app.t("reaction_ours") : null },
    fill(el("span"), emoji), n > 1 ? el("span", { class: "reaction-n", text: app.say.number(n) }) : null))
  return [el("div", { class: "reactions", role: "group", "aria-label": app.t("reactions") }, ...chips)]
}

/** "Edited" beside the time; with the first words behind it for those who may read them. */
export function editedOf(app, item) {
  if (!item.edited) return { mark: [], first: [] }
  const title = app.say.exact(item.edited)
  if (!item.original) return { mark: [el("span", { class: "edited", text: app.t("edited"), title })], first: [] }
  const first = el("div", { class: "original", hidden: true }, el("span", { class: "original-head", text: app.t("original") }), fill(el("div", { class: "original-text", dir: "auto" }), item.original))
  const button = el("button", { type: "button", class: "edited link", text: app.t("edited"), title: app.t("original_show", { time: title }), "aria-expanded": "false" })
  button.addEventListener("click", () => {
    first.hidden = !first.hidden
    button.setAttribute("aria-expanded", String(!first.hidden))
  })
  return { mark: [button], first: [first] }
}

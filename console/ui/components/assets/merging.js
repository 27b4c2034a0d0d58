// Joining two contacts: whom with, what would move, and only then the wish.

import { contactCard, question } from "./contacts.js"
import { el, icon } from "./dom.js"
import { showSheet } from "./sheet.js"

const PAUSE_MS = 250

/** Ask with whom the contact is to be joined (`other` when that is known), then show what moves. */
export function showMerge(app, contact, other, opener) {
  const sheet = showSheet(app, { title: app.t("merge_title"), back: () => opener })
  if (other) showPreview(app, sheet, contact, other)
  else search(app, sheet, contact)
}

function search(app, sheet, contact) {
  const input = el("input", { type: "search", class: "sheet-input", placeholder: app.t("find_contact"), "aria-label": app.t("find_contact"), autocomplete: "off", spellcheck: "false" })
  const list = el("div", { class: "cards-found", "aria-live": "polite" })
  let timer = 0
  const ask = async () => {
    sheet.asking.abort()
    sheet.asking = new AbortController()
    const wanted = input.value.trim()
    if (!wanted) return list.replaceChildren()
    const told = await question(app, "found", { wanted, without: contact }, sheet.asking.signal)
    if (told === null || !sheet.isOpen() || wanted !== input.value.trim()) return undefined
    return list.replaceChildren(...found(app, told, one => showPreview(app, sheet, contact, one.id)))
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE_MS) })
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown") { event.preventDefault(); list.querySelector("button")?.focus() }
  })
  sheet.body.replaceChildren(el("p", { class: "muted", text: app.t("merge_help") }), input, list)
  input.focus()
}

function found(app, told, choose) {
  if (told.error) return [el("p", { class: "problem", role: "alert", text: told.error })]
  if (!told.cards.length) return [el("p", { class: "muted", text: app.t("no_contact_found") })]
  return told.cards.map(card => el("button", { type: "button", class: "card-line-up is-choice", on: { click: () => choose(card) } }, ...contactCard(app, card)))
}

async function showPreview(app, sheet, kept, gone) {
  sheet.body.replaceChildren(el("div", { class: "bone", "aria-hidden": "true" }))
  const told = await question(app, "preview", { kept, gone }, sheet.asking.signal)
  if (told === null || !sheet.isOpen()) return
  const back = el("button", { type: "button", class: "button", text: app.t("merge_other"), on: { click: () => search(app, sheet, kept) } })
  if (told.error) {
    sheet.body.replaceChildren(el("p", { class: "problem", role: "alert", text: told.error }), el("div", { class: "sheet-acts" }, back))
    return back.focus()
  }
  const swap = el("button", { type: "button", class: "link", text: app.t("merge_swap"), on: { click: () => showPreview(app, sheet, gone, kept) } })
  const yes = el("button", { type: "button", class: "button primary" }, icon("people"), el("span", { text: app.t("merge_do") }))
  yes.addEventListener("click", () => { sheet.close(); app.wishes.merge(kept, gone) })
  sheet.body.replaceChildren(
    side(app, "merge_keeps", told.kept), el("div", { class: "merge-arrow" }, icon("down"), swap), side(app, "merge_goes", told.gone),
    el("ul", { class: "merge-facts" }, ...facts(app, told).map(text => el("li", { text }))),
    el("div", { class: "sheet-acts" }, back, yes))
  yes.focus()
}

function side(app, title, card) {
  return el("div", { class: "merge-side" }, el("p", { class: "muted small", text: app.t(title) }), el("div", { class: "card-line-up" }, ...contactCard(app, card)))
}

/** What moves, what stays, and that it can be taken back. */
function facts(app, { kept, gone, moved, blocked }) {
  const parts = ["addresses", "conversations", "labels"].filter(name => moved[name]).map(name => app.say.many(`moved_${name}`, moved[name]))
  const words = [
    parts.length ? app.t("merge_moves", { what: parts.join(", ") }) : app.t("merge_moves_nothing"),
    gone.name && kept.name !== gone.name && app.t("merge_name", { name: kept.name || gone.name }),
    gone.email && (kept.email ?? "") !== gone.email && app.t("merge_email", { email: kept.email ?? gone.email }),
    blocked && app.t("merge_blocked"),
    app.t("merge_undo"),
  ]
  return words.filter(Boolean)
}

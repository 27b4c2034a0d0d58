// Below the facts of a contact: who it may be too, earlier conversations, files, merges.

import { avatar } from "./avatar.js"
import { contactCard, question } from "./contacts.js"
import { el, icon, iconButton } from "./dom.js"
import { showMerge } from "./merging.js"
import { fill } from "./plain.js"
import { showPicture } from "./viewer.js"

const PAUSE_MS = 350  // whoever leafs through the list asks nothing
const FEW = 4

/** Make these parts of the panel; `top` stands above the facts, `node` below. */
export function createMore(app) {
  const top = el("div", { class: "more-top" })
  const node = el("div", { class: "more" })
  const state = { key: null, conversation: null, told: null, error: null, isAll: false }
  let timer = 0
  let asking = new AbortController()

  const draw = () => {
    const { told, error } = state
    top.replaceChildren(...(told?.same ? [sameCard(app, told, () => { told.same = null; draw() })] : []))
    if (error) node.replaceChildren(failed(app, error, () => ask(state.key)))
    else if (!told) node.replaceChildren(...[60, 85].map(bone))
    else node.replaceChildren(earlier(app, told, state, draw), ...media(app, told), ...merges(app, told))
  }
  const ask = async key => {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const told = await question(app, "", { conversation: state.conversation }, signal)
    if (told === null || state.key !== key) return
    state.told = told.error ? state.told : told
    state.error = told.error ?? null
    draw()
  }
  const render = contact => {
    if (!app.data.more || !app.isPanelOpen) return
    const { thread } = app.model
    const key = [thread.id, contact.id, contact.version, filesHere(app), app.data.lang].join(":")
    if (key === state.key) return
    const isOther = state.conversation !== thread.id
    Object.assign(state, { key, conversation: thread.id, ...(isOther ? { told: null, error: null, isAll: false } : {}) })
    if (isOther) draw()
    clearTimeout(timer)
    timer = setTimeout(() => ask(key), isOther && app.lastThread ? PAUSE_MS : 0)
    app.lastThread = thread.id
  }
  return { top, node, render, stop: () => { clearTimeout(timer); asking.abort() } }
}

function filesHere(app) {
  return app.model.items.filter(item => item.file?.state === "here").length
}

function bone(width) {
  const node = el("div", { class: "bone", "aria-hidden": "true" })
  node.style.width = `${width}%`
  return node
}

function failed(app, text, again) {
  return el("p", { class: "more-failed", role: "alert" }, el("span", { text }), el("button", { type: "button", class: "link", text: app.t("try_again"), on: { click: again } }))
}

function section(name, title, ...children) {
  return el("section", { class: "panel-section" }, el("div", { class: "field" }, el("div", { class: "field-label" }, icon(name), el("span", { text: title })), ...children))
}

/** "Mesma pessoa?": somebody says yes or no, and nobody else does. */
function sameCard(app, told, gone) {
  const { same } = told
  const yes = el("button", { type: "button", class: "button primary small", text: app.t("same_yes") })
  const no = el("button", { type: "button", class: "button small", text: app.t("same_no") })
  yes.addEventListener("click", () => showMerge(app, told.contact, same.id, yes))
  no.addEventListener("click", () => { app.wishes.apart(told.contact, same.id); gone() })
  return el("section", { class: "same", "aria-label": app.t("same_title") },
    el("h3", { class: "same-title", text: app.t("same_title") }),
    el("div", { class: "card-line-up" }, ...contactCard(app, same)),
    el("p", { class: "same-clue", text: same.clue }),
    el("div", { class: "same-acts" }, yes, no))
}

function earlier(app, told, state, draw) {
  const title = told.earlier.length ? `${app.t("earlier")} (${app.say.number(told.earlier.length)})` : app.t("earlier")
  if (!told.earlier.length) return section("chat", title, el("p", { class: "muted", text: app.t("earlier_none") }))
  const shown = state.isAll ? told.earlier : told.earlier.slice(0, FEW)
  const rest = told.earlier.length - shown.length
  const all = rest ? [el("button", { type: "button", class: "link", text: app.t("show_all"), on: { click: () => { state.isAll = true; draw() } } })] : []
  return section("chat", title, el("div", { class: "talks" }, ...shown.map(talk => talkLine(app, talk))), ...all)
}

function talkLine(app, talk) {
  const about = [app.say.many("messages_n", talk.messages), talk.agent].filter(Boolean).join(" · ")
  const button = el("button", { type: "button", class: "talk", data: { status: talk.status } },
    el("span", { class: "talk-top" }, el("span", { class: "talk-state", text: app.t(talk.status) }), el("time", { class: "talk-time", text: app.say.recent(talk.at, app.now()), title: app.say.exact(talk.at) })),
    fill(el("span", { class: "talk-instance", dir: "auto" }), talk.instance),
    fill(el("span", { class: "talk-about", dir: "auto" }), about))
  button.addEventListener("click", () => app.wishes.select(talk.id))
  return button
}

function media(app, { pictures, documents }) {
  const grid = pictures.length ? [section("photo", app.t("pictures"), el("div", { class: "pictures" }, ...pictures.map(file => pictureButton(app, file))))] : []
  const list = documents.length ? [section("file", app.t("documents"), el("div", { class: "documents" }, ...documents.map(file => documentLink(app, file))))] : []
  return [...grid, ...list]
}

function pictureButton(app, file) {
  const address = `${app.data.files}/${encodeURIComponent(file.id)}`
  const label = app.t("picture_of", { time: app.say.exact(file.at) })
  const picture = el("img", { src: `${address}?size=thumb`, alt: label, loading: "lazy", decoding: "async" })
  const button = el("button", { type: "button", class: "picture-tile", "aria-label": label, title: label }, picture)
  button.addEventListener("click", () => showPicture(app, { address, name: file.name, text: file.text, opener: button }))
  picture.addEventListener("error", () => button.remove())
  return button
}

function documentLink(app, file) {
  const about = [file.size === null ? "" : app.say.bytes(file.size), app.say.recent(file.at, app.now())].filter(Boolean).join(" · ")
  return el("a", { class: "document", href: `${app.data.files}/${encodeURIComponent(file.id)}?download=1`, download: "", title: app.t("file_save") }, icon("file"),
    el("span", { class: "card-words" }, fill(el("span", { class: "card-title", dir: "auto" }), file.name || app.t("kind_document")), el("span", { class: "card-about", text: about })))
}

function merges(app, told) {
  if (!told.can_merge) return []
  const add = el("button", { type: "button", class: "link", text: app.t("merge_with") })
  add.addEventListener("click", () => showMerge(app, told.contact, null, add))
  const lines = told.merges.map(merge => mergeLine(app, merge))
  const none = lines.length ? [] : [el("p", { class: "muted", text: app.t("merges_none") })]
  return [section("people", app.t("merges"), ...none, ...(lines.length ? [el("div", { class: "merges" }, ...lines)] : []), add)]
}

function mergeLine(app, merge) {
  const about = app.t("merged_by", { name: merge.by ?? app.t("machine"), time: app.say.exact(merge.at) })
  const part = iconButton("undo", app.t("part", { name: merge.name || app.t("no_name") }), () => { part.disabled = true; app.wishes.part(merge.id) })
  return el("div", { class: "merge" }, avatar(merge.id, merge.name, "small"), el("span", { class: "card-words" },
    fill(el("span", { class: "card-title", dir: "auto" }), merge.name || app.t("no_name")), fill(el("span", { class: "card-about", dir: "auto" }), about)), part)
}

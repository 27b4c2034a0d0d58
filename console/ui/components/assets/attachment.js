// The file of a message: a picture, a sound, a video, or something to take away.

import { el, icon } from "./dom.js"
import { fill } from "./plain.js"
import { kindIcon, kindWord } from "./ticks.js"
import { showPicture } from "./viewer.js"

const DRAWN = { picture: pictureNode, video: videoNode, sound: soundNode, file: fileNode }

/** The file of an item, drawn as Python has judged its bytes. */
export function attachmentNode(app, item) {
  const { file } = item
  if (file.state === "waiting") return waitingNode(app, item, app.t("file_waiting"))
  if (file.state === "sending") return waitingNode(app, item, app.t("file_sending"))
  if (file.state !== "here") return failedNode(app, item)
  return (DRAWN[file.form] ?? fileNode)(app, item)
}

function addressOf(app, { file }) {
  return `${app.data.files}/${encodeURIComponent(file.id)}`
}

function pictureNode(app, item) {
  const address = addressOf(app, item)
  const name = item.file.name || kindWord(app, item.kind)
  const picture = el("img", { class: "picture", src: `${address}?size=thumb`, alt: name, loading: "lazy", decoding: "async" })
  const button = el("button", { type: "button", class: `picture-button ${item.kind === "sticker" ? "is-sticker" : ""}`, "aria-label": app.t("file_open", { name }), title: app.t("file_open", { name }) }, picture)
  button.addEventListener("click", () => showPicture(app, { address, name: item.file.name, text: item.text, opener: button }))
  picture.addEventListener("error", () => button.replaceWith(fileNode(app, item)))
  return button
}

function videoNode(app, item) {
  const video = el("video", { class: "video", src: addressOf(app, item), controls: true, preload: "metadata", playsinline: true, "aria-label": kindWord(app, item.kind) })
  return playing(app, item, video)
}

function soundNode(app, item) {
  const sound = el("audio", { class: "sound", src: addressOf(app, item), controls: true, preload: "metadata", "aria-label": kindWord(app, item.kind) })
  const title = item.file.seconds ? `${kindWord(app, item.kind)}, ${app.say.length(item.file.seconds)}` : null
  return playing(app, item, el("div", { class: "sound-line", title }, kindIcon(item.kind), sound), sound)
}

/** A browser that cannot play it offers the file instead; one plays at a time. */
function playing(app, item, node, player = node) {
  player.addEventListener("error", () => node.replaceWith(fileNode(app, item)))
  player.addEventListener("play", () => {
    if (app.playing && app.playing !== player) app.playing.pause()
    app.playing = player
  })
  return node
}

function fileNode(app, item) {
  const { file } = item
  const name = file.name || kindWord(app, item.kind)
  const about = file.size === null ? kindWord(app, item.kind) : app.say.bytes(file.size)
  const text = el("span", { class: "file-text" }, fill(el("span", { class: "file-name", dir: "auto" }), name), el("span", { class: "file-about", text: about }))
  return el("a", { class: "file", href: `${addressOf(app, item)}?download=1`, download: "", title: app.t("file_save") }, kindIcon(item.kind), text, icon("download"))
}

function waitingNode(app, item, about) {
  const name = fill(el("span", { class: "file-name", dir: "auto" }), item.file.name || kindWord(app, item.kind))
  const text = el("span", { class: "file-text" }, name, el("span", { class: "file-about", text: about }))
  return el("div", { class: "file is-waiting", role: "status" }, kindIcon(item.kind), text, el("span", { class: "spinner", "aria-hidden": "true" }))
}

function failedNode(app, item) {
  const { file } = item
  const why = fill(el("span", { class: "file-about", dir: "auto" }), file.problem || app.t("file_failed"))
  const text = el("span", { class: "file-text" }, el("span", { class: "file-name", text: kindWord(app, item.kind) }), why)
  const node = el("div", { class: "file is-failed" }, kindIcon(item.kind), text)
  if (file.state === "failed" && app.data.me.can_write) {
    const again = el("button", { type: "button", class: "button small", text: app.t("try_again") })
    again.addEventListener("click", () => { again.disabled = true; app.wishes.fetch(file.id) })
    node.append(again)
  }
  return node
}

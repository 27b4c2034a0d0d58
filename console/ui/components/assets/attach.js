// A file on its way: chosen, dropped or pasted, looked at, and uploaded before it is sent.

import { el, icon, iconButton, setAttribute, setText, setVariable } from "./dom.js"
import { choice } from "./menu.js"
import { fill } from "./plain.js"
import { kindIcon, kindWord } from "./ticks.js"

const PICTURES = "image/jpeg,image/png,video/mp4,video/3gpp"
const WITH_CAPTION = ["image", "video", "document"]

/** Keep one file per conversation; `changed()` is called when what can be sent has changed. */
export function createAttach(app, changed) {
  const picker = el("input", { type: "file", hidden: true, "aria-label": app.t("attach") })
  const button = iconButton("clip", app.t("attach"), () => askWhat(), { class: "icon-button attach", "aria-haspopup": "true", "aria-expanded": "false" })
  const node = el("div", { class: "attachment", role: "group", "aria-label": app.t("attachment"), hidden: true })
  const held = new Map()
  let conversation = null

  const current = () => held.get(conversation) ?? null
  const refresh = () => { drawHeld(app, node, current(), { drop, again }); changed() }
  const pick = accept => { setAttribute(picker, "accept", accept); picker.value = ""; picker.click() }
  const askWhat = () => app.menus.show(button, app.t("attach"), (menu, close) => {
    const line = (name, text, accept) => choice({ label: app.t(text), role: "menuitem", lead: icon(name), act: () => { close(); pick(accept) } })
    menu.append(el("div", { class: "menu-list" }, line("photo", "attach_pictures", PICTURES), line("file", "attach_document", "")), limitsNode(app))
  })

  const take = file => {
    if (!conversation || !file) return
    drop()
    const entry = { file, conversation, kind: kindOf(app, file), share: 0, handle: null, problem: null, picture: null, request: null }
    if (file.type.startsWith("image/")) entry.picture = URL.createObjectURL(file)
    held.set(conversation, entry)
    entry.problem = tooLarge(app, entry)
    if (!entry.problem) upload(entry)
    refresh()
  }
  const upload = entry => {
    const told = () => { if (current() === entry) refresh() }
    entry.problem = null
    entry.share = 0
    entry.request = send(app, entry, {
      moved: share => { entry.share = share; if (current() === entry) setVariable(node, "--share", share); },
      done: answer => { Object.assign(entry, { handle: answer.handle, kind: answer.kind, name: answer.name, share: 1, request: null }); told() },
      failed: problem => { Object.assign(entry, { problem, request: null }); told() },
    })
  }
  const again = () => { const entry = current(); if (entry) { upload(entry); refresh() } }
  const drop = () => {
    const entry = current()
    if (!entry) return
    entry.request?.abort()
    if (entry.picture) URL.revokeObjectURL(entry.picture)
    held.delete(conversation)
    refresh()
  }
  picker.addEventListener("change", () => take(picker.files[0]))

  return {
    button, node, picker, take,
    /** Show what belongs to this conversation. */
    open: id => {
      if (id === conversation) return
      conversation = id
      refresh()
    },
    isThere: () => current() !== null,
    isReady: () => Boolean(current()?.handle),
    takesCaption: () => current() === null || WITH_CAPTION.includes(current().kind),
    /** Hand the file over to be sent. */
    release: () => {
      const entry = current()
      if (!entry?.handle) return null
      drop()
      return { handle: entry.handle, kind: entry.kind, name: entry.name, size: entry.file.size }
    },
    stop: () => { for (const entry of held.values()) entry.request?.abort() },
  }
}

/** Files from the desktop, over the whole conversation. */
export function takeDropped(app, pane, attach, mayTake) {
  const veil = el("div", { class: "drop-veil", hidden: true }, icon("clip"), el("span", { text: app.t("drop_here") }))
  pane.append(veil)
  const hasFiles = event => [...event.dataTransfer?.types ?? []].includes("Files")
  pane.addEventListener("dragover", event => {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = mayTake() ? "copy" : "none"
    veil.hidden = !mayTake()
  })
  pane.addEventListener("dragleave", event => { if (!pane.contains(event.relatedTarget)) veil.hidden = true })
  pane.addEventListener("drop", event => {
    if (!hasFiles(event)) return
    event.preventDefault()
    veil.hidden = true
    if (mayTake()) attach.take(event.dataTransfer.files[0])
  })
}

function send(app, { file, conversation }, { moved, done, failed }) {
  const request = new XMLHttpRequest()
  const query = new URLSearchParams({ conversation, name: file.name })
  request.open("POST", `${app.data.files}?${query}`)
  request.setRequestHeader("x-csrf", app.data.csrf ?? "")
  request.responseType = "json"
  request.upload.addEventListener("progress", event => { if (event.lengthComputable) moved(event.loaded / event.total) })
  request.addEventListener("load", () => {
    if (request.status === 200 && request.response?.handle) done(request.response)
    else failed({ text: request.response?.error ?? app.t(request.status === 413 ? "upload_too_large" : "upload_failed"), mayTryAgain: !request.response?.error })
  })
  request.addEventListener("error", () => failed({ text: app.t("upload_failed"), mayTryAgain: true }))
  request.send(file)
  return request
}

/** What the browser takes it for; the server looks at the bytes. */
function kindOf(app, file) {
  const found = Object.entries(app.data.limits ?? {}).find(([, { mimes }]) => mimes.includes(file.type))
  return found?.[0] ?? "document"
}

/** Photos that are too large are made smaller by the server. */
function tooLarge(app, { file, kind }) {
  if (kind === "image" && file.size <= app.data.limits.document.most) return null
  const most = app.data.limits?.[kind]?.most
  if (!most || file.size <= most) return null
  return { text: app.t("upload_over", { most: app.say.bytes(most), size: app.say.bytes(file.size) }), mayTryAgain: false }
}

function limitsNode(app) {
  const line = kind => app.t("limit_line", { kind: kindWord(app, kind), most: app.say.bytes(app.data.limits[kind].most) })
  const kinds = ["image", "video", "audio", "document"].filter(kind => app.data.limits?.[kind])
  return el("p", { class: "menu-note" }, `${kinds.map(line).join(" · ")}. ${app.t("limit_photos")}`)
}

function drawHeld(app, node, entry, { drop, again }) {
  node.hidden = entry === null
  if (entry === null) return node.replaceChildren()
  const { file, kind, picture, problem, handle } = entry
  setVariable(node, "--share", entry.share)
  node.dataset.state = problem ? "failed" : handle ? "ready" : "moving"
  const face = picture ? el("img", { class: "attachment-picture", src: picture, alt: "" }) : el("span", { class: "attachment-sign" }, kindIcon(kind))
  face.addEventListener("error", () => face.replaceWith(el("span", { class: "attachment-sign" }, kindIcon(kind))))
  const state = problem ? problem.text : handle ? app.say.bytes(file.size) : app.t("uploading")
  const about = setOn(el("span", { class: "file-about", role: problem ? "alert" : "status" }), state)
  const bar = !handle && !problem ? el("span", { class: "attachment-bar", role: "progressbar", "aria-label": app.t("uploading") }) : null
  const text = el("span", { class: "file-text" }, fill(el("span", { class: "file-name", dir: "auto" }), entry.name ?? file.name), about, bar)
  const retry = problem?.mayTryAgain ? el("button", { type: "button", class: "button small", text: app.t("try_again"), on: { click: again } }) : null
  return node.replaceChildren(face, text, ...(retry ? [retry] : []), iconButton("close", app.t("attachment_drop"), drop))
}

function setOn(node, text) {
  setText(node, text)
  return node
}

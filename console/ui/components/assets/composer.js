// Where a person writes: a reply to the customer or a note for the team.

import { createAttach, takeDropped } from "./attach.js"
import { createCanned } from "./canned.js"
import { createCompletion, put } from "./completion.js"
import { el, icon, iconButton, setAttribute, setText, setVariable } from "./dom.js"
import { asQuoted, createQuoting } from "./quoting.js"
import { createEmoji } from "./emoji.js"
import { createWindow } from "./window.js"

const KEEP_MS = 300
const MODES = ["reply", "note"]

/** Make the composer under the thread. */
export function createComposer(app) {
  const modes = el("div", { class: "modes", role: "radiogroup", "aria-label": app.t("what_to_write") })
  const input = el("textarea", { class: "write", rows: "1", dir: "auto" })
  const send = el("button", { type: "button", class: "send" })
  const enter = el("button", { type: "button", class: "link enter" })
  const attach = createAttach(app, () => { paintMode(); grow() })
  const quoting = createQuoting(app, () => drop())
  const canned = createCanned(app, input)
  const emoji = createEmoji(app, input)
  const completion = createCompletion(input, [canned.source, emoji.source])
  const quick = iconButton("bolt", app.t("canned_open"), () => askCanned(), { class: "icon-button quick" })
  const smile = iconButton("smile", app.t("emoji_open"), () => emoji.open(smile), { class: "icon-button smile", "aria-haspopup": "dialog", "aria-expanded": "false" })
  const line = el("div", { class: "composer-line" }, el("div", { class: "composer-tools" }, smile, quick, attach.button), input, send)
  const open = createWindow(app, () => { paintMode(); grow() })
  const hint = el("p", { class: "composer-hint", role: "status", hidden: true })
  const top = el("div", { class: "composer-top" }, modes, open.chip, open.more, enter)
  const form = el("div", { class: "composer" }, top, quoting.node, attach.node, open.panel, hint, line, attach.picker, completion.node)
  const closed = el("div", { class: "composer-closed" }, icon("alert"), el("span", { text: app.t("read_only") }))
  const node = el("footer", { class: "foot" }, form, closed)
  let conversation = null
  let mode = "reply"
  let timer = 0

  for (const name of MODES) {
    modes.append(el("button", { type: "button", class: "mode", role: "radio", data: { mode: name }, on: { click: () => setMode(name) } },
      icon(name), el("span", { text: app.t(name) }), el("kbd", { class: "key", text: name === "reply" ? "r" : "n", "aria-hidden": "true" })))
  }
  const paintMode = () => {
    form.dataset.mode = mode
    for (const button of modes.children) setAttribute(button, "aria-checked", String(button.dataset.mode === mode))
    const asked = app.t(mode === "reply" && attach.isThere() ? `write_caption${attach.takesCaption() ? "" : "_none"}` : `write_${mode}`)
    setAttribute(input, "placeholder", asked)
    setAttribute(input, "aria-label", asked)
    const isOver = mode === "reply" && open.isOver()
    line.hidden = isOver
    enter.hidden = isOver
    open.panel.hidden = !isOver
    attach.button.hidden = mode !== "reply" || isAgain()
    quoting.node.hidden = mode !== "reply" || isOver || !quoting.current()
    quoting.render()
    attach.node.hidden = mode !== "reply" || isOver || !attach.isThere()
    send.replaceChildren(icon(mode === "note" ? "note" : "send"))
    setAttribute(send, "aria-label", app.t(`send_${mode}`))
    setAttribute(send, "title", app.t(`send_${mode}`))
  }
  const setMode = (name, { focus = true } = {}) => {
    mode = name
    paintMode()
    if (focus) input.focus()
    keep()
  }
  const grow = () => {
    input.style.height = "auto"
    input.style.height = `${Math.min(input.scrollHeight, 190)}px`
    setVariable(app.root, "--foot", `${node.offsetHeight}px`)
    const mayBeBare = isAgain() && quoting.current().item.file
    send.disabled = hasFile() ? !attach.isReady() : !input.value.trim() && !mayBeBare
  }
  const isAgain = () => mode === "reply" && quoting.current()?.kind === "resend"
  /** Words of a message that goes out again make room for those that stood here before. */
  const giveBack = (words = "") => {
    input.value = words
    app.drafts.write(conversation, { mode, text: words })
    paintMode()
    grow()
    input.focus()
  }
  const drop = () => {
    const entry = quoting.drop()
    if (entry?.kind === "resend") return giveBack(entry.before)
    paintMode()
    return grow()
  }
  const hasFile = () => mode === "reply" && attach.isThere() && !open.isOver()
  const keep = () => {
    clearTimeout(timer)
    const isOnItsWay = !input.value.trim() && onTheirWay(app, conversation).length > 0
    if (conversation && !isOnItsWay) app.drafts.write(conversation, { mode, text: input.value })
  }
  const load = id => {
    const kept = id ? app.drafts.read(id) : null
    const draft = onTheirWay(app, id).includes(kept?.text) ? null : kept
    const before = input.value
    conversation = id
    attach.open(id)
    quoting.open(id)
    completion.close()
    canned.forget()
    hint.hidden = true
    mode = MODES.includes(draft?.mode) ? draft.mode : "reply"
    input.value = draft?.text ?? ""
    paintMode()
    if (input.value !== before) grow()
  }
  const submitFile = () => {
    const caption = attach.takesCaption() ? input.value.trim() : ""
    const file = attach.release()
    if (!file) return
    app.wishes.file(conversation, file, caption, answered())
    drop()
    if (!caption) return
    app.drafts.write(conversation, { mode, text: caption })
    input.value = ""
    grow()
  }
  const answered = () => {
    const entry = mode === "reply" ? quoting.current() : null
    return entry?.kind === "answer" ? asQuoted(entry.item) : null
  }
  const submitAgain = text => {
    const { item, before } = quoting.drop()
    app.wishes.resend(conversation, item, text)
    giveBack(before)
  }
  /** Words in braces that a canned reply left are pointed out once; asked again, they go out. */
  const isLeftOpen = () => {
    const gap = canned.unfilled()
    const isNew = gap !== null && hint.hidden
    setText(hint, gap ? app.t("canned_gap", { gap }) : "")
    hint.hidden = !isNew
    return isNew
  }
  const askCanned = () => {
    input.focus()
    const { selectionStart: from, selectionEnd: until } = input
    put(input, /\S$/.test(input.value.slice(0, from)) ? " /" : "/", { from, until })
  }
  const submit = () => {
    if (input.value.trim() && isLeftOpen()) return undefined
    canned.forget()
    if (hasFile() && conversation && app.model.thread?.id === conversation) return submitFile()
    const text = input.value.trim()
    if (mode === "reply" && open.isOver()) return undefined
    if (!conversation || app.model.thread?.id !== conversation || send.disabled) return undefined
    if (isAgain()) return submitAgain(text)
    keep()
    app.wishes.say(conversation, mode, text, answered())
    if (mode === "reply") { quoting.drop(); paintMode() }
    app.drafts.write(conversation, { mode, text })
    input.value = ""
    return grow()
  }
  const paintEnter = () => setText(enter, app.t(sendsOnEnter(app) ? "enter_sends" : "enter_breaks"))

  enter.addEventListener("click", () => { turnEnter(app); paintEnter() })
  send.addEventListener("click", () => { submit(); input.focus() })
  input.addEventListener("input", () => {
    hint.hidden = true
    grow()
    clearTimeout(timer)
    timer = setTimeout(keep, KEEP_MS)
  })
  input.addEventListener("keydown", event => {
    if (completion.takes(event) || canned.takesTab(event)) return
    if (event.key === "Escape") {
      event.stopPropagation()
      if (!quoting.node.hidden) return drop()
      input.blur()
    }
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return
    const asks = sendsOnEnter(app) ? !event.shiftKey : event.ctrlKey || event.metaKey
    if (asks) { event.preventDefault(); submit() }
  })
  input.addEventListener("paste", event => {
    const file = event.clipboardData?.files[0]
    if (!file || mode !== "reply") return
    event.preventDefault()
    attach.take(file)
  })
  const mayTake = () => !node.hidden && !form.hidden
  takeDropped(app, app.thread.node, { take: file => { setMode("reply"); attach.take(file) } }, mayTake)
  window.addEventListener("pagehide", keep)
  new ResizeObserver(grow).observe(modes)

  const render = () => {
    const id = app.selected()
    const isOpen = app.model.thread?.id === id && id !== null && !app.model.thread.missing && !app.model.thread.error
    node.hidden = id === null || (app.model.thread?.id === id && !isOpen)
    form.hidden = !app.data.me.can_write
    closed.hidden = app.data.me.can_write
    setText(closed.lastChild, app.t("read_only"))
    paintEnter()
    if (id !== conversation) load(id)
    open.render()
  }
  return {
    node, render, keep,
    stop: () => {
      keep()
      attach.stop()
      open.stop()
      window.removeEventListener("pagehide", keep)
    },
    /** Answer this message. */
    quote: item => { quoting.take("answer", item); setMode("reply"); grow() },
    /** Have the words of a message that failed looked at before they go out again. */
    resend: item => {
      quoting.take("resend", item, isAgain() ? quoting.current().before : input.value)
      input.value = item.text
      setMode("reply")
      grow()
    },
    write: name => { if (!node.hidden && app.data.me.can_write) setMode(name) },
    reload: id => { if (id === conversation && !input.value.trim()) load(id) },
  }
}

/** Words sent from this conversation that Python has not acknowledged yet. */
function onTheirWay(app, conversation) {
  return app.queue.waiting().filter(({ memory }) => memory?.conversation === conversation).map(({ memory }) => memory.text)
}

function nameOf(app) {
  return `central:enter:${app.data.me.id}`
}

function sendsOnEnter(app) {
  return localStorage.getItem(nameOf(app)) !== "breaks"
}

function turnEnter(app) {
  localStorage.setItem(nameOf(app), sendsOnEnter(app) ? "breaks" : "sends")
}

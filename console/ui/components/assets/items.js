// Messages and alert lines of a thread, drawn by key: what did not change is not touched.

import { attachmentNode } from "./attachment.js"
import { el, icon } from "./dom.js"
import { folded, foldNode } from "./folds.js"
import { chipOf } from "./links.js"
import { dotsOf } from "./message_menu.js"
import { contentOf, editedOf, quoteOf, reactionsOf, storyOf } from "./parts.js"
import { fill, isOnlyEmoji } from "./plain.js"
import { shownItems } from "./model.js"
import { dividerNode } from "./scroll.js"
import { tick } from "./ticks.js"

const GROUP_MS = 5 * 60000
const LINE_ICONS = { assign: "person", resolve: "check", reopen: "reopen", block: "bell", undo: "reopen", priority: "flag", snooze: "snooze", open: "chat", label: "tag", contact: "pencil", merge: "people", number: "phone", code: "lock", sent: "check" }

const marks = new WeakMap()  // what each node was drawn from

/** Bring the container to the last `most` items of the open thread. */
export function drawItems(app, container, firstUnread, most) {
  const wanted = plan(app, firstUnread, most)
  const known = new Map([...container.children].map(node => [node.dataset.key, node]))
  let after = null
  for (const { key, mark, make } of wanted) {
    let node = known.get(key)
    if (!node || marks.get(node) !== mark) {
      const old = node
      node = make()
      node.dataset.key = key
      marks.set(node, mark)
      if (old) replace(old, node)
    }
    known.delete(key)
    const place = after ? after.nextSibling : container.firstChild
    if (place !== node) container.insertBefore(node, place)
    after = node
  }
  while (after ? after.nextSibling : container.firstChild) (after ? after.nextSibling : container.firstChild).remove()
}

/** What is being looked at or played goes on in the new node. */
function replace(old, node) {
  for (const fresh of node.querySelectorAll("audio, video, img")) {
    const was = [...old.querySelectorAll(fresh.tagName)].find(known => known.getAttribute("src") === fresh.getAttribute("src"))
    if (was) fresh.replaceWith(was)
  }
  old.replaceWith(node)
}

function plan(app, firstUnread, most) {
  const wanted = []
  const today = app.say.day(app.now())
  let day = null
  let previous = null
  if (app.model.thread.older && most === Infinity) wanted.push({ key: "older", mark: app.data.lang, make: () => el("div", { class: "older" }, el("span", { class: "spinner", "aria-hidden": "true" }), el("span", { text: app.t("older") })) })
  for (const item of folded(app, shownItems(app.model).slice(-most))) {
    const itemDay = item.at ? app.say.day(item.at) : day
    if (itemDay && itemDay !== day) wanted.push({ key: `day-${itemDay}-${item.id}`, mark: today + app.data.lang, make: () => dayNode(app, item.at) })
    if (item.id === firstUnread) wanted.push({ key: "unread", mark: app.data.lang, make: () => dividerNode(app.t("unread_divider")) })
    const isFirst = itemDay !== day || !isSameGroup(previous, item)
    const mark = `${isFirst}${app.data.lang}${JSON.stringify(item)}`
    wanted.push({ key: item.id, mark, make: () => itemNode(app, item, isFirst) })
    day = itemDay
    previous = item
  }
  if (wanted.length === 0) wanted.push({ key: "empty", mark: app.data.lang, make: () => el("p", { class: "no-messages", text: app.t("no_messages") }) })
  return wanted
}

function isSameGroup(previous, item) {
  return previous?.type === "message" && item.type === "message" && previous.direction === item.direction
    && previous.author === item.author && previous.kind !== "action" && item.kind !== "action"
    && (item.at ?? 0) - (previous.at ?? 0) < GROUP_MS
}

function dayNode(app, at) {
  return el("div", { class: "day", role: "separator" }, el("span", { text: app.say.heading(at, app.now()) }))
}

function itemNode(app, item, isFirst) {
  if (item.type === "line") return lineNode(app, item)
  if (item.type === "fold") return foldNode(app, item)
  return item.kind === "action" ? actionNode(app, item) : bubbleNode(app, item, isFirst)
}

function lineNode(app, item) {
  const text = fill(el("span", { class: "line-text", dir: "auto" }), item.until ? item.text.replace("{until}", app.say.exact(item.until)) : item.text)
  const time = item.at ? el("time", { class: "line-time", text: app.say.clock(item.at), title: app.say.exact(item.at) }) : null
  return el("div", { class: "line", data: { tone: item.tone } }, el("span", { class: "line-body" }, icon(LINE_ICONS[item.tone] ?? "alert"), text, time))
}

function actionNode(app, item) {
  const who = fill(el("b", { dir: "auto" }), item.author || app.model.thread.name)
  const what = fill(el("span", { class: "body", dir: "auto" }), item.text, { links: true })
  return el("div", { class: "action-line", data: { message: item.id } }, el("span", { class: "line-body" }, "* ", who, " ", what, ...timeOf(app, item)))
}

function bubbleNode(app, item, isFirst) {
  const { direction } = item
  const isWritten = /^\d+$/.test(item.id)
  const body = fill(el("div", { class: "body", dir: "auto" }), bodyText(app, item), { links: true, own: url => chipOf(app, url) })
  if (item.kind === "text" && direction !== "note" && isOnlyEmoji(item.text)) body.classList.add("large")
  const bubble = el("article", { class: "bubble", tabindex: isWritten ? "-1" : null, "aria-keyshortcuts": isWritten ? "Enter Shift+F10" : null, "aria-label": app.t(`from_${direction}`, { name: item.author ?? "" }) })
  const edited = editedOf(app, item)
  bubble.append(...tagOf(app, item), ...authorOf(app, item, isFirst), ...storyOf(app, item), ...quoteOf(app, item),
    ...(item.file ? [attachmentNode(app, item)] : []), ...contentOf(app, item), body, metaOf(app, item, edited.mark), ...edited.first)
  if (item.delivery === "failed" || item.delivery === "unknown") bubble.append(failure(app, item))
  const classes = ["message", isFirst && "first", item.pending && "pending", item.revoked && "revoked", item.file && "has-file", item.reactions && "has-reactions"]
  const line = el("div", { class: classes.filter(Boolean).join(" "), data: { direction, message: item.id, delivery: item.delivery ?? "", kind: item.kind ?? "text" } }, bubble)
  if (isWritten) line.append(dotsOf(app))
  bubble.append(...reactionsOf(app, item))
  return line
}

/** A deleted message says so where nobody may read it any more. */
function bodyText(app, item) {
  return item.revoked && !item.text && !item.file ? app.t("revoked_text") : item.text
}

function tagOf(app, { direction }) {
  const name = { note: "note", system: "robot", draft: "pencil" }[direction]
  return name ? [el("div", { class: "tag" }, icon(name), el("span", { text: app.t(direction) }))] : []
}

function authorOf(app, item, isFirst) {
  const isShown = isFirst && item.author && (item.direction !== "in" || item.author !== app.model.thread.name)
  return isShown ? [fill(el("div", { class: "author", dir: "auto" }), item.author)] : []
}

function timeOf(app, item) {
  return item.at ? [el("time", { class: "time", text: app.say.clock(item.at), title: app.say.exact(item.at) })] : []
}

function metaOf(app, item, marks = []) {
  const meta = el("span", { class: "meta" }, ...marks, ...timeOf(app, item))
  const mark = item.delivery ? tick(app, item.delivery) : null
  if (mark) meta.append(mark)
  return meta
}

/** Why it did not arrive, or that nobody knows. */
function failure(app, item) {
  const isUnknown = item.delivery === "unknown"
  const reason = fill(el("span", { dir: "auto" }), isUnknown ? app.t("unknown_reason") : item.reason || app.t("failed_no_reason"))
  return el("div", { class: "failure", role: "note" }, icon(isUnknown ? "question" : "alert"), el("b", { text: app.t(`delivery_${item.delivery}`) }), reason)
}

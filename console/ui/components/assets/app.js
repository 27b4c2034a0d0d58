// The whole inbox: holds the model, sends actions, and asks the panes to redraw themselves.

import { createBar } from "./bar.js"
import { createComposer } from "./composer.js"
import { el, setAttribute } from "./dom.js"
import { createDrafts } from "./drafts.js"
import { createKeys } from "./keys.js"
import { createList } from "./list.js"
import { createLive } from "./live.js"
import { createMenus } from "./menu.js"
import { accept, addBubble, createModel, foreseen, hasUnansweredLine, mergeLive, settleActions } from "./model.js"
import { createOpening } from "./opening.js"
import { createBalloon } from "./new_contact.js"
import { createPanel } from "./panel.js"
import { createPlace, paintScheme } from "./place.js"
import { actionQueue } from "./queue.js"
import { closeSheet } from "./sheet.js"
import { createThread } from "./thread.js"
import { createToasts } from "./toasts.js"
import { createWishes } from "./wishes.js"
import { speakerFor } from "./words.js"

const TICK_MS = 30000
const ASK_MS = 900

/** Build the inbox under this element (a shadow root). */
export function createApp(parent) {
  const app = {
    model: createModel(), queue: actionQueue(), data: null, say: null, skew: 0,
    size: "wide", isPanelOpen: true, isConnected: true, isSignedOut: false, lastNotice: null, lastThread: null, unfolded: new Set(),
    now: () => Date.now() + app.skew,
    t: (key, values) => app.say.t(key, values),
  }
  app.drafts = createDrafts(app)
  app.wishes = createWishes(app)
  const root = el("div", { class: "inbox", style: "visibility: hidden" })
  app.root = root
  app.menus = createMenus(app)
  app.toasts = createToasts(app)
  app.live = createLive(liveHandlers(app))
  app.opening = createOpening(app)
  app.selected = () => selected(app)
  app.foreseen = (thing, id) => foreseen(thing, id, app.queue.waiting(), app.data)

  let panes = null
  app.render = () => panes?.forEach(pane => pane.render())
  app.update = (data, setTriggerValue) => {
    app.queue.use(actions => setTriggerValue("actions", actions))
    take(app, data)
    if (panes && app.lang !== data.lang) panes = dismantle(app)
    if (!panes) panes = build(app, parent)
    paintScheme(root, parent.host ?? parent)
    app.place.measure()
    app.render()
    announce(app)
    app.sheet?.told?.(data)
    app.live.follow(data.live ?? null)
  }
  const ticking = setInterval(() => app.render(), TICK_MS)
  app.stop = () => {
    clearInterval(ticking)
    for (const part of [app.live, app.opening, app.queue, app.place, app.keys, app.thread, app.composer, app.panel]) part?.stop()
    root.remove()
  }
  return app
}

/** Another language: every fixed word is drawn anew. */
function dismantle(app) {
  app.menus.close()
  closeSheet(app)
  for (const part of [app.place, app.keys, app.thread, app.composer, app.panel]) part.stop()
  app.root.replaceChildren()
  return null
}

function build(app, parent) {
  app.lang = app.data.lang
  app.bar = createBar(app)
  app.list = createList(app)
  app.thread = createThread(app)
  app.composer = createComposer(app)
  app.panel = createPanel(app)
  app.thread.node.append(app.composer.node)
  const left = el("section", { class: "left", "aria-label": app.t("conversations") })
  app.balloon = createBalloon(app)
  left.append(app.bar.node, app.list.node, app.balloon.node)
  app.root.append(left, app.thread.node, app.panel.node, app.toasts.node)
  parent.append(app.root)
  app.place = createPlace(app.root, parent.host ?? parent, size => {
    app.size = size
    app.isPanelOpen = size === "wide"
    app.render()
  })
  app.keys = createKeys(app)
  // The thread comes last: it measures, and everything drawn behind it would be laid out twice.
  return [app.bar, app.list, app.composer, app.panel, { render: () => layout(app) }, app.thread, { render: () => app.sheet?.render?.() }, app.balloon]
}

function layout(app) {
  const isOpen = app.selected() !== null
  setAttribute(app.root, "data-view", isOpen ? "thread" : "list")
  setAttribute(app.root, "data-panel", isOpen && app.isPanelOpen ? "open" : "closed")
}

/** Take Python's answer: settle what it handled, then merge it under what is newer. */
function take(app, data) {
  const done = app.queue.acknowledge(data.acked)
  app.data = data
  app.say = speakerFor(data)
  app.skew = (data.now ?? Date.now()) - Date.now()
  const isSameList = accept(app.model, data, choice(app)?.id ?? null)
  settleActions(app.model, done, data.refused)
  app.drafts.settle(done, data.refused)
  if (!isSameList) app.list?.toTop()
}

/** The open conversation: the last choice on its way, else what Python shows. */
function selected(app) {
  const waits = choice(app)
  return waits ? waits.id : app.model.thread?.id ?? null
}

/** The last choice on its way: `{ id }`, with null for closing; null when there is none. */
function choice(app) {
  const last = app.queue.waiting().filter(({ action }) => action.kind === "select" || action.kind === "close").at(-1)
  return last ? { id: last.action.id ?? null } : null
}

function announce(app) {
  const { notice } = app.data
  const mark = notice ? JSON.stringify(notice) : null
  if (mark && mark !== app.lastNotice) {
    app.toasts.show(notice.text, {
      tone: notice.tone,
      undo: notice.undo && (() => app.wishes.send(notice.undo)),
    })
  }
  app.lastNotice = mark
}

function liveHandlers(app) {
  let asking = 0
  /** A fact changes what the panel says too: ask for it, unless an answer comes anyway. */
  const askSoon = () => {
    clearTimeout(asking)
    asking = setTimeout(() => { if (hasUnansweredLine(app.model)) app.queue.emit("refresh") }, ASK_MS)
  }
  return {
    changed: batch => {
      let appended = 0
      app.list.hold(() => {
        appended = mergeLive(app.model, batch).appended
        app.render()
      })
      if (appended) app.thread.arrived(appended)
      if (hasUnansweredLine(app.model)) askSoon()
    },
    refresh: () => app.queue.emit("refresh"),
    connected: isConnected => {
      if (app.isConnected === isConnected) return
      app.isConnected = isConnected
      app.bar.render()
    },
    signedOut: () => {
      app.isSignedOut = true
      app.bar.render()
    },
  }
}

/** Draw one's own words at once. */
export function showBubble(app, conversation, action, direction, more = {}) {
  addBubble(app.model, conversation, action, { direction, author: app.data.me.name, at: app.now(), ...more })
  app.render()
  app.thread.toEnd()
}

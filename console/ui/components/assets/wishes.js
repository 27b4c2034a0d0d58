// What a person may ask for, as actions with their idempotency keys.

import { showBubble } from "./app.js"
import { randomId } from "./dom.js"

/** Every wish of the interface, bound to the open conversation where one is needed. */
export function createWishes(app) {
  const { queue } = app
  const emit = (kind, fields = {}) => {
    const action = queue.emit(kind, fields)
    app.render()
    return action
  }
  const write = (kind, fields) => emit(kind, { ...fields, key: randomId() })
  const version = id => app.model.rows.find(row => row.id === id)?.version ?? 0
  const versionOf = id => Math.max(version(id), app.model.thread?.id === id ? app.model.thread.version : 0)
  // What one has just written oneself is no change by others, and its version is not known yet.
  const hasOwn = id => queue.waiting().some(({ action }) => action.key && (action.id === id || action.ids?.includes(id)))
  const change = (kind, id, fields = {}) => write(kind, { ids: [id], ...fields })

  const wishes = {
    select: id => {
      if (id === app.selected()) return
      app.drafts.keep()
      queue.emit("select", { id }, null, app.opening.open(id))
      app.list.render()  // the other panes follow with the conversation itself
    },
    /** Open a conversation at one of its messages. */
    openAt: (id, message) => {
      if (id === app.selected()) return app.thread.goTo(message)
      app.drafts.keep()
      queue.emit("select", { id, message }, null, app.opening.open(id, message))
      return app.list.render()
    },
    close: () => {
      if (app.selected() === null) return
      app.drafts.keep()
      emit("close")
    },
    filter: key => emit("filter", { key }),
    instances: keys => emit("instances", { keys }),
    expression: text => emit("expression", { text }),
    search: text => emit("search", { text }),
    sort: key => emit("sort", { key }),
    more: () => emit("more"),
    older: () => emit("older"),
    newer: () => emit("newer"),
    focus: message => emit("focus", { message }),
    refresh: () => emit("refresh"),
    status: (id, status) => {
      const kind = status === "resolved" ? "resolve" : "reopen"
      change(kind, id, hasOwn(id) ? {} : { versions: { [id]: versionOf(id) } })
      if (kind === "resolve") {
        app.toasts.show(app.t("resolved_toast"), { undo: () => wishes.status(id, "pending") })
      }
    },
    assign: (id, agent) => change("assign", id, { agent }),
    team: (id, team) => change("team", id, { team }),
    read: id => change("read", id),
    unread: id => {
      app.keptUnread = id
      change("unread", id)
    },
    priority: (id, priority) => change("priority", id, { priority }),
    snooze: (id, until) => change("snooze", id, { until }),
    unsnooze: id => change("unsnooze", id),
    label: (id, label, on) => change("label", id, { label, on }),
    block: (contact, on, reason = "") => write("block", on ? { contact, on, reason } : { contact, on }),
    contact: (contact, name, email) => write("contact", { contact, name, email }),
    merge: (kept, gone) => write("merge", { kept, gone }),
    part: merge => write("part", { merge }),
    apart: (contact, other) => write("apart", { contact, other }),
    newContact: fields => write("new_contact", fields),
    open: (contact, instance) => write("open", { contact, instance }),
    fetch: file => write("fetch", { file }),
    /** Send a reply or keep a note: the bubble stands at once, the draft until acknowledged. */
    say: (id, mode, text, quoted = null) => {
      const key = randomId()
      const fields = mode === "note" ? { id, text, key } : { id, text, key, version: versionOf(id), answers: quoted?.id ?? null }
      const action = queue.emit(mode, fields, { conversation: id, text, mode })
      showBubble(app, id, action, mode === "note" ? "note" : "out", quoted ? { quoted } : {})
    },
    /** Send a message of ours again, with other words if told; its key keeps it at once. */
    resend: (id, item, text = null, key = randomId()) => {
      const memory = text === null ? { conversation: id } : { conversation: id, text, mode: "reply" }
      const action = queue.emit("resend", { id, message: item.id, text, key }, memory)
      const file = item.file ? { file: { ...item.file, id: null, state: "sending", form: "file" } } : {}
      showBubble(app, id, action, "out", { kind: item.kind, text: text ?? item.text, resent: true, ...file })
    },
    consider: (id, message) => write("consider", { id, message }),
    forward: (message, to, key) => emit("forward", { message, to, key }),
    /** Send an uploaded file: its bubble stands at once, the caption comes back when it is refused. */
    file: (id, { handle, kind, name, size }, text, quoted = null) => {
      const action = queue.emit("file", { id, handle, text, key: randomId(), answers: quoted?.id ?? null }, { conversation: id, text, mode: "reply" })
      showBubble(app, id, action, "out", { kind, file: { id: null, state: "sending", form: "file", name, size }, ...(quoted ? { quoted } : {}) })
    },
    /** Send a template: `text` is what its customer reads. */
    template: (id, template, text) => {
      const action = queue.emit("template", { id, template, key: randomId() }, { conversation: id })
      showBubble(app, id, action, "out", { text })
    },
    /** Emit an action Python proposed (undo). */
    send: ({ kind, ...fields }) => write(kind, fields),
  }
  return wishes
}

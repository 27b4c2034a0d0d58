// What the panes show: Python's last answer, live changes and wishes that are still on their way.

import { compareIds } from "./dom.js"

const TOMBSTONE_MS = 4000
const TONE_STATUS = { resolve: "resolved", reopen: "pending" }

const later = (a, b) => b - a
const byId = (a, b) => compareIds(b.id, a.id)
const rank = row => ["low", "medium", "high", "urgent"].indexOf(row.priority)
const ORDERS = {
  newest: (a, b) => later(a.at, b.at) || byId(a, b),
  oldest: (a, b) => -later(a.at, b.at) || -byId(a, b),
  waiting: (a, b) => (a.waiting_since ?? Infinity) - (b.waiting_since ?? Infinity) || later(a.at, b.at) || byId(a, b),
  priority: (a, b) => later(rank(a), rank(b)) || later(a.at, b.at) || byId(a, b),
  due: (a, b) => (a.due_at ?? Infinity) - (b.due_at ?? Infinity) || -byId(a, b),
  unread: (a, b) => later(a.unread, b.unread) || later(a.at, b.at) || byId(a, b),
}

/** Make the model of one mounted component. */
export function createModel() {
  return { data: null, rows: [], total: 0, more: false, token: null, thread: null, items: [], gone: new Map(), bubbles: [] }
}

/** Take Python's answer; what is newer than it (by version, id or choice) stays. */
export function accept(model, data, chosen = null, now = Date.now()) {
  const isSameList = model.token === data.list.token
  const known = new Map(isSameList ? model.rows.map(row => [row.id, row]) : [])
  for (const [id, mark] of model.gone) if (!isSameList || now - mark.at > TOMBSTONE_MS) model.gone.delete(id)
  const isBehind = chosen !== null && model.thread?.id === chosen && data.thread?.id !== chosen
  if (isBehind) data.contact = model.data.contact
  model.data = data
  model.token = data.list.token
  model.rows = data.list.rows
    .filter(row => !(model.gone.has(row.id) && row.version <= model.gone.get(row.id).version))
    .map(row => newer(known.get(row.id), row))
  model.total = data.list.total
  model.more = data.list.more
  if (!isBehind) acceptThread(model, data.thread)
  return isSameList
}

/** Take a conversation that was fetched ahead of Python's answer; false when that came first. */
export function openAhead(model, { thread, contact }) {
  if (model.thread?.id === thread.id) return false
  acceptThread(model, thread)
  model.data.contact = contact
  return true
}

function newer(old, row) {
  return old && old.version > row.version ? old : row
}

function acceptThread(model, thread) {
  const isSame = thread && model.thread && model.thread.id === thread.id
  const kept = isSame && !thread.newer ? liveTail(model.items, thread.items) : []
  model.thread = isSame && model.thread.version > thread.version ? { ...thread, status: model.thread.status, version: model.thread.version } : thread
  const known = new Map(isSame ? model.items.map(item => [item.id, item]) : [])
  model.items = thread ? [...thread.items.map(item => lastTold(known.get(item.id), item)), ...kept] : []
}

/** Of two states of a message the one that was written later. */
function lastTold(old, item) {
  return old && (old.changed ?? 0) > (item.changed ?? 0) ? old : item
}

/** Live items that Python's answer does not have yet, because it was read before they came. */
function liveTail(items, answered) {
  const known = new Set(answered.map(item => item.id))
  const last = answered.reduce((max, item) => (compareIds(item.id, max) > 0 ? item.id : max), "0")
  return items.filter(item => item.live && !known.has(item.id) && compareIds(item.id, last) > 0)
}

/** Merge one live batch; says what to redraw. */
export function mergeLive(model, batch, now = Date.now()) {
  for (const id of batch.gone ?? []) removeRow(model, id, now)
  for (const row of batch.rows ?? []) placeRow(model, row)
  const appended = [...(batch.messages ?? []), ...(batch.lines ?? [])].filter(entry => addItem(model, entry)).length
  if (batch.counts) mergeCounts(model, batch.counts)
  return { appended }
}

function removeRow(model, id, now) {
  const at = model.rows.findIndex(row => row.id === id)
  const version = at < 0 ? 0 : model.rows[at].version
  model.gone.set(id, { at: now, version })
  if (at < 0) return
  model.rows.splice(at, 1)
  model.total = Math.max(0, model.total - 1)
}

function placeRow(model, row) {
  model.gone.delete(row.id)
  const at = model.rows.findIndex(known => known.id === row.id)
  if (at >= 0 && model.rows[at].version > row.version) return
  if (at >= 0) model.rows.splice(at, 1)
  const order = ORDERS[model.data.filters.sort] ?? ORDERS.newest
  let place = model.rows.findIndex(known => order(row, known) < 0)
  if (place < 0) place = model.rows.length
  const isBeyond = place === model.rows.length && model.more
  if (!isBeyond || at >= 0) model.rows.splice(place, 0, row)
  if (at < 0 && !model.more) model.total += 1
  syncThread(model, row)
}

function syncThread(model, row) {
  const { thread } = model
  if (!thread || thread.id !== row.id || thread.version > row.version) return
  model.thread = { ...thread, name: row.name, status: row.status, version: row.version }
  if (model.data.contact) model.data.contact = { ...model.data.contact, name: row.name, assignee_id: row.assignee_id, priority: row.priority, snoozed_until: row.snoozed_until }
}

/** Add or replace an item of the open thread; true when it is a new one at the end. */
function addItem(model, { conversation, item }) {
  const { thread, items } = model
  if (!thread || thread.id !== conversation) return false
  const at = items.findIndex(known => known.id === item.id)
  const live = { ...item, live: true }
  if (at < 0 && item.tone in TONE_STATUS) model.thread = { ...thread, status: TONE_STATUS[item.tone] }
  if (at >= 0) items[at] = lastTold(items[at], { ...live, live: items[at].live })
  else if (!thread.newer) return placeItem(model, conversation, live)
  return false
}

/** Ids are the order of a thread: what was told late stands where it belongs, unless that is not shown. */
function placeItem(model, conversation, live) {
  const { items, thread } = model
  const after = items.findLastIndex(known => compareIds(known.id, live.id) < 0)
  if (after < 0 && items.length && thread.older) return false
  const isLast = after === items.length - 1
  items.splice(after + 1, 0, live)
  settleBubble(model, conversation, live)
  return isLast
}

/** Counts are exact; the length of the list follows them unless it is narrowed further. */
function mergeCounts(model, counts) {
  const { filters } = model.data
  if (counts.stopped) model.data.stopped = counts.stopped
  for (const entry of [...filters.tabs, ...filters.more]) {
    if (entry.key in counts) entry.count = counts[entry.key]
  }
  for (const instance of filters.instances) {
    if (counts.instances && instance.key in counts.instances) instance.count = counts.instances[instance.key]
  }
  if (filters.active in counts && !filters.search && !filters.expression) model.total = counts[filters.active]
}

/** Whether a fact of the open thread came live and Python has not answered since. */
export function hasUnansweredLine(model) {
  return model.items.some(item => item.live && item.type === "line")
}

/** Draw a reply or note at once, before Python knows it. */
export function addBubble(model, conversation, action, about) {
  model.bubbles = model.bubbles.filter(bubble => !(bubble.refused && bubble.conversation === conversation))
  const delivery = about.direction === "out" ? "queued" : null
  const item = { type: "message", id: `pending-${action.key}`, kind: "text", text: action.text, delivery, pending: true, ...about }
  model.bubbles.push({ conversation, key: action.key, item })
}

/** The real message came: by its key when known, else the oldest own bubble with the same words. */
function settleBubble(model, conversation, item) {
  const at = model.bubbles.findIndex(bubble => bubble.conversation === conversation && !bubble.refused
    && (item.key ? bubble.key === item.key : isAlike(bubble.item, item)))
  if (at >= 0) model.bubbles.splice(at, 1)
}

function isAlike(one, other) {
  return ["direction", "kind", "text"].every(name => one[name] === other[name])
}

/** Python handled these actions: their bubbles go, or say why the message was refused. */
export function settleActions(model, done, refused = []) {
  const reasons = new Map(refused.map(entry => [entry.key, entry.text]))
  for (const { action } of done) {
    const at = model.bubbles.findIndex(bubble => bubble.key === action.key)
    if (at < 0) continue
    if (!reasons.has(action.key)) model.bubbles.splice(at, 1)
    else refuse(model.bubbles[at], reasons.get(action.key))
  }
}

function refuse(bubble, reason) {
  bubble.refused = true
  bubble.item = { ...bubble.item, delivery: "failed", reason, pending: false }
}

/** Items of the open thread with the bubbles that wait at its end. */
export function shownItems(model) {
  const id = model.thread?.id
  return [...model.items, ...model.bubbles.filter(bubble => bubble.conversation === id).map(bubble => bubble.item)]
}

const CHANGES = {
  resolve: () => ({ status: "resolved", waiting_since: null, snoozed_until: null, due_at: null }),
  reopen: () => ({ status: "pending" }),
  read: () => ({ unread: 0 }),
  unread: (action, row) => ({ unread: Math.max(1, row.unread ?? 0) }),
  assign: (action, row, data) => ({ assignee_id: action.agent, assignee: data.agents.find(agent => agent.id === action.agent)?.name ?? null }),
  team: action => ({ team_id: action.team }),
  priority: action => ({ priority: action.priority }),
  unsnooze: () => ({ snoozed_until: null }),
}

/** A row, thread or contact as it will be when the wishes on their way have been granted. */
export function foreseen(thing, id, waiting, data) {
  let seen = thing
  for (const { action } of waiting) {
    if (!CHANGES[action.kind] || !action.ids?.includes(id)) continue
    seen = { ...seen, ...CHANGES[action.kind](action, seen, data) }
  }
  return seen
}

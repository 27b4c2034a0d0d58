// Where the reader stands in a thread: at the end, at an older place, or at a linked message.

import { el } from "./dom.js"

const NEAR_END = 80
const NEAR_START = 240
const SETTLING_MS = 3000  // what still arrives around a linked message does not move it away
const LINK = /^#message-(\d{1,20})$/

/** Keep the place of the reader in this scroller. */
export function createScroll(app, scroller, items, pill) {
  let unseen = 0
  let askedOlder = null
  let askedNewer = null
  let linked = null
  let linkedAt = 0
  let firstUnread = null
  let partial = false

  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END
  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; seen() }
  const seen = () => { unseen = 0; drawPill() }
  const drawPill = () => {
    const { thread } = app.model
    pill.hidden = unseen === 0 && (isAtEnd() || !thread)
    pill.classList.toggle("round", unseen === 0)
    pill.textContent = unseen ? `↓ ${app.say.many("new_messages", unseen)}` : "↓"
    pill.setAttribute("aria-label", unseen ? app.say.many("new_messages", unseen) : app.t("to_end"))
  }

  const edge = () => {
    const { thread, items: known } = app.model
    if (partial || !thread || thread.id !== app.selected()) return
    const about = `${thread.id}:${known.length}`
    if (thread.older && scroller.scrollTop < NEAR_START && askedOlder !== about) { askedOlder = about; app.wishes.older() }
    if (thread.newer && isAtEnd() && askedNewer !== about) { askedNewer = about; app.wishes.newer() }
  }
  let isHeld = true
  const moved = () => {
    isHeld = isAtEnd()
    if (isAtEnd() && !app.model.thread?.newer) seen()
    else drawPill()
    edge()
  }
  scroller.addEventListener("scroll", moved, { passive: true })
  // A composer that grows takes its room from the thread: whoever reads the end goes on reading it.
  const resized = new ResizeObserver(() => { if (isHeld && !app.model.thread?.newer) scroller.scrollTop = scroller.scrollHeight })
  resized.observe(scroller)
  pill.addEventListener("click", () => { toEnd(); scroller.focus() })

  const goToLink = (first = app.model.thread?.focus) => {
    const wanted = first ?? location.hash.match(LINK)?.[1]
    if (!wanted) return false
    const about = `${app.model.thread?.id}:${wanted}`
    if (linked === about && performance.now() - linkedAt > SETTLING_MS) return false
    const target = items.querySelector(`[data-message="${wanted}"]`)
    if (!target) return linked === about ? false : askFor(wanted)
    if (linked !== about) linkedAt = performance.now()
    linked = about
    show(target)
    return true
  }
  const show = target => {
    target.scrollIntoView({ block: "center" })
    target.classList.remove("linked")
    requestAnimationFrame(() => target.classList.add("linked"))
  }
  let askedFor = null
  const askFor = wanted => {
    const about = `${app.model.thread?.id}:${wanted}`
    if (askedFor === about || !LINK.test(location.hash)) return false
    askedFor = about
    setTimeout(() => app.wishes.focus(wanted), 60)
    return false
  }
  const followHash = () => { linked = null; if (app.model.thread) goToLink(null) }
  window.addEventListener("hashchange", followHash)

  /** Draw with the reader's place kept; at the end stays at the end. */
  const keep = (draw, isOther, isPart) => {
    partial = isPart
    const wasAtEnd = isOther || (isAtEnd() && !app.model.thread?.newer)
    const anchor = wasAtEnd ? null : topmost(scroller, items)
    const before = anchor?.getBoundingClientRect().top
    draw()
    if (!isPart && scroller.scrollHeight <= scroller.clientHeight) setTimeout(edge, 0)
    if (goToLink()) return drawPill()
    if (wasAtEnd) startAt(isOther)
    else if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before
    return drawPill()
  }
  const startAt = isOther => {
    const divider = isOther ? items.querySelector(".divider") : null
    scroller.scrollTop = scroller.scrollHeight
    if (divider && divider.offsetTop < scroller.scrollTop) scroller.scrollTop = divider.offsetTop - 24
  }

  return {
    keep, toEnd,
    stop: () => {
      resized.disconnect()
      window.removeEventListener("hashchange", followHash)
    },
    /** A conversation was opened: remember where its unread messages begin. */
    open: unread => {
      unseen = 0
      askedOlder = askedNewer = null
      const inbound = app.model.items.filter(item => item.type === "message" && item.direction === "in")
      firstUnread = unread > 0 && inbound.length ? inbound.at(-Math.min(unread, inbound.length)).id : null
      app.keptUnread = null
    },
    divider: () => firstUnread,
    /** Go to a message, asking for it when it is not drawn. */
    goTo: id => {
      const target = items.querySelector(`[data-message="${id}"]`)
      if (target) return show(target)
      return app.wishes.focus(id)
    },
    /** Whether opening shows the end: no link, no unread messages to begin at. */
    startsAtEnd: () => firstUnread === null && !app.model.thread.focus && !LINK.test(location.hash),
    arrived: n => { if (!isAtEnd()) { unseen += n; drawPill() } },
  }
}

function topmost(scroller, items) {
  const top = scroller.getBoundingClientRect().top
  return [...items.children].find(node => node.getBoundingClientRect().bottom > top) ?? null
}

/** The line above the first unread message. */
export function dividerNode(text) {
  return el("div", { class: "divider", role: "separator" }, el("span", { text }))
}

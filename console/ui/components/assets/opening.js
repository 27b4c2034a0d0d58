// Opening a conversation: asked for at its own address, so that it stands before the page has run.

import { openAhead } from "./model.js"

const PATIENCE_MS = 250
const LATE_MS = 120  // what takes longer is shown as being on its way

/** Ask for conversations at `app.data.open`; one at a time, the last one wins. */
export function createOpening(app) {
  let asked = new AbortController()
  let late = 0
  const stop = () => { asked.abort(); clearTimeout(late) }

  const fetched = async (id, message, signal) => {
    try {
      const asked = new URLSearchParams({ conversation: id, ...(message ? { message } : {}) })
      const answer = await fetch(`${app.data.open}?${asked}`, { signal })
      return answer.ok ? await answer.json() : null
    } catch {
      return null  // the page's own answer comes in any case, and says what is wrong
    }
  }

  /** Draw it as soon as it is here; settles when it is painted, or when Python had better be asked. */
  const open = async (id, message = null) => {
    stop()
    late = setTimeout(app.render, app.data.open ? LATE_MS : 0)
    if (!app.data.open) return
    asked = new AbortController()
    const { signal } = asked
    const drawn = fetched(id, message, signal).then(found => {
      if (signal.aborted) return new Promise(() => {})  // a later choice goes out with this one
      if (!found || app.selected() !== id || !openAhead(app.model, found)) return undefined
      clearTimeout(late)
      app.render()
      return new Promise(painted => requestAnimationFrame(() => setTimeout(painted, 0)))
    })
    await Promise.race([drawn, new Promise(done => setTimeout(done, PATIENCE_MS))])
  }
  return { open, stop }
}

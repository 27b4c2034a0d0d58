// The live stream: server-sent events with the reader's own cookie, merged without a rerun.

const BACKOFF_MS = [1000, 2000, 4000, 8000, 15000, 30000]
const HINT_MS = 3000

/** Follow `/live`; handlers: changed(batch), refresh(), signedOut(), connected(bool). */
export function createLive(handlers) {
  let address = null
  let source = null
  let attempt = 0
  let retry = 0
  let hint = 0
  let wasConnected = false

  const opened = () => {
    clearTimeout(hint)
    attempt = 0
    handlers.connected(true)
    if (wasConnected) handlers.refresh()
    wasConnected = true
  }

  const lost = () => {
    source?.close()
    source = null
    clearTimeout(hint)
    hint = setTimeout(() => handlers.connected(false), attempt ? 0 : HINT_MS)
    const wait = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)]
    attempt += 1
    clearTimeout(retry)
    retry = setTimeout(connect, wait * (0.75 + Math.random() / 2))
  }

  const connect = () => {
    if (!address) return
    source = new EventSource(address)
    source.addEventListener("open", opened)
    source.addEventListener("error", lost)
    source.addEventListener("changed", event => handlers.changed(JSON.parse(event.data)))
    source.addEventListener("refresh", () => handlers.refresh())
    source.addEventListener("signed-out", () => {
      stop()
      handlers.signedOut()
    })
  }

  const again = () => {
    if (!address || source) return
    clearTimeout(retry)
    connect()
  }
  window.addEventListener("online", again)

  const stop = () => {
    clearTimeout(retry)
    clearTimeout(hint)
    source?.close()
    source = null
    address = null
  }

  return {
    stop: () => {
      stop()
      window.removeEventListener("online", again)
    },
    /** Follow this address from now on; the same address goes on undisturbed. */
    follow: wanted => {
      if (wanted === address) return
      stop()
      attempt = 0
      wasConnected = false
      address = wanted
      connect()
    },
    /** Try again at once (the person asked, or the network came back). */
    retry: again,
  }
}

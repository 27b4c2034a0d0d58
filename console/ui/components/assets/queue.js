// Actions on their way to Python: numbered, sent together until acknowledged, sent again when the
// connection swallowed them. Python handles each number once.

import { randomId } from "./dom.js"

const AGAIN_MS = [4000, 8000, 16000, 30000]

/** Make the queue of one mounted component; `send(list)` is replaced at every run. */
export function actionQueue() {
  const mount = randomId()
  let waiting = []
  let last = 0
  let send = () => {}
  let timer = 0
  let attempt = 0
  let isDue = false

  const push = () => {
    isDue = false
    clearTimeout(timer)
    send(waiting.map(entry => entry.action))
    timer = setTimeout(() => {
      attempt += 1
      push()
    }, AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)])
  }

  return {
    mount,
    use: sender => { send = sender },
    /** Number an action, remember what belongs to it and send everything that waits, `after` that. */
    emit: (kind, fields = {}, memory = null, after = null) => {
      last += 1
      attempt = 0
      const action = { ...fields, n: last, mount, kind }
      waiting.push({ action, memory })
      isDue = true
      Promise.resolve(after).then(() => { if (isDue) push() })
      return action
    },
    /** Forget what Python has handled; returns those entries. */
    acknowledge: acked => {
      if (!acked || acked.mount !== mount) return []
      const done = waiting.filter(entry => entry.action.n <= acked.n)
      waiting = waiting.filter(entry => entry.action.n > acked.n)
      if (done.length) attempt = 0
      if (!waiting.length) clearTimeout(timer)
      return done
    },
    waiting: (kind = null) => waiting.filter(entry => kind === null || entry.action.kind === kind),
    stop: () => clearTimeout(timer),
  }
}

// Entry: Streamlit calls the default export at every run and theme change; what a mounted inbox
// remembers lives here, keyed by the element it is drawn in.

import { createApp } from "./app.js"

const apps = new WeakMap()

export default function inbox({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined
  let app = apps.get(parentElement)
  if (!app) {
    app = createApp(parentElement)
    apps.set(parentElement, app)
  }
  app.update(data, setTriggerValue)
  return () => {
    app.stop()
    apps.delete(parentElement)
  }
}

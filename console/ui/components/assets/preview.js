// A message as it is shown in dialogs.

import { el } from "./dom.js"
import { fill } from "./plain.js"
import { kindIcon, summary } from "./ticks.js"

/** A message in a dialog, as short as it can be told. */
export function messagePreview(app, item) {
  const { file, kind, text } = item
  const isShown = file?.state === "here" && file.form === "picture"
  const face = isShown ? el("img", { class: "preview-picture", src: `${app.data.files}/${encodeURIComponent(file.id)}?size=thumb`, alt: "" }) : file ? el("span", { class: "preview-sign" }, kindIcon(kind)) : null
  const name = file?.name ? fill(el("span", { class: "preview-name", dir: "auto" }), file.name) : null
  const words = fill(el("span", { class: "preview-text", dir: "auto" }), file && text ? text : summary(app, kind, text))
  return el("blockquote", { class: "preview", data: { direction: item.direction } }, face, el("div", { class: "preview-words" }, name, words))
}

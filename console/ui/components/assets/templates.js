// Choosing an approved text, filling its gaps, and seeing what the customer will read.

import { el, icon, iconButton } from "./dom.js"
import { fill } from "./plain.js"
import { keepInside } from "./sheet.js"

const GAP_WORDS = { header: "template_gap_header", body: "template_gap_body", button: "template_gap_button" }
const GAP = /\{\{\s*([^{}]+?)\s*\}\}/g

/** Show the templates of the open conversation over the inbox; focus goes back to `opener`. */
export function showTemplates(app, thread, opener) {
  closeTemplates(app)
  const body = el("div", { class: "templates-body" })
  const close = iconButton("close", app.t("close"), () => closeTemplates(app))
  const head = el("header", { class: "templates-head" }, el("h2", { text: app.t("templates") }), close)
  const sheet = el("div", { class: "templates", role: "dialog", "aria-modal": "true", "aria-label": app.t("templates") }, head, body)
  const node = el("div", { class: "templates-veil" }, sheet)
  node.addEventListener("click", event => { if (event.target === node) closeTemplates(app) })
  node.addEventListener("keydown", event => {
    if (event.key === "Tab") keepInside(event, sheet)
    if (event.key === "Escape") { event.stopPropagation(); closeTemplates(app) }
  })
  app.templates = { node, opener }
  app.root.append(node)
  list(app, thread, body)
}

/** Close it; false when there was none. */
export function closeTemplates(app) {
  if (!app.templates) return false
  const { node, opener } = app.templates
  app.templates = null
  node.remove()
  if (opener?.isConnected) opener.focus()
  return true
}

function list(app, thread, body) {
  const known = thread.window.templates
  const search = el("input", { type: "search", class: "templates-search", placeholder: app.t("template_search"), "aria-label": app.t("template_search") })
  const lines = el("div", { class: "templates-list" })
  const draw = () => {
    const wanted = search.value.trim().toLocaleLowerCase()
    const found = known.filter(one => `${one.name} ${one.body.text}`.toLocaleLowerCase().includes(wanted))
    const nothing = el("p", { class: "templates-none", text: app.t("template_none") })
    lines.replaceChildren(...(found.length ? found.map(one => line(one)) : [nothing]))
  }
  const line = one => el("button", { type: "button", class: "templates-line", on: { click: () => form(app, thread, one, body) } },
    fill(el("span", { class: "templates-name" }), one.name), fill(el("span", { class: "templates-text" }), one.body.text),
    fill(el("span", { class: "templates-language" }), one.language))
  search.addEventListener("input", draw)
  body.replaceChildren(search, lines)
  draw()
  search.focus()
}

function form(app, thread, one, body) {
  const gaps = [...gapsOf("header", one.header), ...gapsOf("body", one.body), ...one.buttons.filter(button => button.n).map(button => ({ part: "button", place: button.place, name: button.text }))]
  const preview = el("div", { class: "templates-preview", dir: "auto" })
  const send = el("button", { type: "submit", class: "button primary" }, icon("send"), el("span", { text: app.t("template_send") }))
  const back = el("button", { type: "button", class: "button", text: app.t("template_back"), on: { click: () => list(app, thread, body) } })
  const fields = gaps.map(gap => {
    gap.input = el("input", { type: "text", maxlength: "1024", required: true, dir: "auto" })
    gap.input.addEventListener("input", () => draw())
    return el("label", { class: "templates-field" }, fill(el("span"), app.t(GAP_WORDS[gap.part], { name: gap.name })), gap.input)
  })
  const draw = () => {
    const parts = [filled(one.header, valuesOf(gaps, "header")), filled(one.body, valuesOf(gaps, "body")), one.footer.text]
    fill(preview, parts.filter(Boolean).join("\n\n"))
    send.disabled = gaps.some(gap => !gap.input.value.trim())
  }
  const node = el("form", { class: "templates-form" }, fill(el("h3"), one.name), ...fields,
    el("p", { class: "templates-caption", text: app.t("template_preview") }), preview, el("div", { class: "templates-acts" }, back, send))
  node.addEventListener("submit", event => {
    event.preventDefault()
    if (send.disabled) return
    const buttons = gaps.filter(gap => gap.part === "button").map(gap => [gap.place, gap.input.value.trim()])
    const call = { name: one.name, language: one.language, header: valuesOf(gaps, "header"), body: valuesOf(gaps, "body"), buttons }
    app.wishes.template(thread.id, call, preview.textContent)
    closeTemplates(app)
  })
  body.replaceChildren(node)
  draw();
  (gaps[0]?.input ?? send).focus()
}

function gapsOf(part, { names }) {
  return names.map((name, place) => ({ part, place, name }))
}

function valuesOf(gaps, part) {
  return gaps.filter(gap => gap.part === part).map(gap => gap.input.value.trim())
}

/** A text with its gaps filled as far as they are known. */
function filled({ text, names }, values) {
  return text.replace(GAP, (gap, name) => values[names.indexOf(name)] || gap)
}

// A value that is edited in its place: pencil, field, save and cancel.

import { el, iconButton, setAttribute, setText } from "./dom.js"
import { fill } from "./plain.js"

/** Make an editable value; `render(owner, value)` never disturbs a running edit of that owner. */
export function editable(app, { label, type, save, isGood, problem = "" }) {
  const text = el("span", { class: "value", dir: "auto" })
  const edit = iconButton("pencil", app.t("edit", { what: label }), () => open(), { class: "icon-button edit" })
  const input = el("input", { type: "text", inputmode: type, class: "field-input", "aria-label": label, dir: "auto", autocomplete: "off", maxlength: "200" })
  const wrong = el("p", { class: "problem", role: "alert" })
  const shown = el("div", { class: "value-line" }, text, edit)
  const form = el("div", { class: "edit-line", hidden: true }, input,
    iconButton("check", app.t("save"), () => keep(), { class: "icon-button save" }),
    iconButton("close", app.t("cancel"), () => close(), { class: "icon-button" }))
  const node = el("div", { class: "editable" }, shown, form, wrong)
  let owner = null
  let value = ""

  const open = () => {
    input.value = value
    form.hidden = false
    shown.hidden = true
    input.focus()
    input.select()
  }
  const close = () => {
    form.hidden = true
    shown.hidden = false
    setText(wrong, "")
    setAttribute(input, "aria-invalid", null)
    edit.focus({ preventScroll: true })
  }
  const keep = () => {
    const wanted = input.value.trim()
    if (!isGood(wanted)) {
      setText(wrong, problem || app.t("must_not_be_empty"))
      setAttribute(input, "aria-invalid", "true")
      return
    }
    if (wanted !== value) save(wanted)
    close()
  }
  input.addEventListener("keydown", event => {
    if (event.key !== "Enter" && event.key !== "Escape") return
    event.preventDefault()  // or the button that gets the focus would be pressed by the same key
    event.stopPropagation()
    if (event.key === "Enter") keep()
    else close()
  })
  const render = (whose, answered) => {
    if (whose !== owner && !form.hidden) { form.hidden = true; shown.hidden = false; setText(wrong, "") }
    owner = whose
    value = answered
    edit.hidden = !app.data.me.can_write
    text.classList.toggle("muted", !value)
    fill(text, value || app.t("not_given"))
  }
  return { node, render }
}

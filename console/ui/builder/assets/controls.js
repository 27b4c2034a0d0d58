// The control of a condition's values, by the kind of its field.

import { daysEditor } from "./days.js"
import { el, iconButton, input, select } from "./dom.js"
import { newValue } from "./draft.js"
import { namesControl } from "./names.js"

const UNITS = ["m", "h", "d", "w"]

/** The control for the values of a condition, or null when it takes none. */
export function control(app, node, field, at) {
  if (node.op === "is") return null
  switch (field.kind) {
    case "choice":
      return choices(app, node, field, at)
    case "names":
      return namesControl(app, node, field, at)
    case "duration":
      return single(app, node, field, at, durationEditor)
    case "days":
      return several(app, node, field, at, daysEditor)
    case "number":
      return node.op === "=" ? several(app, node, field, at, numberEditor) : single(app, node, field, at, numberEditor)
    case "digits":
      return several(app, node, field, at, digitsEditor)
    default:
      return several(app, node, field, at, textEditor)
  }
}

function choices(app, node, field, at) {
  const has = key => node.values.some(value => value.text === key)
  const toggle = (key, button) => {
    node.values = has(key) ? node.values.filter(value => value.text !== key) : [...node.values, newValue(key)]
    button.setAttribute("aria-pressed", String(has(key)))
    app.changed()
  }
  const buttons = field.choices.map(({ key, name }, i) =>
    el("button", {
      type: "button",
      class: "choice",
      text: name,
      "aria-pressed": String(has(key)),
      data: { at: `${at}:value${i}` },
      on: { click: event => toggle(key, event.currentTarget) },
    }),
  )
  return el("div", { class: "choices", role: "group", "aria-label": field.name }, buttons)
}

function single(app, node, field, at, editor) {
  if (node.values.length === 0) node.values.push(newValue())
  return el("div", { class: "values" }, editor(app, node.values[0], field, `${at}:value0`))
}

/** One editor per value; any of them may match. */
function several(app, node, field, at, editor) {
  if (node.values.length === 0) node.values.push(newValue())
  const remove = i => {
    node.values.splice(i, 1)
    app.redraw(`${at}:value${Math.max(0, i - 1)}`)
    app.changed()
  }
  const add = () => {
    node.values.push(newValue())
    app.redraw(`${at}:value${node.values.length - 1}`)
    app.changed()
  }
  const drop = i => iconButton("close", app.t("remove_value"), () => remove(i), { class: "icon-button small" })
  const editors = node.values.map((value, i) =>
    el("span", { class: "value" }, editor(app, value, field, `${at}:value${i}`), node.values.length > 1 ? drop(i) : null),
  )
  const more = el("button", {
    type: "button",
    class: "quiet",
    text: app.t("another"),
    title: app.t("another_hint"),
    "aria-label": app.t("another_hint"),
    on: { click: add },
  })
  return el("div", { class: "values" }, editors, more)
}

function textEditor(app, value, field, at) {
  const kind = { data: { at }, maxlength: String(app.limits.longest), dir: "auto" }
  return input(app, field.name, value.text, text => (value.text = text), kind)
}

function digitsEditor(app, value, field, at) {
  return input(app, field.name, value.text, text => (value.text = text), { data: { at }, inputmode: "tel", maxlength: "30" })
}

function numberEditor(app, value, field, at) {
  const kind = { data: { at }, class: "input number", inputmode: "numeric", maxlength: "19" }
  return input(app, field.name, value.text, text => (value.text = text.trim()), kind)
}

function durationEditor(app, value, field, at) {
  const written = /^(\d*)(min|[wdhms])$/.exec(value.text)
  let [amount, unit] = written ? [written[1], written[2] === "min" ? "m" : written[2]] : [value.text, "m"]
  const keep = () => (value.text = amount === "" ? "" : `${amount}${unit}`)
  const units = UNITS.includes(unit) ? UNITS : [unit, ...UNITS]
  const pairs = units.map(key => [key, app.t(`unit_${key}`)])
  const choose = key => {
    unit = key
    keep()
    app.changed()
  }
  const typed = text => {
    amount = text.trim()
    keep()
  }
  return el(
    "span",
    { class: "pair" },
    input(app, field.name, amount, typed, { data: { at }, class: "input number", inputmode: "numeric", maxlength: "9" }),
    select(pairs, unit, choose, { "aria-label": app.t("unit") }),
  )
}

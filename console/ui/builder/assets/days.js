// Spans of days: presets by name, everything else by the control that fits what is written.

import { el, input, select } from "./dom.js"

const PRESETS = { today: "today", yesterday: "yesterday", last_7: "6d..", last_30: "29d.." }
const DATE = "\\d{4}-\\d{2}-\\d{2}"
const FORMS = [
  ["one_day", new RegExp(`^${DATE}$`)],
  ["between", new RegExp(`^(${DATE})?\\.\\.(${DATE})?$`)],
  ["days_since", /^\d+d\.\.$/],
  ["days_before", /^\.\.\d+d$/],
]
const MODES = [...Object.keys(PRESETS), "one_day", "between", "days_since", "days_before", "as_written"]

/** How a span is written: a preset, a form, or only as in the expression. */
export function modeOf(text) {
  if (text === "") return ""
  const preset = Object.keys(PRESETS).find(key => PRESETS[key] === text)
  return preset ?? FORMS.find(([, form]) => form.test(text))?.[0] ?? "as_written"
}

/** The editor of one span of days. */
export function daysEditor(app, value, field, at) {
  value.mode ??= modeOf(value.text)
  const drawn = () => INPUTS[value.mode]?.(app, value, `${at}in`) ?? []
  const choose = mode => {
    value.mode = mode
    value.text = PRESETS[mode] ?? (mode === "as_written" ? value.text : "")
    period.replaceChildren(period.firstChild, ...drawn())
    app.changed()
  }
  const pairs = MODES.map(mode => [mode, app.t(mode)])
  if (value.mode === "") pairs.unshift(["", app.t("choose_period")])
  const label = `${field.name}: ${app.t("period")}`
  const mode = select(pairs, value.mode, choose, { "aria-label": label, data: { at } })
  const period = el("span", { class: "pair" }, mode, drawn())
  return period
}

const INPUTS = {
  one_day: (app, value, at) => [date(app, app.t("one_day"), value.text, text => (value.text = text), at)],
  between: (app, value, at) => {
    const ends = value.text === "" ? ["", ""] : value.text.split("..")
    const keep = (i, text) => {
      ends[i] = text
      value.text = ends.every(end => end === "") ? "" : ends.join("..")
    }
    return [
      date(app, app.t("first_day"), ends[0], text => keep(0, text), at),
      el("span", { class: "word", text: app.t("to") }),
      date(app, app.t("last_day"), ends[1], text => keep(1, text), `${at}2`),
    ]
  },
  days_since: (app, value, at) => days(app, value, at, n => `${n}d..`),
  days_before: (app, value, at) => days(app, value, at, n => `..${n}d`),
  as_written: (app, value, at) => [
    input(app, app.t("as_written"), value.text, text => (value.text = text.trim()), { data: { at }, maxlength: "40" }),
  ],
}

function date(app, label, text, act, at) {
  return input(app, label, text, act, { type: "date", min: "1900-01-01", max: "9999-12-30", data: { at } })
}

function days(app, value, at, write) {
  const typed = text => (value.text = text.trim() === "" ? "" : write(text.trim()))
  const kind = { class: "input number", inputmode: "numeric", maxlength: "4", data: { at } }
  const n = /\d+/.exec(value.text)?.[0] ?? ""
  return [input(app, app.t("days"), n, typed, kind), el("span", { class: "word", text: app.t("days") })]
}

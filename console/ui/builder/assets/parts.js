// Groups and their parts.

import { control } from "./controls.js"
import { el, icon, iconButton, input, select } from "./dom.js"
import { newCondition, newGroup, setField, setOp, TEXT } from "./draft.js"

/** A group with everything in it; `path` holds the positions that lead to it. */
export function drawGroup(app, node, path = []) {
  const at = path.join(".") || "root"
  const parts = node.parts.map((part, i) => drawPart(app, node, part, [...path, i]))
  return el(
    "section",
    {
      class: "group",
      role: "group",
      "aria-label": path.length ? app.t("group", { at: position(path) }) : app.t("builder"),
      data: { join: node.join, path: at, not: node.not ? "yes" : "no" },
    },
    el("div", { class: "group-head" }, notToggle(app, node, at, "not_group"), joinChoice(app, node, at)),
    parts.length ? el("ol", { class: "parts" }, parts) : null,
    path.length === 0 && parts.length === 0 ? el("p", { class: "hint", text: app.t("everything") }) : null,
    adders(app, node, path, at),
  )
}

const position = path => path.map(i => i + 1).join(".")

function drawPart(app, parent, node, path) {
  const isGroup = node.type === "group"
  const join = el("span", { class: "join", text: path.at(-1) ? app.t(parent.join) : "" })
  const remove = () => removePart(app, parent, path)
  const name = isGroup ? "remove_group" : "remove_condition"
  const label = `${app.t(name)} ${position(path)}`
  return el(
    "li",
    { class: "part", data: { kind: node.type } },
    join,
    isGroup ? drawGroup(app, node, path) : drawCondition(app, node, path),
    iconButton("close", label, remove, { class: "icon-button remove", title: app.t(name) }),
  )
}

function removePart(app, parent, path) {
  const at = path.at(-1)
  parent.parts.splice(at, 1)
  const group = path.slice(0, -1)
  const next = [...group, Math.min(at, parent.parts.length - 1)].join(".")
  app.redraw(parent.parts.length ? `${next}:field` : `${group.join(".") || "root"}:add`)
  app.changed()
}

function drawCondition(app, node, path) {
  const at = path.join(".")
  const rest = el("div", { class: "rest" })
  const drawRest = () => rest.replaceChildren(...(node.type === "words" ? wordsParts(app, node, at) : conditionParts(app, node, at)))
  drawRest()
  return el(
    "div",
    {
      class: "condition",
      role: "group",
      "aria-label": app.t("condition", { at: position(path) }),
      data: { path: at, not: node.not ? "yes" : "no" },
    },
    notToggle(app, node, at, "not_part"),
    fieldSelect(app, node, at, drawRest),
    rest,
  )
}

/** The select stays while its condition changes, so that typing its first letters works. */
function fieldSelect(app, node, at, drawRest) {
  const chosen = node.type === "words" ? TEXT : node.field
  const pairs = [...app.fields.values()].map(({ key, name }) => [key, name])
  if (app.catalogue.may_search) pairs.unshift([TEXT, app.t("text")])
  if (chosen === "") pairs.unshift(["", app.t("choose_field")])
  else if (!pairs.some(([key]) => key === chosen)) pairs.unshift([chosen, app.t("unknown", { key: chosen })])
  const choose = key => {
    setField(node, key, app.fields)
    drawRest()
    app.changed()
  }
  return select(pairs, chosen, choose, { class: "select field", "aria-label": app.t("field"), data: { at: `${at}:field` } })
}

function conditionParts(app, node, at) {
  const field = app.fields.get(node.field)
  if (!field) return []
  const drawn = () => [control(app, node, field, at)].filter(Boolean)
  const pairs = field.ops.map(({ key, name }) => [key, name])
  if (pairs.length === 1) return [el("span", { class: "word", text: pairs[0][1] }), ...drawn()]
  const choose = key => {
    setOp(node, key)
    op.nextElementSibling?.remove()
    op.after(...drawn())
    app.changed()
  }
  const props = { class: "select op", "aria-label": `${field.name}: ${app.t("comparison")}`, data: { at: `${at}:op` } }
  const op = select(pairs, node.op, choose, props)
  return [op, ...drawn()]
}

function wordsParts(app, node, at) {
  const props = {
    class: "input wide",
    placeholder: app.t("text_hint"),
    maxlength: String(app.limits.longest),
    dir: "auto",
    data: { at: `${at}:value0` },
  }
  const box = el("input", {
    type: "checkbox",
    on: {
      change: event => {
        node.phrase = event.target.checked
        app.changed()
      },
    },
  })
  box.checked = node.phrase
  return [
    el("span", { class: "word", text: app.t("has_text") }),
    input(app, app.t("text"), node.text, text => (node.text = text), props),
    el("label", { class: "check" }, box, el("span", { text: app.t("phrase") })),
  ]
}

function notToggle(app, node, at, label) {
  const toggle = event => {
    node.not = !node.not
    event.currentTarget.setAttribute("aria-pressed", String(node.not))
    event.currentTarget.closest("[data-path]").dataset.not = node.not ? "yes" : "no"
    app.changed()
  }
  const name = app.t(label)
  const props = { type: "button", class: "not", "aria-label": name, title: name, "aria-pressed": String(node.not), text: app.t("not") }
  return el("button", { ...props, data: { at: `${at}:not` }, on: { click: toggle } })
}

/** "All" or "at least one": two native radio buttons, so the arrow keys work. */
function joinChoice(app, node, at) {
  const radio = join => {
    const choose = () => {
      node.join = join
      app.redraw(`${at}:${join}`)
      app.changed()
    }
    const button = el("input", { type: "radio", name: `${app.mount}:${at}`, data: { at: `${at}:${join}` }, on: { change: choose } })
    button.checked = node.join === join
    return el("label", { class: "segment", data: { join } }, button, el("span", { text: app.t(`join_${join}`) }))
  }
  const segments = el("span", { class: "segments" }, radio("and"), radio("or"))
  const words = ["match", "holds"].map(key => el("span", { class: "word", text: app.t(key) }))
  return el("div", { class: "joins", role: "radiogroup", "aria-label": app.t("match") }, words[0], segments, words[1])
}

function adders(app, node, path, at) {
  const add = part => {
    node.parts.push(part)
    app.redraw(`${[...path, node.parts.length - 1].join(".")}:field`)
    app.changed()
  }
  const button = (name, part, extra) =>
    el(
      "button",
      { type: "button", class: "add", title: app.t(`add_${name}_hint`), "aria-label": app.t(`add_${name}_hint`), on: { click: () => add(part()) }, ...extra },
      icon(name === "group" ? "group" : "plus"),
      el("span", { text: app.t(`add_${name}`) }),
    )
  const nested = () => ({ ...newGroup(node.join === "and" ? "or" : "and"), parts: [newCondition()] })
  const canNest = path.length < app.limits.deepest - 1
  const first = button("condition", newCondition, { data: { at: `${at}:add` } })
  const clear = path.length === 0 && node.parts.length > 0
  return el(
    "div",
    { class: "adders" },
    first,
    canNest ? button("group", nested, {}) : null,
    clear ? el("button", { type: "button", class: "quiet clear", text: app.t("clear"), on: { click: () => app.clear() } }) : null,
  )
}

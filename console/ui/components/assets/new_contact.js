// A new contact: its number is checked as it is typed, and who is known already is opened instead.

import { contactCard, question } from "./contacts.js"
import { el, icon, setAttribute, setText } from "./dom.js"
import { fill } from "./plain.js"
import { showSheet } from "./sheet.js"
import { showTemplates } from "./templates.js"
import { closesAt } from "./window.js"

const PAUSE_MS = 200
const FEW_DIGITS = 4  // with fewer, nobody is told yet what is missing
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** The balloon at the bottom left. */
export function createBalloon(app) {
  const node = el("button", { type: "button", class: "balloon", "aria-label": app.t("new_contact"), title: app.t("new_contact") }, icon("new_chat"))
  node.addEventListener("click", () => showNewContact(app, node))
  return { node, render: () => { node.hidden = !app.data.me.can_contact || !app.data.more; offerTemplate(app) } }
}

/** Where only a template may be sent, the picker comes by itself once the conversation stands. */
function offerTemplate(app) {
  const { thread } = app.model
  if (!app.begun || app.sheet || app.queue.waiting("new_contact").length || app.queue.waiting("open").length) return
  const isOver = closesAt(app.model) !== null && closesAt(app.model) <= app.now()
  app.begun = false
  if (thread && isOver && thread.window.templates.length) setTimeout(() => showTemplates(app, thread, app.root.querySelector(".window-over .button")), 0)
}

function showNewContact(app, opener) {
  const sheet = showSheet(app, { title: app.t("new_contact"), back: () => opener })
  const form = newForm(app, sheet)
  sheet.body.replaceChildren(form.node)
  sheet.render = form.render
  form.focus()
}

function newForm(app, sheet) {
  const state = { told: null, sent: null, typed: "" }
  const name = input("text", { maxlength: "200", autocomplete: "off", dir: "auto" })
  const country = el("select", { class: "sheet-input", "aria-label": app.t("country") }, el("option", { value: "BR", text: "Brasil (+55)" }))
  const phone = input("tel", { maxlength: "40", autocomplete: "off", inputmode: "tel", placeholder: "(11) 90000-0000" })
  const checked = el("div", { class: "number-checked", role: "status" })
  const email = input("email", { maxlength: "200", autocomplete: "off" })
  const instance = el("select", { class: "sheet-input" }, ...(app.data.instances ?? []).map(one => el("option", { value: one.id, text: one.name })))
  instance.value = app.data.instances?.find(one => one.name === app.data.contact?.instance)?.id ?? instance.value
  const wrong = el("p", { class: "problem", role: "alert" })
  const create = el("button", { type: "submit", class: "button primary" }, icon("chat"), el("span", { text: app.t("create_and_open") }))
  const node = el("form", { class: "sheet-form", novalidate: true },
    labelled(app.t("name"), name),
    el("div", { class: "number-line" }, labelled(app.t("country"), country), labelled(app.t("whatsapp"), phone)), checked,
    labelled(app.t("email_optional"), email), ...(instance.options.length > 1 ? [labelled(app.t("instance"), instance)] : []), wrong,
    el("div", { class: "sheet-acts" }, el("button", { type: "button", class: "button", text: app.t("cancel"), on: { click: sheet.close } }), create))

  const open = known => {
    app.begun = true
    if (known.conversation) app.wishes.select(known.conversation)
    else app.wishes.open(known.id, instance.value)
    sheet.close()
  }
  const paint = () => {
    drawNumber(app, checked, state.told, phone.value, open)
    setAttribute(phone, "aria-invalid", state.told?.problem && !isShort(phone.value) ? "true" : null)
    const isKnown = Boolean(state.told?.known)
    create.disabled = Boolean(state.sent) || !name.value.trim() || !state.told?.e164 || isKnown
  }
  const check = number(app, sheet, { phone, country, state, paint })
  name.addEventListener("input", paint)
  phone.addEventListener("input", () => { state.told = null; paint(); check() })
  phone.addEventListener("blur", () => { if (state.told?.national) phone.value = state.told.national })
  country.addEventListener("change", () => check())
  node.addEventListener("submit", event => {
    event.preventDefault()
    const address = email.value.trim()
    setText(wrong, address && !EMAIL.test(address) ? app.t("email_wrong") : app.data.instances?.length ? "" : app.t("no_instance"))
    if (wrong.textContent) return email.focus()
    if (create.disabled) return undefined
    state.sent = app.wishes.newContact({ name: name.value.trim(), phone: state.told.e164, email: address, instance: instance.value }).key
    return paint()
  })
  loadCountries(app, sheet, country)
  paint()
  return { node, focus: () => name.focus(), render: () => settle(app, sheet, state, wrong, paint) }
}

/** Python's answer: the dialog goes, or says why not. */
function settle(app, sheet, state, wrong, paint) {
  if (!state.sent || app.queue.waiting("new_contact").length) return
  const refused = (app.data.refused ?? []).find(entry => entry.key === state.sent)
  state.sent = null
  if (refused) { setText(wrong, refused.text); return paint() }
  app.begun = true
  return sheet.close()
}

function number(app, sheet, { phone, country, state, paint }) {
  let timer = 0
  return () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      sheet.asking.abort()
      sheet.asking = new AbortController()
      const text = phone.value.trim()
      if (!text) return
      const told = await question(app, "number", { text, country: country.value }, sheet.asking.signal)
      if (told === null || !sheet.isOpen() || text !== phone.value.trim()) return
      state.told = told.error ? { problem: told.error } : told
      if (text.startsWith("+") && told.country && [...country.options].some(one => one.value === told.country)) country.value = told.country
      paint()
    }, PAUSE_MS)
  }
}

function isShort(text) {
  return text.replace(/\D/g, "").length < FEW_DIGITS
}

function drawNumber(app, node, told, text, open) {
  node.dataset.state = told?.known ? "known" : told?.e164 ? (told.hint ? "hint" : "good") : "wrong"
  if (!told || (told.problem && isShort(text))) return node.replaceChildren()
  if (told.problem) return node.replaceChildren(el("span", { class: "problem", text: told.problem }))
  if (told.known) return node.replaceChildren(...known(app, told.known, open))
  const forms = el("span", { class: "number-forms" }, el("b", { text: told.national }), el("span", { class: "muted", text: told.e164 }))
  return node.replaceChildren(icon(told.hint ? "alert" : "check"), forms, ...(told.hint ? [el("span", { class: "number-hint", text: told.hint })] : []))
}

function known(app, contact, open) {
  if (!contact.id) return [el("span", { class: "problem", text: app.t("known_hidden") })]
  const button = el("button", { type: "button", class: "button small", text: app.t("open_known"), on: { click: () => open(contact) } })
  return [el("p", { class: "known-title", text: app.t("known") }), el("div", { class: "card-line-up" }, ...contactCard(app, contact)), button]
}

/** Every country, once somebody needs it; Brazil stands until then. */
async function loadCountries(app, sheet, select) {
  const told = app.countries?.lang === app.data.lang ? app.countries : await question(app, "countries", {}, undefined)
  if (!told?.countries || !sheet.isOpen()) return
  app.countries = { ...told, lang: app.data.lang }
  const { value } = select
  select.replaceChildren(...told.countries.map(({ code, dial, name }) => el("option", { value: code, text: `${name} (+${dial})` })))
  select.value = value
}

function input(type, props) {
  return el("input", { type, class: "sheet-input", ...props })
}

function labelled(text, control) {
  return el("label", { class: "sheet-field" }, fill(el("span"), text), control)
}

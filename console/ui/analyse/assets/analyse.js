// The editor of typed SQL: writes, runs, stops, exports; results are drawn by the page below it.

import { element } from "./dom.js";
import * as schema from "./schema.js";

const places = new WeakMap();

function wish(place, kind) {
  const sql = place.parts.text.value;
  if (kind === "run" && !sql.trim()) return place.parts.text.focus();
  place.tell("wish", { kind, sql, limit: Number(place.parts.limit.value) });
}

function runOrStop(place) {
  wish(place, place.data.is_running ? "stop" : "run");
}

/** Replace the text in a way that the browser's own undo takes back. */
function replace(place, text) {
  const area = place.parts.text;
  area.focus();
  area.select();
  if (!document.execCommand("insertText", false, text)) area.value = text;
  grow(area);
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
}

function write(place, name) {
  const area = place.parts.text;
  const before = area.value.slice(0, area.selectionStart);
  const space = before && !/[\s(.,]$/.test(before) ? " " : "";
  area.focus();
  if (!document.execCommand("insertText", false, space + name)) area.setRangeText(space + name);
  grow(area);
}

/** As high as its lines, within bounds. */
function grow(area) {
  area.rows = Math.min(24, Math.max(11, area.value.split("\n").length + 1));
}

function onKey(place, event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (!place.data.is_running) wish(place, "run");
}

function options(select, title, entries) {
  const head = element("option", { value: "", hidden: true, selected: true }, title);
  select.replaceChildren(head, ...entries.map(([text], n) => element("option", { value: n }, text)));
  select.hidden = entries.length === 0;
}

function choose(place, select, entries) {
  const chosen = entries()[Number(select.value)];
  select.selectedIndex = 0;
  if (chosen) replace(place, chosen[1]);
}

function note(place, text) {
  place.parts.note.textContent = text;
}

async function copyLink(place) {
  const link = new URL(location.href);
  link.search = new URLSearchParams({ sql: place.data.linked }).toString();
  await navigator.clipboard.writeText(link.toString());
  note(place, place.data.words.copied);
}

function showReason(place, isAsked) {
  place.parts.reason.hidden = !isAsked;
  place.parts.bar.classList.toggle("asks", isAsked);
}

/** Ask what the rows are for; the button then sends the answer, too. */
function askReason(place, why) {
  showReason(place, true);
  place.parts.reason.focus();
  note(place, why);
}

/** All rows as a file: asked for by this page only, with its token; a second click gives it up. */
async function save(place) {
  if (place.saving) return place.saving.abort();
  const { words, csrf, ran, formats } = place.data;
  const [form] = formats[place.parts.form.selectedIndex];
  const saving = (place.saving = new AbortController());
  redraw(place);
  note(place, words.exporting);
  try {
    const headers = { "x-csrf": csrf };
    const body = JSON.stringify({ sql: ran, reason: place.parts.reason.value });
    const asked = { method: "POST", headers, body, signal: saving.signal };
    const answer = await fetch(`/analyse/rows?format=${form}`, asked);
    if (answer.ok) {
      element("a", { href: (await answer.json()).file, download: "" }).click();
      showReason(place, false);
      note(place, words.exported);
    } else if (answer.status === 409) askReason(place, (await answer.json()).error);
    else note(place, answer.status === 400 ? (await answer.json()).error : words.lost);
  } catch {
    note(place, saving.signal.aborted ? words.cancelled : words.lost);
  }
  place.saving = null;
  redraw(place);
}

function problem(place) {
  const { error, words } = place.data;
  const { problem: box, text } = place.parts;
  const told = JSON.stringify(error ?? null);
  if (told === place.told) return;
  place.told = told;
  box.hidden = !error;
  if (!error) return;
  const parts = [element("p", {}, error.text)];
  if (error.line) {
    const where = words.place.replace("{line}", error.line).replace("{column}", error.column);
    const show = () => (text.focus(), text.setSelectionRange(error.at, error.at + error.length));
    const caret = `${error.excerpt}\n${" ".repeat(error.under)}^`;
    parts.push(
      element("pre", {}, caret),
      element("button", { type: "button", class: "quiet", onclick: show }, where),
    );
  }
  box.replaceChildren(...parts);
}

function redraw(place) {
  const { data, parts } = place;
  const { words } = data;
  const isRunning = data.is_running;
  parts.run.replaceChildren(
    element("span", {}, isRunning ? words.stop : words.run),
    ...(isRunning ? [] : [element("kbd", {}, words.run_hint)]),
  );
  parts.run.classList.toggle("stop", isRunning);
  parts.save.hidden = parts.form.hidden = !data.ran;
  parts.save.textContent = place.saving ? words.cancel : words.export;
  parts.form.disabled = parts.reason.disabled = Boolean(place.saving);
  parts.link.hidden = !data.linked;
  parts.notice.hidden = !data.is_from_link;
  parts.notice.textContent = data.is_from_link ? words.from_link : "";
  const history = JSON.stringify(data.history);
  if (history !== place.history) options(parts.history, words.history, data.history);
  place.history = history;
  problem(place);
}

function settle(parentElement, data) {
  const { words } = data;
  const button = (name, text, onclick) => element("button", { type: "button", class: name, onclick }, text);
  const place = { data };
  const parts = {
    text: element("textarea", {
      "aria-label": words.label,
      placeholder: words.placeholder,
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      maxlength: data.longest,
      rows: 11,
    }),
    run: button("run", "", () => runOrStop(place)),
    limit: element(
      "select",
      { "aria-label": words.limit, title: words.limit },
      ...data.limits.map((s) => element("option", { value: s, selected: s === data.limit }, `${s} s`)),
    ),
    examples: element("select", { "aria-label": words.examples }),
    history: element("select", { "aria-label": words.history }),
    save: button("quiet", words.export, () => save(place)),
    form: element(
      "select",
      { "aria-label": words.export_as, title: words.export_as },
      ...data.formats.map(([key, name]) => element("option", { value: key }, name)),
    ),
    reason: element("input", {
      type: "text",
      class: "reason",
      hidden: true,
      maxlength: data.longest_reason,
      placeholder: words.reason,
      "aria-label": words.reason,
      onkeydown: (event) => event.key === "Enter" && save(place),
    }),
    link: button("quiet", words.link, () => copyLink(place)),
    note: element("span", { class: "note", role: "status" }),
    notice: element("p", { class: "notice" }),
    problem: element("div", { class: "problem", role: "alert", hidden: true }),
    find: element("input", { type: "search", placeholder: words.find, "aria-label": words.find }),
    tables: element("div", { class: "tables" }),
  };
  place.parts = parts;
  place.write = (name) => write(place, name);
  parts.text.value = data.text;
  grow(parts.text);
  parts.text.addEventListener("keydown", (event) => onKey(place, event));
  parts.text.addEventListener("input", () => grow(parts.text));
  options(parts.examples, words.examples, data.examples);
  parts.examples.addEventListener("change", () => choose(place, parts.examples, () => place.data.examples));
  parts.history.addEventListener("change", () => choose(place, parts.history, () => place.data.history));
  parts.find.addEventListener("input", () => parts.tables.replaceChildren(...schema.list(place, parts.find.value)));
  parts.tables.replaceChildren(...schema.list(place, ""));
  const bar = element("div", { class: "bar" }, parts.run, parts.limit, parts.examples, parts.history);
  parts.bar = bar;
  bar.append(element("span", { class: "space" }), parts.note, parts.reason, parts.link, parts.form, parts.save);
  const editor = element("div", { class: "editor" }, parts.notice, parts.text, bar, parts.problem);
  const title = element("summary", {}, element("h2", {}, words.schema));
  const isWide = matchMedia("(width > 800px)").matches; // on a phone the result comes first
  const side = element("details", { class: "side", open: isWide }, title, parts.find, parts.tables);
  place.root = element("div", { class: "analyse" }, editor, side);
  parentElement.append(place.root);
  return place;
}

export default function analyse({ data, parentElement, setTriggerValue }) {
  let place = places.get(parentElement);
  if (!place) {
    place = settle(parentElement, data);
    places.set(parentElement, place);
  } else if (data.loaded !== place.data.loaded) {
    place.parts.text.value = data.text;
    grow(place.parts.text);
  }
  place.tell = setTriggerValue; // always the latest one
  place.data = data;
  redraw(place);
  return () => {
    places.delete(parentElement);
    place.root.remove();
  };
}

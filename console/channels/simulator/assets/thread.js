// The open talk: its head with the next fault, its messages, the composer.

import { drawBubble } from "./bubble.js";
import { makeComposer } from "./composer.js";
import { ICONS, button, element, icon } from "./dom.js";
import { avatar } from "./list.js";
import { clock, day, known, phone, say } from "./words.js";

export function makeThread(place, acts) {
  const head = element("header", { class: "talk-head" });
  const log = element("ol", { class: "log", role: "log", tabindex: "0" });
  const composer = makeComposer(acts);
  stayAtEnd(log);
  place.replaceChildren(head, log, ...composer.drawn);
  const drawn = new Map();
  let key = null;
  const full = { ...acts, reply: (m) => (acts.closeMenus(), composer.begin("reply", m)), edit: (m) => (acts.closeMenus(), composer.begin("edit", m)) };
  return (talk) => {
    const isNew = talk.key !== key;
    if (isNew) {
      drawn.clear();
      composer.reset();
      key = talk.key;
    }
    drawHead(head, talk, acts);
    drawLog(log, talk, drawn, full, isNew);
  };
}

function drawHead(head, talk, acts) {
  const signature = JSON.stringify([talk.key, talk.name, talk.fault, talk.closes_at]);
  if (head.dataset.drawn === signature) return;
  head.dataset.drawn = signature;
  const open = talk.closes_at ? say("open_until", { time: `${day(talk.closes_at)}, ${clock(talk.closes_at)}` }) : say("closed");
  const about = [phone(talk.phone), talk.shop].filter(Boolean).join(" → ");
  const lines = [element("h2", {}, talk.name), element("p", {}, about), element("p", { class: talk.closes_at ? "window" : "window closed" }, open)];
  head.replaceChildren(
    button("round back", say("back"), acts.leave, icon(ICONS.back)),
    avatar(talk.name),
    element("div", { class: "who" }, ...lines),
    faults(talk, acts),
  );
}

function faults(talk, acts) {
  const option = (key, text) => element("option", { value: key, selected: key === talk.fault }, text);
  const groups = known.faults.map((one) => element("optgroup", { label: say(one.group) }, ...one.faults.map((f) => option(f.key, f.text))));
  const choice = element("select", { onchange: () => acts.fault(choice.value) }, option("none", say("normal")), ...groups);
  return element("label", { class: talk.fault === "none" ? "fault" : "fault set" }, element("span", {}, say("next")), choice);
}

function drawLog(log, talk, drawn, acts, isNew) {
  const wasAtEnd = isNew || isAtEnd(log);
  const byId = new Map(talk.bubbles.map((message) => [message.id, message]));
  const rows = [];
  let before = "";
  for (const message of talk.bubbles) {
    const date = day(message.at);
    if (date !== before) rows.push(element("li", { class: "day" }, element("span", {}, date)));
    before = date;
    rows.push(kept(drawn, message, byId.get(message.reply_to), acts));
  }
  if (talk.is_typing) rows.push(element("li", { class: "row theirs" }, element("span", { class: "bubble theirs gone" }, say("typing"))));
  if (!rows.length) rows.push(element("li", { class: "none" }, say("empty")));
  put(log, rows);
  if (wasAtEnd) toEnd(log);
}

const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

function toEnd(log) {
  log.dataset.end = "yes";
  log.scrollTop = log.scrollHeight;
}

// Pictures that arrive later must not push the newest message out of sight.
function stayAtEnd(log) {
  const grown = () => log.dataset.end === "yes" && toEnd(log);
  for (const name of ["load", "loadedmetadata"]) log.addEventListener(name, grown, true);
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    log.addEventListener(name, () => requestAnimationFrame(() => (log.dataset.end = isAtEnd(log) ? "yes" : "no")), { passive: true });
  }
}

// A message that has not changed keeps its element: a voice that plays goes on playing.
function kept(drawn, message, quoted, acts) {
  const signature = JSON.stringify([message, quoted?.text, quoted?.is_deleted]);
  const old = drawn.get(message.id);
  if (old?.signature === signature) return old.row;
  const row = drawBubble(message, quoted, acts);
  drawn.set(message.id, { signature, row });
  return row;
}

function put(log, rows) {
  for (const [place, row] of rows.entries()) {
    if (log.children[place] === row) continue;
    log.insertBefore(row, log.children[place] ?? null);
  }
  while (log.children.length > rows.length) log.lastElementChild.remove();
}

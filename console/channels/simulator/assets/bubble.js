// One message: its words, its file, its state, and what can be done with it.

import { ICONS, button, element, icon } from "./dom.js";
import { clock, say, spoken } from "./words.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "🙏"];
const EDITABLE = new Set(["text", "image", "video", "document"]);

export function drawBubble(message, quoted, acts) {
  const side = message.is_mine ? "mine" : "theirs";
  const inside = message.is_deleted
    ? [element("p", { class: "gone" }, say("deleted"))]
    : [quote(quoted), file(message, acts), detail(message), words(message), foot(message), choices(message, acts)];
  const drawn = element("div", { class: `bubble ${side} kind-${message.kind}` }, ...inside);
  if (message.is_deleted) drawn.append(foot(message));
  else drawn.append(menu(message, acts));
  if (message.reactions.length) drawn.append(element("span", { class: "reactions" }, message.reactions.join("")));
  return element("li", { class: `row ${side}`, "data-id": message.id }, drawn);
}

function quote(quoted) {
  return quoted ? element("blockquote", {}, spoken(quoted)) : null;
}

function words(message) {
  if (["location", "contacts", "unsupported", "order"].includes(message.kind)) return null;
  return message.text ? element("p", { class: "words" }, message.text) : null;
}

function detail(message) {
  const drawing = { location: ICONS.pin, contacts: ICONS.person }[message.kind];
  if (drawing) {
    const texts = [element("b", {}, message.text || say(`kind_${message.kind}`)), element("span", {}, message.detail)];
    return element("div", { class: "card" }, icon(drawing), element("div", {}, ...texts));
  }
  const isBare = ["unsupported", "order"].includes(message.kind);
  return isBare ? element("p", { class: "gone" }, say(`kind_${message.kind}`)) : null;
}

function file(message, acts) {
  const given = message.file;
  if (!given) return null;
  if (!given.url) return element("p", { class: "gone" }, `${say("elsewhere")} · ${given.name}`);
  const kind = given.kind ?? message.kind;
  if (kind === "image" || kind === "sticker") {
    return element("img", { class: kind, src: given.url, alt: message.text || say(`kind_${kind}`), loading: "lazy" });
  }
  if (kind === "audio") return player("audio", given, message, acts);
  if (kind === "video") return player("video", given, message, acts);
  return document_(given);
}

function player(name, given, message, acts) {
  const played = () => message.is_mine || acts.played(message.id);
  return element(name, { src: given.url, controls: true, preload: "metadata", class: name, onplay: played });
}

function document_(given) {
  const size = given.size < 1e5 ? `${Math.max(1, Math.round(given.size / 1e3))} kB` : `${(given.size / 1e6).toFixed(1)} MB`;
  const link = { class: "card document", href: given.url, download: given.name, title: say("download") };
  return element("a", link, icon(ICONS.file), element("div", {}, element("b", {}, given.name), element("span", {}, size)));
}

function foot(message) {
  const parts = [];
  if (message.is_edited) parts.push(say("edited"));
  parts.push(clock(message.at));
  const line = element("span", { class: "foot" }, parts.join(" · "));
  line.append(message.is_mine ? ticks(message.is_read) : state(message));
  return line;
}

function ticks(isRead) {
  const label = say(isRead ? "seen" : "told");
  return element("span", { class: isRead ? "ticks read" : "ticks", role: "img", "aria-label": label, title: label }, "✓✓");
}

function state(message) {
  if (!message.status) return "";
  const text = say(`status_${message.status}`, { code: message.error ?? "" });
  return element("span", { class: `state ${message.status}` }, ` · ${text}`);
}

function choices(message, acts) {
  if (!message.buttons?.length) return null;
  const drawn = message.buttons.map((choice) => {
    const given = { type: "button", class: "choice", disabled: choice.kind === "url" };
    return element("button", { ...given, onclick: () => acts.press(message, choice) }, choice.text, choice.kind === "url" ? " ↗" : "");
  });
  return element("div", { class: "choices" }, ...drawn);
}

function menu(message, acts) {
  const entry = (text, act) => element("button", { type: "button", role: "menuitem", onclick: act }, text);
  const smile = (emoji) => button("emoji", say("react", { emoji }), () => acts.react(message, emoji), emoji);
  const entries = [entry(say("reply"), () => acts.reply(message))];
  if (message.reactions.length) entries.push(entry(say("unreact"), () => acts.react(message, "")));
  if (message.is_mine && EDITABLE.has(message.kind)) entries.push(entry(say("edit"), () => acts.edit(message)));
  if (message.is_mine) entries.push(entry(say("delete"), () => acts.remove(message)));
  const list = element("div", { class: "menu", role: "menu", hidden: true }, element("div", { class: "smiles" }, ...EMOJI.map(smile)), ...entries);
  const opener = button("opener", say("options"), () => acts.toggle(list, opener), icon(ICONS.more));
  opener.setAttribute("aria-expanded", "false");
  return element("div", { class: "options" }, opener, list);
}

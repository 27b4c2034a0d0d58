// The list of customers.

import { element } from "./dom.js";
import { brief, phone, say, spoken } from "./words.js";

export function avatar(name) {
  const letters = name.replace(/[^\p{L}\p{N} ]/gu, "").trim().split(/\s+/);
  const first = [letters[0], letters.length > 1 ? letters.at(-1) : ""].map((word) => word.slice(0, 1));
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 8;
  return element("span", { class: `avatar hue-${sum}`, "aria-hidden": "true" }, first.join("").toUpperCase() || "?");
}

export function drawList(place, talks, chosen, isSought, open) {
  const several = new Set(talks.map((talk) => talk.shop)).size > 1;
  const empty = element("li", { class: "none" }, say(isSought ? "not_found" : "none"));
  place.replaceChildren(...(talks.length ? talks.map((talk) => line(talk, talk.key === chosen, several, open)) : [empty]));
}

function line(talk, isChosen, several, open) {
  const last = talk.last.at ? `${talk.last.is_mine ? `${say("you")}: ` : ""}${spoken(talk.last)}` : phone(talk.phone);
  const unread = talk.unread ? element("span", { class: "badge" }, String(talk.unread)) : null;
  const parts = [
    avatar(talk.name),
    element("span", { class: "line-name" }, talk.name),
    element("time", { class: "line-time" }, talk.last.at ? brief(talk.last.at) : ""),
    element("span", { class: "line-last" }, several ? element("b", {}, talk.shop) : "", several ? " · " : "", last),
    unread,
  ];
  const given = { type: "button", class: isChosen ? "line chosen" : "line", onclick: () => open(talk.key) };
  if (isChosen) given["aria-current"] = "true";
  return element("li", {}, element("button", given, ...parts));
}

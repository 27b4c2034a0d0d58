// What stood at one instant, drawn from plain values; nothing here remembers anything.

import { drawn, element, fill } from "./dom.js";

/** An element that knows how large its bar is; scripts may set styles, attributes may not. */
function sized(made, share) {
  made.style.setProperty("--share", String(share));
  return made;
}

/** The greatest number in lists of lists, at least one. */
export const most = (...lines) => lines.flat(Infinity).reduce((a, b) => Math.max(a, b), 1);

/** A figure that leads to its conversations; one that is nothing leads nowhere. */
function leading(place, n, click, attributes, ...children) {
  if (!n) return element("div", attributes, ...children);
  const label = `${attributes["aria-label"]}: ${place.data.words.why}`;
  return element("button", { ...attributes, "aria-label": label, type: "button", onclick: click }, ...children);
}

export function cards(place, seen, n) {
  const { titles } = place.data;
  return Object.entries(titles).map(([key, title]) => {
    const isWait = key === "oldest_wait";
    const value = isWait ? seen.waits : seen.lines[key][n];
    const text = isWait ? seen.oldest[n] : place.number(value);
    return leading(
      place,
      isWait ? seen.lines.waiting[n] : value,
      () => place.ask(key, null),
      { class: `card ${key}`, "aria-label": `${title} ${text}` },
      element("span", { class: "label" }, title),
      element("span", { class: "value" }, text),
    );
  });
}

export function agents(place, seen, n) {
  const { data } = place;
  const heading = element("h3", {}, data.words.agents, " ", element("small", {}, data.words.agents_told));
  const rows = data.agents.map((agent, at) => {
    const held = seen.held[at][n];
    const waited = seen.waited[at][n];
    const told = waited ? fill(data.words.waits, { n: place.number(waited) }) : "";
    return leading(
      place,
      held,
      () => place.ask("backlog", ["agent", agent.key]),
      { class: agent.key === null ? "row nobody" : "row", "aria-label": `${agent.name} ${place.number(held)} ${told}` },
      element("span", { class: "label", title: agent.name }, agent.name),
      element(
        "span",
        { class: "track" },
        sized(element("span", { class: "bar" }), held / place.scales.held),
        sized(element("span", { class: "bar waits" }), Math.min(waited, held) / place.scales.held),
      ),
      element("span", { class: "value" }, place.number(held)),
      element("span", { class: "more" }, told),
    );
  });
  if (!rows.length) return [heading, element("p", { class: "nothing" }, data.words.empty)];
  return [heading, element("div", { class: "rows" }, ...rows)];
}

export function bands(place, seen, n) {
  const { data } = place;
  const heading = element("h3", {}, data.words.bands);
  if (!seen.lines.waiting[n]) return [heading, element("p", { class: "nothing" }, data.words.nobody)];
  const rows = data.bands.map((band, at) => {
    const value = seen.bands[at][n];
    return leading(
      place,
      value,
      () => place.ask("age_bands", ["age", String(at)]),
      { class: `row ${band.tone}`, "aria-label": `${band.label} ${place.number(value)}` },
      element("span", { class: "label" }, band.label),
      element("span", { class: "track" }, sized(element("span", { class: "bar" }), value / place.scales.bands)),
      element("span", { class: "value" }, place.number(value)),
    );
  });
  return [heading, element("div", { class: "rows" }, ...rows)];
}

/** The course of the queue above the rail: pending as an area, waiting as a line. */
export function strip(place) {
  const { lines } = place.data.frames;
  const top = most(lines.backlog, lines.waiting);
  const last = Math.max(lines.backlog.length - 1, 1);
  const path = (values) => values.map((value, at) => `${at ? "L" : "M"}${at} ${100 - (96 * value) / top}`).join("");
  return [
    drawn(
      "svg",
      { viewBox: `0 0 ${last} 100`, preserveAspectRatio: "none", "aria-hidden": "true" },
      drawn("path", { class: "area", d: `${path(lines.backlog)}L${last} 100L0 100Z` }),
      drawn("path", { class: "line", d: path(lines.waiting), "vector-effect": "non-scaling-stroke" }),
    ),
    element("span", { class: "cursor" }),
  ];
}

/** What the area and the line are. */
export function legend(place) {
  const { titles, words, frames } = place.data;
  const peak = fill(words.most, { n: place.number(most(frames.lines.backlog)) });
  return [
    element("span", { class: "area" }, `${titles.backlog} (${peak})`),
    element("span", { class: "line" }, titles.waiting),
  ];
}

const ICONS = {
  back: "M15 5 6 12 15 19ZM4 5H6V19H4Z",
  play: "M7 4 20 12 7 20Z",
  pause: "M6 4H10V20H6ZM14 4H18V20H14Z",
  forward: "M9 5 18 12 9 19ZM18 5H20V19H18Z",
  end: "M3 5 11 12 3 19ZM11 5 19 12 11 19ZM19 5H21V19H19Z",
};

export function icon(name) {
  return drawn("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, drawn("path", { d: ICONS[name] }));
}

// The parts of the board, each drawn from plain values; nothing here remembers anything.

import { element, linked } from "./dom.js";

/** An element that knows how large its bar is; scripts may set styles, attributes may not. */
function sized(made, share) {
  made.style.setProperty("--share", String(share));
  return made;
}

export function cards(data) {
  return data.cards.map((figure) =>
    linked(
      figure,
      { class: `card ${figure.tone}` },
      element("span", { class: "label" }, figure.label),
      element("span", { class: "value" }, figure.text),
    ),
  );
}

export function bands(data) {
  const heading = element("h2", {}, data.words.bands);
  if (!data.has_waiting) return [heading, element("p", { class: "nobody" }, data.words.nobody)];
  const rows = data.bands.map((figure) =>
    linked(
      figure,
      { class: `band ${figure.tone}` },
      element("span", { class: "label" }, figure.label),
      element("span", { class: "track" }, sized(element("span", { class: "bar" }), figure.share)),
      element("span", { class: "value" }, figure.text),
    ),
  );
  return [heading, element("div", { class: "rows" }, ...rows)];
}

function column(bar) {
  const value = element("span", { class: "value" }, bar.text);
  return element(
    "div",
    { class: bar.is_now ? "column now" : "column" },
    sized(element("div", { class: "plot" }, element("span", { class: "bar" }), value), bar.share),
    element("span", { class: "label" }, bar.label),
  );
}

export function hours(data) {
  const flows = data.hours.map((hour) =>
    element(
      "div",
      { class: "hour" },
      element(
        "div",
        { class: "sum" },
        element("span", { class: "label" }, hour.label),
        element("span", { class: "value" }, hour.text),
        element("span", { class: "mean" }, hour.mean),
      ),
      element("div", { class: "columns", "aria-hidden": "true" }, ...hour.bars.map(column)),
    ),
  );
  return [
    element("h2", {}, data.words.hours, " ", element("small", {}, data.words.hours_told)),
    element("div", { class: "flows" }, ...flows),
  ];
}

function line(found, words) {
  const dot = found.is_online
    ? [element("span", { class: "dot", title: words.online, role: "img", "aria-label": words.online })]
    : [];
  const name = element("th", { scope: "row", class: found.is_nobody ? "nobodys" : "" });
  const text = element("span", { class: "name", title: found.name }, found.name);
  name.append(element("div", { class: "who" }, text, ...dot));
  const cells = found.cells.map((figure) =>
    element("td", {}, linked(figure, { class: `figure ${figure.tone}` }, figure.text)),
  );
  return element("tr", {}, name, ...cells);
}

function group(found, words) {
  const head = [words.name, ...found.columns].map((title) => element("th", { scope: "col" }, title));
  return element(
    "section",
    { class: `group ${found.key}` },
    element("h2", {}, found.title),
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...found.lines.map((one) => line(one, words))),
    ),
    element("p", { class: "more", hidden: "hidden" }),
  );
}

export function groups(data) {
  return data.groups.map((found) => group(found, data.words));
}

/** Where nobody can scroll, lines that do not fit give way to their number. */
export function fit(part, words) {
  for (const section of part.children) {
    const rows = [...section.querySelectorAll("tbody tr")];
    const more = section.querySelector(".more");
    for (const row of rows) row.hidden = false;
    more.hidden = true;
    let n = 0;
    while (section.scrollHeight > section.clientHeight && n < rows.length) {
      n += 1;
      rows[rows.length - n].hidden = true;
      more.hidden = false;
      more.textContent = words.more.replace("{n}", String(n));
    }
  }
}

// The tables and their columns beside the editor: a click writes the name where the cursor stands.

import { element } from "./dom.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function column(place, one) {
  const hint = place.data.words.insert.replace("{name}", one.name);
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "column", title: hint, onclick: () => place.write(one.name) },
      element("span", { class: "name" }, one.name),
      element("span", { class: "kind" }, one.kind),
      element("span", { class: "meaning" }, one.meaning),
    ),
  );
}

function table(place, one, columns, isOpen) {
  const hint = place.data.words.insert.replace("{name}", one.name);
  const insert = element(
    "button",
    { type: "button", class: "insert", title: hint, "aria-label": hint, onclick: () => place.write(one.name) },
    "+",
  );
  const head = element("summary", {}, element("span", { class: "table" }, one.name));
  const told = element("p", {}, element("span", {}, one.meaning), insert);
  const list = element("ul", {}, ...columns.map((each) => column(place, each)));
  return element("details", { open: isOpen }, head, told, list);
}

/** Every table, or those with a column of this name or meaning. */
export function list(place, typed) {
  const wanted = fold(typed.trim());
  const { tables, words } = place.data;
  if (!wanted) return tables.map((one, n) => table(place, one, one.columns, n === 0));
  const fits = (each) => fold(`${each.name} ${each.meaning}`).includes(wanted);
  const found = tables
    .map((one) => [one, fold(one.name).includes(wanted) ? one.columns : one.columns.filter(fits)])
    .filter(([, columns]) => columns.length);
  if (!found.length) return [element("p", { class: "none" }, words.none)];
  return found.map(([one, columns]) => table(place, one, columns, true));
}

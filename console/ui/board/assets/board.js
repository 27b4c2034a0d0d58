// The live board: draws what has changed since the last round, opens lists, knows when it is old.

import * as draw from "./draw.js";
import { element } from "./dom.js";
import * as wall from "./wall.js";

const ROUNDS_LOST = 4; // rounds without news after which the figures count as old
const places = new WeakMap();

/** Replace one part when its values changed; the focus stays on the same figure. */
function update(place, name, values, make) {
  const wanted = JSON.stringify(values);
  if (place.drawn[name] === wanted) return;
  place.drawn[name] = wanted;
  const active = place.root.getRootNode().activeElement;
  const href = place.parts[name].contains(active) ? active.getAttribute("href") : null;
  const at = href ? links(place, name, href).indexOf(active) : -1;
  place.parts[name].replaceChildren(...make());
  if (href) links(place, name, href)[at]?.focus();
}

const links = (place, name, href) =>
  [...place.parts[name].querySelectorAll("a")].filter((link) => link.getAttribute("href") === href);

function notes(place, data) {
  const told = [data.problem, data.stale, place.isLost ? data.lost : ""].filter(Boolean);
  update(place, "notes", told, () => told.map((text) => element("p", {}, text)));
  place.root.classList.toggle("old", place.isLost || Boolean(data.stale || data.problem));
}

function redraw(place) {
  const { data } = place;
  const { root } = place;
  root.className = ["board", data.is_wall && "wall", data.is_dark && "dark"].filter(Boolean).join(" ");
  place.parts.title.textContent = data.words.title;
  const isFull = Boolean(document.fullscreenElement);
  update(place, "tools", [data.is_wall, isFull, data.words], () => wall.tools(place, data));
  notes(place, data);
  if (!data.problem) {
    place.parts.told.textContent = data.at;
    update(place, "cards", data.cards, () => draw.cards(data));
    update(place, "bands", [data.bands, data.words], () => draw.bands(data));
    update(place, "hours", [data.hours, data.words], () => draw.hours(data));
    update(place, "groups", [data.groups, data.words], () => draw.groups(data));
    if (data.is_wall) draw.fit(place.parts.groups, data.words);
  }
  update(place, "over", [place.hasEnded, data.ended], () => (place.hasEnded ? [wall.ended(data)] : []));
}

/** Old figures look old: the clock of the browser notices when no news come. */
function tick(place) {
  const quietMs = Date.now() - place.heardAt;
  const isLost = !document.hidden && quietMs > ROUNDS_LOST * place.data.every_s * 1000;
  if (isLost === place.isLost) return;
  place.isLost = isLost;
  notes(place, place.data);
}

function open(place, event) {
  const link = event.target.closest("a[data-filter]");
  const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain) return; // the browser opens it in a tab of its own
  event.preventDefault();
  place.isWall = false;
  if (document.fullscreenElement) document.exitFullscreen();
  place.tell("opened", link.dataset.filter);
}

function settle(parentElement) {
  const parts = {
    title: element("h1"),
    told: element("p", { class: "told" }),
    tools: element("div", { class: "tools" }),
    notes: element("div", { class: "notes", role: "status" }),
    cards: element("div", { class: "cards" }),
    bands: element("section", { class: "bands" }),
    hours: element("section", { class: "hours" }),
    groups: element("div", { class: "groups" }),
    over: element("div", { class: "over" }),
  };
  const head = element("header", { class: "head" }, parts.title, parts.told, parts.tools);
  const middle = element("div", { class: "middle" }, parts.bands, parts.hours);
  const root = element("div", {}, head, parts.notes, parts.cards, middle, parts.groups, parts.over);
  const place = { root, parts, drawn: {}, isLost: false, hasEnded: false };
  place.redraw = () => redraw(place);
  place.end = () => {
    if (place.hasEnded) return;
    place.hasEnded = true;
    redraw(place);
    parts.over.querySelector("dialog").showModal();
  };
  place.onSight = () => ((place.heardAt = Date.now()), place.keep("is_hidden", document.hidden));
  root.addEventListener("click", (event) => open(place, event));
  document.addEventListener("visibilitychange", place.onSight);
  addEventListener("resize", place.redraw);
  wall.listen(place);
  place.clock = setInterval(() => tick(place), 1000);
  parentElement.append(root);
  return place;
}

function leave(parentElement) {
  const place = places.get(parentElement);
  if (!place) return;
  places.delete(parentElement);
  clearInterval(place.clock);
  document.removeEventListener("visibilitychange", place.onSight);
  removeEventListener("resize", place.redraw);
  wall.unlisten(place);
  place.root.remove();
}

export default function board({ data, parentElement, setTriggerValue, setStateValue }) {
  let place = places.get(parentElement);
  if (!place) {
    place = settle(parentElement);
    places.set(parentElement, place);
  }
  place.tell = setTriggerValue; // always the latest ones
  place.keep = setStateValue;
  place.data = data;
  place.isWall = data.is_wall;
  place.heardAt = Date.now();
  place.isLost = false;
  document.documentElement.lang = data.language;
  redraw(place);
  return () => leave(parentElement);
}

// The queue over time: a rail of instants that is stepped, dragged or played, all of it in the
// browser; only where it stops is told to the server, which answers with the rest of the page.

import * as draw from "./draw.js";
import { element, fill } from "./dom.js";

const SPEEDS = [2, 4, 8, 16]; // steps a second
const QUIET_MS = 300; // without a further step before the server is told
const places = new WeakMap();

/** The values to draw: those of the exact instant of the server, or of a step of the rail. */
const seen = (place) => (place.isExact ? [place.data.exact, 0] : [place.data.frames, place.n]);

function redraw(place) {
  const { data, parts } = place;
  const [values, n] = seen(place);
  const last = data.frames.written.length - 1;
  parts.when.textContent = values.told[n];
  parts.outside.textContent = place.isExact ? data.outside : "";
  parts.rail.value = String(place.n);
  parts.rail.setAttribute("aria-valuetext", values.told[n]);
  parts.strip.style.setProperty("--at", String(last ? place.n / last : 0));
  parts.back.disabled = place.n === 0;
  parts.forward.disabled = place.n === last;
  replace(place, parts.cards, draw.cards(place, values, n));
  replace(place, parts.agents, draw.agents(place, values, n));
  replace(place, parts.bands, draw.bands(place, values, n));
}

/** Exchange what a part holds; the keyboard stays on the figure it was on. */
function replace(place, part, made) {
  const active = part.getRootNode().activeElement;
  const at = part.contains(active) ? figures(part).indexOf(active.closest(".card, .row")) : -1;
  part.replaceChildren(...made);
  if (at >= 0) figures(part)[at]?.focus();
}

const figures = (part) => [...part.querySelectorAll(".card, .row")];

/** What stays while the instant moves. */
function dress(place) {
  const { data, parts } = place;
  const { words } = data;
  const named = (made, text) => { made.title = text; made.setAttribute("aria-label", text); };
  named(parts.back, fill(words.back, { step: data.step }));
  named(parts.forward, fill(words.forward, { step: data.step }));
  named(parts.end, words.end);
  parts.rail.max = String(data.frames.written.length - 1);
  parts.rail.setAttribute("aria-label", words.rail);
  parts.exact.setAttribute("aria-label", words.instant);
  parts.exact.title = words.instant;
  parts.exact.max = data.latest;
  parts.speed.setAttribute("aria-label", words.speed);
  parts.speed.title = words.speed;
  [...parts.speed.options].forEach((one) => (one.textContent = fill(words.per_second, { n: one.value })));
  place.scales = {
    held: draw.most(data.frames.held, data.exact.held),
    bands: draw.most(data.frames.bands, data.exact.bands),
  };
  parts.legend.replaceChildren(...draw.legend(place));
  parts.strip.replaceChildren(...draw.strip(place));
  face(place);
}

/** The button of the replay: what a click on it does next. */
function face(place) {
  const { play } = place.parts;
  const next = place.clock ? "pause" : "play";
  const text = place.data.words[next];
  play.replaceChildren(draw.icon(next));
  play.title = text;
  play.setAttribute("aria-label", text);
  place.root.classList.toggle("playing", Boolean(place.clock));
}

function show(place, n) {
  place.n = Math.min(Math.max(n, 0), place.data.frames.written.length - 1);
  place.isExact = false;
  redraw(place);
}

/** Tell the server where the rail stands, once it stands still. */
function settle(place, afterMs = QUIET_MS) {
  clearTimeout(place.quiet);
  place.quiet = setTimeout(() => {
    place.quiet = 0;
    place.tell("picked", place.data.frames.written[place.n]);
  }, afterMs);
}

function go(place, n) {
  stop(place);
  show(place, n);
  settle(place);
}

function stop(place) {
  if (!place.clock) return false;
  clearInterval(place.clock);
  place.clock = 0;
  face(place);
  return true;
}

function play(place) {
  const last = place.data.frames.written.length - 1;
  clearTimeout(place.quiet);
  place.quiet = 0;
  if (place.n === last) show(place, 0);
  place.clock = setInterval(() => {
    show(place, place.n + 1);
    if (place.n === last && stop(place)) settle(place, 0);
  }, 1000 / Number(place.parts.speed.value));
  face(place);
}

function turn(place) {
  if (stop(place)) settle(place, 0);
  else play(place);
}

function key(place, event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, input:not([type=range])")) return;
  const last = place.data.frames.written.length - 1;
  const isButton = event.target.closest("button");
  const wish = {
    ArrowLeft: () => go(place, place.n - 1),
    ArrowRight: () => go(place, place.n + 1),
    Home: () => go(place, 0),
    End: () => go(place, last),
    " ": isButton ? null : () => turn(place),
  }[event.key];
  if (!wish) return;
  event.preventDefault();
  wish();
}

/** The step of the rail that lies under the pointer. */
function under(place, event) {
  const box = place.parts.strip.getBoundingClientRect();
  const share = (event.clientX - box.left) / box.width;
  return Math.round(share * (place.data.frames.written.length - 1));
}

function build(parentElement) {
  const place = { isExact: true, n: 0, clock: 0, quiet: 0, held: "" };
  const button = (name, click) => element("button", { class: name, type: "button", onclick: click }, draw.icon(name));
  const parts = {
    when: element("p", { class: "when" }),
    outside: element("p", { class: "outside", role: "status" }),
    back: button("back", () => go(place, place.n - 1)),
    play: button("play", () => turn(place)),
    forward: button("forward", () => go(place, place.n + 1)),
    end: button("end", () => go(place, place.data.frames.written.length - 1)),
    speed: element("select", { class: "speed" }, ...SPEEDS.map((n) => element("option", { value: n }))),
    exact: element("input", { class: "exact", type: "datetime-local" }),
    legend: element("p", { class: "legend" }),
    strip: element("div", { class: "strip" }),
    rail: element("input", { class: "rail", type: "range", min: "0", step: "1" }),
    cards: element("div", { class: "cards" }),
    agents: element("section", { class: "agents" }),
    bands: element("section", { class: "bands" }),
  };
  const tools = element("div", { class: "tools" }, parts.back, parts.play, parts.forward, parts.end, parts.speed, parts.exact);
  const head = element("header", { class: "head" }, parts.when, tools);
  const middle = element("div", { class: "middle" }, parts.agents, parts.bands);
  const track = element("div", { class: "course" }, parts.legend, parts.strip, parts.rail);
  const root = element("div", { class: "replay" }, head, parts.outside, track, parts.cards, middle);
  parts.rail.addEventListener("input", () => go(place, Number(parts.rail.value)));
  parts.strip.addEventListener("click", (event) => go(place, under(place, event)));
  parts.exact.addEventListener("change", () => parts.exact.value && (stop(place), place.tell("picked", parts.exact.value)));
  parts.speed.addEventListener("change", () => stop(place) && play(place));
  root.addEventListener("keydown", (event) => key(place, event));
  parentElement.append(root);
  return Object.assign(place, { root, parts });
}

/** A click on a figure asks for its conversations, at the instant that is drawn. */
function asker(place) {
  return (key, part) => {
    stop(place);
    clearTimeout(place.quiet);
    place.quiet = 0;
    const [values, n] = seen(place);
    place.tell("clicked", { at: values.written[n], key, part });
  };
}

function leave(parentElement) {
  const place = places.get(parentElement);
  if (!place) return;
  places.delete(parentElement);
  clearInterval(place.clock);
  clearTimeout(place.quiet);
  place.root.remove();
}

export default function replay({ data, parentElement, setTriggerValue }) {
  let place = places.get(parentElement);
  if (!place) {
    place = build(parentElement);
    place.ask = asker(place);
    places.set(parentElement, place);
  }
  const isSame = place.held === data.frames.told.join() && place.data.step === data.step;
  const number = new Intl.NumberFormat(data.language);
  Object.assign(place, { data, tell: setTriggerValue, number: (n) => number.format(n), held: data.frames.told.join() });
  if (!isSame) stop(place);
  dress(place);
  const isMoving = isSame && (place.clock || place.quiet); // the person is already somewhere else
  if (!isMoving) {
    Object.assign(place, { n: data.place, isExact: true });
    place.parts.exact.value = data.at;
  }
  redraw(place);
  return () => leave(parentElement);
}

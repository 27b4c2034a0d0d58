// Wall mode: full screen and back, and saying in words that the session has ended.

import { element } from "./dom.js";

const CHECK_EVERY_MS = 10_000;

/** Fill the screen; a browser that refuses leaves the page as it is. */
export function fill() {
  document.documentElement.requestFullscreen?.().catch(() => {});
}

async function shrink() {
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {});
}

/** The buttons of the head: into the wall from a desk; full screen and out of it on a wall. */
export function tools(place, data) {
  const button = (key, onclick) => element("button", { type: "button", class: key, onclick }, data.words[key]);
  if (!data.is_wall) return [button("full", () => (fill(), place.tell("wall", true)))];
  const full = document.fullscreenElement ? [] : [button("full", fill)];
  return [...full, button("leave", () => leave(place))];
}

async function leave(place) {
  await shrink();
  if (place.isWall) place.tell("wall", false);
  place.isWall = false; // the end of full screen, too, asks to leave: once is enough
}

/** Esc leaves: the browser's own Esc ends full screen first, and that leaves as well. */
export function listen(place) {
  place.onKey = (event) => {
    if (event.key === "Escape" && place.isWall && !document.fullscreenElement) leave(place);
  };
  place.onFull = () => {
    if (place.isWall && !document.fullscreenElement) leave(place);
    else place.redraw();
  };
  document.addEventListener("keydown", place.onKey);
  document.addEventListener("fullscreenchange", place.onFull);
  place.watch = setInterval(() => checkSession(place), CHECK_EVERY_MS);
}

export function unlisten(place) {
  document.removeEventListener("keydown", place.onKey);
  document.removeEventListener("fullscreenchange", place.onFull);
  clearInterval(place.watch);
}

/** On a desk the account menu leads to the sign-in page; a wall says so and waits. */
async function checkSession(place) {
  if (!place.isWall) return;
  try {
    const answer = await fetch("/_stcore/health", { cache: "no-store" });
    if (answer.status === 401) place.end();
    else if (place.hasEnded) location.reload();
  } catch {
    // The server is away for a moment: the board says that its figures are old.
  }
}

/** A modal dialog: Streamlit's own about the lost connection makes everything else unusable. */
export function ended(data) {
  return element(
    "dialog",
    { class: "ended", role: "alertdialog", "aria-label": data.words.ended_title, oncancel: (event) => event.preventDefault() },
    element("h2", {}, data.words.ended_title),
    element("p", {}, data.ended),
    element("a", { class: "again", href: data.sign_in }, data.words.sign_in),
  );
}

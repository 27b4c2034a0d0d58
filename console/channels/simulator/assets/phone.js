// The phone of a customer: asks the simulator for news, draws them, and hands over what is done.

import { call } from "./dom.js";
import { drawList } from "./list.js";
import { openMaker } from "./maker.js";
import { makeThread } from "./thread.js";
import { load, say } from "./words.js";

const place = (id) => document.getElementById(id);
const chosen = () => decodeURIComponent(location.hash.slice(1));
let state = { changes: "", talks: [], talk: null };
let asking = null;
let drawThread = null;

async function follow() {
  for (;;) {
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ since: state.changes, talk: chosen(), find: place("find").value });
      const answer = await fetch(`/phone/state?${query}`, { signal: asking.signal });
      state = await answer.json();
      tell("");
      draw();
    } catch (error) {
      if (error.name === "AbortError") continue;
      tell(say("offline"));
      await new Promise((wake) => setTimeout(wake, 1500));
      state.changes = "";
    }
  }
}

// Ask anew at once, because the wish or the talk has changed.
function refresh() {
  state.changes = "";
  asking?.abort();
}

function draw() {
  const talk = state.talk?.key === chosen() ? state.talk : null;
  drawList(place("talks"), state.talks, chosen(), Boolean(place("find").value.trim()), open);
  place("app").classList.toggle("in-talk", Boolean(talk));
  place("choose").hidden = Boolean(talk);
  place("choose").textContent = say("choose");
  place("talk").hidden = !talk;
  if (!talk) return;
  drawThread(talk);
  if (talk.unread && document.visibilityState === "visible") attempt("seen", {});
}

function open(key) {
  location.hash = encodeURIComponent(key);
}

async function attempt(name, fields) {
  try {
    await call(name, { talk: chosen(), ...fields });
    return true;
  } catch (error) {
    tell(say("refused", { why: error.message }));
    return false;
  }
}

function tell(text) {
  place("notice").textContent = text;
  place("notice").hidden = !text;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll(".menu:not([hidden])")) {
    if (menu === except) continue;
    menu.hidden = true;
    menu.parentElement.querySelector("[aria-expanded]")?.setAttribute("aria-expanded", "false");
  }
}

function toggle(menu, opener) {
  closeMenus(menu);
  menu.hidden = !menu.hidden;
  opener.setAttribute("aria-expanded", String(!menu.hidden));
  if (menu.hidden) return;
  const box = menu.closest(".log")?.getBoundingClientRect();
  menu.classList.toggle("above", !box || opener.getBoundingClientRect().bottom + menu.offsetHeight > box.bottom);
  menu.classList.remove("leftward");
  menu.classList.toggle("leftward", menu.getBoundingClientRect().right > innerWidth - 8);
  menu.querySelector("button").focus();
}

const acts = {
  toggle,
  closeMenus,
  leave: () => open(""),
  write: (fields) => attempt("write", fields),
  react: (message, emoji) => (closeMenus(), attempt("write", { kind: "reaction", target: message.id, text: emoji })),
  remove: (message) => (closeMenus(), attempt("write", { kind: "revoke", target: message.id })),
  press: (message, choice) => attempt("write", { kind: choice.kind, text: choice.text, data: choice.data, reply_to: message.id }),
  played: (id) => attempt("played", { id }),
  fault: (fault) => attempt("fault", { fault }),
};

document.addEventListener("click", (event) => {
  if (!event.target.closest(".options, .attach")) closeMenus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
});
window.addEventListener("hashchange", refresh);
document.addEventListener("visibilitychange", refresh);

await load();
drawThread = makeThread(place("talk"), acts);
place("find").addEventListener("input", refresh);
place("new").addEventListener("click", () => openMaker(place("maker"), open));
follow();

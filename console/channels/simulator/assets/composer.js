// What the customer writes with: text, files, samples, and what it answers or corrects.

import { ICONS, button, element, icon } from "./dom.js";
import { known, say, spoken } from "./words.js";

export function makeComposer(acts) {
  const box = element("textarea", { rows: 1, placeholder: say("write"), "aria-label": say("write"), maxLength: 4096 });
  const about = element("div", { class: "about", hidden: true });
  const picker = element("input", { type: "file", hidden: true });
  const choices = attachments(acts, picker, box);
  const clip = button("round", say("attach"), () => acts.toggle(choices, clip), icon(ICONS.clip));
  const state = { box, about, doing: null };
  const send = () => submit(state, acts);
  const form = element("form", { class: "composer" }, picker, element("div", { class: "attach" }, clip, choices), box);
  form.append(element("button", { class: "round send", "aria-label": say("send"), title: say("send") }, icon(ICONS.send)));
  form.addEventListener("submit", (event) => (event.preventDefault(), send()));
  box.addEventListener("keydown", (event) => keys(event, state, send));
  box.addEventListener("input", () => grow(box));
  picker.addEventListener("change", () => attach(picker, box, acts));
  return { drawn: [about, form], begin: (kind, message) => begin(state, kind, message), reset: () => leave(state) };
}

function attachments(acts, picker, box) {
  const entry = (text, act) => element("button", { type: "button", role: "menuitem", onclick: () => (acts.closeMenus(), act()) }, text);
  const samples = known.samples.map((sample) => entry(sample.text, () => acts.write({ kind: sample.kind, sample: sample.key })));
  const others = ["location", "contacts", "unsupported"].map((kind) => entry(say(kind), () => acts.write({ kind })));
  const shop = entry(say("phone_sends"), () => acts.write({ by: "shop", text: box.value.trim() || say("phone_sent") }));
  const own = entry(say("file"), () => picker.click());
  const line = () => element("hr", {});
  return element("div", { class: "menu above", role: "menu", hidden: true }, ...samples, line(), ...others, line(), own, shop);
}

function keys(event, state, send) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape") leave(state);
}

async function submit(state, acts) {
  const text = state.box.value.trim();
  if (!text) return;
  const { kind, message } = state.doing ?? {};
  const more = kind === "edit" ? { kind, target: message.id } : { reply_to: message?.id };
  if (await acts.write({ text, ...more })) leave(state, true);
}

async function attach(picker, box, acts) {
  const [file] = picker.files;
  if (file && (await acts.write({ file, text: box.value.trim() }))) box.value = "";
  picker.value = "";
}

function begin(state, kind, message) {
  state.doing = { kind, message };
  const stop = button("round small", say("cancel"), () => leave(state), icon(ICONS.close));
  const title = say(kind === "edit" ? "editing" : "replying");
  const said = element("div", {}, element("b", {}, title), element("span", {}, spoken(message)));
  state.about.replaceChildren(said, stop);
  state.about.hidden = false;
  if (kind === "edit") state.box.value = message.text;
  grow(state.box);
  state.box.focus();
}

function leave(state, isSent = false) {
  if (isSent || state.doing?.kind === "edit") state.box.value = "";
  state.doing = null;
  state.about.hidden = true;
  grow(state.box);
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
}

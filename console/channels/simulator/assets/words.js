// What the page says, in the language the server chose; and instants as people write them.

export let known = null;

export async function load() {
  known = await (await fetch("/phone/words")).json();
  document.documentElement.lang = known.language === "pt" ? "pt-BR" : known.language;
  document.title = `${say("title")} · Central`;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = say(place.dataset.word);
  for (const place of document.querySelectorAll("[data-hint]")) {
    place.placeholder = say(place.dataset.hint);
    place.setAttribute("aria-label", say(place.dataset.hint));
  }
}

export function say(key, filled = {}) {
  const text = known.words[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
}

export const has = (key) => key in known.words;

const format = (options) => new Intl.DateTimeFormat(document.documentElement.lang, options);

export const clock = (ms) => format({ hour: "2-digit", minute: "2-digit" }).format(ms);

export function day(ms) {
  const days = Math.round((midnight(Date.now()) - midnight(ms)) / 86400000);
  if (days === 0) return say("today");
  if (days === 1) return say("yesterday");
  return format({ weekday: "short", day: "2-digit", month: "short" }).format(ms);
}

export const brief = (ms) => (midnight(ms) === midnight(Date.now()) ? clock(ms) : day(ms));

function midnight(ms) {
  const at = new Date(ms);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

export function spoken(message) {
  if (message.is_deleted) return say("deleted");
  if (message.text && (message.kind === "text" || !has(`kind_${message.kind}`))) return message.text;
  const kind = say(`kind_${message.kind}`);
  return message.text ? `${kind}: ${message.text}` : kind;
}

// +55 11 98765-4321; other countries as they are.
export function phone(digits) {
  const parts = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits ?? "");
  if (parts) return `+55 ${parts[1]} ${parts[2]}-${parts[3]}`;
  return digits ? `+${digits}` : "";
}

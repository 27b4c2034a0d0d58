// Questions about contacts, and a contact in a few words.

import { avatar } from "./avatar.js"
import { el } from "./dom.js"
import { fill } from "./plain.js"

/** What the server answers; `{ error }` with words for people when it refuses or is not reached. */
export async function question(app, name, asked, signal) {
  const path = name ? `${app.data.more}/${name}` : app.data.more
  try {
    const answer = await fetch(`${path}?${new URLSearchParams(asked)}`, { signal })
    const told = await answer.json()
    return answer.ok ? told : { error: answer.status === 400 ? told.error : app.t("not_loaded") }
  } catch (problem) {
    return problem.name === "AbortError" ? null : { error: app.t("not_loaded") }
  }
}

/** Who it is: face, name, number or e-mail, and how many conversations. */
export function contactCard(app, card, { extra = null } = {}) {
  const about = [card.phones[0]?.national, card.email].filter(Boolean).join(" · ")
  const talks = app.say.many("conversations", card.conversations)
  return [avatar(card.id, card.name, "small"), el("span", { class: "card-words" },
    fill(el("span", { class: "card-title", dir: "auto" }), card.name || app.t("no_name")),
    fill(el("span", { class: "card-about", dir: "auto" }), [about, talks].filter(Boolean).join(" · ")),
    extra)].filter(Boolean)
}

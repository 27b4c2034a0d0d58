// Unfinished words per person and conversation, kept in this browser until they were sent.

/** Make the keeper of drafts. */
export function createDrafts(app) {
  const nameOf = id => `central:draft:${app.data.me.id}:${id}`
  const read = id => {
    try {
      const kept = JSON.parse(localStorage.getItem(nameOf(id)) ?? "null")
      return kept && typeof kept.text === "string" ? kept : null
    } catch {
      return null
    }
  }
  const write = (id, draft) => {
    try {
      if (draft.text.trim()) localStorage.setItem(nameOf(id), JSON.stringify(draft))
      else localStorage.removeItem(nameOf(id))
    } catch {
      app.toasts.show(app.t("draft_not_kept"), { tone: "warning" })
    }
  }

  return {
    read,
    write,
    /** Keep what the composer holds now. */
    keep: () => app.composer?.keep(),
    /** Forget the drafts of sent actions; refused words come back. */
    settle: (done, refused = []) => {
      const reasons = new Set(refused.map(entry => entry.key))
      for (const { action, memory } of done) {
        if (!memory?.text) continue
        const kept = read(memory.conversation)
        if (reasons.has(action.key)) giveBack(app, memory, kept, write)
        else if (kept?.text === memory.text) write(memory.conversation, { text: "" })
      }
    },
  }
}

function giveBack(app, memory, kept, write) {
  const others = kept && kept.text !== memory.text ? `\n${kept.text}` : ""
  write(memory.conversation, { mode: memory.mode, text: memory.text + others })
  app.composer?.reload(memory.conversation)
}

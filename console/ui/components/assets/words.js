// Phrases, numbers and times in the reader's language and time zone.

const DAY = 86400000
const MB = 1048576
const LOCALES = { pt: "pt-BR", en: "en-US", es: "es-419" }

const speakers = new Map()

/** The speaker for the reader's language and zone (its formatters are dear, so they are kept). */
export function speakerFor({ words, lang, zone }) {
  const name = `${lang}|${zone}`
  if (!speakers.has(name)) speakers.set(name, speaker(words, LOCALES[lang] ?? lang, zone))
  return speakers.get(name)
}

/** `t(key, values)`, times and numbers of one language. */
function speaker(words, lang, zone) {
  const format = options => new Intl.DateTimeFormat(lang, { timeZone: zone, ...options })
  const clock = format({ hour: "2-digit", minute: "2-digit" })
  const ymd = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" })
  const hour = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" })
  const minute = new Intl.DateTimeFormat("en-GB", { timeZone: zone, minute: "2-digit" })
  const shortWeekday = format({ weekday: "short" })
  const weekday = format({ weekday: "long" })
  const shortDate = format({ day: "2-digit", month: "2-digit", year: "numeric" })
  const longDate = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" })
  const exact = format({ dateStyle: "medium", timeStyle: "short" })
  const precise = format({ dateStyle: "short", timeStyle: "medium" })
  const compact = new Intl.NumberFormat(lang, { notation: "compact", maximumFractionDigits: 1 })
  const relative = new Intl.RelativeTimeFormat(lang)
  const rightNow = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(0, "second")
  const full = new Intl.NumberFormat(lang)
  const t = (key, values = {}) => fillIn(words[key] ?? key, values)
  const dayOf = at => ymd.format(at)
  const daysAgo = (at, now) => Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / DAY)

  return {
    t,
    /** Choose the phrase for one or many: keys `name_one` and `name_many`, with {n}. */
    many: (key, n) => t(n === 1 ? `${key}_one` : `${key}_many`, { n: full.format(n) }),
    number: n => full.format(n),
    count: n => (n >= 10000 ? compact.format(n) : full.format(n)),
    clock: at => clock.format(at),
    /** A size as people say it: "3,2 MB". */
    bytes: n => {
      const [unit, size] = n >= MB ? ["megabyte", n / MB] : n >= 1024 ? ["kilobyte", n / 1024] : ["byte", n]
      const digits = unit === "megabyte" && size < 100 ? 1 : 0
      return new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(size)
    },
    /** How long a sound is: "1:05". */
    length: seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`,
    degrees: value => new Intl.NumberFormat(lang, { maximumFractionDigits: 6 }).format(value),
    /** An amount; a currency that is none is only named. */
    money: (amount, currency) => {
      try {
        return new Intl.NumberFormat(lang, { style: "currency", currency }).format(amount)
      } catch {
        return `${full.format(amount)} ${currency}`
      }
    },
    exact: at => exact.format(at),
    /** To the second: what happened to a message. */
    precise: at => precise.format(at),
    day: dayOf,
    /** Time in the list: hour today, "ontem", weekday within a week, else the date. */
    recent: (at, now) => {
      const days = daysAgo(at, now)
      if (days <= 0) return clock.format(at)
      if (days === 1) return t("yesterday")
      return days < 7 ? weekday.format(at) : shortDate.format(at)
    },
    /** A time to come, as short as it can be told: hour today, weekday within a week, else the date. */
    soon: (at, now) => {
      const days = -daysAgo(at, now)
      if (days === 0) return clock.format(at)
      return days > 0 && days < 7 ? `${shortWeekday.format(at)} ${clock.format(at)}` : shortDate.format(at)
    },
    hour: at => Number(hour.format(at)),
    /** Local date and time as form fields write them. */
    local: at => `${dayOf(at)}T${hour.format(at)}:${minute.format(at).padStart(2, "0")}`,
    /** Heading between two days of a thread. */
    heading: (at, now) => {
      const days = daysAgo(at, now)
      if (days === 0 || days === 1) return capital(t(days ? "yesterday" : "today"))
      return capital(days > 0 && days < 7 ? weekday.format(at) : longDate.format(at))
    },
    /** How long ago, in words: "agora", "há 2 horas". */
    ago: ms => {
      const minutes = Math.floor(ms / 60000)
      if (minutes < 1) return rightNow
      if (minutes < 60) return relative.format(-minutes, "minute")
      return minutes < 1440 ? relative.format(-Math.floor(minutes / 60), "hour") : relative.format(-Math.floor(minutes / 1440), "day")
    },
    /** How long, in the two largest units that matter: "3 min", "2 h 10", "4 d". */
    elapsed: ms => {
      const minutes = Math.max(0, Math.floor(ms / 60000))
      if (minutes < 60) return t("minutes", { n: Math.max(1, minutes) })
      const hours = Math.floor(minutes / 60)
      if (hours < 24) return t("hours", { n: hours, m: String(minutes % 60).padStart(2, "0") })
      return t("days", { n: full.format(Math.floor(hours / 24)) })
    },
  }
}

function fillIn(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

// The functions that few questionnaires call, joined only to the page of those
// that do: the same meaning as in surveys/expr. Each gets a scope and trees, as
// those of expr.js.
import { CLOCK, DAY, asDate, clock, codes, dateOnly, dayOf, eager, evaluate, first, flat, instant, isBlank, isDate, isMany, nowOf, num, readClock, str, toBool, toNumber, toStr, trim } from './expr.js'

// ---- dates

// A whole number of days is a date, any other an instant.
function toDate(v, s) {
  v = asDate(first(v), s)
  if (isDate(v)) return v
  if (typeof v !== 'string' && typeof v !== 'number') return ''
  v = toNumber(v)
  return Number.isInteger(v) ? dayOf(v) : instant(v, nowOf(s).zone)
}

// The short name of a month or a day, as in Unicode CLDR.
const named = (s, part, date) => new Intl.DateTimeFormat(s.language ?? 'fr', { [part]: 'short', timeZone: 'UTC' }).format(date)

function formatDate(s, v, format) {
  const m = toDate(v, s)
  if (!m) return ''
  const t = clock(m)
  const [, Y, mm, dd, H, M, S, ms] = /(.+)-(.+)-(.+)T(.+):(.+):(.+)\.(.+)Z/.exec(t.toISOString())
  const parts = { Y, y: Y.slice(2), m: mm, n: +mm, d: dd, e: +dd, H, h: +H, M, S, 3: ms, '%': '%',
    b: s.months?.[mm - 1] ?? named(s, 'month', t), a: s.days?.[t.getUTCDay()] ?? named(s, 'weekday', t) }
  return toStr(format).replace(/%([YymnbdeaHhMS3%])/g, (_, c) => parts[c])
}

function decimalTime(s, v) {
  const text = typeof first(v) === 'string' && trim(first(v)).match('^' + CLOCK)
  if (text) return readClock(text.slice(1))[0]
  const m = toDate(v, s)
  return m ? m.days - Math.floor(m.days) : NaN
}

// ---- numbers

const answered = (v) => v.flatMap(flat).filter((x) => !isBlank(x))
const known = (v) => answered(v).map(toNumber)
const extreme = (f) => (s, ...v) => { const all = known(v); return all.length ? f(...all) : '' }
const between = ([low, high], total) => (low === -1 || total >= low) && (high === -1 || total <= high)

// A power of ten in decimal, without binary rounding.
function shift(x, places) {
  const [digits, e] = x.toExponential().split('e')
  return Number(digits + 'e' + (+e + places))
}

// Half away from zero, as written: round(1.005, 2) is 1.01.
function round(x, places = 0) {
  places = Math.trunc(places)
  if (places !== places) return NaN
  if (!Number.isFinite(x) || places > 30) return x
  const size = places < -30 ? 0 : shift(Math.floor(shift(Math.abs(x), places) + 0.5), -places)
  return 1 / x < 0 ? -size : size
}

const random = (s) => s.random ? s.random() : Math.random()
const uuid = (s) => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => (random(s) * 16 & 15).toString(16))
const sameInMath = 'abs acos asin atan atan2 cos exp floor log log10 sin sqrt tan'.split(' ')

// ---- texts

// Negative from the end, kept within the text.
function runeIndex(at, length) {
  at = Math.trunc(at)
  return Math.min(Math.max((at < 0 ? at + length : at) || 0, 0), length)
}

function substr(text, from, to) {
  const runes = [...toStr(text)]
  const end = to === undefined ? runes.length : runeIndex(toNumber(to), runes.length)
  return runes.slice(runeIndex(toNumber(from), runes.length), end).join('')
}

function substring(text, from, length) {
  const start = Math.floor(toNumber(from) + 0.5)
  const end = length === undefined ? Infinity : start + Math.floor(toNumber(length) + 0.5)
  return [...toStr(text)].filter((_, i) => i + 1 >= start && i + 1 < end).join('')
}

function translate(text, from, to) {
  const old = [...from], fresh = [...to]
  return [...text].map((r) => old.includes(r) ? fresh[old.indexOf(r)] : r).join('')
}

// ---- the form around

function indexedRepeat(s, [question, ...places], at = []) {
  for (let i = 0; i + 1 < places.length; i += 2) {
    const index = Math.trunc(toNumber(evaluate(places[i + 1], s)))
    if (!(index >= 1 && index < 1e9)) return ''
    at.push({ repeat: places[i][1], index })
  }
  return s.instance?.(question[1], at)
}

/** Every function that is not in the core of expr.js. */
export const functions = {
  once: (s, a) => { const own = s.self?.() ?? ''; return isBlank(own) ? evaluate(a, s) : own },
  current: (s) => s.self?.(),
  position: (s, up) => s.position?.(up[1]) ?? 1,
  'indexed-repeat': (s, ...args) => indexedRepeat(s, args),
  'jr:choice-name': (s, code, question) => {
    const v = toStr(evaluate(code, s))
    return v && (s.label?.(question, v) ?? v)
  },
  ...eager({
    ...Object.fromEntries(sameInMath.map((name) => [name, num(Math[name])])),
    boolean: (s, v) => toBool(v),
    'boolean-from-string': str((t) => t === '1' || t.toLowerCase() === 'true'),
    checklist: (s, low, high, ...v) => between([low, high].map(toNumber), v.filter(toBool).length),
    'weighted-checklist': (s, low, high, ...v) => between([low, high].map(toNumber),
      v.reduce((total, one, i) => i % 2 || !toBool(one) ? total : total + toNumber(v[i + 1]), 0)),
    'selected-at': (s, v, at) => codes(first(v))[Math.trunc(toNumber(at))] ?? '',

    count: (s, v) => isMany(v) ? v.all.length : isBlank(v) ? 0 : 1,
    'count-non-empty': (s, v) => answered([v]).length,
    sum: (s, v) => known([v]).reduce((a, b) => a + b, 0),
    max: extreme(Math.max), min: extreme(Math.min),
    round: num(round), pow: num((x, y) => x ** y), ceiling: num(Math.ceil), exp10: num((x) => 10 ** x), pi: () => Math.PI,
    random, uuid,

    concat: (s, ...v) => v.flatMap(flat).map(toStr).join(''),
    join: (s, sep, ...v) => v.flatMap(flat).map(toStr).join(toStr(sep)),
    contains: str((t, part) => t.includes(part)),
    'starts-with': str((t, part) => t.startsWith(part)), 'ends-with': str((t, part) => t.endsWith(part)),
    'substring-before': str((t, part) => t.slice(0, Math.max(t.indexOf(part), 0))),
    'substring-after': str((t, part) => t.includes(part) ? t.slice(t.indexOf(part) + part.length) : ''),
    'normalize-space': (s, v) => codes(toStr(v)).join(' '),
    substr: (s, ...v) => substr(...v), substring: (s, ...v) => substring(...v), translate: str(translate),
    pulldata: (s, ...v) => s.lookup?.(...v.map(toStr)),

    date: (s, v) => typeof first(v) === 'number' ? dayOf(first(v)) : dateOnly(toDate(v, s)),
    'date-time': (s, v) => toDate(v, s),
    'decimal-date-time': (s, v) => toNumber(toDate(v, s)), 'decimal-time': decimalTime,
    'format-date': formatDate, 'format-date-time': formatDate,
  }),
}

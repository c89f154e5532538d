// Walks the trees of surveys/expr (Expr.MarshalJSON): no parser, no eval, the
// same meaning as in Go. A tree is a number, a text, or a list that begins with
// what it is: ['$', name], ['.'], ['#', column], ['and', …], ['selected', …].
// A value is a string ('' is blank), a number, a boolean, a Moment, an array of
// codes (multiple choice) or Instances. A scope has, each optional:
//   value(name)  self()  column(name)  position(up)  label(question, choice)
//   instance(name, [{repeat, index}])  lookup(file, want, key, value)
//   now() → {ms, zone: minutes east}   random()   months, days: short names

/** All instances of a repeated question. */
export class Instances {
  constructor(all) { this.all = all }
}

/** A date (zone undefined) or date-time: days of the wall clock since 1970. */
export class Moment {
  constructor(days, zone, text) { Object.assign(this, { days, zone, text }) }
}

const DAY = 864e5
const SPACES = /[ \t\r\n]+/
const isDate = (v) => v instanceof Moment
const isMany = (v) => v instanceof Instances
const trim = (t) => t.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
const codes = (v) => Array.isArray(v) ? v : toStr(v).split(SPACES).filter(Boolean)
const flat = (v) => isMany(v) ? v.all.flatMap(flat) : [v]
const first = (v) => flat(v)[0] ?? ''

// ---- conversions

// NaN is stored as blank.
export const isBlank = (v) => isMany(v) ? v.all.every(isBlank) : v.length === 0 || v !== v

// The text 'false' is true.
export const toBool = (v) => isMany(v) ? v.all.some(toBool) : v.length !== 0 && Boolean(v)

// No exponent, no comma, no plus sign.
export function toNumber(v) {
  v = first(v)
  if (isDate(v)) return v.days - (v.zone ?? 0) / 1440
  if (typeof v === 'number' || typeof v === 'boolean') return Number(v)
  const text = trim(toStr(v))
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN
}

export function toStr(v) {
  v = first(v)
  if (isDate(v)) return v.text || iso(v)
  if (Array.isArray(v)) return v.join(' ')
  return typeof v === 'number' ? plain(v) : String(v)
}

function plain(n) {
  const [, sign, unit, rest = '', e] = /^(-?)(\d)(?:\.(\d+))?e(.+)$/.exec(String(n)) ?? []
  if (!e) return String(n)
  const digits = unit + rest
  return sign + (e > 0 ? digits.padEnd(+e + 1, '0') : '0.' + '0'.repeat(-e - 1) + digits)
}

// ---- dates: a date has no zone, a date-time is an instant

const clock = (m) => new Date(Math.round(m.days * DAY))
const two = (n) => String(n).padStart(2, '0')

function iso(m) {
  const text = clock(m).toISOString()
  if (m.zone === undefined) return text.slice(0, 10)
  const z = Math.abs(m.zone)
  return text.slice(0, -1) + (m.zone < 0 ? '-' : '+') + two(Math.floor(z / 60)) + ':' + two(z % 60)
}

const nowOf = (s) => s.now?.() ?? { ms: Date.now(), zone: -new Date().getTimezoneOffset() }
const looksISO = (t) => t.length >= 10 && t[4] === '-' && t[7] === '-'

const CLOCK = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d*)?))?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$`
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[T ]${CLOCK})?$`)

// [fraction of the day, offset in minutes] of the groups of CLOCK.
function readClock([h, m, s = 0, offset]) {
  const zone = offset?.replace(/[Z:]/g, '')
  return [((h * 60 + +m) * 6e4 + Math.round(s * 1000)) / DAY,
    offset && (zone[0] === '-' ? -1 : 1) * (zone.slice(1, 3) * 60 + +zone.slice(3))]
}

/** A Moment, '' if text is not ISO; zone (minutes) is for a date-time without one. */
export function moment(text, zone = nowOf({}).zone) {
  text = trim(text)
  const [, y, m, d, ...time] = ISO.exec(text) ?? []
  const day = new Date(0)
  day.setUTCFullYear(y, m - 1, d)
  if (!(day.getUTCMonth() === m - 1 && day.getUTCDate() === +d)) return ''
  if (!time[0]) return new Moment(day / DAY, undefined, text)
  const [clock, own] = readClock(time)
  return new Moment(day / DAY + clock, own ?? zone, own === undefined ? '' : text)
}

// Years have four digits: 0000-01-01 to 9999-12-31.
const within = (m) => m.days >= -719528 && m.days < 2932897 ? m : ''
const dayOf = (n) => within(new Moment(Math.floor(n)))
const instant = (days, zone) => within(new Moment(days + zone / 1440, zone))
const asDate = (v, s) => typeof v === 'string' && looksISO(trim(v)) ? moment(v, nowOf(s).zone) || NaN : v

// A whole number of days is a date, any other an instant.
function toDate(v, s) {
  v = asDate(first(v), s)
  if (isDate(v)) return v
  if (typeof v !== 'string' && typeof v !== 'number') return ''
  v = toNumber(v)
  return Number.isInteger(v) ? dayOf(v) : instant(v, nowOf(s).zone)
}

const dateOnly = (m) => isDate(m) && m.zone !== undefined ? dayOf(m.days) : m
const present = (s) => { const { ms, zone } = nowOf(s); return instant(ms / DAY, zone) }

const MONTHS = 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' ')
const DAYS = 'dim. lun. mar. mer. jeu. ven. sam.'.split(' ')

function formatDate(s, v, format) {
  const m = toDate(v, s)
  if (!m) return ''
  const t = clock(m)
  const [, Y, mm, dd, H, M, S, ms] = /(.+)-(.+)-(.+)T(.+):(.+):(.+)\.(.+)Z/.exec(t.toISOString())
  const parts = { Y, y: Y.slice(2), m: mm, n: +mm, d: dd, e: +dd, H, h: +H, M, S, 3: ms, '%': '%',
    b: (s.months ?? MONTHS)[mm - 1], a: (s.days ?? DAYS)[t.getUTCDay()] }
  return toStr(format).replace(/%([YymnbdeaHhMS3%])/g, (_, c) => parts[c])
}

// ---- comparisons

const near = (x, y) => x === y || Math.abs(x - y) < 1e-12

// Texts like ISO dates are dates when both sides are; a date and a date-time
// meet on the wall clock.
function toCompare(a, b, s) {
  const x = asDate(a, s), y = asDate(b, s)
  if (isDate(x) && isDate(y)) {
    const mixed = (x.zone === undefined) !== (y.zone === undefined)
    return mixed ? [x.days, y.days] : [toNumber(x), toNumber(y)]
  }
  return [toNumber(a), toNumber(b)]
}

function same(a, b, s) {
  if (typeof a === 'boolean' || typeof b === 'boolean') return toBool(a) === toBool(b)
  if (isDate(a) || isDate(b)) return near(...toCompare(a, b, s))
  if (typeof a === 'number' || typeof b === 'number') return near(toNumber(a), toNumber(b))
  return toStr(a) === toStr(b)
}

// Is one of the instances so? A boolean takes them whole.
const equality = (want) => (s, a, b) =>
  typeof a === 'boolean' || typeof b === 'boolean' ? same(a, b, s) === want
    : flat(a).some((x) => flat(b).some((y) => same(x, y, s) === want))

const ordered = (is) => (s, a, b) =>
  flat(a).some((x) => flat(b).some((y) => is(...toCompare(x, y, s))))

// ---- functions

const num = (f) => (s, ...v) => f(...v.map(toNumber))
const str = (f) => (s, ...v) => f(...v.map(toStr))
const answered = (v) => v.flatMap(flat).filter((x) => !isBlank(x))
const known = (v) => answered(v).map(toNumber)
const extreme = (f) => (s, ...v) => { const all = known(v); return all.length ? f(...all) : '' }
const hasCode = (v, code) => code ? codes(v).includes(code) : !codes(v).length
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

function decimalTime(s, v) {
  const text = typeof first(v) === 'string' && trim(first(v)).match('^' + CLOCK)
  if (text) return readClock(text.slice(1))[0]
  const m = toDate(v, s)
  return m ? m.days - Math.floor(m.days) : NaN
}

const random = (s) => s.random ? s.random() : Math.random()
const uuid = (s) => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => (random(s) * 16 & 15).toString(16))

function indexedRepeat(s, [question, ...places], at = []) {
  for (let i = 0; i + 1 < places.length; i += 2) {
    const index = Math.trunc(toNumber(evaluate(places[i + 1], s)))
    if (!(index >= 1 && index < 1e9)) return ''
    at.push({ repeat: places[i][1], index })
  }
  return s.instance?.(question[1], at)
}

// These get trees: not all must be evaluated.
const forms = {
  $: (s, name) => s.value?.(name),
  '#': (s, name) => s.column?.(name),
  '.': (s) => s.self?.(),
  '..': () => '',
  or: (s, ...args) => args.some((a) => toBool(evaluate(a, s))),
  and: (s, ...args) => args.every((a) => toBool(evaluate(a, s))),
  if: (s, c, yes, no) => evaluate(toBool(evaluate(c, s)) ? yes : no, s),
  coalesce: (s, a, b) => { const v = evaluate(a, s); return isBlank(v) ? evaluate(b, s) : v },
  once: (s, a) => { const own = s.self?.() ?? ''; return isBlank(own) ? evaluate(a, s) : own },
  current: (s) => s.self?.(),
  position: (s, up) => s.position?.(up[1]) ?? 1,
  'indexed-repeat': (s, ...args) => indexedRepeat(s, args),
  'jr:choice-name': (s, code, question) => {
    const v = toStr(evaluate(code, s))
    return v && (s.label?.(question, v) ?? v)
  },
}

const sameInMath = 'abs acos asin atan atan2 cos exp floor log log10 sin sqrt tan'.split(' ')

// These get the scope and values.
const functions = {
  ...Object.fromEntries(sameInMath.map((name) => [name, num(Math[name])])),

  '=': equality(true), '!=': equality(false),
  '<': ordered((x, y) => x < y), '<=': ordered((x, y) => x <= y),
  '>': ordered((x, y) => x > y), '>=': ordered((x, y) => x >= y),
  '+': num((x, y) => x + y), '-': num((x, y) => x - y), '*': num((x, y) => x * y),
  div: num((x, y) => x / y), mod: num((x, y) => x % y), neg: num((x) => -x),

  boolean: (s, v) => toBool(v), not: (s, v) => !toBool(v), true: () => true, false: () => false,
  'boolean-from-string': str((t) => t === '1' || t.toLowerCase() === 'true'),
  checklist: (s, low, high, ...v) => between([low, high].map(toNumber), v.filter(toBool).length),
  'weighted-checklist': (s, low, high, ...v) => between([low, high].map(toNumber),
    v.reduce((total, one, i) => i % 2 || !toBool(one) ? total : total + toNumber(v[i + 1]), 0)),

  selected: (s, v, code) => flat(v).some((one) => hasCode(one, trim(toStr(code)))),
  'count-selected': (s, v) => flat(v).reduce((n, one) => n + codes(one).length, 0),
  'selected-at': (s, v, at) => codes(first(v))[Math.trunc(toNumber(at))] ?? '',

  count: (s, v) => isMany(v) ? v.all.length : isBlank(v) ? 0 : 1,
  'count-non-empty': (s, v) => answered([v]).length,
  sum: (s, v) => known([v]).reduce((a, b) => a + b, 0),
  max: extreme(Math.max), min: extreme(Math.min),

  number: num((x) => x), int: num(Math.trunc), round: num(round), pow: num((x, y) => x ** y),
  ceiling: num(Math.ceil), exp10: num((x) => 10 ** x), pi: () => Math.PI,
  random, uuid,

  string: (s, v) => toStr(v), 'string-length': str((t) => [...t].length),
  concat: (s, ...v) => v.flatMap(flat).map(toStr).join(''),
  join: (s, sep, ...v) => v.flatMap(flat).map(toStr).join(toStr(sep)),
  contains: str((t, part) => t.includes(part)),
  'starts-with': str((t, part) => t.startsWith(part)), 'ends-with': str((t, part) => t.endsWith(part)),
  'substring-before': str((t, part) => t.slice(0, Math.max(t.indexOf(part), 0))),
  'substring-after': str((t, part) => t.includes(part) ? t.slice(t.indexOf(part) + part.length) : ''),
  'normalize-space': (s, v) => codes(toStr(v)).join(' '),
  substr: (s, ...v) => substr(...v), substring: (s, ...v) => substring(...v), translate: str(translate),
  regex: str((t, pattern) => new RegExp('^(?:' + pattern + ')$', 'u').test(t)),
  pulldata: (s, ...v) => s.lookup?.(...v.map(toStr)),

  now: present, today: (s) => dateOnly(present(s)),
  date: (s, v) => typeof first(v) === 'number' ? dayOf(first(v)) : dateOnly(toDate(v, s)),
  'date-time': (s, v) => toDate(v, s),
  'decimal-date-time': (s, v) => toNumber(toDate(v, s)), 'decimal-time': decimalTime,
  'format-date': formatDate, 'format-date-time': formatDate,
}

/** For the test that compares with Go's table. */
export const names = Object.keys({ ...forms, ...functions })

/** The value of a tree in a scope. */
export function evaluate(tree, scope) {
  if (!Array.isArray(tree)) return tree
  const [head, ...args] = tree
  if (head in forms) return forms[head](scope, ...args) ?? ''
  return functions[head](scope, ...args.map((a) => evaluate(a, scope))) ?? ''
}

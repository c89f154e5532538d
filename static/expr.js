// Walks the trees of surveys/expr (Expr.MarshalJSON): no parser, no eval, the
// same meaning as in Go. A tree is a number, a text, or a list that begins with
// what it is: ['$', name], ['.'], ['#', column], ['and', …], ['selected', …].
// A value is a string ('' is blank), a number, a boolean, a Moment, an array of
// codes (multiple choice) or Instances. A scope has, each optional:
//   value(name)  self()  column(name)  position(up)  label(question, choice)
//   instance(name, [{repeat, index}])  lookup(file, want, key, value)
//   now() → {ms, zone: minutes east}   random()   language: its code
//   months, days: short names, when not those of the browser
//   more: the functions beside those of this module, see functions.js

/** All instances of a repeated question. */
export class Instances {
  constructor(all) { this.all = all }
}

/** A date (zone undefined) or date-time: days of the wall clock since 1970. */
export class Moment {
  constructor(days, zone, text) { Object.assign(this, { days, zone, text }) }
}

export const DAY = 864e5
const SPACES = /[ \t\r\n]+/
export const isDate = (v) => v instanceof Moment
export const isMany = (v) => v instanceof Instances
export const trim = (t) => t.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
export const codes = (v) => Array.isArray(v) ? v : toStr(v).split(SPACES).filter(Boolean)
export const flat = (v) => isMany(v) ? v.all.flatMap(flat) : [v]
export const first = (v) => flat(v)[0] ?? ''

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

export const clock = (m) => new Date(Math.round(m.days * DAY))
const two = (n) => String(n).padStart(2, '0')

function iso(m) {
  const text = clock(m).toISOString()
  if (m.zone === undefined) return text.slice(0, 10)
  const z = Math.abs(m.zone)
  return text.slice(0, -1) + (m.zone < 0 ? '-' : '+') + two(Math.floor(z / 60)) + ':' + two(z % 60)
}

export const nowOf = (s) => s.now?.() ?? { ms: Date.now(), zone: -new Date().getTimezoneOffset() }

export const CLOCK = String.raw`([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d*)?))?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$`
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[T ]${CLOCK})?$`)

/** [fraction of the day, offset in minutes] of the groups of CLOCK. */
export function readClock([h, m, s = 0, offset]) {
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

/** A text written as a date is one; any other value stays as it is. */
export const asDate = (v, s) => typeof v === 'string' && /^....-..-../.test(trim(v)) ? moment(v, nowOf(s).zone) || NaN : v

// Years have four digits: 0000-01-01 to 9999-12-31.
const within = (m) => m.days >= -719528 && m.days < 2932897 ? m : ''
export const dayOf = (n) => within(new Moment(Math.floor(n)))
export const instant = (days, zone) => within(new Moment(days + zone / 1440, zone))
export const dateOnly = (m) => isDate(m) && m.zone !== undefined ? dayOf(m.days) : m
const present = (s) => { const { ms, zone } = nowOf(s); return instant(ms / DAY, zone) }

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

export const num = (f) => (s, ...v) => f(...v.map(toNumber))
export const str = (f) => (s, ...v) => f(...v.map(toStr))
const hasCode = (v, code) => code ? codes(v).includes(code) : !codes(v).length

/** Functions that get values, as functions that get trees. */
export const eager = (table) => Object.fromEntries(Object.entries(table).map(([name, f]) =>
  [name, (s, ...trees) => f(s, ...trees.map((tree) => evaluate(tree, s)))]))

/** What nearly every questionnaire needs: each gets the scope and trees, for not all must be evaluated. */
export const core = {
  $: (s, name) => s.value?.(name),
  '#': (s, name) => s.column?.(name),
  '.': (s) => s.self?.(),
  '..': () => '',
  or: (s, ...args) => args.some((a) => toBool(evaluate(a, s))),
  and: (s, ...args) => args.every((a) => toBool(evaluate(a, s))),
  if: (s, c, yes, no) => evaluate(toBool(evaluate(c, s)) ? yes : no, s),
  coalesce: (s, a, b) => { const v = evaluate(a, s); return isBlank(v) ? evaluate(b, s) : v },
  ...eager({
    '=': equality(true), '!=': equality(false),
    '<': ordered((x, y) => x < y), '<=': ordered((x, y) => x <= y),
    '>': ordered((x, y) => x > y), '>=': ordered((x, y) => x >= y),
    '+': num((x, y) => x + y), '-': num((x, y) => x - y), '*': num((x, y) => x * y),
    div: num((x, y) => x / y), mod: num((x, y) => x % y), neg: num((x) => -x),
    not: (s, v) => !toBool(v), true: () => true, false: () => false,
    selected: (s, v, code) => flat(v).some((one) => hasCode(one, trim(toStr(code)))),
    'count-selected': (s, v) => flat(v).reduce((n, one) => n + codes(one).length, 0),
    number: num((x) => x), int: num(Math.trunc), string: (s, v) => toStr(v), 'string-length': str((t) => [...t].length),
    regex: str((t, pattern) => new RegExp('^(?:' + pattern + ')$', 'u').test(t)),
    now: present, today: (s) => dateOnly(present(s)),
  }),
}

/** The value of a tree in a scope. */
export function evaluate(tree, scope) {
  if (!Array.isArray(tree)) return tree
  const [head, ...args] = tree
  return (core[head] ?? scope.more[head])(scope, ...args) ?? ''
}

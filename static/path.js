// Which questions a set of answers leads through: the twin of surveys/path.go,
// over the items of surveys.Form.Logic, alive as long as the page. An answer off
// the path reads as blank. What was worked out is remembered: a new answer makes
// again only what depends on it.
import { Cell, Cells } from './cells.js'
import { evaluate, codes, dayOf, isBlank, moment, nowOf, toBool, toNumber, toStr, trim, Instances } from './expr.js'

const NUMBERS = new Set(['integer', 'decimal', 'range'])
const LISTS = new Set(['select_multiple', 'rank'])
const DATES = new Set(['date', 'dateTime'])
const ASKED = new Set([...NUMBERS, ...LISTS, ...DATES, 'select_one', 'text', 'time', 'acknowledge'])
const MOMENTS = { start: 'now', today: 'today' }
const MOST = 1000 // rows that a count may ask for

export const isAsked = (item) => ASKED.has(item.kind)
const holds = (item) => item.drawn || !item.computed && (isAsked(item) || item.trigger || item.kind === 'calculate' || item.kind === 'hidden')

/** Places every item: its repeat (block), the items of a repeat and of the form (own). */
export function prepare(logic) {
  const form = { ...logic, byName: new Map(), triggered: new Map(), own: [] }
  form.items.forEach((item, index) => {
    const parent = form.items[item.parent]
    const block = parent?.kind === 'repeat' ? parent : parent?.block ?? null
    // What once() has drawn is an answer too: the server could not draw the same.
    const drawn = item.computed && JSON.stringify(item.calculation).includes('["once"')
    Object.assign(item, { index, block, drawn, own: [] })
    ;(block ?? form).own.push(item)
    if (item.name) form.byName.set(item.name, item)
    for (const name of item.trigger ?? []) form.triggered.set(name, [...form.triggered.get(name) ?? [], item])
  })
  for (const item of form.items) {
    // A list that is no list: the answers to a question of a repeat.
    item.source = form.byName.get(/^\$\{\s*(.+?)\s*\}$/.exec(item.list)?.[1])
    item.narrowed = Boolean(item.source) || item.filter !== undefined
  }
  return form
}

// A value as the answer to a question of this kind; what cannot be one is blank.
function answerOf({ kind }, v) {
  if (isBlank(v)) return ''
  if (LISTS.has(kind)) return codes(v)
  if (NUMBERS.has(kind)) {
    const n = toNumber(v)
    return kind !== 'integer' ? n === n ? n : '' : Number.isFinite(n) ? Math.trunc(n) : ''
  }
  const text = trim(toStr(kind === 'date' && typeof v === 'number' ? dayOf(v) : v))
  if (!DATES.has(kind)) return toStr(v)
  return moment(text) && (kind === 'date' ? text.slice(0, 10) : text)
}

// What an expression sees from an item of a path.
class Scope {
  // In a filter: the choice at hand, or the row whose answer is one.
  constructor(path, item, choice, row) {
    Object.assign(this, { path, item, choice, row }, path.host)
  }

  value(name) {
    const other = this.path.form.byName.get(name)
    if (!other) return ''
    if (this.row?.block === other.block) return this.row.value(other)
    const owner = this.path.owner(other)
    // In a repeat the asking question is not in: every row there is nearby.
    return owner ? owner.value(other) : new Instances(this.path.around(other).all(other))
  }

  self() { return this.path.stored(this.item) }

  column(name) {
    if (this.row) return this.value(name)
    if (this.choice === undefined) return ''
    return name === 'name' ? this.choice : this.path.form.columns?.[this.item.list]?.[this.choice]?.[name] ?? ''
  }

  lookup(file, want, key, value) {
    return value && this.path.form.tables?.[file]?.find((row) => row[key] === value)?.[want]
  }

  // Climbs groups and repeats; the repeat it reaches tells the row.
  position(up) {
    let reached = this.item
    for (; up > 0 && reached; up--) reached = this.path.form.items[reached.parent]
    return reached && this.path.within(reached)?.row || 1
  }

  // Down from the row the asking question is in, when the repeat is beside it.
  instance(name, places) {
    const { byName } = this.path.form, item = byName.get(name)
    let path = this.path.within(byName.get(places[0].repeat)?.block) ?? this.path.root
    for (const { repeat, index } of places) {
      path = path.rows(byName.get(repeat))[index - 1]
      if (!path) return ''
    }
    return path.owner(item)?.value(item) ?? new Instances(path.all(item))
  }
}

/** The path through the form, or through one row of a repeat. */
export class Path {
  /** host is what every scope of expr.js takes from the page: label, more, now, months… */
  constructor(form, host, parent = null, block = null, row = 0) {
    Object.assign(this, { form, host, parent, block, row, found: {}, typed: [], lists: [], early: new Cell(false) })
    this.root = parent?.root ?? this
    this.cells = parent?.cells ?? new Cells()
  }

  get own() { return (this.block ?? this.form).own }

  evaluate(tree, ...seen) { return evaluate(tree, new Scope(this, ...seen)) }

  // What one of the methods finds for an item, until something it has read changes.
  once(method, item) {
    return this.cells.read((this.found[method] ??= [])[item.index] ??= new Cell(undefined, () => this[method](item)))
  }

  typedCell(item) { return this.typed[item.index] ??= new Cell('') }
  listCell(repeat) { return this.lists[repeat.index] ??= new Cell([]) }

  // ---- rows around and inside

  /** The path, this one or one around it, that is a row of the block. */
  within(block = null) {
    let path = this
    while (path && path.block !== block) path = path.parent
    return path
  }

  /** The path, this one or one around it, whose answers hold the item's. */
  owner(item) { return this.within(item.block) }

  /** The nearest path under whose rows an item is: from a household, its own persons. */
  around(item) {
    for (let path = this; path.parent; path = path.parent) {
      for (let { block } = item; block; block = block.block) if (block === path.block) return path
    }
    return this.root
  }

  /** The values of an item in every row below; for a repeat, one blank a row. */
  all(item) {
    if (item.block === this.block) {
      return item.kind !== 'repeat' ? [this.value(item)] : this.on(item) ? this.rows(item).map(() => '') : []
    }
    let below = item.block
    while (below && below.block !== this.block) below = below.block
    return below && this.on(below) ? this.rows(below).flatMap((row) => row.all(item)) : []
  }

  /** Every row of a block below this path. */
  every(block) {
    if (block === this.block) return [this]
    return block ? this.every(block.block).flatMap((path) => path.rows(block)) : []
  }

  /** The rows of a repeat: those added, or as many as it counts. */
  rows(repeat) {
    const owner = repeat && this.owner(repeat)
    if (!owner) return []
    return repeat.count === undefined ? this.cells.read(owner.listCell(repeat)) : owner.once('counted', repeat)
  }

  counted(repeat) {
    if (!this.on(repeat)) return []
    const n = toNumber(this.evaluate(repeat.count, repeat)), rows = this.listCell(repeat).value
    const want = n >= 1 ? Math.trunc(Math.min(n, MOST)) : 0
    this.cells.apart(() => { while (rows.length < want) rows.push(this.newRow(repeat, rows.length + 1)) })
    return rows.slice(0, want)
  }

  /** The rows that the count of a repeat leaves out though somebody filled them in. */
  aside(repeat) {
    const shown = this.rows(repeat).length
    return this.listCell(repeat).value.slice(shown).filter((row) => Object.keys(row.keep(true)).length)
  }

  // ---- answers

  /** A new record: defaults as they are written and first rows, then the defaults that are computed, in reading order. */
  begin() {
    this.blank(true)
    this.computeDefaults(this.form.items)
    return this
  }

  blank(inner) {
    for (const item of this.own) {
      if (item.kind === 'repeat' && item.count === undefined && inner) {
        const first = new Path(this.form, this.host, this, item, 1)
        first.blank(true)
        this.cells.write(this.listCell(item), [first])
      } else if (holds(item) && typeof item.default === 'string') this.cells.write(this.typedCell(item), answerOf(item, item.default))
    }
  }

  // Calculations are still blank meanwhile.
  computeDefaults(items) {
    this.cells.write(this.early, true)
    for (const item of items) {
      if (!holds(item) || item.default === undefined || typeof item.default === 'string') continue
      for (const path of this.every(item.block)) this.cells.write(path.typedCell(item), answerOf(item, path.evaluate(item.default, item)))
    }
    this.cells.write(this.early, false)
  }

  isEarly() { return this.cells.read(this.early) || Boolean(this.parent?.isEarly()) }

  // A row added later: its defaults, and no row yet in the repeats inside.
  newRow(repeat, at) {
    const row = new Path(this.form, this.host, this, repeat, at)
    row.blank(false)
    row.computeDefaults(repeat.own)
    return row
  }

  /** One more row, of a repeat that does not count them. */
  addRow(repeat) {
    const cell = this.listCell(repeat)
    this.cells.write(cell, [...cell.value, this.newRow(repeat, cell.value.length + 1)])
  }

  /** Takes up answers, as keep gives them. */
  load(answers) {
    for (const item of this.own) {
      const v = answers[item.name] ?? ''
      if (item.kind === 'repeat') this.cells.write(this.listCell(item), [...v].map((row, i) => new Path(this.form, this.host, this, item, i + 1).load(row)))
      else if (holds(item)) this.cells.write(this.typedCell(item), v)
    }
    return this
  }

  /** Keeps what a person answered, and runs the calculations that the change triggers. */
  set(item, answer) {
    const cell = this.typedCell(item)
    if (JSON.stringify(cell.value) === JSON.stringify(answer)) return
    this.cells.write(cell, answer)
    for (const other of this.form.triggered.get(item.name) ?? []) {
      for (const path of this.root.every(other.block)) if (path.beside(this)) path.trigger(other)
    }
  }

  trigger(item) {
    const v = item.calculation === undefined ? '' : answerOf(item, this.evaluate(item.calculation, item))
    this.cells.write(this.typedCell(item), v)
  }

  // Whether two paths are in the same rows of the repeats they share.
  beside(path) {
    const other = this.block && path.within(this.block)
    return !this.block || (!other || other === this) && this.parent.beside(path)
  }

  /** What was answered, whether it counts or not. */
  typedValue(item) { return this.cells.read(this.typedCell(item)) }

  /** The answer that counts: without the choices that a filter takes away. */
  answer(item) {
    const v = this.typedValue(item)
    if (!item.narrowed || isBlank(v)) return v
    return Array.isArray(v) ? v.filter((code) => this.offers(item, code)) : this.offers(item, v) ? v : ''
  }

  // ---- what follows from them

  on(item) { return Boolean(this.owner(item)?.once('leadsTo', item)) }

  leadsTo(item) {
    if (item.parent >= 0 && !this.on(this.form.items[item.parent])) return false
    return item.relevant === undefined || toBool(this.evaluate(item.relevant, item))
  }

  /** What an expression reads at an item. */
  value(item) {
    if (!this.on(item)) return ''
    if (item.kind === 'repeat') return new Instances(this.rows(item).map(() => ''))
    if (item.computed) return this.once('calculated', item) ?? ''
    // While its choices are being worked out, a question reads as it was answered.
    return !item.narrowed ? this.stored(item) : this.once('answer', item) ?? this.typedValue(item)
  }

  calculated(item) {
    if (this.isEarly()) return ''
    const v = this.evaluate(item.calculation, item)
    if (item.drawn) this.typedCell(item).value = answerOf(item, v)
    return isAsked(item) ? this.reading(item, answerOf(item, v)) : v
  }

  stored(item) {
    if (MOMENTS[item.kind]) return evaluate([MOMENTS[item.kind]], this.host)
    return this.reading(item, this.typedValue(item))
  }

  reading(item, v) { return DATES.has(item.kind) ? moment(v, nowOf(this.host).zone) : v }

  /** Whether a question leaves this choice. */
  offers(item, code) {
    if (item.source) return this.given(item).includes(code)
    return item.filter === undefined || toBool(this.evaluate(item.filter, item, code))
  }

  /** The choices of a question that lists what was answered in a repeat. */
  given(item) {
    const rows = this.around(item.source).every(item.source.block)
    return rows.filter((row) => item.filter === undefined || toBool(this.evaluate(item.filter, item, undefined, row)))
      .map((row) => row.value(item.source)).filter((v) => !isBlank(v)).map(toStr)
  }

  required(item) {
    return item.required === undefined ? Boolean(item.always) : toBool(this.evaluate(item.required, item))
  }

  /** The note that ends the questionnaire here, if any. */
  ended() { return this.form.items.find((item) => item.end && this.on(item)) }

  /** What is wrong with the answer to a question on the path: {code, args}, or nothing. */
  fault(item) {
    if (item.readonly) return
    const v = this.answer(item)
    if (isBlank(v)) return this.required(item) ? { code: 'answer.required' } : undefined
    if (NUMBERS.has(item.kind) && typeof v !== 'number') return { code: 'number.invalid' }
    if (item.kind === 'integer' && !Number.isInteger(v)) return { code: 'number.integer' }
    if (Array.isArray(v) && new Set(v).size < v.length) return { code: 'choice.twice' }
    if (item.constraint !== undefined && !toBool(this.evaluate(item.constraint, item))) return this.limited(item, v)
  }

  limited(item, v) {
    if (item.limit && Array.isArray(v)) {
      if (item.exact && v.length !== item.limit) return { code: 'choice.exact', args: [item.limit] }
      if (v.length > item.limit) return { code: 'choice.max', args: [item.limit] }
    }
    return { code: 'answer.invalid' }
  }

  /** The answers worth sending: on the path, not blank. For a draft, all of them. */
  keep(all = false) {
    const kept = {}
    for (const item of this.own) {
      if (!all && !this.on(item)) continue
      if (item.drawn) this.value(item)
      const v = item.kind === 'repeat' ? this.keepRows(item, all) : !holds(item) ? '' : all ? this.typedValue(item) : this.answer(item)
      if (!isBlank(v)) kept[item.name] = v
    }
    return kept
  }

  // Rows that are counted keep their places, the others close up.
  keepRows(repeat, all) {
    const kept = (all ? this.listCell(repeat).value : this.rows(repeat)).map((row) => row.keep(all))
    const filled = (row) => Object.keys(row).length
    if (all || repeat.count === undefined) return all ? kept : kept.filter(filled)
    while (kept.length && !filled(kept[kept.length - 1])) kept.pop()
    return kept
  }

  /** An answer in words. */
  words(item) {
    const v = this.value(item)
    if (item.list) return (Array.isArray(v) ? v : v === '' ? [] : [v]).map((code) => this.host.label(item.name, code))
    return isBlank(v) ? [] : [toStr(v).replace('.', item.kind === 'decimal' ? ',' : '.')]
  }
}

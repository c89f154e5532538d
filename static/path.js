// Which questions a set of answers leads through: the twin of surveys/path.go,
// over the items of surveys.Form.Logic. An answer off the path reads as blank.
import { evaluate, toBool, toStr, moment, isBlank, Instances } from './expr.js'

const ASKED = new Set(['select_one', 'select_multiple', 'rank', 'text', 'integer', 'decimal', 'range', 'date', 'time', 'dateTime', 'acknowledge'])
export const isAsked = (item) => ASKED.has(item.kind)

/** Places every item: its index, its repeat (block), its children. */
export function prepare(logic) {
  const items = logic.items
  const form = { items, columns: logic.columns ?? {}, byName: new Map(), top: [] }
  items.forEach((item, i) => {
    const parent = items[item.parent]
    Object.assign(item, { index: i, kids: [], block: parent ? (parent.kind === 'repeat' ? parent.index : parent.block) : -1 })
    ;(parent ? parent.kids : form.top).push(item)
    if (item.name) form.byName.set(item.name, item)
  })
  return form
}

export class Path {
  /** label(question, code) gives the words of a choice. */
  constructor(form, answers, label, block = -1, parent = null, row = 0) {
    Object.assign(this, { form, answers, label, block, parent, row, states: [], computed: new Map(), lists: new Map() })
  }

  on(item) {
    if (this.block !== item.block && item.index !== this.block) return this.owner(item)?.on(item) ?? false
    if (this.states[item.index] === undefined) {
      this.states[item.index] = false // while it is being found out
      this.states[item.index] = this.leadsTo(item)
    }
    return this.states[item.index]
  }

  leadsTo(item) {
    if (item.index === this.block) return this.parent.on(item)
    if (item.parent >= 0 && !this.on(this.form.items[item.parent])) return false
    return item.relevant === undefined || toBool(evaluate(item.relevant, this.scope(item)))
  }

  owner(item) {
    let path = this
    while (path && path.block !== item.block) path = path.parent
    return path
  }

  rows(repeat) {
    if (!this.lists.has(repeat)) {
      const rows = this.answers[repeat.name] ?? []
      this.lists.set(repeat, rows.map((a, i) => new Path(this.form, a, this.label, repeat.index, this, i + 1)))
    }
    return this.lists.get(repeat)
  }

  value(item) {
    if (!this.on(item)) return ''
    if (item.kind === 'repeat') return new Instances(this.rows(item).map(() => ''))
    if (item.calculation !== undefined && !isAsked(item)) return this.compute(item)
    return this.stored(item)
  }

  stored(item) {
    const v = this.answers[item.name] ?? ''
    const dated = (item.kind === 'date' || item.kind === 'dateTime') && typeof v === 'string'
    return dated ? moment(v, -new Date().getTimezoneOffset()) : v
  }

  compute(item) {
    if (!this.computed.has(item)) {
      this.computed.set(item, '')
      this.computed.set(item, evaluate(item.calculation, this.scope(item)))
    }
    return this.computed.get(item)
  }

  all(item) {
    if (item.block === this.block) return [this.value(item)]
    let below = this.form.items[item.block]
    while (below && below.block !== this.block) below = this.form.items[below.block]
    return below ? this.rows(below).flatMap((row) => row.all(item)) : []
  }

  get root() { return this.parent ? this.parent.root : this }

  scope(item, choice) {
    const named = (name) => this.form.byName.get(name)
    return {
      value: (name) => {
        const other = named(name)
        if (!other) return ''
        const owner = this.owner(other)
        return owner ? owner.value(other) : new Instances(this.root.all(other))
      },
      self: () => this.stored(item),
      column: (name) => choice === undefined ? '' : name === 'name' ? choice : this.form.columns[item.list]?.[choice]?.[name] ?? '',
      label: (question, code) => this.label(question, code),
      position: (up) => this.position(item, up),
      instance: (name, places) => this.instance(named(name), places),
    }
  }

  position(item, up) {
    let reached = item
    for (; up > 0 && reached; up--) reached = this.form.items[reached.parent]
    for (let p = this; p; p = p.parent) if (reached && p.block === reached.index) return p.row
    return 1
  }

  instance(item, places) {
    let path = this.root
    for (const { repeat, index } of places) {
      path = path.rows(this.form.byName.get(repeat) ?? {})[index - 1]
      if (!path) return ''
    }
    return (item && path.owner(item)?.value(item)) ?? ''
  }

  /** Whether the filter of a question leaves this choice. */
  offers(item, code) { return item.filter === undefined || toBool(evaluate(item.filter, this.scope(item, code))) }

  required(item) {
    return item.required === undefined ? Boolean(item.always) : toBool(evaluate(item.required, this.scope(item)))
  }

  /** The note that ends the questionnaire here, if any. */
  ended() { return this.form.items.find((item) => item.end && this.on(item)) }

  /** What is wrong with the answer to a question on the path: {code, args}, or nothing. */
  fault(item) {
    const v = this.answers[item.name] ?? ''
    if (v !== v) return { code: 'number.invalid' }
    if (isBlank(v)) return this.required(item) ? { code: 'answer.required' } : undefined
    if (item.kind === 'integer' && !Number.isInteger(v)) return { code: 'number.integer' }
    if (Array.isArray(v) && new Set(v).size < v.length) return { code: 'choice.twice' }
    if (item.constraint !== undefined && !toBool(evaluate(item.constraint, this.scope(item)))) return this.limited(item, v)
  }

  limited(item, v) {
    if (item.limit && Array.isArray(v)) {
      if (item.exact && v.length !== item.limit) return { code: 'choice.exact', args: [item.limit] }
      if (v.length > item.limit) return { code: 'choice.max', args: [item.limit] }
    }
    return { code: 'answer.invalid' }
  }

  /** The answers worth sending: on the path, not blank. */
  keep() {
    const kept = {}
    for (const item of this.form.items) {
      if (item.block !== this.block || !this.on(item)) continue
      const v = item.kind === 'repeat' ? this.rows(item).map((row) => row.keep()).filter((row) => Object.keys(row).length)
        : isAsked(item) ? this.answers[item.name] ?? '' : ''
      if (!isBlank(v)) kept[item.name] = v
    }
    return kept
  }

  /** An answer in words. */
  words(item) {
    const v = this.value(item)
    if (item.list) return (Array.isArray(v) ? v : v === '' ? [] : [v]).map((code) => this.label(item.name, code))
    return isBlank(v) ? [] : [toStr(v).replace('.', item.kind === 'decimal' ? ',' : '.')]
  }
}

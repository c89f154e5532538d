// The screen follows the path: each field watches what concerns it, and is drawn
// again only when that changes.
import { say, make, announce } from './words.js'
import { prepare, Path, isAsked } from './path.js'
import { fillField, readField } from './answers.js'
import { dress } from './controls.js'

/** The fields of a form, with the path that their answers lead through. */
export class Screen {
  /** Where the questionnaire needs them: functions, those of functions.js, and Rows, of rows.js. */
  constructor(form, { functions, Rows }) {
    this.form = form
    this.rows = Rows && new Rows(this)
    this.logic = prepare(JSON.parse(document.getElementById('logic').textContent))
    this.host = { more: functions, language: form.dataset.language, label: (question, code) => this.label(question, code) }
    this.named = new Map() // fields by their names in the form
    this.refreshers = new Map()
    this.adopt(form)
  }

  item(field) { return this.logic.byName.get(field.dataset.q) }

  /** The path of the row that a field is in; nothing when there is no such row, unless adding makes it. */
  at(field, adding) {
    let path = this.path
    for (const [, name, row] of (field?.dataset.name ?? '').matchAll(/(?:^|\.)([^[\]]+?)\[(\d+)\](?=\.)/g)) {
      const repeat = this.logic.byName.get(name)
      while (adding && repeat.count === undefined && path?.rows(repeat).length < row) path.addRow(repeat)
      path = path?.rows(repeat)[row - 1]
    }
    return path
  }

  label(question, code) {
    const field = this.form.querySelector(`[data-q="${question}"][data-control]`)
    const control = [...field?.querySelectorAll('input, option') ?? []].find((c) => c.value === code)
    return (control?.tagName === 'OPTION' ? control : control?.closest('label'))?.textContent.trim() ?? code
  }

  // ---- beginning

  // Takes in the fields of a part of the page, and dresses their controls.
  adopt(part) {
    const fields = [...part.querySelectorAll('[data-control]')]
    for (const field of fields) {
      field.dataset.name ??= field.dataset.q ??= field.id.slice(2)
      this.named.set(field.dataset.name, field)
    }
    this.rows?.adopt(fields)
    for (const field of fields) {
      const refresh = dress(field)
      if (refresh) this.refreshers.set(field, refresh)
      refresh?.()
    }
  }

  /** Begins a path: with the answers of a draft, with what a page shown again holds, or new. */
  open(draft, shownAgain) {
    this.path = new Path(this.logic, this.host)
    if (draft) this.path.load(draft)
    else this.path.begin()
    if (shownAgain) for (const field of this.named.values()) this.take(field, true)
    this.followed = new Set()
    this.follow(this.form)
    this.path.cells.settle()
  }

  /** Puts every control back as the page came. */
  reset() {
    this.form.reset()
    this.refreshers.forEach((refresh) => refresh())
    this.form.querySelectorAll('.notice').forEach((notice) => notice.remove())
  }

  // ---- from the path to the screen

  follow(part) {
    for (const field of part.querySelectorAll('[data-control]')) {
      if (this.followed.has(field)) continue
      this.followed.add(field)
      this.followField(field, this.item(field), field.dataset.control)
    }
    for (const said of part.querySelectorAll('[data-said]')) {
      if (this.followed.has(said)) continue
      this.followed.add(said)
      const item = this.logic.byName.get(said.dataset.said), around = said.closest('[data-name]')
      this.path.cells.watch(() => this.say(said, item, this.at(around)))
    }
  }

  followField(field, item, control) {
    const watch = (draw) => this.path.cells.watch(() => draw(this.at(field)))
    watch((at) => { field.hidden = !at?.on(item) || 'ends' in field.dataset })
    if (control === 'rows') watch((at) => this.rows.draw(field, item, at))
    else if (control === 'output') watch((at) => this.say(field.querySelector('output'), item, at))
    else if (isAsked(item)) {
      if (item.source) watch((at) => at && this.rows.list(field, item, at))
      if (item.narrowed) watch((at) => at && this.offer(field, item, at))
      watch((at) => at && fillField(field, item.kind, at.answer(item)) && this.refreshers.get(field)?.())
    }
  }

  say(place, item, at) { place.textContent = (item && at?.words(item).join(', ')) || '…' }

  // Takes away the choices that a filter does not leave here.
  offer(field, item, at) {
    for (const control of field.querySelectorAll('input, option')) {
      if (!control.value || control.role === 'combobox') continue
      const left = at.offers(item, control.value)
      control.disabled = !left
      const shell = control.closest('label') ?? control
      shell.hidden = !left
    }
    this.refreshers.get(field)?.()
    if (at.typedValue(item).length === at.answer(item).length) this.hush(field)
    else this.tell(field, say('js.lost'))
  }

  tell(field, text) {
    if (!field) return
    this.hush(field)
    field.querySelector('legend, .label, h3, p')?.after(make('p', { className: 'notice', textContent: text }))
    announce(text)
  }

  hush(field) { field.querySelector(':scope > .notice')?.remove() }

  // ---- from the screen to the path

  /** Takes what a field's controls hold as its answer; adding makes the rows it is in. */
  take(field, adding) {
    const item = this.item(field)
    if (!this.answers(field)) return
    const answer = readField(field, item.kind)
    this.at(field, adding && answer.length !== 0)?.set(item, answer)
  }

  /** Hears what a person did to a field. */
  hear(field) {
    if (!field) return
    this.take(field)
    this.hush(field)
    this.path.cells.settle()
  }

  answers(field) { return isAsked(this.item(field)) && field.dataset.control !== 'output' }

  /** Whether a field is asked here. */
  asks(field) { return this.answers(field) && !field.closest('[hidden]:not(.step)') }

  /** What is wrong with a field that is asked, or nothing. */
  fault(field) {
    const item = this.item(field), at = this.at(field)
    if (!at || !this.asks(field)) return
    const blankRow = at.block && at.block.count === undefined && !Object.keys(at.keep()).length
    return blankRow ? undefined : at.fault(item)
  }
}

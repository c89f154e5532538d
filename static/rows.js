// The rows of a repeat, on screen: as many as the path has, made from the first.
import { say, make } from './words.js'
import { fillField } from './answers.js'

const MOST = 50 // rows that a person may add
const rowsIn = (field) => [...field.children].filter((c) => c.matches('.row'))

export class Rows {
  constructor(screen) {
    this.screen = screen
    this.firsts = new Map() // the first row of each repeat, as it came
  }

  /** Takes in those of the fields that are repeats, before anything in them is dressed. */
  adopt(fields) {
    for (const field of fields.filter((f) => f.dataset.control === 'rows')) {
      this.firsts.set(field, rowsIn(field)[0].outerHTML)
      const item = this.screen.item(field)
      if (item.count === undefined) field.append(this.adder(field, item))
    }
  }

  adder(field, item) {
    const add = make('button', { type: 'button', className: 'quiet', 'data-add': '', textContent: say('js.add_row') })
    add.addEventListener('click', () => {
      this.screen.at(field).addRow(item)
      this.screen.path.cells.settle()
      rowsIn(field).filter((row) => !row.hidden).pop().querySelector('input, select, textarea, button')?.focus()
      field.dispatchEvent(new Event('change', { bubbles: true }))
    })
    return add
  }

  draw(field, item, at) {
    const shown = at?.rows(item).length ?? 0
    for (let n = rowsIn(field).length + 1; n <= shown; n++) this.append(field, n)
    rowsIn(field).forEach((row, i) => { row.hidden = i >= shown })
    const add = field.querySelector(':scope > [data-add]')
    if (add) add.hidden = shown >= MOST
    else if (at?.aside(item).length) this.screen.tell(field, say('js.aside'))
    else this.screen.hush(field)
  }

  // A row like the first, with its number in every name.
  append(field, n) {
    const { id, dataset: { name } } = field
    const html = this.firsts.get(field).replaceAll(name + '[1]', `${name}[${n}]`).replaceAll(id + '-1-', `${id}-${n}-`)
    rowsIn(field).pop().insertAdjacentHTML('afterend', html)
    const row = rowsIn(field).pop()
    row.firstElementChild.textContent = say('form.row', row.dataset.row = n)
    this.screen.adopt(row)
    this.screen.follow(row)
  }

  /** Draws the choices of a question that lists what was answered in a repeat. */
  list(field, item, at) {
    const input = (value) => make('input', { type: item.kind === 'select_one' ? 'radio' : 'checkbox', name: field.dataset.name, value })
    const choices = [...new Set(at.given(item))].map((value) => make('label', { className: 'choice' }, input(value), make('span', { textContent: value })))
    field.querySelector('.choices').replaceChildren(...choices)
    fillField(field, item.kind, at.typedValue(item))
  }
}

// Reads the controls of the form as answers, and puts a draft back into them.
// The native controls are the only truth; whatever is drawn over them writes
// to them.
import { isAsked } from './path.js'

/** Every field by its name in the form, with the values it has. */
export function entriesOf(form) {
  const entries = new Map()
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith(':')) entries.set(name, [...(entries.get(name) ?? []), value])
  }
  return entries
}

/** The answers to the items, by name; the rows of a repeat that are on screen, blank ones too. */
export function answersOf(form, items, entries, prefix = '') {
  const read = {}
  for (const item of items) {
    if (item.kind === 'repeat') read[item.name] = rowsOf(form, item, entries, prefix + item.name)
    else if (item.kind === 'group') Object.assign(read, answersOf(form, item.kids, entries, prefix))
    else if (isAsked(item)) read[item.name] = valueOf(item, entries, prefix + item.name)
  }
  return read
}

function rowsOf(form, item, entries, name) {
  const shown = [...form.querySelectorAll('.row')].filter((row) => row.dataset.name.startsWith(name + '[') && !row.hidden &&
    row.dataset.name === `${name}[${row.dataset.row}]`)
  return shown.map((row) => answersOf(form, item.kids, entries, row.dataset.name + '.'))
}

function valueOf(item, entries, name) {
  if (item.kind === 'rank') return ranked(entries, name)
  const values = (entries.get(name) ?? []).filter(Boolean)
  if (item.kind === 'select_multiple') return values
  const text = (values[0] ?? '').trim().replace(/\r\n/g, '\n')
  if (item.kind === 'integer' || item.kind === 'decimal' || item.kind === 'range') return numberOf(text)
  return text
}

function ranked(entries, name) {
  const codes = []
  for (let place = 1; entries.has(`${name}[${place}]`); place++) codes.push(...entries.get(`${name}[${place}]`).filter(Boolean))
  return codes
}

// As people write it: a decimal comma, spaces between thousands.
function numberOf(text) {
  const plain = text.replace(/[ \u00a0\u202f]/g, '').replace(',', '.')
  return plain === '' ? '' : Number(plain)
}

/** Puts saved entries back. */
export function restore(form, saved) {
  const entries = new Map(saved)
  for (const control of form.elements) {
    if (!control.name || control.name.startsWith(':')) continue
    const values = entries.get(control.name) ?? []
    if (control.type === 'radio' || control.type === 'checkbox') control.checked = values.includes(control.value)
    else control.value = values[0] ?? ''
  }
}

/** An identifier by the rule of surveys.NewResponseID: UUID version 7, on the day and not the minute. */
export function newID(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const day = now - now % 864e5
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(day / 2 ** (40 - 8 * i)) % 256
  bytes[6] = bytes[6] & 0x0f | 0x70
  bytes[8] = bytes[8] & 0x3f | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

// Between the controls of a field and its answer. The native controls hold what
// is seen, the path what is kept; whatever is drawn over the controls writes to
// them.
const NUMBERS = /^(integer|decimal|range)$/
const controlsOf = (field) => [...field.querySelectorAll('[name]')]
const isTick = (control) => /radio|checkbox/.test(control.type)

/** The answer that a field's controls hold, '' when they are blank. */
export function readField(field, kind) {
  const values = controlsOf(field).map((c) => isTick(c) && !c.checked ? '' : c.value).filter(Boolean)
  if (kind === 'rank' || kind === 'select_multiple') return values
  const text = (values[0] ?? '').trim().replace(/\r\n/g, '\n')
  return NUMBERS.test(kind) ? numberOf(text) : text
}

// As people write it: a decimal comma, spaces between thousands. What is not a
// number stays as it was typed, so that the person is told.
function numberOf(text) {
  const plain = text.replace(/[ \u00a0\u202f]/g, '').replace(',', '.')
  return plain !== '' && isFinite(plain) ? Number(plain) : text
}

/** Puts an answer into the controls, unless they hold it; whether they changed. */
export function fillField(field, kind, answer) {
  const same = (a, b) => [a].flat().join('\n') === [b].flat().join('\n')
  if (same(readField(field, kind), answer)) return false
  const values = [answer].flat().map(String)
  controlsOf(field).forEach((c, place) => {
    if (isTick(c)) c.checked = values.includes(c.value)
    else if (kind === 'rank') c.value = values[place] ?? ''
    else c.value = written(c, values[0] ?? '')
  })
  return true
}

// A date-time is shown without its seconds and offset, a decimal as it is typed.
function written(control, text) {
  if (control.type === 'datetime-local') return text.slice(0, 16)
  return control.inputMode === 'decimal' ? text.replace('.', ',') : text
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

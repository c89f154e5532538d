// What is wrong with a step, said beside each question and in a summary on top.
import { say, make } from './words.js'

/** The words for a fault of a field: the author's own where there are some. */
export function wordsOf(field, fault) {
  const own = fault.code === 'answer.required' ? field.dataset.required : fault.code === 'answer.invalid' ? field.dataset.constraint
    : /^choice\.(max|exact)/.test(fault.code) ? field.dataset.constraint : ''
  return own || say('problem.' + fault.code, ...fault.args ?? [])
}

/** Takes away what was said of a step. */
export function clear(step) {
  step.querySelectorAll('.summary, .field > .error, .consent > .error').forEach((e) => e.remove())
  document.getElementById('problems')?.remove()
  step.querySelectorAll('.invalid').forEach((e) => { e.classList.remove('invalid'); e.querySelectorAll('[aria-invalid]').forEach((c) => c.removeAttribute('aria-invalid')) })
}

/** Says problems, each {target: the id of a field, message}, and goes to the summary. */
export function complain(step, problems) {
  clear(step)
  for (const p of problems) {
    const field = document.getElementById(p.target)
    if (!field) continue
    field.classList.add('invalid')
    const line = make('p', { className: 'error', id: p.target + '-e', textContent: p.message })
    const before = field.querySelector('.choices, .combo, .places, input, select, textarea')
    const anchor = before?.closest('label.choice') ?? before
    anchor ? anchor.before(line) : field.append(line)
    const controls = field.matches('fieldset') ? [field] : field.querySelectorAll('input, select, textarea')
    controls.forEach((c) => { c.setAttribute('aria-invalid', 'true'); describe(c, line.id) })
  }
  const links = problems.map((p) => make('li', {}, make('a', { href: '#' + p.target, textContent: p.message })))
  const summary = make('div', { className: 'summary', role: 'alert', tabIndex: -1 }, make('h2', { textContent: say('js.problem_title') }), make('ul', {}, ...links))
  summary.addEventListener('click', (event) => {
    const field = event.target.hash && document.getElementById(event.target.hash.slice(1))
    if (!field) return
    event.preventDefault()
    field.scrollIntoView({ block: 'start' })
    const first = [...field.querySelectorAll('input, select, textarea, button')].find((c) => !c.closest('[hidden]'))
    ;(first ?? field).focus({ preventScroll: true })
  })
  step.prepend(summary)
  summary.focus()
}

function describe(control, id) {
  const ids = new Set((control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)).add(id)
  control.setAttribute('aria-describedby', [...ids].join(' '))
}

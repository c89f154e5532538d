// The answers to read again before they leave, section by section.
import { say, make } from './words.js'

/** A panel for each step, with a button that calls change with it. */
export function panels(screen, steps, change) {
  return steps.map((step) => panel(screen, step, change)).filter(Boolean)
}

function panel(screen, step, change) {
  const lines = [...step.querySelectorAll('[data-control]')].filter((field) => screen.asks(field))
  if (!lines.length) return
  const title = step.querySelector('h2').textContent
  const said = lines.filter((field) => inWords(screen, field).length)
  const button = make('button', { type: 'button', className: 'plain', 'aria-label': say('js.change') + ' : ' + title, textContent: say('js.change') })
  button.addEventListener('click', () => change(step))
  return make('section', { className: 'panel' }, make('div', { className: 'part' }, make('h3', { textContent: title }), button),
    said.length ? make('dl', { className: 'review' }, ...said.flatMap((field) => line(screen, field))) : undefined,
    said.length < lines.length ? make('p', { className: 'soft small', textContent: say('js.unanswered', lines.length - said.length) }) : undefined)
}

function inWords(screen, field) {
  const item = screen.item(field)
  const words = screen.at(field)?.words(item) ?? []
  return item.kind === 'acknowledge' && words.length ? ['✓'] : words
}

function line(screen, field) {
  const words = inWords(screen, field), ordered = field.dataset.control === 'ranking'
  const question = field.querySelector('legend, .label').cloneNode(true)
  question.querySelector('.must')?.remove()
  const answer = words.length > 1 ? make(ordered ? 'ol' : 'ul', {}, ...words.map((w) => make('li', { textContent: w }))) : words[0]
  return [make('dt', { textContent: question.textContent.trim() }), make('dd', {}, answer)]
}

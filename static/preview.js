// The page at the desk of who writes the questionnaire: it shows what they are
// at, and its end sends nothing.
import { say, make } from './words.js'

/** Shows, with show, the step of the question or section that the address names, now and when it changes. */
export function followAddress(show) {
  const shown = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    const step = named?.closest('[data-step]')
    if (!step) return
    show(step)
    if (named !== step) named.scrollIntoView({ block: 'center' })
  }
  window.addEventListener('hashchange', shown)
  shown()
}

/** Draws the end in a section, with a button to begin again. */
export function endPreview(section, again) {
  const button = make('button', { type: 'button', className: 'quiet', textContent: say('js.again') })
  button.addEventListener('click', again)
  const heading = make('h2', { textContent: say('form.preview'), tabIndex: -1 })
  section.replaceChildren(make('div', { className: 'panel' }, heading, button))
  heading.focus()
}

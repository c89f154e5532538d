// Larger text and reading aloud.
import { say } from './words.js'

const LARGER = 'diapason-larger'

/** Wires the two buttons; part gives what is on screen. */
export function tools(part) {
  const bar = document.querySelector('[data-tools]')
  bar.hidden = false
  larger(bar.querySelector('[data-larger]'))
  if ('speechSynthesis' in window) aloud(bar.querySelector('[data-aloud]'), part)
}

function larger(button) {
  const set = (on) => {
    document.documentElement.classList.toggle('larger', on)
    button.setAttribute('aria-pressed', String(on))
  }
  try { set(localStorage.getItem(LARGER) === '1') } catch { /* as the browser has it */ }
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true'
    set(on)
    try { localStorage.setItem(LARGER, on ? '1' : '') } catch { /* for this page only */ }
  })
}

function aloud(button, part) {
  const usual = button.textContent
  const still = () => { button.setAttribute('aria-pressed', 'false'); button.textContent = usual }
  button.hidden = false
  button.addEventListener('click', () => {
    if (speechSynthesis.speaking) { speechSynthesis.cancel(); return still() }
    const texts = [...part().querySelectorAll('h2, h3, p, li, legend, .label, .choice, .note')]
      .filter((e) => !e.closest('[hidden], .actions') && !(e.matches('p, li') && e.parentElement.closest('.note, .choice')))
      .map((e) => e.textContent.trim()).filter(Boolean)
    for (const [i, text] of texts.entries()) {
      const speech = new SpeechSynthesisUtterance(text)
      speech.lang = document.documentElement.lang
      if (i === texts.length - 1) speech.onend = still
      speechSynthesis.speak(speech)
    }
    button.setAttribute('aria-pressed', 'true')
    button.textContent = say('js.stop_aloud')
  })
  window.addEventListener('pagehide', () => speechSynthesis.cancel())
}

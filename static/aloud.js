// Reads what is on screen aloud, with the voices of the device.
import { say } from './words.js'

/** Reads a part of the page, or stops reading; the button says which comes next. */
export function aloud(button, part) {
  const usual = button.dataset.usual ??= button.textContent
  const still = () => { button.setAttribute('aria-pressed', 'false'); button.textContent = usual }
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel()
    return still()
  }
  const texts = [...part.querySelectorAll('h2, h3, p, li, legend, .label, .choice, .note')]
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
  window.addEventListener('pagehide', () => speechSynthesis.cancel(), { once: true })
}

// Slides: one at a time, by the keyboard or by hand, with a clock of twenty
// minutes. Without this file they are one long page that prints.
import { startClock } from './slides_clock.js'

const talk = document.querySelector('[data-talk]')
const slides = [...talk.querySelectorAll('[data-slide]')]
const bar = talk.querySelector('[data-bar]')
const announce = talk.querySelector('[data-announce]')
const root = document.documentElement
let at = 0
let showing = false
let notes = false
let back = null // what had the focus before

const clock = startClock(talk.querySelector('[data-time]'))
const heading = (slide) => slide.querySelector('h2')

// A slide is told when its heading takes the focus; the status says where it
// stands, for a reader who follows by voice.
function show(i, focus = true) {
  at = Math.max(0, Math.min(slides.length - 1, i))
  slides.forEach((slide, j) => slide.classList.toggle('current', j === at))
  bar.querySelector('progress').value = at + 1
  bar.querySelector('[data-count]').textContent = `${at + 1} / ${slides.length}`
  announce.textContent = `Diapo ${at + 1} sur ${slides.length}`
  history.replaceState(null, '', `#${slides[at].id}`)
  scrollTo(0, 0)
  if (focus) heading(slides[at]).focus({ preventScroll: true })
}

function present() {
  if (showing) return
  showing = true
  back = document.activeElement
  root.classList.add('presenting')
  bar.hidden = false
  clock.start()
  show(indexOf(location.hash))
}

function leave() {
  if (!showing) return
  showing = false
  root.classList.remove('presenting')
  bar.hidden = true
  clock.stop()
  if (document.fullscreenElement) document.exitFullscreen()
  announce.textContent = 'Présentation quittée'
  slides[at].scrollIntoView()
  if (back?.isConnected && back !== document.body) back.focus({ preventScroll: true })
}

function indexOf(hash) {
  return Math.max(0, slides.findIndex((slide) => `#${slide.id}` === hash))
}

// Where full screen is refused the window is the screen.
function fullScreen() {
  if (showing) return leave()
  present()
  root.requestFullscreen?.().catch(() => {})
}

function toggleNotes() {
  notes = !notes
  for (const details of talk.querySelectorAll('.speaker')) details.open = notes
  for (const button of talk.querySelectorAll('[data-notes]')) button.setAttribute('aria-pressed', String(notes))
  announce.textContent = notes ? 'Notes montrées' : 'Notes cachées'
}

// Keys belong to the talk only while it is shown, but for those that begin it;
// never to somebody who writes or presses a button with them.
const keys = {
  ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1), PageDown: () => show(at + 1), ' ': () => show(at + 1),
  ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1), PageUp: () => show(at - 1),
  Home: () => show(0), End: () => show(slides.length - 1), Escape: leave,
}
const always = { f: fullScreen, n: toggleNotes }

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea, select')) return
  const pressed = event.target.closest('button, summary, a')
  if (pressed && (event.key === ' ' || event.key === 'Enter')) return
  const act = always[event.key.toLowerCase()] ?? (showing ? keys[event.key] : undefined)
  if (!act) return
  event.preventDefault()
  act()
})

// In full screen Esc is the browser's: the page only hears that it is over.
document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) leave() })

talk.querySelector('[data-start]').hidden = false
talk.querySelector('[data-present]').addEventListener('click', fullScreen)
talk.querySelector('[data-previous]').addEventListener('click', () => show(at - 1, false))
talk.querySelector('[data-next]').addEventListener('click', () => show(at + 1, false))
talk.querySelector('[data-leave]').addEventListener('click', leave)
for (const button of talk.querySelectorAll('[data-notes]')) button.addEventListener('click', toggleNotes)

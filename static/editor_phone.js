// The phone beside: the page people will answer, at the question that is open.

const PAUSE = 500 // milliseconds after a change

let drawn, timer
const desk = () => document.getElementById('desk')
const screen = () => document.getElementById('phone-screen')

// place is the part of the preview that shows the question that is open.
function place() {
  const key = desk().dataset.open
  if (!key) return ''
  const name = document.getElementById(`p-${key}`)?.dataset.show
  return name ? `#q-${name}` : ''
}

// follow shows the questionnaire as it is now, at the question that is open.
export function follow() {
  clearTimeout(timer)
  timer = setTimeout(refresh, PAUSE)
}

function refresh() {
  const wide = matchMedia('(min-width: 64rem)').matches
  if (!wide && !document.documentElement.matches('.phone-shown')) return
  const language = document.getElementById('phone-language').value
  const address = `${desk().dataset.base}/apercu?langue=${encodeURIComponent(language)}&revision=${desk().dataset.revision}`
  const window = screen().contentWindow
  const fresh = address !== drawn
  if (!fresh && (!place() || window.location.hash === place())) return
  hold(fresh ? LOADING : SETTLING)
  window.location.replace(address + place())
  drawn = address
}

// The page in the phone goes to its question, and may take the keyboard and the
// scroll of this page along: both are brought back to whoever is writing, unless
// they did something themselves meanwhile.
const LOADING = 3000, SETTLING = 600 // milliseconds
let until = 0, holder = null, top = null

function hold(time) {
  if (document.activeElement !== screen()) holder = document.activeElement
  until = Date.now() + time
  top = scrollY
}

// stay is said after this page has scrolled by itself.
export function stay() { if (top !== null) top = scrollY }

function bringBack() {
  if (Date.now() > until) return
  if (top !== null && scrollY !== top) scrollTo({ top, behavior: 'instant' })
  if (document.activeElement === screen() && holder?.isConnected) holder.focus({ preventScroll: true })
}

function watch() {
  const scrolls = () => { top = null }
  const leaves = () => { until = 0 }
  const moving = /^(Arrow|Page|Home|End)/
  document.addEventListener('focusin', ({ target }) => { if (target !== screen()) holder = target })
  for (const theirs of ['wheel', 'touchstart', 'pointerdown']) addEventListener(theirs, scrolls, { passive: true })
  addEventListener('keydown', ({ key }) => { key === 'Tab' ? leaves() : moving.test(key) && scrolls() })
  screen().addEventListener('pointerenter', leaves)
  screen().addEventListener('load', () => { if (until) hold(SETTLING) })
  addEventListener('blur', () => setTimeout(bringBack))
  addEventListener('scroll', bringBack)
}

export function startPhone() {
  const [phone, open, close] = ['phone', 'phone-open', 'phone-close'].map((id) => document.getElementById(id))
  for (const button of [open, close]) {
    button.hidden = false
    button.dataset.live = ''
  }
  const toggle = (on) => {
    document.documentElement.classList.toggle('phone-shown', on)
    open.setAttribute('aria-expanded', String(on))
    if (on) refresh()
    const next = on ? close : open
    next.focus()
  }
  open.addEventListener('click', () => toggle(true))
  close.addEventListener('click', () => toggle(false))
  phone.addEventListener('keydown', (event) => { if (event.key === 'Escape') toggle(false) })
  const language = document.getElementById('phone-language')
  language.dataset.live = ''
  language.addEventListener('change', refresh)
  watch()
  refresh()
}

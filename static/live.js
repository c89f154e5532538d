// Numbers that refresh themselves. The server says by server-sent events that
// what the page shows has changed, and the page asks for itself again: no
// number comes by another way than the page's own.
import { draw, isDrawn } from './chart.js'

const RENEW = 10_000 // milliseconds between two looks, in a browser without events
const AGAIN = 30_000 // before a stream that was refused is asked for again

const say = (text) => { const place = document.querySelector('[data-announce]'); if (place) place.textContent = text }
const total = (root) => root.querySelector('[data-total]')?.dataset.total ?? ''

// replaceLive puts the new content of every live region in its place, and
// leaves alone the one somebody is reading with the keyboard.
function replaceLive(fresh) {
  for (const old of document.querySelectorAll('[data-live]')) {
    const next = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`)
    if (!next) continue
    Object.assign(old.dataset, next.dataset)
    const busy = old !== document.activeElement && old.contains(document.activeElement)
    if (busy || next.innerHTML === old.innerHTML) continue
    old.replaceChildren(...next.childNodes)
    const chart = document.querySelector(`[data-chart-for="${CSS.escape(old.dataset.live)}"]`)
    if (isDrawn(chart)) draw(chart)
  }
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' })
  if (answer.redirected) return stop()
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const before = total(document), after = total(fresh)
  if (fresh.querySelectorAll('[data-live]').length !== document.querySelectorAll('[data-live]').length) {
    return location.reload() // a table came or went
  }
  replaceLive(fresh)
  if (after !== before) say(`${after} réponses`)
}

// turn refreshes once at a time; what changes meanwhile is looked at afterwards.
// A network that fails is tried again at the next change.
let turning = false, changed = false
async function turn() {
  changed = true
  if (turning) return
  turning = true
  while (changed) {
    changed = false
    await refresh().catch(() => {})
  }
  turning = false
}

let source = null, ended = false
function close() {
  source?.close()
  source = null
}

function stop() {
  ended = true
  close()
  const place = document.querySelector('[data-refreshing]')
  if (place) place.textContent = ' – votre session est terminée : rechargez la page pour continuer.'
}

// listen opens the stream, unless it is open, nobody looks or the session is
// over. The address says what the page shows, so that nothing is missed.
function listen() {
  if (source || ended || document.hidden) return
  source = new EventSource(document.querySelector('[data-refresh]').dataset.refresh)
  source.addEventListener('change', turn)
  source.addEventListener('end', stop)
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED) return // it tries again by itself
    close()
    setTimeout(() => turn().then(listen), AGAIN)
  })
}
/** Starts following, where the page has something to follow. */
export function startLive() {
  if (!document.querySelector('[data-refresh]')) return
  if (!('EventSource' in globalThis)) {
    const timer = setInterval(() => { if (ended) clearInterval(timer); else if (!document.hidden) turn() }, RENEW)
    return
  }
  listen()
  // A tab nobody looks at asks for nothing, and catches up when it is back.
  document.addEventListener('visibilitychange', () => document.hidden ? close() : listen())
  addEventListener('pagehide', close)
  addEventListener('pageshow', listen)
}

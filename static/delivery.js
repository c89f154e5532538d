// Sends responses and says honestly where each one is.
import { say, make, announce } from './words.js'
import { forgetItem, keepClosed, keepItem, sendItem, takeOutcome, waitingItems } from './outbox.js'

const FIRST = 2e3, LONGEST = 5 * 60e3

/** Keeps a response, sends it until our server answers, and draws its state in a section. */
export async function deliver(item, section, told) {
  await keepItem(item)
  draw(section, 'js.sending', [make('p', { textContent: say('js.sending_lead') })])
  const again = await attempt(item, section, told, false)
  if (again === undefined) return
  askToSync()
  retry(item, section, told, FIRST, again)
}

// One try; the number of seconds the server asked to wait when it must be tried again.
async function attempt(item, section, told, quiet) {
  const outcome = await sendItem(item)
  if (outcome.state === 'waiting') return outcome.after
  if (outcome.state === 'closed') return closed(item, section)
  await forgetItem(item.id)
  if (!quiet || outcome.state !== 'sent') settle(item, outcome, section, told)
  else told.done()
}

function settle(item, outcome, section, told) {
  if (outcome.state === 'refused') return told.refused(outcome.problems ?? [], outcome.message ?? say('js.refused'))
  told.done()
  if (outcome.state === 'sent') return outcome.ended ? ended(outcome, section) : sent(item, outcome, section, told)
  draw(section, 'js.refused_title', [make('p', { textContent: say('js.conflict') }), again(told)])
}

// Closed for now, perhaps by mistake: the answer stays on the device, its own
// at least, and leaves at the next visit if the survey is open again.
async function closed(item, section) {
  await (item.shared ? forgetItem(item.id) : keepClosed(item))
  draw(section, 'js.closed_title', [make('p', { textContent: say(item.shared ? 'js.closed_shared' : 'js.closed') })])
}

function retry(item, section, told, delay, asked = 0) {
  waiting(item, section, told)
  let timer
  const now = async () => {
    clearTimeout(timer)
    window.removeEventListener('online', now)
    section.querySelector('[data-retry]')?.setAttribute('aria-disabled', 'true')
    const again = await attempt(item, section, told, false)
    if (again !== undefined) retry(item, section, told, Math.min(delay * 2, LONGEST), again)
  }
  timer = setTimeout(now, Math.max(delay, asked * 1000))
  window.addEventListener('online', now)
  section.querySelector('[data-retry]')?.addEventListener('click', now)
}

function waiting(item, section, told) {
  if (section.dataset.state === 'waiting') return section.querySelector('[data-retry]')?.replaceWith(retryButton())
  draw(section, 'js.waiting', [make('p', { textContent: say(item.shared ? 'js.waiting_shared' : 'js.waiting_lead') }),
    make('div', { className: 'actions' }, retryButton(), item.shared ? again(told) : undefined)], 'waiting')
}

const retryButton = () => make('button', { type: 'button', className: 'quiet', 'data-retry': '', textContent: say('js.retry') })

function again(told) {
  const button = make('button', { type: 'button', className: 'quiet', textContent: say('js.again') })
  button.addEventListener('click', () => told.again())
  return button
}

function sent(item, outcome, section, told) {
  draw(section, 'js.sent_title', [
    make('p', { className: 'lead', textContent: say('js.sent_lead') }),
    make('h3', { textContent: say('js.code_t') }),
    make('p', { className: 'code', id: 'code', lang: 'fr', textContent: outcome.withdrawal }),
    make('p', {}, say('js.code') + ' ', make('a', { href: `/r/${item.slug}/retrait?langue=${document.documentElement.lang}`, textContent: say('js.erase') })),
    make('h3', { textContent: say('js.next_t') }), make('p', { textContent: say('js.next_lead') }), again(told),
  ], 'sent')
}

function ended(outcome, section) {
  draw(section, 'js.ended_title', [make('p', { className: 'lead', textContent: outcome.ended }), make('p', { textContent: say('js.ended') })], 'ended')
}

function draw(section, title, content, state = '') {
  section.dataset.state = state
  const heading = make('h2', { textContent: say(title), tabIndex: -1 })
  section.replaceChildren(make('div', { className: 'panel ' + (state === 'sent' ? 'done' : '') }, heading, ...content))
  heading.focus({ preventScroll: true })
  announce(say(title))
}

// Where the browser can, the worker sends after the page is closed.
function askToSync() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register('outbox')).catch(() => { /* the page will do it */ })
}

/** At a new visit: what waits is sent, what was settled meanwhile is told. */
export async function resumeDeliveries(slug, section, page) {
  const draftID = JSON.parse(localStorage.getItem('diapason-draft:' + slug) ?? 'null')?.id
  const outcome = draftID && await takeOutcome(draftID)
  if (outcome && !page.busy()) {
    await forgetItem(draftID)
    page.enter()
    return settle({ id: draftID, slug }, outcome, section, page)
  }
  for (const item of await waitingItems()) {
    if (item.id === draftID && !page.busy()) { page.enter(); deliver(item, section, page) }
    else quietly(item, FIRST)
  }
}

// Responses of before, or of somebody else on a shared device: sent without a word.
async function quietly(item, delay) {
  const outcome = await sendItem(item)
  if (outcome.state === 'closed' && !item.shared) return keepClosed(item)
  if (outcome.state !== 'waiting') return forgetItem(item.id)
  setTimeout(() => quietly(item, Math.min(delay * 2, LONGEST)), delay)
}

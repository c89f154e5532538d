// Turns the questionnaire's page into one step at a time: skip logic at once,
// checks at each step, a draft on the device, sending in the background. The
// page is whole without this script.
import { say, make } from './words.js'
import { newID } from './answers.js'
import { dropDraft, isOnItsWay, loadDraft, saveDraft } from './draft.js'
import { Screen } from './screen.js'
import { clear, complain, wordsOf } from './problems.js'
import { tools } from './tools.js'

const asItCame = '<!doctype html>' + document.documentElement.outerHTML
const form = document.getElementById('form')
const { slug, notice, language } = form.dataset
const preview = 'preview' in form.dataset // for those who write the questionnaire
const shownAgain = Boolean(document.getElementById('problems'))
const welcome = document.getElementById('accueil')
const shared = document.getElementById('shared')
const consent = form.elements[':consent']
const IDLE = 60 // seconds without a touch that still count as answering

let screen, state = fresh(), current = welcome

const forget = () => { if (!preview) dropDraft(slug) }

function fresh() { return { id: newID(), seconds: 0, touched: Date.now() } }

// ---- going from one step to the next

const review = make('section', { className: 'step', id: 'relecture', hidden: true, 'aria-labelledby': 'relecture-t' })
const ending = make('section', { className: 'step', id: 'fin', hidden: true, tabIndex: -1 })

const quiet = (field) => field.hidden || /cluster|matrix|rows/.test(field.dataset.control)
const away = (step) => step.dataset.q && !screen.path.on(screen.item(step))
const empty = (step) => [...step.querySelectorAll('[data-control]')].every(quiet)
const steps = () => [...form.querySelectorAll('[data-step]')].filter((s) => !away(s) && !empty(s))

function enter(section) {
  for (const s of document.querySelectorAll('.step')) s.hidden = s !== section
  current = section
  window.scrollTo(0, 0)
}

function show(step, { remember = true } = {}) {
  if (step === review) drawReview()
  enter(step)
  document.body.classList.toggle('answering', step !== welcome)
  progress(step)
  if (remember && !preview) history.pushState({ step: step.id, depth: depth() + 1 }, '')
  const heading = step.querySelector('h2')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
  keep()
}

function progress(step) {
  const all = [...steps(), review], i = all.indexOf(step)
  if (i < 0) return
  let bar = step.querySelector('.progress')
  if (!bar) step.prepend(bar = make('div', { className: 'progress' }, make('p'), make('progress', { 'aria-hidden': 'true' })))
  bar.firstChild.textContent = say('js.step', i + 1, all.length)
  bar.lastChild.max = all.length
  bar.lastChild.value = i + 1
}

function next() {
  if (current === welcome) {
    if (!consent.checked && !preview) return complain(welcome, [{ target: 'consent', message: say('problem.envelope.consent') }])
    clear(welcome)
    settleIn()
  } else if (!check(current)) return
  const end = screen.path.ended()
  if (end) return finishEarly(end)
  const all = steps()
  show(all[all.indexOf(current) + 1] ?? review)
}

function back() {
  const all = steps(), i = current === review ? all.length : all.indexOf(current)
  show(all[i - 1] ?? welcome)
}

// How many times Back leads to another step of this page.
const depth = () => history.state?.depth ?? 0

window.addEventListener('popstate', (event) => {
  if (current === ending && !('early' in ending.dataset)) return
  const asked = document.getElementById(event.state?.step ?? 'accueil')
  const open = consent.checked || preview
  show(open && (asked === review || steps().includes(asked)) ? asked : welcome, { remember: false })
})

// ---- checking, reading again

function check(step) {
  const problems = []
  for (const field of step.querySelectorAll('[data-control]')) {
    const fault = screen.fault(field)
    if (fault) problems.push({ target: field.id, message: wordsOf(field, fault) })
  }
  if (problems.length) complain(step, problems)
  else clear(step)
  return !problems.length
}

async function drawReview() {
  const heading = make('h2', { id: 'relecture-t', textContent: say('js.review_title') })
  review.replaceChildren(heading)
  const { panels } = await later().catch(() => ({ panels: () => [] })) // it can be sent without
  if (heading.nextSibling || !heading.isConnected) return // drawn again meanwhile
  const previous = make('button', { type: 'button', className: 'plain', textContent: say('js.back') })
  previous.addEventListener('click', back)
  const send = make('button', { type: 'submit', id: 'envoyer', textContent: say('js.send') })
  review.append(make('p', { textContent: say('js.review_lead') }), ...panels(screen, steps(), show), make('div', { className: 'actions' }, send, previous))
}

// ---- keeping and sending

function touch() {
  const now = Date.now()
  state.seconds += Math.min(IDLE, (now - state.touched) / 1000)
  state.touched = now
}

let keeping
function keepSoon() { keeping ??= setTimeout(keep, 250) }

function keep() {
  clearTimeout(keeping)
  keeping = undefined
  if (preview || shared.checked || current === ending || !consent.checked) return
  const kept = saveDraft(slug, { ...state, step: current.id, answers: screen.path.keep(true) })
  form.classList.toggle('kept', kept)
}

function response() {
  const { version, mode, relay } = form.dataset
  const body = { id: state.id, version: Number(version), language, mode, consent: notice, seconds: Math.round(state.seconds), answers: screen.path.keep() }
  return relay ? { ...body, relay } : body
}

// What comes last is fetched when somebody begins, with the worker that keeps
// the page and its scripts for days without network. Who does not begin keeps
// nothing.
const laterScript = new URL(`./later-${form.dataset.texts}.js`, import.meta.url).href
const later = async () => (await import(laterScript)).later
const tell = (worker) => worker?.postMessage({ page: asItCame, url: location.href, scripts: [import.meta.url, laterScript] })
const desk = () => import('./preview.js')

function settleIn() {
  later().catch(() => { /* asked for again when it is needed */ })
  if (preview || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/r/sw.js', { scope: '/r/' })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => tell(active))
    .catch(() => { /* a private window: the page works while it is open */ })
}

async function send() {
  for (const step of steps()) {
    if (!check(step)) { show(step); return void check(step) }
  }
  if (preview) {
    finish()
    return (await desk()).endPreview(ending, restart)
  }
  touch()
  const item = { id: state.id, slug, body: JSON.stringify(response()), shared: shared.checked }
  const last = await later().catch(() => complain(review, [{ target: review.id, message: say('js.offline') }]))
  if (!last) return
  finish()
  last.deliver(item, ending, { refused, again: restart, done: forget })
}

// From the end, Back leaves the questionnaire: its steps are behind.
function finish() {
  delete ending.dataset.early
  enter(ending)
  document.getElementById('draft').hidden = true
  if (depth()) history.go(-depth())
}

// The server did not take it: the answers are still in the form.
function refused(problems, message) {
  const all = steps()
  const fieldOf = (p) => [...screen.named.values()].find((field) => field.dataset.q === p.question)
  const placed = problems.map((p) => ({ target: fieldOf(p)?.id ?? 'relecture', message: p.message }))
  const step = all.find((s) => placed.some((p) => s.querySelector('#' + CSS.escape(p.target)))) ?? review
  show(step)
  complain(step, placed.length ? placed : [{ target: step.id, message }])
}

function finishEarly(item) {
  forget()
  const before = current
  const back = make('button', { type: 'button', className: 'plain', textContent: say('js.back') })
  back.addEventListener('click', () => show(before))
  const words = screen.named.get(item.name).querySelector('.note').cloneNode(true)
  ending.replaceChildren(make('div', { className: 'panel' }, make('h2', { textContent: say('js.ended_title'), tabIndex: -1 }), words, make('p', { textContent: say('js.ended') })), back)
  ending.dataset.early = ''
  if (!preview) history.pushState({ depth: depth() + 1 }, '')
  enter(ending)
  ending.querySelector('h2').focus()
}

// ---- beginning again, taking up a draft

function restart() {
  forget()
  screen.reset()
  state = fresh()
  shuffle()
  screen.open()
  ending.replaceChildren()
  document.getElementById('draft').hidden = true
  show(welcome)
}

// Another person, another order, where the author asks for one.
function shuffle() {
  for (const field of form.querySelectorAll('[data-shuffle]')) {
    const list = field.querySelector('.choices')
    const code = (c) => c.dataset.code ?? c.querySelector('input').value
    const mixed = [...list?.children ?? []].filter((c) => !/^(nsp|npr|rien|aucune?|autre|other)$/.test(code(c)))
    mixed.map((c) => [Math.random(), c]).sort(([a], [b]) => a - b).reverse().forEach(([, c]) => list.prepend(c))
  }
}

function takeUp(draft) {
  if (!draft) return
  consent.checked = true
  state = { id: draft.id, seconds: draft.seconds, touched: Date.now() }
  document.getElementById('draft').hidden = true
  screen.open(draft.answers)
}

function offerDraft() {
  const draft = loadDraft(slug)
  if (preview || !draft?.answers || isOnItsWay(draft.id)) return
  const box = document.getElementById('draft')
  const resume = make('button', { type: 'button', textContent: say('js.draft_resume') })
  const over = make('button', { type: 'button', className: 'quiet', textContent: say('js.draft_restart') })
  resume.addEventListener('click', () => {
    takeUp(draft)
    settleIn()
    const step = document.getElementById(draft.step)
    show(step === review || steps().includes(step) ? step : steps()[0] ?? welcome)
  })
  over.addEventListener('click', restart)
  box.replaceChildren(make('p', {}, make('strong', { textContent: say('js.draft_title') })), make('div', { className: 'actions' }, resume, over))
  box.hidden = false
}

// What waits from before is sent; what was settled meanwhile is told.
async function resume() {
  const kept = Object.keys(window.localStorage ?? {}).some((k) => k.startsWith('diapason-out:'))
  if (preview || !kept && !loadDraft(slug)) return
  const { resumeDeliveries } = await later()
  resumeDeliveries(slug, ending, {
    busy: () => current !== welcome, enter: finish, again: restart, done: forget,
    refused: (problems, message) => { takeUp(loadDraft(slug)); refused(problems, message) },
  })
}

// ---- a tablet in a hall must not show one person's answers to the next

const LEFT = 4 * 60e3
let leaving
function watchLeaving() {
  clearTimeout(leaving)
  if (shared.checked && current !== welcome && current !== ending) leaving = setTimeout(() => { current = ending; location.reload() }, LEFT)
}

// ---- beginning

function buttons(step) {
  const forward = make('button', { type: 'button', textContent: say('js.next'), 'data-next': '' })
  const backward = make('button', { type: 'button', className: 'plain', textContent: say('js.back'), 'data-back': '' })
  forward.addEventListener('click', next)
  backward.addEventListener('click', back)
  step.append(make('div', { className: 'actions' }, forward, backward), make('p', { className: 'saved small soft', textContent: say('js.saved') }))
}

function listen() {
  const heard = ({ target }) => {
    touch()
    screen.hear(target.closest('[data-control]'))
    keepSoon()
    watchLeaving()
  }
  form.addEventListener('input', heard)
  form.addEventListener('change', heard)
  window.addEventListener('pagehide', keep)
  document.addEventListener('visibilitychange', keep)
  shared.addEventListener('change', () => shared.checked ? forget() : keep())
  form.querySelector('[data-refuse]').addEventListener('click', forget)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (current === review) send()
    else next()
  })
}

/** Brings the page to life, with what only some questionnaires need: see Screen. */
export function answer(needed) {
  document.documentElement.classList.add('js')
  form.append(review)
  form.after(ending)
  screen = new Screen(form, needed)
  form.querySelectorAll('[data-step]').forEach(buttons)
  const start = form.querySelector('[data-start]')
  start.hidden = false
  start.addEventListener('click', next)
  document.querySelector('[data-shared]').hidden = form.querySelector('[data-refuse]').hidden = preview
  listen()
  screen.open(undefined, shownAgain)
  enter(welcome)
  offerDraft()
  tools(() => current)
  tell(navigator.serviceWorker?.controller) // who began before, with scripts that changed since
  resume()
  if (preview) desk().then(({ followAddress }) => followAddress((step) => show(step, { remember: false })))
}

// Turns the questionnaire's page into one step at a time: skip logic at once,
// checks at each step, a draft on the device, sending in the background. The
// page is whole without this script.
import { say, make, announce } from './words.js'
import { prepare, Path } from './path.js'
import { answersOf, entriesOf, newID, restore } from './answers.js'
import { dropDraft, isOnItsWay, loadDraft, saveDraft } from './draft.js'
import { dress } from './controls.js'
import { tools } from './tools.js'

const asItCame = '<!doctype html>' + document.documentElement.outerHTML
const form = document.getElementById('form')
const { slug, notice, language } = form.dataset
const logic = prepare(JSON.parse(document.getElementById('logic').textContent))
const fields = [...form.querySelectorAll('[data-control]')]
for (const f of fields) f.dataset.name ??= f.dataset.q ??= f.id.slice(2)
const byName = new Map(fields.map((f) => [f.dataset.q, f]))
const welcome = document.getElementById('accueil')
const shared = document.getElementById('shared')
const consent = form.elements[':consent']
const IDLE = 60 // seconds without a touch that still count as answering

let state = fresh()
let path, current = welcome

function fresh() { return { id: newID(), seconds: 0, touched: Date.now() } }

// ---- the screen follows the answers

function label(question, code) {
  const field = byName.get(question)
  const control = [...field?.querySelectorAll('input, option') ?? []].find((c) => c.value === code)
  return (control?.tagName === 'OPTION' ? control : control?.closest('label'))?.textContent.trim() ?? code
}

function pathAt(name) {
  let found = path
  for (const [, repeat, row] of name.matchAll(/(?:^|\.)([^[\]]+?)\[(\d+)\](?=\.)/g)) {
    found = found?.rows(logic.byName.get(repeat))[row - 1]
  }
  return found
}

function follow() {
  path = new Path(logic, answersOf(form, logic.top, entriesOf(form)), label)
  for (const field of fields) {
    const item = logic.byName.get(field.dataset.q), at = pathAt(field.dataset.name)
    field.hidden = !at || !at.on(item) || 'ends' in field.dataset
    if (item?.filter !== undefined && at) offer(field, item, at)
  }
  for (const said of form.querySelectorAll('[data-said]')) {
    const item = logic.byName.get(said.dataset.said)
    said.textContent = (item && path.words(item).join(', ')) || '…'
  }
}

// Takes away the choices that a filter does not leave here.
function offer(field, item, at) {
  for (const control of field.querySelectorAll('input, option')) {
    if (!control.value || control.role === 'combobox') continue
    const left = at.offers(item, control.value)
    control.disabled = !left
    const shell = control.closest('label') ?? control
    shell.hidden = !left
    if (!left) { control.checked = false; if (control.selected) control.parentElement.value = '' }
  }
}

const empty = (step) => ![...step.querySelectorAll('[data-q]')].some((f) => fields.includes(f) && !f.hidden && !/cluster|matrix|rows/.test(f.dataset.control))
const away = (step) => step.dataset.q && !path.on(logic.byName.get(step.dataset.q))
const steps = () => [...form.querySelectorAll('[data-step]')].filter((s) => !away(s) && !empty(s))

// ---- going from one step to the next

const review = make('section', { className: 'step', id: 'relecture', hidden: true, 'aria-labelledby': 'relecture-t' })
const ending = make('section', { className: 'step', id: 'fin', hidden: true, tabIndex: -1 })
form.append(review)
form.after(ending)

function show(step, { remember = true } = {}) {
  for (const s of document.querySelectorAll('.step')) s.hidden = s !== step
  document.body.classList.toggle('answering', step !== welcome)
  current = step
  progress(step)
  if (remember) history.pushState({ step: step.id }, '')
  const heading = step.querySelector('h2')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
  window.scrollTo(0, 0)
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
    if (!consent.checked) return complain(welcome, [{ target: 'consent', message: say('problem.envelope.consent') }])
    clear(welcome)
    settleIn()
  } else if (!check(current)) return
  const end = path.ended()
  if (end) return finishEarly(end)
  const all = steps()
  const following = all[all.indexOf(current) + 1]
  if (following) return show(following)
  draw()
  show(review)
}

function back() {
  const all = steps(), i = current === review ? all.length : all.indexOf(current)
  show(i > 0 ? all[i - 1] : welcome)
}

window.addEventListener('popstate', (event) => {
  const step = document.getElementById(event.state?.step ?? 'accueil')
  if (!step || current === ending) return
  if (step === review) draw()
  show(step, { remember: false })
})

// ---- checking

const message = (field, fault) => {
  const own = fault.code === 'answer.required' ? field.dataset.required : fault.code === 'answer.invalid' ? field.dataset.constraint
    : /^choice\.(max|exact)/.test(fault.code) ? field.dataset.constraint : ''
  return own || say('problem.' + fault.code, ...fault.args ?? [])
}

function check(step) {
  follow()
  const problems = []
  for (const field of step.querySelectorAll('[data-q]')) {
    if (!fields.includes(field) || field.closest('[hidden]')) continue
    const item = logic.byName.get(field.dataset.q), at = pathAt(field.dataset.name)
    const blankRow = field.closest('.row') && at && !Object.keys(at.keep()).length
    const fault = item && at && !blankRow && field.querySelector('input, select, textarea') && item.kind !== 'group' && item.kind !== 'repeat' && at.fault(item)
    if (fault) problems.push({ target: field.id, message: message(field, fault) })
  }
  if (problems.length) complain(step, problems)
  else clear(step)
  return !problems.length
}

function clear(step) {
  step.querySelectorAll('.summary, .field > .error, .consent > .error').forEach((e) => e.remove())
  document.getElementById('problems')?.remove()
  step.querySelectorAll('.invalid').forEach((e) => { e.classList.remove('invalid'); e.querySelectorAll('[aria-invalid]').forEach((c) => c.removeAttribute('aria-invalid')) })
}

function complain(step, problems) {
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

// ---- reading again

function draw() {
  const parts = steps().map((step) => {
    const lines = [...step.querySelectorAll('[data-q]')].filter((f) => fields.includes(f) && !f.closest('[hidden]:not(.step)') && f.querySelector('input, select, textarea') && !/cluster|matrix|rows|note/.test(f.dataset.control))
    if (!lines.length) return
    const said = lines.filter((f) => inWords(f).length)
    const change = make('button', { type: 'button', className: 'plain', 'aria-label': say('js.change') + ' : ' + step.querySelector('h2').textContent, textContent: say('js.change') })
    change.addEventListener('click', () => show(step))
    return make('section', { className: 'panel' }, make('div', { className: 'part' }, make('h3', { textContent: step.querySelector('h2').textContent }), change),
      said.length ? make('dl', { className: 'review' }, ...said.flatMap(line)) : undefined,
      said.length < lines.length ? make('p', { className: 'soft small', textContent: say('js.unanswered', lines.length - said.length) }) : undefined)
  })
  const previous = make('button', { type: 'button', className: 'plain', textContent: say('js.back') })
  previous.addEventListener('click', back)
  const send = make('button', { type: 'submit', id: 'envoyer', textContent: say('js.send') })
  review.replaceChildren(make('h2', { id: 'relecture-t', textContent: say('js.review_title') }), make('p', { textContent: say('js.review_lead') }),
    ...parts.filter(Boolean), make('div', { className: 'actions' }, send, previous))
}

function inWords(field) {
  const item = logic.byName.get(field.dataset.q)
  const words = pathAt(field.dataset.name)?.words(item) ?? []
  return item.kind === 'acknowledge' && words.length ? ['✓'] : words
}

function line(field) {
  const words = inWords(field), ordered = field.dataset.control === 'ranking'
  const question = (field.querySelector('legend, .label').cloneNode(true))
  question.querySelector('.must')?.remove()
  const answer = words.length > 1 ? make(ordered ? 'ol' : 'ul', {}, ...words.map((w) => make('li', { textContent: w }))) : words[0]
  return [make('dt', { textContent: question.textContent.trim() }), make('dd', {}, answer)]
}

// ---- keeping and sending

function touch() {
  const now = Date.now()
  state.seconds += Math.min(IDLE, (now - state.touched) / 1000)
  state.touched = now
}

function keep() {
  if (shared.checked || current === ending || !consent.checked) return
  const kept = saveDraft(slug, { ...state, step: current.id, entries: [...entriesOf(form)] })
  form.classList.toggle('kept', kept)
}

function response() {
  const { version, mode, relay } = form.dataset
  const body = { id: state.id, version: Number(version), language, mode, consent: notice, seconds: Math.round(state.seconds), answers: path.keep() }
  return relay ? { ...body, relay } : body
}

// Sending comes last: it is fetched when somebody begins, with the worker that
// keeps the page for days without network. Who does not begin keeps nothing.
const delivery = () => import('./delivery.js')

function settleIn() {
  delivery()
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/r/sw.js', { scope: '/r/' })
    .then(() => navigator.serviceWorker.ready)
    .then((worker) => worker.active.postMessage({ page: asItCame, url: location.href }))
    .catch(() => { /* a private window: the page works while it is open */ })
}

async function send() {
  for (const step of steps()) {
    if (!check(step)) { show(step); return void check(step) }
  }
  touch()
  const item = { id: state.id, slug, body: JSON.stringify(response()), shared: shared.checked }
  const { deliver } = await delivery()
  enter(ending)
  deliver(item, ending, { refused, again: restart, done: () => dropDraft(slug) })
}

function enter(section) {
  for (const s of document.querySelectorAll('.step')) s.hidden = s !== section
  document.getElementById('draft').hidden = true
  current = section
  window.scrollTo(0, 0)
}

// The server did not take it: the answers are still in the form.
function refused(problems, message) {
  const all = steps()
  const placed = problems.map((p) => ({ target: byName.get(p.question)?.id ?? 'relecture', message: p.message }))
  const step = all.find((s) => placed.some((p) => s.querySelector('#' + CSS.escape(p.target)))) ?? review
  if (step === review) draw()
  show(step)
  complain(step, placed.length ? placed : [{ target: step.id, message }])
}

function finishEarly(item) {
  dropDraft(slug)
  const words = byName.get(item.name).querySelector('.note').cloneNode(true)
  const before = current
  const back = make('button', { type: 'button', className: 'plain', textContent: say('js.back') })
  back.addEventListener('click', () => show(before))
  ending.replaceChildren(make('div', { className: 'panel' }, make('h2', { textContent: say('js.ended_title'), tabIndex: -1 }), words, make('p', { textContent: say('js.ended') })), back)
  enter(ending)
  ending.querySelector('h2').focus()
}

function restart() {
  dropDraft(slug)
  form.reset()
  state = fresh()
  shuffle()
  refresh()
  follow()
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
  restore(form, draft.entries)
  state = { id: draft.id, seconds: draft.seconds, touched: Date.now() }
  document.getElementById('draft').hidden = true
  refresh()
  follow()
}

function offerDraft() {
  const draft = loadDraft(slug)
  if (!draft?.entries?.length || isOnItsWay(draft.id)) return
  const box = document.getElementById('draft')
  const resume = make('button', { type: 'button', textContent: say('js.draft_resume') })
  const over = make('button', { type: 'button', className: 'quiet', textContent: say('js.draft_restart') })
  resume.addEventListener('click', () => {
    takeUp(draft)
    settleIn()
    const step = document.getElementById(draft.step)
    if (step === review) draw()
    show(step === review || steps().includes(step) ? step : steps()[0] ?? welcome)
  })
  over.addEventListener('click', restart)
  box.replaceChildren(make('p', {}, make('strong', { textContent: say('js.draft_title') })), make('div', { className: 'actions' }, resume, over))
  box.hidden = false
}

// ---- a tablet in a hall must not show one person's answers to the next

const LEFT = 4 * 60e3
let leaving
function watchLeaving() {
  clearTimeout(leaving)
  if (shared.checked && current !== welcome && current !== ending) leaving = setTimeout(() => { current = ending; location.reload() }, LEFT)
}

// ---- beginning

document.documentElement.classList.add('js')
const refresh = dress(form)
for (const step of form.querySelectorAll('[data-step]')) {
  const forward = make('button', { type: 'button', textContent: say('js.next'), 'data-next': '' })
  const backward = make('button', { type: 'button', className: 'plain', textContent: say('js.back'), 'data-back': '' })
  forward.addEventListener('click', next)
  backward.addEventListener('click', back)
  step.append(make('div', { className: 'actions' }, forward, backward), make('p', { className: 'saved small soft', textContent: say('js.saved') }))
}
const start = form.querySelector('[data-start]')
start.hidden = false
start.addEventListener('click', next)
document.querySelector('[data-shared]').hidden = false
form.querySelector('[data-refuse]').addEventListener('click', () => dropDraft(slug))
form.addEventListener('input', () => { touch(); follow(); keep(); watchLeaving() })
form.addEventListener('change', () => { touch(); follow(); keep(); watchLeaving() })
shared.addEventListener('change', () => shared.checked ? dropDraft(slug) : keep())
form.addEventListener('submit', (event) => {
  event.preventDefault()
  if (current === review) send()
  else next()
})
refresh()
follow()
for (const s of document.querySelectorAll('.step')) s.hidden = s !== welcome
offerDraft()
tools(() => current)
resume()

// What waits from before is sent; what was settled meanwhile is told.
async function resume() {
  const kept = Object.keys(window.localStorage ?? {}).some((k) => k.startsWith('diapason-out:'))
  if (!kept && !loadDraft(slug)) return
  const { resumeDeliveries } = await delivery()
  resumeDeliveries(slug, ending, {
    busy: () => current !== welcome, enter: () => enter(ending), again: restart, done: () => dropDraft(slug),
    refused: (problems, message) => { takeUp(loadDraft(slug)); refused(problems, message) },
  })
}

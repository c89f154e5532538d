// Sending what changes, one request at a time, in order. What could not be sent
// stays where it was typed and is tried again.

import { control, isTyped, plain, said, was } from './editor_field.js'
import { stay } from './editor_phone.js'

const PAUSE = 1500 // milliseconds without a key before a text is sent
const RETRY = [2, 5, 10, 20, 30] // seconds

// state.placed puts a page of the server in place; the entry script gives it.
export const state = { placed: null }

const desk = () => document.getElementById('desk')
const base = () => desk().dataset.base
const token = () => document.querySelector('#token [name="_csrf"]').value
const waiting = [] // jobs, the one being done first
let failures = 0 // of that one

// dirty are the fields of a form, or of the page, that say something the server
// does not have.
function dirty(root = desk()) {
  return [...root.querySelectorAll('[data-field]')].filter((field) => {
    const before = was(field)
    return before && control(field) && !field.querySelector('.clash') && said(field) !== plain(before.value)
  })
}

function tell(text, kind = '') {
  const place = document.getElementById('saved')
  place.dataset.state = kind
  if (place.textContent !== text) place.textContent = text
}

export const tellSignedOut = () =>
  tell('Votre session est terminée : reconnectez-vous dans un autre onglet, votre texte reste ici.', 'wrong')

// queue runs jobs one after the other, and tells when this one is over. A job
// returns whether it is; one that is not is tried again.
const queue = (job) => new Promise((over) => {
  waiting.push({ job, over })
  if (waiting.length === 1) work()
})

async function work() {
  while (waiting.length > 0) {
    const { job, over } = waiting[0]
    if (await job().catch(blame)) {
      failures = 0
      waiting.shift()
      over()
      continue
    }
    const seconds = RETRY[Math.min(failures++, RETRY.length - 1)]
    tell(`Pas de réseau : votre texte reste ici. Nouvel essai dans ${seconds} s.`, 'wrong')
    await new Promise((go) => setTimeout(go, seconds * 1000))
  }
}

// blame leaves a fault of this script on the console: trying again would not
// mend it.
const blame = (error) => { console.error(error); return true }

const clock = () => new Date().toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' })

// ask is fetch for a job: null when the network, or a server that may recover,
// failed.
async function ask(address, options) {
  const answer = await fetch(address, { headers: { 'Diapason-Desk': '1', Accept: 'text/html' }, cache: 'no-store', ...options }).catch(() => null)
  const failed = !answer || answer.status >= 500 && failures < RETRY.length
  return failed ? null : answer
}

// post sends fields and puts the page that answers in place; said tells what
// was done.
async function post(address, fields, said) {
  const answer = await ask(address, { method: 'POST', body: fields })
  if (!answer) return false
  if (answer.redirected) tellSignedOut()
  else if (!state.placed(await answer.text(), new Map(fields))) {
    tell('Ce changement n’a pas été pris. Rechargez la page pour continuer.', 'wrong')
  } else if (answer.ok) tell(said?.() || `Enregistré à ${clock()}`)
  else if (answer.status === 409) tell('Quelqu’un d’autre a changé la même chose : voyez ci-dessous.', 'wrong')
  else tell('Quelque chose n’a pas pu être enregistré : voyez ci-dessous.', 'wrong')
  return true
}

// saveForm sends a form as it is when its turn comes, with the button pressed.
function saveForm(form, button) {
  clearTimeout(form.timer)
  tell('Enregistrement…', 'busy')
  const address = button?.getAttribute('formaction') ?? form.action
  const pressed = button?.name ? [[button.name, button.value], ...drafts(form, button.value)] : []
  return queue(async () => {
    if (!form.isConnected) return true
    const fields = new URLSearchParams(new FormData(form))
    for (const [name, value] of [...pressed, ['_csrf', token()]]) fields.set(name, value)
    return post(address, fields)
  })
}

// drafts takes out of their fields the texts that a button adds, so that the
// next one can be typed at once.
function drafts(form, act) {
  const all = [...form.querySelectorAll('[data-draft]')].filter((d) => act.startsWith(d.dataset.draft))
  const texts = all.map((d) => [d.name, d.value])
  for (const d of all) d.value = ''
  return texts
}

// done says the last step as the undo button does.
const done = () => {
  const step = document.querySelector('#undo span').textContent.replace(/^Annuler\s*:?\s*/, '')
  return step && `${step} – enregistré à ${clock()}`
}

// send does something to a question by its key, after what is being typed has
// been saved.
export function send(path, values) {
  flush()
  tell('Enregistrement…', 'busy')
  const fields = new URLSearchParams({ ouverte: desk().dataset.open ?? '', ...values, _csrf: token() })
  return queue(() => post(`${base()}/${path}`, fields, path === 'question' ? done : undefined))
}

// visit shows another state of the page: a question opened, a menu, or only
// what others have changed. A query that is a function is asked for when its turn
// comes; null is to stay as it is.
export function visit(query, { keep = false } = {}) {
  if (!keep) flush()
  return queue(async () => {
    const to = typeof query === 'function' ? query() : query
    if (to === null) return true
    const answer = await ask(base() + to)
    if (!answer) return false
    if (answer.redirected) return tellSignedOut() ?? true
    state.placed(await answer.text())
    if (!keep) history.replaceState(null, '', base() + to)
    return true
  })
}

// flush sends at once what is still waiting for a pause.
function flush() {
  for (const form of document.querySelectorAll('form[data-save]')) {
    if (dirty(form).length > 0) saveForm(form)
  }
}

// checkSoon tells, under an expression being typed, whether it is right.
function checkSoon(area) {
  clearTimeout(area.timer)
  area.timer = setTimeout(async () => {
    const fields = new URLSearchParams({
      _csrf: token(), cle: area.form.dataset.key, colonne: area.dataset.check, valeur: area.value,
    })
    const answer = await fetch(`${base()}/verifier`, { method: 'POST', body: fields, headers: { Accept: 'application/json' } }).catch(() => null)
    if (!answer?.ok) return
    const { wrong, says } = await answer.json()
    const place = document.getElementById(`s-${area.dataset.check}`)
    place.toggleAttribute('data-wrong', wrong)
    place.textContent = says
  }, 400)
}

export function startSaving() {
  document.getElementById('saved').dataset.live = ''
  tell('Chaque changement est enregistré.')
  document.addEventListener('input', ({ target }) => {
    const form = target.form
    if (!form?.matches('[data-save]') || !isTyped(target)) return
    if (target.dataset.check) return checkSoon(target)
    if (!target.name.startsWith('v.')) return
    clearTimeout(form.timer)
    form.timer = setTimeout(() => { if (dirty(form).length > 0) saveForm(form) }, PAUSE)
  })
  document.addEventListener('change', ({ target }) => {
    const form = target.form
    if (!form?.matches('[data-save]')) return
    const composite = target.closest('[data-composite]') && !target.closest('[data-field]')
    if (composite || target.name.startsWith('v.') && dirty(form).length > 0) saveForm(form)
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!form.matches('[data-save], [data-send]')) return
    event.preventDefault()
    if (form.matches('[data-send]')) flush()
    saveForm(form, event.submitter)
  })
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a.go, a[data-add], a[data-go], a[data-close]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (!leaves()) return
    const target = link.hash.slice(1)
    visit(link.search || '').then(() => focusOn(link, target))
  })
  addEventListener('beforeunload', (event) => {
    if (dirty().length === 0 && waiting.length === 0 && !refused()) return
    flush()
    event.preventDefault()
  })
  document.addEventListener('visibilitychange', () => { if (document.hidden) flush() })
}

const refused = () => document.querySelector('.panel-open :is(.clash, .error)')

// leaves asks before a question is folded with something that is not saved.
const leaves = () =>
  !refused() || confirm('Un champ de cette question n’est pas enregistré. La quitter quand même ?')

// focusOn takes the keyboard where a link leads.
function focusOn(link, target) {
  if (link.matches('[data-add]')) return document.getElementById('insert-label')?.focus()
  const line = document.getElementById(target)
  line?.focus({ preventScroll: true })
  line?.scrollIntoView({ block: 'nearest' })
  stay()
}

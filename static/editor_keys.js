// The keyboard in the outline: one stop of the Tab key for all its lines, and
// letters that act on the line one stands on.

const lines = () => [...document.querySelectorAll('#lines a.go')]

// rove leaves one line in the order of the Tab key.
function rove(current) {
  for (const line of lines()) line.tabIndex = line === current ? 0 : -1
  for (const more of document.querySelectorAll('#lines a.plus')) more.tabIndex = -1
}

function step(from, by) {
  const all = lines()
  const next = all[all.indexOf(from) + by]
  next?.focus()
}

const acts = {
  ArrowUp: 'haut', ArrowDown: 'bas', ArrowRight: 'entrer', ArrowLeft: 'sortir',
}

export function startKeys(send, visit) {
  const writing = (e) => e.target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  rove(lines()[0])
  document.addEventListener('focusin', ({ target }) => { if (target.matches('#lines a.go')) rove(target) })
  new MutationObserver(() => {
    const all = lines()
    if (!all.some((l) => l.tabIndex === 0) || all.filter((l) => l.tabIndex === 0).length > 1) rove(all.find((l) => l === document.activeElement) ?? all[0])
  }).observe(document.getElementById('lines'), { childList: true, subtree: true })

  document.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (!writing(event) && undoKey(event, send)) return event.preventDefault()
    if (event.key === 'Escape' && event.target.closest('.panel-open, .insert')) return close(event, visit)
    if (nextChoice(event)) return
    if (event.key === '?' && !writing(event)) return help()
    if (event.target.matches('#lines a.go') && onLine(event, send, visit)) event.preventDefault()
  })
}

function undoKey(event, send) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const key = event.key.toLowerCase()
  const redo = key === 'y' || key === 'z' && event.shiftKey
  if (key !== 'z' && !redo) return false
  send(redo ? 'refaire' : 'annuler', {})
  return true
}

function onLine(event, send, visit) {
  const line = event.target, key = line.dataset.key
  if (event.ctrlKey || event.metaKey) return false
  if (event.altKey) return acts[event.key] ? (send('question', { cle: key, faire: acts[event.key] }), true) : false
  switch (event.key) {
    case 'ArrowUp': step(line, -1); return true
    case 'ArrowDown': step(line, 1); return true
    case 'Home': lines()[0]?.focus(); return true
    case 'End': lines().at(-1)?.focus(); return true
    case 'Delete': send('question', { cle: key, faire: 'supprimer' }); return true
    case 'd': case 'D': send('question', { cle: key, faire: 'dupliquer' }); return true
    case 'i': case 'I': case '+':
      visit(line.closest('.line').querySelector('a.plus').search).then(() => document.getElementById('insert-label')?.focus())
      return true
  }
  return false
}

// close folds the panel or the menu and goes back to its line.
function close(event, visit) {
  event.preventDefault()
  const line = event.target.closest('.node')?.querySelector('a.go') ?? event.target.closest('.inserting')?.previousElementSibling?.querySelector('a.go')
  visit('').then(() => line?.focus())
}

// nextChoice makes Enter go from one choice to the next, and add the new one.
function nextChoice(event) {
  if (event.key !== 'Enter' || !event.target.matches('#nouveau, .choice-row input')) return false
  event.preventDefault()
  if (event.target.id === 'nouveau') event.target.form.requestSubmit(document.getElementById('ajouter-choix'))
  else (event.target.closest('li').nextElementSibling?.querySelector('input:not([type=hidden])') ?? document.getElementById('nouveau')).focus()
  return true
}

function help() {
  const keys = document.getElementById('keys')
  keys.open = !keys.open
  if (keys.open) keys.scrollIntoView({ block: 'nearest' })
}

// Makes the native controls easier: a menu one types in, choices tapped in
// order, limits that are told before they are broken. The native controls keep
// the values, so that the form is the same form without any of this.
import { say, make, announce, fold, finds } from './words.js'

const changed = (control) => control.dispatchEvent(new Event('change', { bubbles: true }))

const wardrobe = { menu: combobox, radios, scale: radios, checkboxes, ranking, area: counter }

/** Dresses the control of a field. Call what it returns, if anything, after values were put into it. */
export const dress = (field) => wardrobe[field.dataset.control]?.(field)

function combobox(field) {
  const select = field.querySelector('select')
  const choices = [...select.options].filter((o) => o.value)
  if (choices.length < 8) return
  const id = select.id
  const list = make('ul', { id: id + '-l', role: 'listbox', className: 'options', hidden: true, 'aria-label': field.querySelector('.label').textContent })
  const input = make('input', {
    type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: false, 'aria-expanded': 'false', 'aria-autocomplete': 'list',
    'aria-controls': list.id, 'aria-describedby': [select.getAttribute('aria-describedby'), id + '-s'].filter(Boolean).join(' '),
  })
  const hint = make('p', { className: 'hint', id: id + '-s', textContent: say(choices.some((o) => o.dataset.also) ? 'js.search_postal' : 'js.search') })
  select.id = id + '-n'
  select.hidden = true
  input.id = id
  select.before(hint, make('div', { className: 'combo' }, input, list))
  let shown = [], at = -1

  const offered = () => choices.filter((o) => !o.disabled)
  const text = (o) => o ? o.textContent.trim() : ''
  const refresh = () => { input.value = text(choices.find((o) => o.selected)) }
  function close() { list.hidden = true; at = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant') }
  function choose(o) {
    select.value = o ? o.value : ''
    refresh()
    close()
    changed(select)
    if (o) announce(say('js.chosen', text(o)))
  }
  function mark(i) {
    at = i
    ;[...list.children].forEach((li, j) => li.setAttribute('aria-selected', String(j === at)))
    const li = list.children[at]
    if (li) { input.setAttribute('aria-activedescendant', li.id); li.scrollIntoView({ block: 'nearest' }) }
  }
  function open(typed) {
    shown = offered().filter((o) => finds(typed, text(o) + ' ' + (o.dataset.also ?? '')))
    list.replaceChildren(...shown.map((o, i) => make('li', { role: 'option', id: `${list.id}-${i}`, textContent: text(o), 'aria-selected': 'false' })))
    if (!shown.length) list.replaceChildren(make('li', { className: 'empty', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', textContent: say('js.none') }))
    list.hidden = false
    input.setAttribute('aria-expanded', 'true')
    announce(shown.length ? say('js.found', shown.length) : say('js.none'))
  }
  input.addEventListener('input', () => { open(input.value); if (input.value && shown.length) mark(0) })
  input.addEventListener('click', () => { if (list.hidden) { input.select(); open('') } })
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      if (list.hidden) open('')
      if (shown.length) mark((at + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && !list.hidden) {
      event.preventDefault()
      if (shown[at]) choose(shown[at])
    } else if (event.key === 'Escape' && !list.hidden) { event.stopPropagation(); refresh(); close() }
  })
  // What was typed in full counts; anything else goes back to what was chosen.
  input.addEventListener('blur', () => {
    const typed = fold(input.value)
    const match = offered().filter((o) => fold(text(o)) === typed)
    const current = choices.find((o) => o.selected)
    if (!typed) { if (current) choose() } else if (match.length === 1 && match[0] !== current) choose(match[0])
    refresh()
    close()
  })
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => { const i = [...list.children].indexOf(event.target.closest('li')); if (shown[i]) choose(shown[i]) })
  return refresh
}

// A radio cannot be unticked by itself: pressing the chosen one again takes the
// answer back, as on the cards of a ranking.
function radios(field) {
  let before
  field.addEventListener('pointerdown', () => { before = field.querySelector('input:checked') })
  field.addEventListener('click', ({ target }) => {
    if (target.type !== 'radio') return
    const again = target === before
    before = null
    if (!again) return
    target.checked = false
    changed(target)
  })
}

function checkboxes(field) {
  const boxes = [...field.querySelectorAll('input[type=checkbox]')]
  const limit = Number(field.dataset.limit) || Infinity
  const told = field.querySelector('.limit')
  const usual = told?.textContent
  const chosen = () => boxes.filter((b) => b.checked)
  function refresh() {
    const full = chosen().length >= limit
    field.classList.toggle('full', full)
    if (told) told.textContent = full ? say('js.limit_reached', limit) : usual
  }
  field.addEventListener('change', ({ target }) => {
    if (!boxes.includes(target)) return
    if (target.checked) {
      const alone = target.hasAttribute('data-exclusive')
      for (const b of boxes) if (b !== target && (alone || b.hasAttribute('data-exclusive'))) b.checked = false
      if (chosen().length > limit) target.checked = false
    }
    refresh()
    if (told && chosen().length >= limit) announce(told.textContent)
  })
  const choices = field.querySelector('[data-filter]')
  if (choices) filter(field, choices)
  return refresh
}

function filter(field, choices) {
  const id = field.id + '-f'
  const input = make('input', { type: 'search', id, autocomplete: 'off' })
  choices.before(make('label', { htmlFor: id, textContent: say('js.filter') }), input)
  input.addEventListener('input', () => {
    let found = 0
    for (const label of choices.children) {
      const hit = label.querySelector('input').checked || finds(input.value, label.textContent + ' ' + (label.dataset.also ?? ''))
      label.classList.toggle('filtered', !hit)
      found += hit
    }
    announce(found ? say('js.found', found) : say('js.none'))
  })
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault() })
}

function ranking(field) {
  const selects = [...field.querySelectorAll('select')]
  const options = [...selects[0].options].filter((o) => o.value)
  const order = () => selects.map((s) => s.value).filter(Boolean)
  const put = (codes) => { selects.forEach((s, i) => { s.value = codes[i] ?? '' }); refresh(); changed(selects[0]) }
  const buttons = options.map((o) => make('button', { type: 'button', className: 'choice rank', 'data-code': o.value, 'aria-pressed': 'false' },
    make('span', { className: 'badge', 'aria-hidden': 'true' }), make('span', { textContent: o.textContent }),
    make('span', { className: 'visually-hidden place-said' })))
  function refresh() {
    const codes = order()
    for (const b of buttons) {
      const place = codes.indexOf(b.dataset.code) + 1
      b.setAttribute('aria-pressed', String(place > 0))
      b.firstChild.textContent = place || ''
      b.hidden = options.find((o) => o.value === b.dataset.code).disabled
      b.lastChild.textContent = place ? ', ' + say('js.rank_placed', '', place).replace(/^\s*:\s*/, '') : ''
    }
    field.classList.toggle('full', codes.length >= selects.length)
  }
  const list = make('div', { className: 'choices' }, ...buttons)
  list.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button) return
    const codes = order(), code = button.dataset.code, name = button.children[1].textContent
    if (codes.includes(code)) {
      put(codes.filter((c) => c !== code))
      announce(say('js.rank_removed', name))
    } else if (codes.length < selects.length) {
      put([...codes, code])
      announce(say('js.rank_placed', name, codes.length + 1))
    } else announce(say('js.limit_reached', selects.length))
  })
  const places = field.querySelector('.places')
  places.hidden = true
  places.before(make('p', { className: 'hint', textContent: say('js.rank_help') }), list)
  return refresh
}

function counter(field) {
  const area = field.querySelector('textarea'), line = field.querySelector('[data-count]')
  if (!line) return
  const refresh = () => { line.textContent = say('js.count', area.maxLength - area.value.length) }
  area.addEventListener('input', refresh)
  return refresh
}

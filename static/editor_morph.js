// Making one tree look like another while people hold parts of it: elements
// with the same id stay the same element, so focus, carets, open details and
// scroll positions live on.

import { control, isTyped, plain, said, was } from './editor_field.js'

// morph makes old look like fresh. What somebody is typing stays: a field that
// says something else than the page showed, or that has the focus while others
// write. Sent holds what was just sent from the fields, by name; it is null when
// the page only looks at what others did.
export function morph(old, fresh, sent) {
  if (old.nodeType !== Node.ELEMENT_NODE) return void (old.data = fresh.data)
  if (old.matches('iframe, [data-live], [data-draft]')) return // the script's own
  const { field } = old.dataset
  if (field !== undefined && fresh.dataset.field === field && keeps(old, fresh, sent)) return remarks(old, fresh)
  if (!sent && old.matches('[data-composite]') && inHand(old)) return
  const { value } = fresh // the text of a textarea is about to move over
  attributes(old, fresh)
  children(old, fresh, sent)
  if (old.matches('input, textarea, select')) setValue(old, value)
}

// inHand tells whether somebody is at work on several fields that go together.
const inHand = (fields) =>
  fields.matches('[data-pending]') || fields.contains(document.activeElement) && !document.activeElement.closest('[data-field]')

// keeps tells whether a field is left as it is, and brings up to date what the
// page believes the server has.
function keeps(old, fresh, sent) {
  const before = was(old), after = was(fresh), c = control(old)
  if (!before || !after || !c) return false
  const mine = said(old), server = said(fresh)
  const clean = mine === plain(before.value)
  const here = old.contains(document.activeElement) && isTyped(c)
  if (clean) return here && server !== mine
  if (fresh.querySelector('.clash, .error')) return here
  if (!sent?.has(before.name)) return mine !== server
  if (plain(sent.get(c.name) ?? '') === mine) return false
  before.value = after.value // typed on since it was sent
  return true
}

// remarks brings what is told under a field up to date, and nothing else.
function remarks(old, fresh) {
  for (const e of old.querySelectorAll('.clash, .error')) e.remove()
  for (const e of fresh.querySelectorAll('.clash, .error')) old.append(e)
}

function attributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!theirs(old, fresh, name) && old.getAttribute(name) !== value) old.setAttribute(name, value)
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !theirs(old, fresh, name)) old.removeAttribute(name)
  }
}

// What people fold, unless something in there went wrong, and where the script
// put the keyboard, is theirs.
const theirs = (old, fresh, name) =>
  name === 'tabindex' || name === 'open' && old.tagName === 'DETAILS' && !fresh.querySelector('.clash, .error')

function setValue(control, value) {
  if (control === document.activeElement && isTyped(control)) return
  if (control.type === 'checkbox' || control.type === 'radio') control.checked = control.hasAttribute('checked')
  else if (control.value !== value) control.value = value
}

function children(old, fresh, sent) {
  const coming = new Set([...fresh.children].map((c) => c.id))
  for (const gone of [...old.children].filter((c) => c.id && !coming.has(c.id))) gone.remove()
  const known = new Map([...old.children].filter((c) => c.id).map((c) => [c.id, c]))
  let at = old.firstChild
  for (const next of [...fresh.childNodes]) {
    const same = next.id ? known.get(next.id) : alike(at, next)
    if (!same) {
      old.insertBefore(next, at)
      continue
    }
    if (same === at) at = at.nextSibling
    else if (rooted(same)) at = bring(same, at)
    else old.insertBefore(same, at)
    morph(same, next, sent)
  }
  while (at) {
    const next = at.nextSibling
    at.remove()
    at = next
  }
}

// What is moved loses the focus, and a page in a frame is loaded again.
const rooted = (element) => element.contains(document.activeElement) || element.querySelector('iframe')

// bring makes a child come next by moving what stands between, and returns what
// follows it.
function bring(child, at) {
  const between = []
  for (let n = at; n && n !== child; n = n.nextSibling) between.push(n)
  child.after(...between)
  return child.nextSibling
}

const alike = (node, next) =>
  node && node.nodeType === next.nodeType && !node.id && node.nodeName === next.nodeName ? node : null

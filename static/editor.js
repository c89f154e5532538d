// The page where a questionnaire is written. The server draws everything; this
// script sends what changes as it is typed, puts the answer in place without
// moving what somebody holds, and listens to what others do. Without it the
// same forms work, one page after the other.
import { morph } from './editor_morph.js'
import { startSaving, send, visit, state } from './editor_save.js'
import { startKeys } from './editor_keys.js'
import { startDrag } from './editor_drag.js'
import { startPhone, follow, stay } from './editor_phone.js'
import { startNews } from './editor_news.js'

document.documentElement.classList.add('js')
const desk = document.getElementById('desk')

// placed puts a page drawn by the server in the place of this one. Sent is what
// was just sent from its fields, null when nothing was.
function placed(html, sent = null) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('desk')
  if (!fresh) return false
  const open = desk.dataset.open
  morph(desk, fresh, sent)
  follow()
  const focus = desk.dataset.focus
  if (focus) takeFocus(focus)
  if (desk.dataset.open && desk.dataset.open !== open) showPanel(document.getElementById(`n-${desk.dataset.open}`))
  return true
}

function takeFocus(id) {
  const element = document.getElementById(id)
  if (!element) return
  element.focus({ preventScroll: true })
  show(element)
}

// show scrolls no further than needed.
function show(element) {
  element?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  stay()
}

// showPanel brings as much as it can of a question that opens into sight, its
// line below the bar.
function showPanel(node) {
  const panel = node?.querySelector('.panel-open')
  if (!panel) return
  const below = panel.getBoundingClientRect().bottom - innerHeight
  const room = node.getBoundingClientRect().top - document.getElementById('bar').offsetHeight - 8
  if (below > 0 && room > 0) scrollBy(0, Math.min(below, room))
  stay()
}

state.placed = placed
showPanel(document.getElementById(`n-${desk.dataset.open}`))
startSaving()
startKeys(send, visit)
startDrag(send)
startPhone()
startNews(visit)

// Dragging a line by its grip, with a mouse, a pen or a finger. A mark shows
// where it would land: between two lines, or inside a section.

const MARKS = ['drop-before', 'drop-after', 'drop-into']

export function startDrag(send) {
  let node, target
  const lines = document.getElementById('lines')

  function clear() {
    for (const marked of lines.querySelectorAll(MARKS.map((m) => `.${m}`).join())) marked.classList.remove(...MARKS)
  }

  function over(event) {
    const found = document.elementFromPoint(event.clientX, event.clientY)?.closest('.node, .end')
    clear()
    target = null
    if (!found || node.contains(found)) return
    target = landing(found, event.clientY)
    found.classList.add(`drop-${target.where}`)
  }

  lines.addEventListener('pointerdown', (event) => {
    const grip = event.target.closest('.grip')
    if (!grip || event.button !== 0) return
    event.preventDefault()
    node = grip.closest('.node')
    node.classList.add('dragged')
    grip.setPointerCapture(event.pointerId)
  })
  lines.addEventListener('pointermove', (event) => {
    if (!node) return
    over(event)
    scrollNear(event.clientY)
  })
  const end = (drop) => () => {
    if (!node) return
    node.classList.remove('dragged')
    clear()
    if (drop && target) send('question', { cle: node.dataset.key, faire: 'placer', dans: target.into, apres: target.after })
    node = target = null
  }
  lines.addEventListener('pointerup', end(true))
  lines.addEventListener('pointercancel', end(false))
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') end(false)() })
}

// landing is where a line let go over another goes: the upper part of it is
// before, the lower part after; the middle of a section is inside.
function landing(found, y) {
  if (found.matches('.end')) return before(found)
  const box = found.querySelector('.line').getBoundingClientRect()
  const part = (y - box.top) / box.height
  if (found.matches('.section') && part > 0.3) {
    return { where: 'into', into: found.dataset.key, after: '' }
  }
  if (part < 0.5) return before(found)
  return { where: 'after', into: found.parentElement.dataset.into, after: found.dataset.key }
}

function before(found) {
  const room = found.parentElement
  const above = [...room.children].slice(0, [...room.children].indexOf(found))
  const previous = above.findLast((c) => c.matches('.node:not(.dragged)'))
  return { where: 'before', into: room.dataset.into, after: previous?.dataset.key ?? '' }
}

function scrollNear(y) {
  if (y < 80) scrollBy(0, -12)
  else if (y > innerHeight - 80) scrollBy(0, 12)
}

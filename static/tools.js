// Larger text, and the door to reading aloud.

const LARGER = 'diapason-larger'

/** Wires the two buttons; part gives what is on screen. */
export function tools(part) {
  const bar = document.querySelector('[data-tools]')
  bar.hidden = false
  larger(bar.querySelector('[data-larger]'))
  if (!('speechSynthesis' in window)) return
  const button = bar.querySelector('[data-aloud]')
  button.hidden = false
  button.addEventListener('click', async () => (await import('./aloud.js')).aloud(button, part()))
}

function larger(button) {
  const set = (on) => {
    document.documentElement.classList.toggle('larger', on)
    button.setAttribute('aria-pressed', String(on))
  }
  try { set(localStorage.getItem(LARGER) === '1') } catch { /* as the browser has it */ }
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true'
    set(on)
    try { localStorage.setItem(LARGER, on ? '1' : '') } catch { /* for this page only */ }
  })
}

// The coordinators' pages: charts drawn from the tables of the page, numbers
// that refresh themselves, addresses to copy. Without this file everything is
// still there, as tables.
import { startCharts, startForms } from './chart.js'
import { startPictures } from './chart_picture.js'
import { startLive } from './live.js'

const say = (text) => { const place = document.querySelector('[data-announce]'); if (place) place.textContent = text }

function startCopy() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copy)
      field.select()
      // Without permission the address stays selected, for the keyboard.
      const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false)
      button.textContent = copied ? 'Copié' : 'Ctrl + C'
      say(copied ? 'C’est copié' : 'C’est sélectionné : Ctrl + C pour le copier')
      setTimeout(() => { button.textContent = 'Copier'; }, 2000)
    })
  }
}

function startPrint() {
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
}

// The list of questions folds on a phone and follows the reading on a desk.
function startQuestions() {
  const list = document.querySelector('.questions')
  if (!list) return
  list.open = matchMedia('(min-width: 64rem)').matches
  const links = new Map([...list.querySelectorAll('a')].map((a) => [a.hash.slice(1), a]))
  const seen = new IntersectionObserver((entries) => {
    const entry = entries.find((e) => e.isIntersecting)
    if (!entry) return
    links.forEach((a, id) => a.toggleAttribute('aria-current', false) || (id === entry.target.id && a.setAttribute('aria-current', 'true')))
    if (list.open) follow(list, links.get(entry.target.id))
  }, { rootMargin: '-10% 0px -75% 0px' })
  links.forEach((a, id) => { const figure = document.getElementById(id); if (figure) seen.observe(figure); })
}

function follow(list, link) {
  const top = link.offsetTop - list.offsetTop
  if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - 60) list.scrollTop = top - list.clientHeight / 3
}

// A table that fits needs no place in the order of the keyboard.
function startScrolls() {
  const fit = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1
    scrolls ? target.setAttribute('tabindex', '0') : target.removeAttribute('tabindex')
  }))
  document.querySelectorAll('.scroll').forEach((s) => fit.observe(s))
}

startPictures()
startForms()
startCharts()
startScrolls()
startLive()
startCopy()
startPrint()
startQuestions()

// Looking now and then at what others write, and saying so.

import { tellSignedOut } from './editor_save.js'

const EVERY = 4000 // milliseconds

let timer

// say tells something for as long as it is news.
function say(place, text) {
  place.textContent = text
  clearTimeout(timer)
  timer = setTimeout(() => { place.textContent = '' }, 20_000)
}

export function startNews(visit) {
  const desk = document.getElementById('desk')
  const place = document.getElementById('news')
  place.dataset.live = ''

  async function look() {
    if (document.hidden) return
    const seen = desk.dataset.revision
    const answer = await fetch(`${desk.dataset.base}/nouvelles?depuis=${seen}`, { headers: { Accept: 'application/json' } })
    if (answer.redirected) return tellSignedOut()
    if (!answer.ok) return
    const news = await answer.json()
    if (String(news.revision) === seen || desk.dataset.revision !== seen) return
    // What was being sent meanwhile may have brought these news already, and
    // opened another question: the page is looked at when its turn comes.
    const here = () => desk.dataset.open ? `?question=${encodeURIComponent(desk.dataset.open)}` : location.search
    await visit(() => desk.dataset.revision === String(news.revision) ? null : here(), { keep: true })
    if (news.by) say(place, `${news.by}, à l’instant : ${news.says || 'a modifié le questionnaire'}`)
  }

  // A network that fails is asked again at the next turn.
  setInterval(() => look().catch(() => {}), EVERY)
  document.addEventListener('visibilitychange', () => look().catch(() => {}))
}

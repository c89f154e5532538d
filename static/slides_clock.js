// The clock of a talk: time gone by beside the twenty minutes it has.
const LONG = 20 * 60 // seconds

const said = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`

export function startClock(place) {
  let gone = 0, since = 0, tick = 0
  const now = () => Math.floor(gone + (since ? (performance.now() - since) / 1000 : 0))
  const draw = () => {
    place.textContent = `${said(now())} / ${said(LONG)}`
    place.classList.toggle('over', now() > LONG)
  }
  return {
    start() { since = performance.now(); draw(); tick = setInterval(draw, 1000) },
    stop() { gone = now(); since = 0; clearInterval(tick); draw() },
  }
}

// The words of the page, in its language, and the small tools to build it.
const texts = JSON.parse(document.getElementById('texts').textContent)

/** The text of a key; {0}, {1}… become the arguments. */
export const say = (key, ...args) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, i) => args[i])

/** Takes in texts that came later. */
export const learn = (more) => { Object.assign(texts, more) }

/** An element with its properties, attributes (data-… and aria-…) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value
    else if (value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.filter((c) => c !== undefined && c !== null))
  return element
}

/** Tells a screen reader, without moving anybody. */
export function announce(text) { document.getElementById('status').textContent = text }

/** Without accents, capitals, hyphens; saint and sainte as people abbreviate them. */
export const fold = (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase()
  .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  .replace(/\bsaint(e?)\b/g, 'st$1')

/** Whether every word typed begins a word of the text. */
export function finds(typed, text) {
  const words = fold(text).split(' ')
  return fold(typed).split(' ').filter(Boolean).every((part) => words.some((word) => word.startsWith(part)))
}

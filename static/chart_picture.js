// A chart as a picture to take away: on white, with its title, its base, its
// source, the day of its numbers and, where they are, that they are invented or
// not to be shared. Nothing leaves the browser: the file is made here.
import { token } from './chart_table.js'
import { dataOf, drawingOf, echarts, whenDrawn } from './chart.js'
import { inkOn, parts } from './chart_look.js'

const WIDTH = 1000
const EDGE = 32
const SHARP = 2 // pixels of the PNG for one of the picture
const TYPE = 'Arial, Helvetica, sans-serif'
const INK = '#1a1f24', SOFT = '#49525b', LINE = '#c9c8c2'

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

// lines cuts a text where it is as wide as the picture.
function lines(text, size, bold, width = WIDTH - 2 * EDGE) {
  const pen = document.createElement('canvas').getContext('2d')
  pen.font = `${bold ? 'bold ' : ''}${size}px ${TYPE}`
  const all = ['']
  for (const word of text.trim().split(/[ \n]+/)) {
    const longer = all.at(-1) ? `${all.at(-1)} ${word}` : word
    if (all.at(-1) && pen.measureText(longer).width > width) all.push(word)
    else all[all.length - 1] = longer
  }
  return all
}

// A sheet is written from top to bottom.
class Sheet {
  parts = []
  y = EDGE

  write(text, { size = 14, bold = false, ink = SOFT, x = EDGE, width } = {}) {
    if (!text) return
    for (const line of lines(text, size, bold, width)) {
      this.y += Math.round(size * 1.35)
      this.parts.push(`<text x="${x}" y="${this.y - Math.round(size * 0.3)}" font-size="${size}"${bold ? ' font-weight="700"' : ''} fill="${ink}">${escaped(line)}</text>`)
    }
  }

  place(svg, height) {
    this.parts.push(svg.replace('<svg ', `<svg x="${EDGE}" y="${this.y}" `))
    this.y += height
  }

  gap(height) { this.y += height }

  rule() { this.parts.push(`<path d="M${EDGE} ${this.y}H${WIDTH - EDGE}" stroke="${LINE}"/>`) }

  svg() {
    const height = this.y + EDGE
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${TYPE}">`
      + `<rect width="${WIDTH}" height="${height}" fill="#fff"/>${this.parts.join('')}</svg>`
  }
}

const plain = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? ''

/** The picture of a figure as SVG text. */
export async function picture(figure, element) {
  const library = await echarts()
  const about = document.querySelector('[data-about]').dataset
  const sheet = new Sheet()
  const title = plain(figure.querySelector(':scope > :is(h2, h3)'))
  sheet.write(title, { size: 22, bold: true, ink: INK })
  sheet.write([plain(document.querySelector('h1')), about.territory].filter(Boolean).join(' – '), { size: 15 })
  sheet.gap(14)
  const root = document.documentElement
  root.classList.add('paper', 'picture') // while colours are read: nothing is painted meanwhile
  try {
    const data = dataOf(element)
    data.kind === 'heat' ? tints(sheet, data) : chart(sheet, data, library)
  } finally {
    root.classList.remove('paper', 'picture')
  }
  sheet.gap(14)
  for (const p of figure.querySelectorAll('.notes > :not([data-source], .tools)')) {
    if (!p.matches('.scale') || figure.matches('.heat')) sheet.write(plain(p), { size: 14 })
  }
  sheet.write(plain(figure.querySelector('[data-source]')), { size: 14 })
  sheet.gap(10)
  sheet.rule()
  sheet.gap(6)
  sheet.write([
    about.demo, about.view === 'travail' && 'Vue de travail : nombres exacts, à ne pas diffuser',
    about.made && `Chiffres arrêtés le ${about.made}`, 'Réponses de volontaires', 'Diapason',
  ].filter(Boolean).join(' · '), { size: 14, bold: Boolean(about.demo) || about.view === 'travail', ink: INK })
  return sheet.svg()
}

function chart(sheet, data, library) {
  const width = WIDTH - 2 * EDGE
  const drawn = drawingOf(data, width)
  const drawing = library.init(null, null, { renderer: 'svg', ssr: true, width, height: drawn.height })
  drawing.setOption({ ...drawn.option, tooltip: { show: false } })
  sheet.place(drawing.renderToSVGString(), drawn.height)
  drawing.dispose()
}

// tints draws the cells of a heat table, each with its number.
function tints(sheet, data) {
  const names = 360, high = 34
  const wide = (WIDTH - 2 * EDGE - names) / data.series.length
  const hue = parts(token('--habitants'))
  const top = sheet.y
  data.series.forEach((s, i) => {
    sheet.y = top
    sheet.write(s.name, { size: 14, bold: true, ink: INK, x: EDGE + names + i * wide + 8, width: wide - 12 })
  })
  sheet.y = top + 40
  data.categories.forEach((name, row) => {
    const y = sheet.y
    data.series.forEach((s, i) => {
      const { step, text } = s.cells[row]
      const fill = step === undefined ? [255, 255, 255] : hue.map((c) => Math.round(255 - (255 - c) * step / 10))
      const x = EDGE + names + i * wide
      sheet.parts.push(`<rect x="${x}" y="${y}" width="${wide - 3}" height="${high - 3}" fill="rgb(${fill})" stroke="${LINE}"/>`
        + `<text x="${x + wide / 2}" y="${y + 20}" font-size="14" text-anchor="middle" fill="${inkOn(fill)}">${escaped(text)}</text>`)
    })
    sheet.gap(5)
    sheet.write(name, { size: 13, ink: INK, width: names - 14 })
    sheet.y = Math.max(y + high, sheet.y + 4)
  })
}

/** The name of the file: what it shows, where, when. */
function fileName(figure, kind) {
  const about = document.querySelector('[data-about]').dataset
  const plainly = (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  const title = plainly(plain(figure.querySelector(':scope > :is(h2, h3)'))).slice(0, 70).replace(/-$/, '')
  return ['diapason', plainly(about.territory ?? ''), title, about.view].filter(Boolean).join('-') + `.${kind}`
}

async function sharp(svg) {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SHARP
  canvas.height = image.naturalHeight * SHARP
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}

async function save(figure, element, kind) {
  const svg = await picture(figure, element)
  const blob = kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await sharp(svg)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName(figure, kind)
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Puts under each chart what takes it away. */
export function startPictures() {
  whenDrawn((figure, element) => {
    if (figure.querySelector(':scope > .tools')) return
    const tools = document.createElement('p')
    tools.className = 'tools'
    tools.append('Télécharger le graphique : ')
    for (const kind of ['png', 'svg']) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'plain'
      button.textContent = kind.toUpperCase()
      button.setAttribute('aria-label', `${kind.toUpperCase()} : télécharger le graphique « ${plain(figure.querySelector('caption'))} »`)
      button.addEventListener('click', () => save(figure, element, kind))
      tools.append(button, ' ')
    }
    figure.append(tools)
  })
}

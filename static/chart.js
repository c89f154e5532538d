// The charts of a page: each is drawn from its table when it comes near the
// screen, and again when its room, its colours or its form change.
import { readTable } from './chart_table.js'
import { horizontal, stacked, columns, timeline } from './chart_bars.js'
import { dumbbell, forest, bubble } from './chart_points.js'

const source = './vendor/echarts/echarts.common.min.js'
const drawings = { bars: horizontal, clustered: horizontal, stacked, columns, timeline, dumbbell, forest, bubble }
const charts = new Map() // element → chart
const drawnHooks = []

/** Calls back with each figure that has just got its first chart. */
export const whenDrawn = (call) => { drawnHooks.push(call) }

/** Whether a chart was drawn here. */
export const isDrawn = (element) => charts.has(element)

/** What a chart draws: the data of its table in the form the reader chose. */
export function dataOf(element) {
  const table = document.getElementById(element.dataset.chartFor)
  return table && readTable(table, element.closest('.figure').dataset.form ?? table.dataset.chart)
}

/** What ECharts is told for some data, and the height it needs; nothing where
 * there is nothing to compare. */
export function drawingOf(data, width) {
  if (!data || !drawings[data.kind] || data.categories.length < least(data)) return null
  return drawings[data.kind](data, width)
}

const least = (data) => ['dumbbell', 'clustered', 'forest'].includes(data.kind) ? 1 : 2

/** ECharts, loaded the first time something is drawn. */
export async function echarts() {
  await import(source)
  return globalThis.echarts
}

/** Draws, or draws again, the chart of an element. */
export async function draw(element) {
  const data = dataOf(element)
  const figure = element.closest('.figure')
  const heat = data?.kind === 'heat'
  figure.classList.toggle('heat', heat)
  if (heat) return away(element, figure)
  if (!drawingOf(data, 640)) return
  const library = await echarts()
  element.hidden = false
  figure.classList.add('drawn')
  const width = element.clientWidth
  const drawn = drawingOf(data, width)
  element.style.height = `${drawn.height}px`
  element.setAttribute('role', 'img')
  element.setAttribute('aria-label', `Graphique : ${data.title}. Les valeurs sont dans le tableau.`)
  let chart = charts.get(element)
  if (!chart) {
    chart = library.init(element, null, { renderer: 'svg' })
    charts.set(element, chart)
    watchSize(element)
  }
  chart.resize({ width, height: drawn.height })
  chart.setOption(drawn.option, true)
  drawnHooks.forEach((call) => call(figure, element))
}

// The tinted table is the chart: the one before it goes.
function away(element, figure) {
  element.hidden = true
  figure.classList.remove('drawn')
  drawnHooks.forEach((call) => call(figure, element))
}

const redraw = () => [...charts.keys()].forEach(draw)

const widths = new WeakMap()
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (target.hidden || widths.get(target) === contentRect.width) continue
    widths.set(target, contentRect.width)
    draw(target)
  }
})
function watchSize(element) {
  widths.set(element, element.clientWidth)
  sizes.observe(element)
}

/** Draws the charts of the page as they come near the screen. */
export function startCharts() {
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((e) => e.isIntersecting)) {
      near.unobserve(entry.target)
      draw(entry.target.querySelector('.chart'))
    }
  }, { rootMargin: '600px' })
  document.querySelectorAll('.figure:has(> .chart)').forEach((f) => near.observe(f))
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw)
  // Paper is white: the charts already drawn change their ink before printing.
  addEventListener('beforeprint', () => { document.documentElement.classList.add('paper'); redraw() })
  addEventListener('afterprint', () => { document.documentElement.classList.remove('paper'); redraw() })
}

/** Lets the reader choose how the crossings are drawn: dots, bars, tints. */
export function startForms() {
  const forms = document.querySelector('[data-forms]')
  const figures = [...document.querySelectorAll('.figure:has(table[data-chart="dumbbell"])')]
  if (!forms || !figures.length) return
  forms.hidden = false
  const buttons = [...forms.querySelectorAll('[data-form]')]
  for (const button of buttons) {
    button.addEventListener('click', () => {
      buttons.forEach((b) => b.setAttribute('aria-pressed', b === button))
      for (const figure of figures) {
        figure.dataset.form = button.dataset.form
        draw(figure.querySelector('.chart'))
      }
    })
  }
}

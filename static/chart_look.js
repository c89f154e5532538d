// The looks that all charts share: ink, axes, the marks of each audience.
import { token } from './chart_table.js'

/** The type of every text of a chart. */
export const textStyle = () => ({ color: token('--ink'), fontFamily: token('--font'), fontSize: 14 })

/** Whether the chart is drawn on a dark screen; paper is white. */
const night = () => matchMedia('(prefers-color-scheme: dark)').matches && !document.documentElement.matches('.paper')

/** Shades of one hue for a scale with several answers: light to dark, no darker
 * than the screen's own background bears. */
export function shade(hue, i, count) {
  const step = i / Math.max(1, count - 1)
  const [pivot, deepest] = night() ? [0.75, 0.75] : [0.5, 0.4]
  const mix = (c) => Math.round(step <= pivot
    ? 255 - (255 - c) * (0.25 + 0.75 * (step / pivot))
    : c * (1 - (1 - deepest) * ((step - pivot) / (1 - pivot))))
  return parts(hue).map(mix)
}

/** The red, green and blue of a colour written #rrggbb. */
export const parts = (hue) => [1, 3, 5].map((at) => parseInt(hue.slice(at, at + 2), 16))

/** The ink that reads best on a colour (relative luminance of WCAG 2). */
export function inkOn(rgb) {
  const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#1a1f24' : '#fff'
}

// Light patterns over the colours, so that no meaning rests on colour alone.
const decals = [
  { symbol: 'none' },
  { color: 'rgba(255,255,255,.45)', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { color: 'rgba(255,255,255,.5)', symbol: 'circle', dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [5, 0], symbolSize: 0.7 },
  { color: 'rgba(255,255,255,.45)', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 4 },
]

// A shape for each audience, for the same reason.
const shapes = { habitants: 'circle', professionnels: 'diamond', associations: 'triangle' }

/** The shape of the dots of a series. */
export const shapeOf = (series) => shapes[series.audience] ?? (series.earlier ? 'emptyCircle' : 'circle')

/** What every chart has, with a legend when there are several series. */
export function base(data, width, { patterned = true, legend = {} } = {}) {
  const many = data.series.length > 1
  return {
    animation: false,
    textStyle: textStyle(),
    aria: { enabled: true, label: { enabled: false }, decal: { show: many && patterned, decals } },
    legend: many
      ? { top: 0, left: 0, itemGap: 18, itemWidth: 22, textStyle: textStyle(), selectedMode: false, width: width - 8, ...legend }
      : { show: false },
  }
}

/** An axis of values that says nothing: the bars carry their numbers. */
export const plainAxis = () => ({ type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } })

const french = (digits) => new Intl.NumberFormat('fr-FR', { maximumFractionDigits: digits })

/** A number of an axis, in what its column counts in. */
export function said(measure, value) {
  if (measure === 'share') return `${french(0).format(value * 100)} %`
  if (measure === 'gap') return `${french(0).format(value * 100)} pts`
  if (measure === 'ratio') return value === 1 ? 'autant' : `× ${french(3).format(value)}`
  return french(1).format(value)
}

/** An axis of values that is read: few lines, with what they are worth. */
export const readAxis = (measure, width, extra) => ({
  type: 'value', splitNumber: width < 480 ? 3 : 6,
  axisLabel: { color: token('--soft'), fontSize: 12, formatter: (v) => said(measure, v), hideOverlap: true },
  axisLine: { show: false }, axisTick: { show: false },
  splitLine: { lineStyle: { color: token('--line') } }, ...extra,
})

/** The axis of what is compared. */
export function categoryAxis(data, width, extra) {
  return {
    type: 'category', data: data.categories, axisTick: { show: false },
    axisLine: { lineStyle: { color: token('--line') } },
    axisLabel: { color: token('--ink'), fontSize: width < 480 ? 12 : 14, lineHeight: 17, ...extra },
  }
}

// linesOf is how many lines of so many letters a name takes, words whole.
function linesOf(name, letters) {
  let lines = 1, used = 0
  for (const { length } of name.split(/\s+/)) {
    if (used && used + 1 + length > letters) { lines++; used = 0 }
    used += length + (used ? 1 : 0)
  }
  return lines
}

/** The room for the names on the left of lying charts, and the height of a row
 * that holds them in up to nine lines. */
export function lying(data, width, least) {
  const room = Math.min(300, Math.round(width * 0.4))
  const letter = width < 480 ? 6.4 : 7.4
  const lines = Math.max(...data.categories.map((c) => linesOf(c, room / letter)), 1)
  return { room, row: Math.max(least, Math.min(lines, 9) * 17 + 12), names: { width: room, overflow: 'break', interval: 0 } }
}

/** The height of the legend above a chart. */
export const legendRoom = (data, width) => data.series.length > 1 ? (width < 480 ? 62 : 36) : 4

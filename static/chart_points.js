// Charts made of points: a dot an audience, a point with its interval, a cloud.
// Same way in and out as the bars.
import { token } from './chart_table.js'
import { base, categoryAxis, legendRoom, lying, readAxis, shapeOf, textStyle } from './chart_look.js'

const NEAR = 13 // pixels under which two dots hide each other
const ROOM = 48 // pixels that a number needs beside its dot

/** One line an item, one dot an audience, and a bar between the furthest. */
export function dumbbell(data, width) {
  const { room, row, names } = lying(data, width, 40)
  const top = legendRoom(data, width) + 4
  const grid = { left: room + 14, right: ROOM + 4, top, bottom: 26 }
  const measure = data.series[0].measure
  const most = Math.max(...data.series.flatMap((s) => s.cells.map((c) => c.value ?? 0)))
  const max = measure === 'share' ? Math.min(1, Math.ceil(most * 10 + 0.2) / 10) : undefined
  const place = (value) => value / (max ?? most) * (width - grid.left - grid.right)
  const ends = data.categories.map((_, i) => {
    const values = data.series.map((s) => s.cells[i].value).filter((v) => v !== null)
    return [Math.min(...values), Math.max(...values)]
  })
  return {
    height: data.categories.length * row + top + 30,
    option: {
      ...base(data, width, {
        patterned: false,
        legend: { data: data.series.map((s) => ({ name: s.name, icon: shapeOf(s), itemStyle: { color: s.hue } })), itemWidth: 15, itemHeight: 15 },
      }),
      grid,
      xAxis: readAxis(measure, width, { min: 0, max }),
      yAxis: { ...categoryAxis(data, width, names), inverse: true, axisLine: { show: false } },
      series: [
        between(ends.map(([low]) => low), 'transparent'),
        between(ends.map(([low, high]) => high - low), token('--edge')),
        ...data.series.map((s) => dots(s, data, ends, place)),
      ],
    },
  }
}

// between is one of the two parts of the bar under the dots: up to the first
// of them, unseen, then up to the last.
const between = (values, color) => ({
  type: 'bar', stack: 'between', silent: true, barWidth: 5, data: values, itemStyle: { color, borderRadius: 2, opacity: color === 'transparent' ? 0 : 0.45 },
})

function dots(series, data, ends, place) {
  return {
    type: 'scatter', name: series.name, symbol: shapeOf(series), z: 3,
    symbolSize: shapeOf(series) === 'diamond' ? 18 : 15,
    itemStyle: { color: series.hue, borderColor: token('--surface'), borderWidth: 1.5, opacity: 1 },
    data: series.cells.map((c, i) => c.value === null ? null : {
      value: [c.value, i], symbolOffset: [0, aside(series, data, i, place)], label: beside(c, data, ends[i], place),
    }).filter(Boolean),
  }
}

// aside moves a dot off the line when the one of an audience before it stands
// at the same place: both are seen.
function aside(series, data, i, place) {
  const at = data.series.indexOf(series)
  const here = place(series.cells[i].value)
  const under = data.series.slice(0, at).filter((s) => s.cells[i].value !== null && Math.abs(place(s.cells[i].value) - here) < NEAR)
  return under.length * 8 * (at % 2 ? 1 : -1)
}

// beside labels the two ends; what is between them is in the table, and so is a
// number without room.
function beside(cell, data, [low, high], place) {
  const label = (position) => ({ show: true, position, distance: 5, formatter: cell.text, color: token('--ink'), fontSize: 13 })
  if (cell.value === high) return label('right')
  if (cell.value === low && place(low) > ROOM && place(high) - place(low) > NEAR) return label('left')
  return { show: false }
}

/** A point with its interval, on a line that says where there is no difference:
 * 1 for ratios, which are drawn so that twice and half stand as far, 0 for
 * differences. */
export function forest(data, width) {
  const [value, low, high] = data.series
  const { room, row, names } = lying(data, width, 42)
  const ratio = value.measure === 'ratio'
  const rows = value.cells.map((c, i) => ({ value: c.value, text: c.text, low: low.cells[i].value ?? c.value, high: high.cells[i].value ?? c.value, i })).filter((r) => r.value !== null)
  const lines = rows.map((r) => [{ coord: [r.low, r.i] }, { coord: [r.high, r.i] }])
  const none = ratio ? 1 : value.measure === 'gap' ? 0 : null
  const reference = none === null ? [] : [{ xAxis: none }]
  return {
    height: data.categories.length * row + 36,
    option: {
      ...base({ ...data, series: [value] }, width),
      grid: { left: room + 14, right: 22, top: 6, bottom: 28 },
      xAxis: readAxis(value.measure, width, ratio ? powers(rows) : {}),
      yAxis: { ...categoryAxis(data, width, names), inverse: true, axisLine: { show: false } },
      series: [{
        type: 'scatter', name: value.name, symbol: 'circle', symbolSize: 13, z: 4,
        itemStyle: { color: value.hue, borderColor: token('--surface'), borderWidth: 1.5, opacity: 1 },
        data: rows.map((r) => ({
          value: [r.value, r.i],
          label: { show: true, position: 'top', distance: 3, formatter: r.text, color: token('--ink'), fontSize: 13, backgroundColor: token('--surface'), padding: [0, 3] },
        })),
        markLine: {
          symbol: ['none', 'none'], silent: true, animation: false, label: { show: false },
          lineStyle: { color: value.hue, width: 3, type: 'solid', cap: 'round' }, data: lines,
        },
      }, {
        type: 'scatter', silent: true, data: [],
        markLine: {
          z: 1, // under the numbers
          symbol: ['none', 'none'], silent: true, animation: false, label: { show: false },
          lineStyle: { color: token('--ink'), width: 1.5, type: [6, 4] }, data: reference,
        },
      }],
    },
  }
}

// powers is an axis by powers of two that holds every interval.
function powers(rows) {
  const all = rows.flatMap((r) => [r.low, r.high]).filter((v) => v > 0)
  return {
    type: 'log', logBase: 2,
    min: 2 ** Math.min(-1, Math.floor(Math.log2(Math.min(...all)))),
    max: 2 ** Math.max(1, Math.ceil(Math.log2(Math.max(...all)))),
  }
}

/** A cloud: two axes and, when there is a third series, the size of the dots. */
export function bubble(data, width) {
  const [x, y, size] = data.series
  const most = Math.max(...(size?.cells ?? []).map((c) => c.value ?? 0), 0)
  const rows = data.categories.map((name, i) => ({ name, x: x.cells[i].value, y: y.cells[i].value, size: size?.cells[i].value ?? null }))
  const name = (series, gap) => ({ name: series.name, nameLocation: 'middle', nameGap: gap, nameTextStyle: { ...textStyle(), fontSize: 13 }, scale: true })
  return {
    height: Math.max(320, Math.min(width * 0.75, 520)),
    option: {
      ...base({ ...data, series: [x] }, width),
      grid: { left: 64, right: 24, top: 16, bottom: 52 },
      xAxis: readAxis(x.measure, width, name(x, 30)),
      yAxis: readAxis(y.measure, width, name(y, 46)),
      series: [{
        type: 'scatter', itemStyle: { color: x.hue, opacity: 0.75, borderColor: token('--surface'), borderWidth: 1.5 },
        data: rows.filter((r) => r.x !== null && r.y !== null).map((r) => ({
          name: r.name, value: [r.x, r.y], symbolSize: r.size === null || !most ? 16 : 10 + 34 * Math.sqrt(r.size / most),
        })),
        label: { show: true, position: 'right', color: token('--ink'), fontSize: 12, width: 150, overflow: 'truncate', formatter: (p) => p.name },
        labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
      }],
    },
  }
}

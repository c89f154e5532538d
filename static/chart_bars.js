// Charts made of bars: lying, stacked to 100 %, standing, by day. Each takes
// the data of a table and a width, and returns the height it needs with what
// ECharts is told.
import { token } from './chart_table.js'
import { base, categoryAxis, inkOn, legendRoom, lying, plainAxis, shade, textStyle } from './chart_look.js'

const bar = (series, label) => ({
  type: 'bar', name: series.name,
  data: series.cells.map((c) => ({ value: c.value ?? 0, ...(c.hue && !series.audience && { itemStyle: { color: c.hue } }) })),
  itemStyle: { color: series.hue, borderRadius: 2 },
  label: { color: token('--ink'), fontSize: 13, formatter: (p) => series.cells[p.dataIndex].text, ...label },
})

/** Horizontal bars, one series or one an audience. */
export function horizontal(data, width) {
  const many = data.series.length > 1
  const { room, row, names } = lying(data, width, many ? data.series.length * 19 + 14 : 34)
  const top = legendRoom(data, width)
  return {
    height: data.categories.length * row + top + 8,
    option: {
      ...base(data, width),
      grid: { left: room + 10, right: width < 480 ? 54 : 96, top, bottom: 4 },
      xAxis: plainAxis(),
      yAxis: { ...categoryAxis(data, width, names), inverse: true },
      series: data.series.map((s) => ({ ...bar(s, { show: true, position: 'right' }), barMaxWidth: many ? 16 : 24, barGap: '12%' })),
    },
  }
}

/** 100 % stacked bars: one line an item, one shade an answer of the scale. */
export function stacked(data, width) {
  const drawn = horizontal({ ...data, series: data.series.slice(0, 1) }, width)
  const hue = data.series[0].hue
  const top = width < 480 ? 20 + Math.ceil(data.series.length / 2) * 32 : 40
  drawn.height += top
  drawn.option = {
    ...drawn.option, ...base(data, width, { patterned: false }),
    grid: { ...drawn.option.grid, top, right: 12 },
    xAxis: { ...plainAxis(), max: 1 },
    series: data.series.map((s, i) => {
      const colour = shade(hue, i, data.series.length)
      return {
        ...bar({ ...s, hue: `rgb(${colour})` }, { show: true, position: 'inside', color: inkOn(colour) }),
        stack: 'all', barMaxWidth: 26,
      }
    }),
  }
  // A label stays inside its part or is left to the table.
  const narrowest = 36 / (width - drawn.option.grid.left - drawn.option.grid.right)
  drawn.option.series.forEach((one, i) => {
    one.itemStyle = { ...one.itemStyle, borderColor: token('--surface'), borderWidth: 1 }
    one.label.formatter = ({ dataIndex }) => {
      const cell = data.series[i].cells[dataIndex]
      return (cell.value ?? 0) < narrowest ? '' : cell.text
    }
  })
  return drawn
}

/** Vertical columns: a distribution, in order. */
export function columns(data, width) {
  const slot = width / data.categories.length
  const crowded = Math.max(...data.categories.map((c) => c.length)) * 7.4 > slot
  const series = data.series.map((s) => ({ ...bar(s, { show: slot > 34, position: 'top' }), barMaxWidth: 44 }))
  return {
    height: 300,
    option: {
      ...base(data, width),
      grid: { left: 6, right: 6, top: data.series.length > 1 ? 56 : 24, bottom: 4, outerBoundsMode: 'same' },
      xAxis: categoryAxis(data, width, { interval: 0, ...(crowded && { hideOverlap: true, width: Math.max(30, slot - 6), overflow: 'break' }) }),
      yAxis: plainAxis(), series,
    },
  }
}

/** Days, stacked by audience. */
export function timeline(data, width) {
  return {
    height: 320,
    option: {
      ...base(data, width),
      grid: { left: 44, right: 8, top: width < 480 ? 62 : 40, bottom: 30 },
      xAxis: categoryAxis(data, width, { hideOverlap: true }),
      yAxis: {
        type: 'value', minInterval: 1, axisLabel: { color: token('--soft'), fontSize: 13 },
        splitLine: { lineStyle: { color: token('--line') } },
      },
      // Drawn in the picture: the policy of the site lets no style in by text.
      tooltip: {
        trigger: 'axis', renderMode: 'richText', backgroundColor: token('--surface'), borderColor: token('--line'),
        textStyle: textStyle(), axisPointer: { type: 'shadow' },
      },
      series: data.series.map((s) => ({ ...bar(s, { show: false }), stack: 'all', barMaxWidth: 28 })),
    },
  }
}

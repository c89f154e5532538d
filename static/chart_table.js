// What a chart draws, read from the table beside it. The table is the only copy
// of the numbers, and its words label the chart, so both always say the same.

/** The value of a design token, where an element stands. */
export const token = (name, element = document.documentElement) =>
  getComputedStyle(element).getPropertyValue(name).trim()

// What people read in a cell, without the mark before it or the line under it.
const written = (td) => [...td?.childNodes ?? []].find((n) => n.nodeType === Node.TEXT_NODE && n.data.trim())?.data.trim() ?? ''

const cell = (row, column) => row.querySelector(`[data-column="${column}"]`)

// The bare number of a column. The upper end of an interval stands in the cell
// of the lower one.
function number(row, column) {
  const td = cell(row, column)
  const value = td ? td.dataset.value : cell(row, column - 1)?.dataset.high
  return value === undefined ? null : Number(value)
}

// What a row is called: the words of its label and, after them, of the column
// that completes it.
const named = (row, table) => {
  const words = (column) => (column && cell(row, column)?.textContent.trim()) || ''
  return [words(table.dataset.label), words(table.dataset.of).toLowerCase()].filter(Boolean).join(', ')
}

/** The categories and the series of a table, and the form it is drawn in. */
export function readTable(table, kind) {
  const columns = table.dataset.series.split(' ').filter(Boolean).map(Number)
  // A row that shows no number at all has nothing to draw.
  const speaks = (row) => kind === 'timeline' || columns.some((c) => number(row, c) !== null)
  const rows = [...table.tBodies[0].rows].filter((r) => !r.matches('.outside, .total') && speaks(r))
  return {
    kind,
    title: table.caption.textContent,
    categories: rows.map((r) => named(r, table)),
    series: columns.map((column, i) => {
      const head = table.tHead.querySelector(`[data-column="${column}"]`)
      return {
        name: head?.firstChild.textContent.trim() ?? '',
        measure: head?.dataset.kind ?? '',
        audience: head?.dataset.audience ?? '',
        earlier: !head?.dataset.audience && i < columns.length - 1, // an edition before
        hue: token('--hue', head ?? table),
        cells: rows.map((r) => ({
          hue: r.dataset.audience ? token('--hue', r) : null,
          value: number(r, column),
          text: written(cell(r, column)),
          step: cell(r, column)?.dataset.step,
        })),
      }
    }),
  }
}

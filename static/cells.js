// Values that are worked out when somebody reads them, remembered with who read
// them, and forgotten as soon as something they have read changes.

/** A value given; or, with find, one that is worked out when it is read. */
export class Cell {
  constructor(value, find) {
    Object.assign(this, { value, find, known: !find, readers: new Set(), sources: new Set() })
  }
}

export class Cells {
  constructor() {
    // The cell being worked out, the watchers to run again, and how often
    // anything was worked out.
    Object.assign(this, { reader: undefined, woken: new Set(), worked: 0 })
  }

  read(cell) {
    if (this.reader) {
      this.reader.sources.add(cell)
      cell.readers.add(this.reader)
    }
    if (!cell.known) this.work(cell)
    return cell.value
  }

  write(cell, value) {
    cell.value = value
    this.forget(cell)
  }

  work(cell) {
    cell.known = true
    cell.value = undefined // for who waits for itself
    this.worked++
    this.within(cell, () => { cell.value = cell.find() })
  }

  // Whatever is read meanwhile is read by reader.
  within(reader, work) {
    const outer = this.reader
    this.reader = reader
    try { return work() } finally { this.reader = outer }
  }

  /** Does work without anybody depending on what it reads. */
  apart(work) { return this.within(undefined, work) }

  forget(cell) {
    for (const reader of cell.readers) {
      for (const source of reader.sources) source.readers.delete(reader)
      reader.sources.clear()
      reader.known = false
      if (reader.watches) this.woken.add(reader)
      this.forget(reader)
    }
  }

  /** Does something now, and again at settle() whenever what it has read changed. */
  watch(work) {
    const cell = new Cell(undefined, work)
    cell.watches = true
    this.work(cell)
  }

  settle() {
    for (const cell of this.woken) {
      this.woken.delete(cell)
      this.work(cell)
    }
  }
}

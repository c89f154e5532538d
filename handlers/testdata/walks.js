// Plays walks on static/path.js: forms by name as {logic}, walks as the shared
// cases have them. Gives, for each walk, the first difference or ''.
(async (library, forms, walks) => {
  const { isAsked, prepare, Path } = await import(library + 'path.js')
  const { isBlank, toStr } = await import(library + 'expr.js')
  const { functions } = await import(library + 'functions.js')

  const said = (v) => isBlank(v) ? '' : toStr(v)
  const notInTheForm = /^(csv-external|xml-external|audit)$/

  // The state as the peers tell it: a text for every question on the path, one
  // for a section with nothing in it.
  function tell(state, path, items, under) {
    let empty = true
    for (const item of items) {
      if (notInTheForm.test(item.kind) || !path.on(item)) continue
      const at = under + '/' + item.name
      if (item.kind === 'repeat') {
        path.rows(item).forEach((row, i) => { tell(state, row, item.kids, `${at}[${i + 1}]`); empty = false })
        continue
      }
      if (item.kind === 'group') tell(state, path, item.kids, at)
      else state[at] = said(path.value(item))
      empty = false
    }
    if (empty) state[under] = ''
  }

  function same(got, want, now) {
    if (want === '<now>') return Date.parse(got) === now
    if (want === '<uuid>') return /^(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(got)
    return got === want || got + '.0' === want
  }

  function compare(walk, form, path, want) {
    const got = {}, faults = []
    tell(got, path, form.top, '/' + walk.root)
    for (const [at, text] of Object.entries(want)) {
      if (at.includes('/@') || at.startsWith(`/${walk.root}/meta/`)) continue
      if (!(at in got)) faults.push(`${at} is not there, want "${text}"`)
      else if (!same(got[at], text, Date.parse(walk.now))) faults.push(`${at} is "${got[at]}", want "${text}"`)
      delete got[at]
    }
    for (const at in got) faults.push(`${at} = "${got[at]}" is there, and should not`)
    return faults.slice(0, 3).join('; ')
  }

  function locate(path, form, xpath) {
    const steps = xpath.split('/'), name = steps.pop()
    for (const step of steps) {
      const [, repeat, row] = /^(.*)\[(\d+)\]$/.exec(step) ?? []
      if (repeat) path = path.rows(form.byName.get(repeat))[row - 1]
    }
    return { at: path, item: form.byName.get(name) }
  }

  function typed(item, text) {
    if (/^(integer|decimal|range)$/.test(item.kind)) return text === '' ? '' : Number(text)
    return /^(select_multiple|rank)$/.test(item.kind) ? text.split(/\s+/).filter(Boolean) : text
  }

  function violations(path, own, found = []) {
    for (const item of own) {
      if (!path.on(item)) continue
      if (item.kind === 'repeat') path.rows(item).forEach((row) => violations(row, item.own, found))
      const code = isAsked(item) && path.fault(item)?.code
      if (code === 'answer.required') found.push(item.name + ' required')
      else if (/^(answer.invalid|choice.max|choice.exact)$/.test(code)) found.push(item.name + ' constraint')
    }
    return found.sort()
  }

  function play(walk) {
    const form = forms[walk.form].prepared
    const host = { more: functions, now: () => ({ ms: Date.parse(walk.now), zone: 0 }), label: (question, code) => forms[walk.form].labels[question]?.[code] ?? code }
    const path = new Path(form, host).begin()
    const want = { ...walk.initial }
    let fault = compare(walk, form, path, want)
    if (fault) return 'at the beginning: ' + fault
    for (const [i, step] of walk.steps.entries()) {
      const { at, item } = locate(path, form, step.ref)
      if (!at || !item) return `step ${i + 1}: no ${step.ref}`
      if (step.op === 'createNewRepeat') at.addRow(item)
      else at.set(item, typed(item, step.value))
      for (const gone of step.removed ?? []) delete want[gone]
      Object.assign(want, step.changed)
      fault = compare(walk, form, path, want)
      if (fault) return `step ${i + 1}, ${step.op} ${step.ref} "${step.value}": ${fault}`
    }
    if (!walk.complete) return ''
    const wanted = walk.final_violations.map((v) => v.slice(v.lastIndexOf('/') + 1)).sort().join()
    const got = violations(path, form.own).join()
    return got === wanted ? '' : `at the end ${got} fail, want ${wanted}`
  }

  for (const form of Object.values(forms)) {
    form.prepared = prepare(form.logic)
    form.prepared.top = []
    for (const item of form.prepared.items) item.kids = []
    for (const item of form.prepared.items) (form.prepared.items[item.parent]?.kids ?? form.prepared.top).push(item)
  }
  return Object.fromEntries(walks.map((walk) => {
    try { return [walk.id, play(walk)] } catch (error) { return [walk.id, String(error.stack)] }
  }))
})

// Runs rows of a case file through static/expr.js and functions.js. A row is a case of
// cases.jsonl with its `tree`, as Expr.MarshalJSON gives it, and in `env` what
// the scope of the Go test holds; walk.jsonl is such a file, complete. In Node:
// JSON lines in, JSON lines out. In a browser: import disagreements and the
// walker's modules, and give it the rows of walk.jsonl.

const instants = /^\d{4}-\d\d-\d\d(T|$)/

// As the questionnaire types its answers: an ISO text is a date.
function typed(lib, raw, zone) {
  if (raw?.set) return new lib.Instances(raw.set.map((one) => typed(lib, one, zone)))
  return typeof raw === 'string' && instants.test(raw) ? lib.moment(raw, zone) : raw
}

function scopeOf(lib, { values, env }) {
  const value = (name) => Object.hasOwn(values, name) ? typed(lib, values[name], env.zone) : ''
  return {
    value,
    self: () => value('.'),
    column: (name) => value('#' + name),
    position: (up) => env.position?.[up - 1] ?? 1,
    label: (question, code) => env.labels?.[question + '/' + code] ?? code,
    lookup: (file, want, key, is) => env.tables?.[file]?.find((row) => row[key] === is)?.[want] ?? '',
    instance: (name, at) => value(name).all?.[at.at(-1).index - 1] ?? '',
    now: () => ({ ms: env.ms, zone: env.zone }),
    random: () => env.random ?? 0,
    months: env.months, days: env.days, more: lib.functions,
  }
}

function plain(lib, result, v) {
  if (result === 'boolean') return lib.toBool(v)
  if (!result.startsWith('number')) return lib.toStr(v)
  const n = lib.toNumber(v)
  return Object.is(n, -0) ? '-0' : Number.isFinite(n) ? n : String(n)
}

/** What a row gives, in the form of its `expected`. */
export function walk(row, lib) {
  return plain(lib, row.result, lib.evaluate(row.tree, scopeOf(lib, row)))
}

const close = (a, b) => a === b || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b))

/** The rows of walk.jsonl that do not give what Go gave, as sentences. */
export function disagreements(rows, lib) {
  const results = rows.map((row) => ({ row, got: walk(row, lib) }))
  return results.filter(({ row, got }) => !close(got, row.expected))
    .map(({ row, got }) => `${row.id}: ${JSON.stringify(row.tree)} gives ${got}, want ${row.expected}`)
}

// The modules as Node takes them without a package around: addresses of data.
async function load(readFileSync) {
  const address = (source) => 'data:text/javascript,' + encodeURIComponent(source).replaceAll("'", '%27')
  const source = (name) => readFileSync(new URL('../../../static/' + name, import.meta.url), 'utf8')
  const expr = address(source('expr.js'))
  return { ...await import(expr), ...await import(address(source('functions.js').replace("'./expr.js'", `'${expr}'`))) }
}

if (globalThis.process?.argv[1]?.endsWith('walk.mjs')) {
  const { readFileSync } = await import('node:fs')
  const lib = await load(readFileSync)
  const rows = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const out = rows.map((row) => JSON.stringify({ id: row.id, got: walk(row, lib) }))
  process.stdout.write(JSON.stringify({ core: Object.keys(lib.core), functions: Object.keys(lib.functions) }) + '\n' + out.join('\n') + '\n')
}

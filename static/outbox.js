// The responses on their way. Each is kept twice, in localStorage for the page
// and in IndexedDB for the service worker, until our own server has said what
// became of it: browsers short of memory have been seen to lose either.
// An item is {id, slug, body, shared}.
const KNOWN = { 200: 'sent', 201: 'sent', 409: 'conflict', 410: 'gone', 422: 'refused' }
const WEEK = 7 * 864e5
const PATIENCE = 25e3
const prefix = 'diapason-out:'

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('diapason', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: 'id' })
      request.result.createObjectStore('outcomes', { keyPath: 'id' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

// One request in one transaction; nothing when IndexedDB is not to be had.
async function inStore(name, mode, ask) {
  try {
    const db = await database()
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(name, mode)
      const request = ask(transaction.objectStore(name))
      transaction.oncomplete = () => { db.close(); resolve(request.result) }
      transaction.onabort = transaction.onerror = () => { db.close(); reject(transaction.error) }
    })
  } catch { return undefined }
}

function onPage(work) {
  try { return globalThis.localStorage && work(globalThis.localStorage) } catch { return undefined }
}

/** Keeps an item until it has arrived. */
export async function keepItem(item) {
  onPage((s) => s.setItem(prefix + item.id, JSON.stringify(item)))
  await inStore('outbox', 'readwrite', (s) => s.put(item))
}

/** Keeps, for a week, what a closed survey did not take: it may open again. */
export const keepClosed = (item) => keepItem({ ...item, closed: item.closed ?? Date.now() })

/** Every item that has not arrived. */
export async function waitingItems() {
  const items = new Map()
  for (const item of await inStore('outbox', 'readonly', (s) => s.getAll()) ?? []) items.set(item.id, item)
  onPage((s) => Object.keys(s).filter((k) => k.startsWith(prefix)).forEach((k) => {
    const item = JSON.parse(s.getItem(k))
    items.set(item.id, item)
  }))
  const over = (item) => item.closed && Date.now() - item.closed > WEEK
  await Promise.all([...items.values()].filter(over).map((item) => forgetItem(item.id)))
  return [...items.values()].filter((item) => !over(item))
}

/** Lets go of an item that has arrived. */
export async function forgetItem(id) {
  onPage((s) => s.removeItem(prefix + id))
  await inStore('outbox', 'readwrite', (s) => s.delete(id))
}

/** What became of an item while no page was open; told once. */
export async function takeOutcome(id) {
  const outcome = await inStore('outcomes', 'readonly', (s) => s.get(id))
  if (outcome) await inStore('outcomes', 'readwrite', (s) => s.delete(id))
  return outcome
}

/** Sends an item once: {state, …}; 'waiting' for anything our server did not say itself. */
export async function sendItem(item) {
  try {
    const answer = await fetch(`/r/${item.slug}/reponses`, {
      method: 'POST', body: item.body, cache: 'no-store', credentials: 'omit', redirect: 'error',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      signal: AbortSignal.timeout?.(PATIENCE),
    })
    const state = answer.headers.get('Diapason-Receipt') === item.id ? KNOWN[answer.status] : undefined
    if (!state) return { state: 'waiting', after: Number(answer.headers.get('Retry-After')) || 0 }
    const said = await answer.json()
    // Gone: the survey is closed, or this very answer was withdrawn.
    return { ...said, state: state !== 'gone' ? state : said.code === 'closed' ? 'closed' : 'conflict' }
  } catch {
    return { state: 'waiting', after: 0 }
  }
}

/** Sends everything while no page is open. What the person should know is kept for the next visit. */
export async function flushOutbox() {
  let left = 0
  for (const item of await waitingItems()) {
    const outcome = await sendItem(item)
    if (outcome.state === 'waiting') { left++; continue }
    if (outcome.state === 'closed' && !item.shared) { await keepClosed(item); continue }
    if (!item.shared) await inStore('outcomes', 'readwrite', (s) => s.put({ ...outcome, id: item.id }))
    // A refused item goes back to the person, who has its draft.
    await forgetItem(item.id)
  }
  return left
}

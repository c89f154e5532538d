// The service worker of the questionnaires: pages open without network after a
// first visit, and what waits is sent when the network is back. The server puts
// VERSION, ASSETS, POLICY and the functions of outbox.js before these lines.
const CACHE = 'diapason-' + VERSION
const PAGES = 'diapason-pages'
const SLOW = 5000

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(ASSETS)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('diapason-') && name !== CACHE && name !== PAGES
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()))
})

// A page that opened before this worker hands itself over, as it came, and says
// which scripts it needs.
self.addEventListener('message', (event) => {
  const { page, url, scripts } = event.data ?? {}
  if (typeof page !== 'string') return
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY, Diapason: 'page' }
  event.waitUntil?.(Promise.all([caches.open(PAGES).then((cache) => cache.put(url, new Response(page, { headers }))), ...scripts.map(kept)]))
})

self.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(flushOutbox().then((left) => { if (left) throw new Error('not yet') }))
})

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith('/static/')) event.respondWith(kept(event.request))
  else if (/^\/r\/[a-z0-9-]+$/.test(url.pathname) && event.request.mode === 'navigate') event.respondWith(fresh(event.request))
})

async function kept(request) {
  const found = await caches.match(request)
  if (found) return found
  const answer = await fetch(request), copy = answer.clone()
  if (answer.ok) caches.open(CACHE).then((cache) => cache.put(request, copy))
  return answer
}

// From the network when it is there and ours; a hotel's sign-in page is not.
async function fresh(request) {
  const stored = () => caches.match(request).then((found) => found ?? caches.match(request, { ignoreSearch: true }))
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout?.(SLOW) })
    const ours = answer.headers.get('Diapason')
    if (ours && answer.ok) {
      const copy = answer.clone()
      caches.open(PAGES).then((cache) => cache.put(request, copy))
    }
    return ours && answer.status < 500 ? answer : await stored() ?? answer
  } catch (error) {
    const found = await stored()
    if (found) return found
    return fetch(request)
  }
}

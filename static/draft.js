// The draft: what was answered so far, on this device only, for seven days.
const WEEK = 7 * 864e5
const key = (slug) => 'diapason-draft:' + slug

/** The draft of a survey, unless it is too old. */
export function loadDraft(slug) {
  try {
    const draft = JSON.parse(localStorage.getItem(key(slug)))
    if (draft && Date.now() - draft.saved < WEEK) return draft
    dropDraft(slug)
  } catch { /* no storage here: nothing to take up again */ }
}

/** Whether a response is already on its way, see outbox.js. */
export function isOnItsWay(id) {
  try { return localStorage.getItem('diapason-out:' + id) !== null } catch { return false }
}

/** Keeps the draft; false when the device does not let us. */
export function saveDraft(slug, draft) {
  try {
    localStorage.setItem(key(slug), JSON.stringify({ ...draft, saved: Date.now() }))
    return true
  } catch { return false }
}

export function dropDraft(slug) {
  try { localStorage.removeItem(key(slug)) } catch { /* nothing was kept */ }
}

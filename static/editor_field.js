// A field of the editor: what it says, and what the page believes the server
// has of it.

// control is the element that says it: of several radios, the one chosen.
export const control = (field) => field.querySelector('[name^="v."]:checked, [name^="v."]:not([type=radio])')

// said is what a field says now; a box that is not ticked says nothing.
export function said(field) {
  const c = control(field)
  if (!c) return ''
  return plain(c.type === 'checkbox' ? (c.checked ? c.value : '') : c.value)
}

export const was = (field) => field.querySelector('[name^="w."]')

// plain is a text as the server keeps it.
export const plain = (text) => text.replace(/\r\n/g, '\n').trim()

// isTyped tells a control in which a caret may stand.
export const isTyped = (c) => c.matches('textarea, input:not([type=checkbox], [type=radio], [type=hidden])')

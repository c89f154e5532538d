// Somebody who would rather not answer leaves nothing on the device.
import { dropDraft } from './draft.js'

dropDraft(document.getElementById('goodbye').dataset.slug)

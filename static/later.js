// What the page needs once somebody has begun, in one request: the server adds
// the texts that only these modules say, in a language, see handlers/script.go.
import { deliver, resumeDeliveries } from './delivery.js'
import { panels } from './review.js'

export const later = { deliver, resumeDeliveries, panels }

// The page of a questionnaire without repeats nor rarer functions.
import { answer } from './page.js'

answer({})

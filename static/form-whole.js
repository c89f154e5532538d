// The page of a questionnaire that repeats questions, or calls some of the rarer
// functions.
import { functions } from './functions.js'
import { Rows } from './rows.js'
import { answer } from './page.js'

answer({ functions, Rows })

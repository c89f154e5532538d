// Package authoring is what an expert colleague says while somebody writes a
// questionnaire. It takes values and returns values: no store, no request.
//
//	ReadCondition   a relevance, as a sentence anybody can read and change
//	Comparisons     how an answer of some kind can be compared
//	Problems        what is wrong with a condition composed on screen
//	Before          what the condition of an item may ask
//	Differences     two questionnaires → what changed, in words, and what it breaks
//	Hints           a questionnaire → what could be asked better, and how
//	Minutes         how long it takes to answer
//	ReadingEase     how easy a French text is to read; Syllables counts them
//	Untranslated    the texts a language lacks; Translated counts the others
//	FreeName        a name for a question, made from what it asks
//	FreeCode        a code for a choice
//	PastedChoices   the choices of a column copied from a spreadsheet
//
// A hint never refuses: [surveys.Compile] and [surveys.Publish] do that. Each
// says one thing, what to do about it, and may be wrong; so the rules prefer
// to be silent when in doubt. Those about words are for French texts only.
package authoring

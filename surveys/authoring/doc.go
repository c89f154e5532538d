// Package authoring is what an expert colleague says while somebody writes a
// questionnaire. It takes values and returns values: no store, no request.
//
//	ReadCondition   a relevance, as a sentence anybody can read and change
//	Comparisons     how an answer of some kind can be compared
//	Before          what the condition of an item may ask
//	Passed          what whoever goes to the end has met
//	Differences     two questionnaires → what changed, in words, and what it breaks
//	Hints           a questionnaire → what could be asked better, and how
//	Minutes         how long it takes to answer
//	MainLanguage    the language it is written in first
//	Translated      how many texts a language has, of how many
//	FreeName        a name for a question, made from what it asks
//	FreeCode        a code for a choice
//	PastedChoices   the choices of a column copied from a spreadsheet
//
// A hint never refuses: [surveys.Compile] and [surveys.Publish] do that. Each
// says one thing, what to do about it, and may be wrong; so the rules prefer
// to be silent when in doubt. Those about words are for French texts only.
package authoring

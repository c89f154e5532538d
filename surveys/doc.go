// Package surveys is the vocabulary and the rules of Diapason: what a
// diagnostic partagé is made of, and what may happen to it.
//
// A [Diagnostic] is one edition, for one [Territory]. It asks each [Audience]
// one [Survey] or more; a survey serves the frozen [Version]s of a
// [Questionnaire]; people answer with [Response]s. Two surveys of a diagnostic
// that use the same question name ask the same thing: that is what lets the
// views cross.
//
// Before it is a version, a questionnaire is the [Manuscript] of its survey.
// Several people write it at once, by [Move]s: each says what its author saw,
// fits or comes back as a conflict, and has moves that take it back. Beside the
// answers stands the [Dossier] of the diagnostic: the [Census] that weights are
// made from, and what the team will conclude and choose.
//
// The rules take values and return values; time comes in as now:
//
//	Compile  questionnaire → Form, or every problem it has
//	Path     form, answers → the questions these answers lead through
//	Check    form, answers → every problem the answers have
//	Submit   one response, checked, kept once, receipted
//	Apply    questionnaire, moves → the next one and the way back, or every conflict
//	Edit     moves made in a manuscript, all or none; Undo and Redo, each their own
//	Publish  questionnaires, compiled, frozen together as the next versions
//	May      who may do what
//
// Keeping things is the work of a [Store]; its comments are the contract that
// package storetest checks for every implementation.
package surveys

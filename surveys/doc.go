// Package surveys is the vocabulary and the rules of Diapason: what a
// diagnostic partagé is made of, and what may happen to it.
//
// A [Diagnostic] is one edition, for one [Territory]. It asks each [Audience]
// one [Survey]; a survey serves the frozen [Version]s of a [Questionnaire];
// people answer with [Response]s. Two surveys of a diagnostic that use the
// same question name ask the same thing: that is what lets the views cross.
//
// The rules take values and return values; time comes in as now:
//
//	Compile  questionnaire → Form, or every problem it has
//	Path     form, answers → the questions these answers lead through
//	Check    form, answers → every problem the answers have
//	Submit   one response, checked, kept once, receipted
//	Publish  one questionnaire, compiled, frozen as the next version
//	May      who may do what
//
// Keeping things is the work of a [Store]; its comments are the contract that
// package storetest checks for every implementation.
package surveys

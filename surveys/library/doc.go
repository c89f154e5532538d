// Package library is what a new diagnostic starts from: the common frame of
// thirteen themes, a questionnaire for each audience, and the territories of
// the founding contracts.
//
// The questionnaires are the workbooks beside this file, as a coordinator
// would write them; the .txt files tell the same, one line a row, so that a
// change in a workbook can be reviewed. Write them anew with
//
//	go test ./surveys/library -update
//
// Names follow one rule. h_, p_ and a_ questions belong to the residents, the
// professionals and the associations; c_ questions are asked to the last two,
// x_ questions to all three, with the same words and the same codes: they are
// what the views cross.
package library

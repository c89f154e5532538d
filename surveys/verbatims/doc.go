// Package verbatims is what is done with the texts people write before anybody
// quotes them: names and numbers are masked ([Mask]), the texts of a diagnostic
// are gathered ([Book]), searched ([Matcher]) and coded in one frame of
// subjects ([Frame]), with suggestions from what was coded before ([Learn]) and
// a measure of how far two readers agree ([Kappa]).
//
// It takes and returns values; what the team decides of a text is a
// [surveys.Review], which the store keeps. A text is only kept here masked.
package verbatims

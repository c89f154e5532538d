// Package xlsform reads and writes questionnaires as XLSForm workbooks, the
// format people prepare in Excel and that KoboToolbox, ODK and SurveyCTO share.
//
// [Read] takes a workbook and gives the questionnaire and every fault it
// found, each with its sheet, row and column. [Write] is the reverse; what one
// writes the other reads back equal. [Dump] is the same content as text, to
// review a change in a workbook.
//
// What is understood: the sheets survey, choices and settings under any case;
// the columns and types of the tables in columns.go and kinds.go, under their
// old names too; translations ("label::Français (fr)"); groups and repeats;
// four columns of the house, theme, profile, short and sensitive.
//
// What is kept without being served, told by a warning, and written back: the
// types a browser is not asked for (geopoint, image, start…), columns and
// sheets nobody here knows.
//
// What is refused: a fault of structure, a loop, an entities sheet, search().
// Expressions stay text: surveys.Compile reads them.
package xlsform

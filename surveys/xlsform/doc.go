// Package xlsform reads and writes questionnaires as XLSForm workbooks, the
// format people prepare in Excel and that KoboToolbox, ODK and SurveyCTO share.
//
// [Read] takes a workbook, with the CSV files it names or a zip of them all, and
// gives the questionnaire and every fault it found, each with its sheet, row
// and column. [Write] and [WriteBundle] are the reverse. [Dump] is the same
// content as text, to review a change in a workbook.
//
// # What is read
//
// The sheets survey, choices, settings and external_choices under any case; the
// columns and types of the tables in columns.go and kinds.go, under their old
// names too; translations ("label::Français (fr)"); groups and repeats; four
// columns of the house: theme, profile, short and sensitive. A CSV file becomes
// a list under its own name ("communes.csv"), its columns in the choices.
//
// # What is kept
//
// The types a browser is not asked for (geopoint, image, start…), columns and
// sheets nobody here knows: they are told by a warning that says what it means
// for the people who answer (foreign.go), and written back. So are the order
// of the columns, empty ones, comments, the ends of sections: see layout.go.
//
// # What is not the same once written again
//
// Every cell that is read comes back with the same text in the same row and
// column, but for this:
//   - types have their usual spelling ("begin group" becomes begin_group);
//     parameters are "key=value" in the order of their keys; words of an
//     appearance have one space between them;
//   - names, types and expressions lose runs of spaces, non-breaking ones, and
//     typographic quotes; sentences lose runs of spaces, unless the settings
//     say clean_text_values=no; all cells, the spaces around them;
//   - yes and no are written so, whatever the word or the case; a plain no in
//     short or sensitive is blank;
//   - numbers, dates and truths are texts; a formula is the value it had;
//   - "label:fr", in a form that only has single colons, is "label::fr";
//   - a note without a name is given one (generated_note_name_12);
//   - the sheets that are read come first, in lower case, in one order;
//     whatever comes after 60 blank rows is not read, as with the peers;
//   - colours, widths, macros and drawings are not kept: Write has its own.
//
// When questions were added or moved, rows are written one under the other and
// comments go to the end.
//
// # What is refused
//
// A fault of structure, a loop, an entities sheet, search(), and files made to
// do harm (guard.go). Expressions stay text: surveys.Compile reads them.
package xlsform

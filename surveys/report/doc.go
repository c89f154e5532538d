// Package report is the diagnostic partagé as data: chapters of tables of
// typed cells, with nothing drawn. Pages, the workbook and every other export
// only draw what [Build] gives.
//
// Build reads counts from a tally, makes shares and intervals, sets the three
// audiences side by side, and lets numbers out through disclosure control:
// nothing that leaves the building bypasses it.
package report

// Package exports draws a [report.Report] on paper and in files: the workbook
// and the Word document of a diagnostic partagé, the charts of its pages, the QR
// code of a questionnaire.
//
// Nothing here computes a number. Every figure of the workbook is a cell of
// the report, which disclosure control has already been through; the raw
// answers are the one exception and only leave with the working view.
//
//	workbook.go    the order of the sheets
//	looks.go       the design tokens: colours, type, number formats
//	sheet.go       a presentation sheet: rows from top to bottom, printing
//	diagnostic.go  the workbook of a stored diagnostic as it is now
//	chapter.go     a chapter of the report as a sheet
//	block.go       one table of the report, its notes and its chart
//	title.go       the titles and the order of a table's columns
//	chart.go       the native charts
//	cover.go       Lisez-moi
//	dictionary.go  every question and choice, version by version
//	method.go      the method and the log of hidden cells
//	answers.go     raw answers: streamed, one pass, constant memory
//	field.go       the columns a questionnaire gives to raw answers
//	csv.go         cells that are never formulas, rows on one line
//	dataset.go     the columns of one survey's answers, for data files and programs
//	data.go        the zip of answers: CSV, codebook, SPSS, R, DDI, LISEZMOI
//	codebook.go    what every column means
//	spss.go, r.go  scripts that read the CSV and label it
//	ddi.go         the study in DDI-Codebook 2.5
//	tidy.go        the report as rows of one value each
//	opendata.go    the zip of the tables that may be published
//	reportjson.go  the report for programs
//	part.go        one raw sheet being compressed while it is written
//	rowxml.go      the XML of a raw row
//	cleantext.go   texts as a cell may hold them
//	archive.go     the zip file, with the raw sheets in their place
//	qr.go          QR codes as SVG
//	svg.go         a table's chart as an SVG element of a page
//	svgbars.go     its bars and columns
//	svgpoints.go   its dots, intervals and clouds
//	svgtext.go     how wide its letters are, where its lines break
//	number.go      numbers as French prints them
//	document.go    the Word document: its parts, its chapters
//	printed.go     a table as paper holds it
//	wordtext.go    paragraphs of a Word document
//	wordtable.go   its tables
//	wordchart.go   its native charts
//	wordparts.go   its styles, contents, pages, and the file itself
package exports

package exports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sort"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"

	"github.com/xuri/excelize/v2"
)

// A Form is one published version of a survey's questionnaire.
type Form struct {
	Survey  surveys.Survey
	Version int
	Form    *surveys.Form
}

// Answers are the raw answers of a diagnostic, for the working view.
type Answers struct {
	// Responses are read once, in order; the first error ends the workbook.
	Responses iter.Seq2[surveys.Response, error]
	// Count is about how many will come, for progress only.
	Count int
	// Territory groups communes in sectors: a raw row tells the sector and
	// never the commune.
	Territory surveys.Territory
}

// ErrRestricted refuses raw answers to a report that is not the working view.
var ErrRestricted = errors.New("les réponses brutes ne sortent qu’avec la vue « travail »")

// Workbook writes the workbook of a report to w, as .xlsx.
//
// The dictionary lists the published questionnaires, in any order; every
// version that has answers must be there. Answers may be nil; with a report
// that is not the working view they must be, or the error is [ErrRestricted].
// Progress, which may be nil, is told how much is done, in sheets and answers;
// it is called from the caller's goroutine. Memory does not grow with the
// number of answers: they wait, compressed, in temporary files that are gone
// when Workbook returns.
func Workbook(w io.Writer, r *report.Report, dictionary []Form, answers *Answers, progress func(done, total int)) error {
	if answers != nil && r.View != report.Work {
		return ErrRestricted
	}
	b := newBook(r, progress)
	defer b.close()
	if answers != nil {
		b.total = answers.Count
	}
	b.total += len(r.Chapters) + 4 // cover, dictionary, method, saving
	dictionary = b.inAudienceOrder(dictionary)
	b.chapters()
	b.dictionary(dictionary)
	b.method()
	if answers != nil && b.err == nil {
		b.keep(b.answers(dictionary, answers))
	}
	b.cover()
	b.properties()
	if b.err != nil {
		return fmt.Errorf("workbook of %s: %w", r.Diagnostic, b.err)
	}
	return b.save(w)
}

// inAudienceOrder sorts questionnaires as the report orders its audiences, and
// by version.
func (b *book) inAudienceOrder(forms []Form) []Form {
	place := func(f Form) int {
		i := slices.IndexFunc(b.report.Answers, func(a report.AudienceCount) bool { return a.Audience == f.Survey.Audience })
		if i < 0 {
			return len(b.report.Answers)
		}
		return i
	}
	return slices.SortedStableFunc(slices.Values(forms), func(x, y Form) int {
		return cmp.Or(place(x)-place(y), cmp.Compare(x.Survey.ID, y.Survey.ID), x.Version-y.Version)
	})
}

// book is the workbook being made. The first error is kept and ends it: the
// hundreds of small calls that draw a sheet need not each be asked.
type book struct {
	file   *excelize.File
	report *report.Report
	looks  map[look]int
	sheets map[string]bool // lower-case names taken
	tables map[string]bool // lower-case names of Excel tables taken
	// contents are the sheets as the cover lists them.
	contents []entry
	absent   []entry // chapters without a sheet, and why
	parts    []*part // raw sheets
	charts   int     // drawn so far: the library numbers their parts so
	whiskers map[string]*whiskers
	err      error

	progress    func(done, total int)
	done, total int
}

// entry is a line of the contents.
type entry struct{ sheet, says string }

func newBook(r *report.Report, progress func(done, total int)) *book {
	b := &book{
		file: excelize.NewFile(), report: r, looks: map[look]int{},
		sheets: map[string]bool{}, tables: map[string]bool{}, whiskers: map[string]*whiskers{}, progress: progress,
	}
	b.keep(b.file.SetDefaultFont(typeface))
	*b.file.Styles.Fonts.Font[0].Sz.Val = sizeText // widths are counted in its digits
	b.keep(b.file.SetSheetName("Sheet1", coverName))
	b.sheets["lisez-moi"] = true
	return b
}

// close forgets temporary files.
func (b *book) close() {
	for _, p := range b.parts {
		p.discard()
	}
	_ = b.file.Close() // nothing of ours is left in it
}

func (b *book) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) keep1(_ int, err error) { b.keep(err) }

// step tells progress that n more units are done.
func (b *book) step(n int) {
	b.done += n
	b.total = max(b.total, b.done)
	if b.progress != nil {
		b.progress(b.done, b.total)
	}
}

// style is the number of a look in the workbook.
func (b *book) style(l look) int {
	id, ok := b.looks[l]
	if !ok {
		var err error
		id, err = b.file.NewStyle(l.style())
		b.keep(err)
		b.looks[l] = id
	}
	return id
}

func (b *book) list(sheet, says string) {
	b.contents = append(b.contents, entry{sheet, says})
}

// properties are what the file's own card says.
func (b *book) properties() {
	r := b.report
	made := r.Made.UTC().Format(time.RFC3339)
	description := fmt.Sprintf("Diagnostic partagé de santé, édition %s. Vue : %s.", r.Edition, viewLabel(r.View))
	if r.Demo {
		description = report.DemoNotice + ". " + description
	}
	b.keep(b.file.SetDocProps(&excelize.DocProperties{
		Title: cleanText(r.Title), Subject: cleanText(r.Territory), Creator: cleanText(r.Controller),
		LastModifiedBy: cleanText(r.Controller), Description: cleanText(description),
		Keywords: "diagnostic partagé, contrat local de santé", Category: viewLabel(r.View),
		Language: "fr-FR", Created: made, Modified: made,
	}))
	b.keep(b.file.SetAppProps(&excelize.AppProperties{Application: "Diapason", Company: cleanText(r.Controller)}))
}

func viewLabel(v report.View) string {
	if v == report.Work {
		return "Travail – diffusion restreinte"
	}
	return "Restitution"
}

// save writes the file straight to w: the library's own buffer stays empty.
func (b *book) save(w io.Writer) error {
	first, err := b.file.GetSheetIndex(coverName)
	if err != nil {
		return err
	}
	b.file.SetActiveSheet(first)
	b.mendParts()
	// In the order of a map so far: the same report makes the same file.
	types, files := b.file.ContentTypes.Overrides, b.file.ContentTypes.Defaults
	sort.Slice(types, func(i, j int) bool { return types[i].PartName < types[j].PartName })
	sort.Slice(files, func(i, j int) bool { return files[i].Extension < files[j].Extension })
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newArchive(w, b.parts) })
	if _, err := b.file.WriteToBuffer(); err != nil {
		return fmt.Errorf("workbook of %s: write: %w", b.report.Diagnostic, err)
	}
	b.step(1)
	return nil
}

package exports

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// DiagnosticDocument writes the Word document of a diagnostic in a view, like
// [Diagnostic] its workbook.
func DiagnosticDocument(ctx context.Context, w io.Writer, source report.Source, d surveys.Diagnostic, view report.View, who string, now time.Time) (detail string, err error) {
	r, err := issue(ctx, source, d, view, who, now)
	if err != nil {
		return "", err
	}
	digest := sha256.New()
	if err := Document(io.MultiWriter(w, digest), r); err != nil {
		return "", err
	}
	return detailOf(r, digest), nil
}

// Document writes a report to w as .docx, to be finished in Word or
// LibreOffice: a cover, the contents, every chapter in the report's order, and
// at the end, as annexes, the complete tables.
//
// Headings, captions, contents and page numbers are Word's own, tables repeat
// their header, charts are native and carry their data. It draws what the cells
// of the report show and nothing else; raw answers never are in it.
func Document(w io.Writer, r *report.Report) error {
	d := newDocument(r)
	d.front()
	d.howToRead()
	body, annexes := Parts(r)
	for _, c := range slices.Concat(body, annexes) {
		d.chapter(c)
	}
	if err := d.save(w); err != nil {
		return fmt.Errorf("document of %s: %w", r.Diagnostic, err)
	}
	return nil
}

// longTable is how many rows a table may have in the body of a document.
const longTable = 60

// Parts is the order of a report on paper: the body, then the annexes, whose
// titles say so. The chapters of one audience are annexes, and so are the tables
// too long for the others, under an ID of their own.
func Parts(r *report.Report) (body, annexes []report.Chapter) {
	for _, c := range r.Chapters {
		if c.Audience != "" {
			c.Title = annexTitle(len(annexes), c)
			annexes = append(annexes, c)
			continue
		}
		long := report.Chapter{ID: c.ID + "-annexe", Title: c.Title + " : tableaux complets"}
		tables := c.Tables
		c.Tables = nil
		for _, t := range tables {
			if len(t.Rows) > longTable {
				long.Tables = append(long.Tables, t)
			} else {
				c.Tables = append(c.Tables, t)
			}
		}
		if len(long.Tables) > 0 {
			long.Title = annexTitle(len(annexes), long)
			annexes = append(annexes, long)
			c.Paragraphs = append(slices.Clone(c.Paragraphs), "Les tableaux complets de ce chapitre sont en annexe.")
		}
		body = append(body, c)
	}
	return body, annexes
}

// annexTitle is « Annexe A – Habitants ».
func annexTitle(i int, c report.Chapter) string {
	letter := string(rune('A' + i%26))
	if i >= 26 {
		letter += fmt.Sprint(i / 26)
	}
	title := "Annexe " + letter + " – " + c.Title
	if c.Audience != "" {
		title += " : toutes les questions"
	}
	return title
}

// document is a Word document being made, from the first page to the last.
type document struct {
	report   *report.Report
	sections []section
	contents []heading
	tables   int // captions so far
	charts   []wordChart
	marks    int // bookmarks so far
	drawings int
}

// A section is pages that stand the same way.
type section struct {
	wordText
	wide bool // landscape
}

// A heading is a line of the contents.
type heading struct {
	level int
	title string
	mark  string // its bookmark
}

func newDocument(r *report.Report) *document {
	return &document{report: r, sections: make([]section, 1)}
}

// here is the section being written.
func (d *document) here() *section { return &d.sections[len(d.sections)-1] }

// turn begins a section when the pages that follow stand another way.
func (d *document) turn(wide bool) {
	if d.here().wide != wide {
		d.sections = append(d.sections, section{wide: wide})
	}
}

// heading writes a heading and enters it in the contents.
func (d *document) heading(level int, title, tint string) {
	d.marks++
	title = strings.Join(strings.Fields(cleanText(title)), " ")
	h := heading{level, title, fmt.Sprintf("_Toc%08d", d.marks)}
	d.contents = append(d.contents, h)
	text := runXML(phrase{text: title, ink: tint})
	d.here().paragraph(fmt.Sprintf("Titre%d", level), "", phrase{raw: bookmarked(d.marks, h.mark, text)})
}

// front is the cover. The contents follow it, and are written last.
func (d *document) front() {
	r, w := d.report, d.here()
	w.paragraph("Surtitre", "", phrase{text: "Diagnostic partagé de santé"})
	w.paragraph("Titre", "", phrase{text: r.Title})
	place := r.Territory
	if r.Edition != "" {
		place += " – édition " + r.Edition
	}
	w.paragraph("Soustitre", "", phrase{text: place})
	if notice := d.notice(); notice != "" {
		w.paragraph("Avertissement", "", phrase{text: notice})
	}
	facts := [][2]string{{"Vue", viewLabel(r.View)}}
	if r.Population > 0 {
		facts = append(facts, [2]string{"Population du territoire", thousands(r.Population) + " habitants"})
	}
	for _, fact := range [][2]string{
		{"Collecte", period(r.Opens, r.Closes)}, {"Document établi le", frenchDate(r.Made)},
		{"Responsable", r.Controller}, {"Contact", r.Contact},
	} {
		if fact[1] != "" {
			facts = append(facts, fact)
		}
	}
	for _, fact := range facts {
		w.paragraph("Fiche", "", phrase{text: fact[0] + " : ", ink: muted}, phrase{text: fact[1], bold: true})
	}
	d.answers()
}

// notice is what a reader must know before anything else, "" for nothing.
func (d *document) notice() string {
	var says []string
	if d.report.Demo {
		says = append(says, report.DemoNotice+" : ces réponses sont inventées.")
	}
	if d.report.View == report.Work {
		says = append(says, "Document de travail : nombres exacts, réservés à l’équipe. À ne pas diffuser.")
	}
	return strings.Join(says, " ")
}

// answers says how many people answered, in sentences.
func (d *document) answers() {
	w := d.here()
	w.paragraph("Fiche", `<w:spacing w:before="360"/>`, phrase{text: "Réponses", bold: true})
	if len(d.report.Answers) == 0 {
		w.paragraph("Fiche", "", phrase{text: "Aucun questionnaire n’est encore publié."})
	}
	for _, a := range d.report.Answers {
		n := thousands(a.N)
		if a.State == report.Hidden {
			n = visible(a.State)
		}
		w.paragraph("Fiche", "", phrase{text: a.Label + " : ", ink: colour(a.Audience)}, phrase{text: n, bold: true})
	}
	if d.report.View == report.Restitution {
		w.paragraph("Note", "", phrase{text: "Effectifs arrondis à 5 près pour protéger les personnes. Ce sont les personnes qui ont bien voulu répondre : elles ne sont pas un échantillon tiré au sort."})
	}
}

// howToRead explains what the tables hold.
func (d *document) howToRead() {
	d.heading(1, "Comment lire ce document", neutral)
	for _, text := range []string{
		"Une part et son intervalle. « 42 %, de 37 à 47 % » veut dire : 42 % des personnes qui ont donné un avis l’ont dit, et le hasard seul pourrait déplacer ce nombre de 37 % à 47 %. Les répondants sont des volontaires : l’intervalle ne dit rien de plus. Quand deux intervalles se chevauchent largement, ne concluez pas à une différence.",
		"La base est le nombre de personnes à qui la question a été posée et qui ont donné un avis. « Ne sait pas » et « sans réponse » sont comptés et montrés à part, hors de la base.",
		"Le mot « masqué » cache un petit nombre : le montrer pourrait faire reconnaître quelqu’un. D’autres cases sont parfois cachées avec lui, pour qu’on ne puisse pas le retrouver par soustraction.",
		"« Effectif trop faible » : trop peu de réponses pour calculer une part. Un astérisque suit les nombres dont la base compte de 30 à 49 personnes : ils se lisent avec prudence. « < 5 % » et « > 95 % » : presque tout le monde a répondu la même chose, la part exacte n’est pas donnée.",
		"Ce document se complète dans Word ou LibreOffice : ajoutez vos textes, retirez les tableaux qui ne servent pas. Les légendes et le sommaire se renumérotent (tout sélectionner, puis F9).",
	} {
		d.here().paragraph("", "", phrase{text: text})
	}
	if n := len(d.report.Suppressions); n > 0 {
		d.here().paragraph("", "", phrase{text: "Cases cachées dans ce diagnostic : " + thousands(n) + ". Le classeur Excel dit où et par quelle règle."})
	}
}

// chapter writes a chapter on pages of its own: lying, when one of its tables
// is too wide for a page that stands.
func (d *document) chapter(c report.Chapter) {
	tables := make([]*printed, len(c.Tables))
	wide := false
	for i := range c.Tables {
		tables[i] = newPrinted(&c.Tables[i])
		wide = wide || tables[i].wide()
	}
	d.turn(wide)
	d.heading(1, c.Title, colour(c.Audience))
	if c.Lead != "" {
		d.here().paragraph("Chapeau", "", phrase{text: c.Lead})
	}
	for _, p := range c.Paragraphs {
		d.here().paragraph("", "", phrase{text: p})
	}
	under := ""
	for i := range c.Tables {
		t := &c.Tables[i]
		if t.Section != "" && t.Section != under {
			under = t.Section
			d.heading(2, under, "")
		}
		d.table(&c, t, tables[i])
	}
}

// table writes a table under its caption, its chart first, its notes below.
func (d *document) table(c *report.Chapter, t *report.Table, p *printed) {
	w := d.here()
	d.tables++
	caption := []phrase{{text: "Tableau "}, {raw: computed(`SEQ Tableau \* ARABIC`, fmt.Sprint(d.tables))}, {text: " – " + t.Title}}
	w.paragraph("Lgende", `<w:keepNext/>`, caption...)
	d.chart(c, t)
	switch {
	case len(p.rows) == 0:
		w.paragraph("Note", "", phrase{text: "Aucune ligne à montrer."})
	case p.sheets():
		w.sheets(p, t.Title)
	default:
		w.table(p, t.Title, w.room())
	}
	prudence, source, tints := "", "", ""
	if len(p.columns) > 0 {
		tints = "Teintes : du plus petit nombre (clair) au plus grand (foncé)."
	}
	if p.care {
		prudence = carefulNote
	}
	if t.Source != "" {
		source = "Source : " + t.Source
	}
	for _, note := range []string{t.Note, tints, prudence, source} {
		if note != "" {
			w.paragraph("Note", "", phrase{text: note})
		}
	}
}

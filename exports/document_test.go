package exports

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"diapason/surveys/report"
)

// worded makes the document of a report and holds it against the rules of the
// format; it returns the parts of the file.
func worded(t *testing.T, r *report.Report) ([]byte, map[string][]byte) {
	t.Helper()
	var out bytes.Buffer
	if err := Document(&out, r); err != nil {
		t.Fatal(err)
	}
	entries := unzip(t, out.Bytes())
	checkParts(t, entries)
	checkWord(t, entries["word/document.xml"])
	return out.Bytes(), entries
}

// checkParts: every part is XML or a package of its own, has a type, and every
// relationship leads to a part.
func checkParts(t *testing.T, entries map[string][]byte) {
	t.Helper()
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
		Override []struct {
			PartName string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(entries["[Content_Types].xml"], &types); err != nil {
		t.Fatal(err)
	}
	typed := map[string]bool{}
	for _, d := range types.Default {
		typed["."+d.Extension] = d.Extension != "xml"
	}
	for _, o := range types.Override {
		typed[o.PartName] = true
		if entries[strings.TrimPrefix(o.PartName, "/")] == nil {
			t.Errorf("a type for %s, which is not there", o.PartName)
		}
	}
	for name, content := range entries {
		if name != "[Content_Types].xml" && !typed["/"+name] && !typed[path.Ext(name)] {
			t.Errorf("%s has no type", name)
		}
		switch path.Ext(name) {
		case ".xlsx":
			inner := unzip(t, content)
			checkParts(t, inner)
		case ".rels":
			checkRelationships(t, name, content, entries)
		default:
			wellFormed(t, name, content)
		}
	}
}

func checkRelationships(t *testing.T, name string, content []byte, entries map[string][]byte) {
	t.Helper()
	var links struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(content, &links); err != nil {
		t.Fatal(name, err)
	}
	from := path.Dir(path.Dir(name))
	ids := map[string]bool{}
	for _, l := range links.Relationship {
		if ids[l.ID] {
			t.Errorf("%s: two are %s", name, l.ID)
		}
		ids[l.ID] = true
		if entries[path.Join(from, l.Target)] == nil {
			t.Errorf("%s: %s leads to %s, which is not there", name, l.ID, l.Target)
		}
	}
	part := entries[path.Join(from, strings.TrimSuffix(path.Base(name), ".rels"))]
	for _, asked := range []string{`r:id="`, `r:embed="`} {
		for rest := string(part); ; {
			_, after, found := strings.Cut(rest, asked)
			if !found {
				break
			}
			id, _, _ := strings.Cut(after, `"`)
			if !ids[id] {
				t.Errorf("%s asks for %s, which is no relationship", name, id)
			}
			rest = after
		}
	}
}

func wellFormed(t *testing.T, name string, content []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// checkWord: identifiers unlike each other, links that lead somewhere, drawings
// told in words, tables with a header that is repeated, as many cells as
// columns in each row, fields that are closed.
func checkWord(t *testing.T, body []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(body))
	marks, anchors, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	columns, cells, headers, tables, depth := 0, 0, 0, 0, 0
	get := func(e xml.StartElement, name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "bookmarkStart":
				if marks[get(e, "name")] || ids["mark "+get(e, "id")] {
					t.Errorf("two bookmarks are %s", get(e, "name"))
				}
				marks[get(e, "name")], ids["mark "+get(e, "id")] = true, true
			case "hyperlink":
				anchors[get(e, "anchor")] = true
			case "docPr":
				if ids["drawing "+get(e, "id")] || len(get(e, "descr")) < 30 {
					t.Errorf("a drawing has no words, or the number of another: %v", e.Attr)
				}
				ids["drawing "+get(e, "id")] = true
			case "tbl":
				tables, columns = tables+1, 0
			case "gridCol":
				columns++
			case "tr":
				cells = 0
			case "tc":
				cells++
			case "tblHeader":
				headers++
			case "fldChar":
				switch get(e, "fldCharType") {
				case "begin":
					depth++
				case "end":
					depth--
				}
			}
		case xml.EndElement:
			if e.Name.Local == "tr" && cells != columns {
				t.Errorf("table %d has a row of %d cells under %d columns", tables, cells, columns)
			}
		}
	}
	if headers != tables || depth != 0 {
		t.Errorf("%d tables, %d headers, %d fields open", tables, headers, depth)
	}
	for a := range anchors {
		if !marks[a] {
			t.Errorf("the contents lead to %s, which is nowhere", a)
		}
	}
}

// paragraphs is the text of a document, a paragraph a line, cells apart.
func paragraphs(t *testing.T, body []byte) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(body))
	var s strings.Builder
	inText, inTable := false, false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return s.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				inText = true
			case "tr":
				inTable = true
			case "br":
				s.WriteString(" / ")
			case "chart":
				s.WriteString("[graphique]")
			case "pStyle":
				if !inTable {
					s.WriteString(e.Attr[0].Value + ": ")
				}
			}
		case xml.CharData:
			if inText {
				s.Write(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				inText = false
			case "tc":
				s.WriteString(" | ")
			case "tr":
				inTable = false
				s.WriteString("\n")
			case "p":
				if !inTable {
					s.WriteString("\n")
				}
			}
		}
	}
}

func TestDocumentText(t *testing.T) {
	_, entries := worded(t, smallReport())
	got := paragraphs(t, entries["word/document.xml"])
	golden := filepath.Join("testdata", "document.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the document changed; look at it, then run with -update\n%s", firstDifference(got, string(want)))
	}
}

func TestADocumentDependsOnNoNumberThatIsHidden(t *testing.T) {
	with := smallReport()
	for c := range with.Chapters {
		for i := range with.Chapters[c].Tables {
			table := &with.Chapters[c].Tables[i]
			for r := range table.Rows {
				for n := range table.Rows[r].Cells {
					if cell := &table.Rows[r].Cells[n]; cell.State != report.Shown {
						cell.Number = 0.7777
					}
				}
			}
		}
	}
	one, _ := worded(t, smallReport())
	other, _ := worded(t, with)
	if !bytes.Equal(one, other) {
		t.Error("a number that is hidden changed the file")
	}
}

func TestTheSameReportMakesTheSameDocument(t *testing.T) {
	one, _ := worded(t, smallReport())
	again, _ := worded(t, smallReport())
	if !bytes.Equal(one, again) {
		t.Error("two files")
	}
}

func TestEveryFormOfChartIsInTheDocument(t *testing.T) {
	r := smallReport()
	c := report.Chapter{ID: "tout", Title: "Tout"}
	for _, table := range everyChart() {
		c.Tables = append(c.Tables, table)
	}
	r.Chapters = []report.Chapter{c}
	_, entries := worded(t, r)
	for n := range len(c.Tables) {
		if entries["word/charts/chart"+string(rune('1'+n))+".xml"] == nil {
			t.Errorf("chart %d of %d is missing", n+1, len(c.Tables))
		}
	}
}

func TestATableOfHeatIsTintedAndHasNoChart(t *testing.T) {
	heat := crossed().Tables[0]
	heat.Chart.Kind = report.Heat
	heat.Rows[3].Cells[3].Number = 99 // hidden: it must not lead the scale
	drawn := newPrinted(&heat)
	fills := map[string]string{}
	for _, r := range drawn.rows {
		for i, c := range r.cells[3:] {
			fills[r.cells[0].text+" "+drawn.heads[3+i].title] = c.fill
		}
	}
	for cell, want := range map[string]string{
		"Accès aux soins Habitants": scaleHigh, "Mobilité Professionnels": "FFFFFF",
		"Addictions Associations": "", "Logement Professionnels": "",
	} {
		if fills[cell] != want {
			t.Errorf("%s is filled with %q, not %q", cell, fills[cell], want)
		}
	}
	r := smallReport()
	r.Chapters = []report.Chapter{{ID: "secteurs", Title: "Secteurs", Tables: []report.Table{heat}}}
	if _, entries := worded(t, r); entries["word/charts/chart1.xml"] != nil {
		t.Error("a chart of its own, beside the tints")
	}
}

func TestHostileDocument(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.name+" in every place of a document", func(t *testing.T) {
			r := smallReport()
			r.Title, r.Territory, r.Edition, r.Controller, r.Contact = h.text, h.text, h.text, h.text, h.text
			r.Chapters = append(r.Chapters, report.Chapter{ID: h.text, Title: h.text, Lead: h.text, Paragraphs: []string{h.text}})
			table := &r.Chapters[1].Tables[0]
			table.ID, table.Title, table.Note, table.Source, table.Section = h.text, h.text, h.text, h.text, h.text
			for i := range table.Columns {
				table.Columns[i].Title = h.text
			}
			table.Rows[0].Cells[0].Text = h.text
			_, entries := worded(t, r)
			want := strings.ReplaceAll(strings.TrimSuffix(h.want, "\n"), "\n", " / ")
			if text := paragraphs(t, entries["word/document.xml"]); !strings.Contains(text, want) {
				t.Errorf("%.60q is not in the document", want)
			}
		})
	}
}

func TestADocumentWithoutAnAnswerOrWithFewIsOne(t *testing.T) {
	empty := &report.Report{Diagnostic: "vide", Title: "Vide", View: report.Restitution}
	bare := smallReport()
	bare.Answers[0].N, bare.Answers[0].State = 0, report.Hidden
	bare.Chapters = []report.Chapter{{ID: "synthese", Title: "Synthèse"}, {ID: "habitants", Title: "Habitants", Audience: "habitants",
		Tables: []report.Table{fewAnswered(), {ID: "rien", Title: "Rien", Columns: shareColumns()}}}}
	for name, r := range map[string]*report.Report{"empty": empty, "bare": bare, "work": workReport()} {
		_, entries := worded(t, r)
		if text := paragraphs(t, entries["word/document.xml"]); name == "work" && !strings.Contains(text, "À ne pas diffuser") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestLongTablesAndAudiencesAreAnnexes(t *testing.T) {
	r := smallReport()
	long := reasons()
	for len(long.Rows) <= longTable {
		long.Rows = append(long.Rows, long.Rows...)
	}
	r.Chapters[0].Tables = append(r.Chapters[0].Tables, long)
	body, annexes := Parts(r)
	var titles []string
	for _, c := range append(body, annexes...) {
		titles = append(titles, c.Title)
	}
	want := "Participation; Regards croisés; Méthode et secret statistique; Annexe A – Participation : tableaux complets; " +
		"Annexe B – Habitants : toutes les questions; Annexe C – Professionnels : toutes les questions; Annexe D – Associations : toutes les questions"
	if got := strings.Join(titles, "; "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if len(r.Chapters[0].Tables) != 3 || len(body[0].Tables) != 2 {
		t.Error("the report itself was changed, or the long table stayed")
	}
}

// TestWriterOpensTheDocument lets LibreOffice open the documents. With LOOK set
// to a folder it leaves them there, to be looked at.
func TestWriterOpensTheDocument(t *testing.T) {
	restitution, _ := worded(t, smallReport())
	work, _ := worded(t, workReport())
	dir := t.TempDir()
	if look := os.Getenv("LOOK"); look != "" {
		dir = look
	}
	for name, data := range map[string][]byte{"restitution": restitution, "travail": work} {
		if err := os.WriteFile(filepath.Join(dir, name+".docx"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: put soffice on PATH to run this test")
	}
	if real, err := filepath.EvalSymlinks(office); err == nil {
		if _, err := os.Stat(filepath.Join(filepath.Dir(real), "libswlo.so")); err != nil {
			t.Skip("LibreOffice has no Writer: install libreoffice-writer to run this test")
		}
	}
	convert := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "pdf",
		"--outdir", dir, filepath.Join(dir, "restitution.docx"), filepath.Join(dir, "travail.docx"))
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"restitution.pdf", "travail.pdf"} {
		pdf, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(pdf) < 20_000 || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: %d bytes, %v", name, len(pdf), err)
		}
	}
}

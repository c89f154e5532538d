package exports

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"diapason/surveys"

	"github.com/klauspost/compress/zip"
)

// smallData are the answers of three surveys; several hostile texts among them.
func smallData(t testing.TB, more ...surveys.Response) *Data {
	t.Helper()
	var all []surveys.Response
	for r := range smallResponses().Responses {
		all = append(all, r)
	}
	all = append(all, more...)
	territory := smallTerritory()
	territory.Name = "Pays Dolois"
	d := surveys.Diagnostic{
		ID: "dole-2026", Title: "Diagnostic partagé <du> Pays « Dolois »", Edition: "2026", Territory: territory, Demo: true,
		Opens: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Closes: time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC),
		Notice: surveys.Notice{Controller: "Pays Dolois & Pasteur", Contact: "sante@exemple.fr"},
	}
	return newData(d, smallForms(t), time.Date(2026, 5, 12, 8, 0, 0, 0, time.UTC), func(context.Context) iter.Seq2[surveys.Response, error] {
		return answersOf(all...).Responses
	})
}

// unzipped are the files of a zip by name.
func unzipped(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(body)
	}
	return files
}

func writtenData(t testing.TB, d *Data, decimal Decimal) map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(t.Context(), &out, decimal); err != nil {
		t.Fatal(err)
	}
	return unzipped(t, out.Bytes())
}

// golden holds files against those of a folder of testdata.
func golden(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	root := filepath.Join("testdata", folder)
	if *update {
		if err := os.RemoveAll(root); err != nil {
			t.Fatal(err)
		}
	}
	for name, got := range files {
		path := filepath.Join(root, name)
		if *update {
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || got != string(want) {
			t.Errorf("%s differs from testdata (go test ./exports -update writes it anew, then read the difference): %v\n%s", name, err, got)
		}
	}
}

func TestTheDataOfASmallDiagnosticAreWhatTheyWere(t *testing.T) {
	golden(t, "donnees", writtenData(t, smallData(t), Comma))
}

func TestTheDataTellNoDayNoCommuneAndNoIdentifier(t *testing.T) {
	files := writtenData(t, smallData(t, surveys.Response{
		ID: "0190-secret", Survey: "h", Version: 2, Day: "2026-03-12", Relay: "pharmacie-du-centre",
		Answers: surveys.Answers{"commune": surveys.TextValue("39013")},
	}), Comma)
	for name, body := range files {
		for _, told := range []string{"2026-03-12", "39013", "Arbois", "0190-secret", "pharmacie-du-centre"} {
			if strings.Contains(body, told) {
				t.Errorf("%s tells %s", name, told)
			}
		}
	}
	rows := readCSV(t, files["reponses-habitants.csv"])
	last := rows[len(rows)-1]
	if last[4] != "2026-03-09" || last[5] != "Sud & vignoble" {
		t.Errorf("the week and the sector are %q", last)
	}
}

func TestHostileTextsStayOneCellInTheData(t *testing.T) {
	var all []surveys.Response
	for _, h := range hostile {
		all = append(all, surveys.Response{Survey: "p", Version: 1, Day: "2026-03-12", Answers: surveys.Answers{"remarque": surveys.TextValue(h.text)}})
	}
	rows := readCSV(t, writtenData(t, smallData(t, all...), Comma)["reponses-professionnels.csv"])
	at := slices.Index(rows[0], "remarque")
	for i, h := range hostile {
		got := exact(rows[2+i][at])
		if want := strings.ReplaceAll(strings.TrimRight(h.want, "\n"), "\n", lineBreak); got != want {
			t.Errorf("%s: %.60q, want %.60q", h.name, got, want)
		}
	}
}

func TestAQuestionThatChangedItsKindIsText(t *testing.T) {
	older, newer := questionnaire(), questionnaire()
	older.Items[1].Kind = surveys.TextKind // « enfants » was not a number
	survey := surveys.Survey{ID: "h", Audience: surveys.Habitants}
	set := NewDataset(survey, []Form{{survey, 1, compiled(t, older)}, {survey, 2, compiled(t, newer)}}, surveys.Territory{})
	at := slices.IndexFunc(set.variables, func(v variable) bool { return v.name == "enfants" })
	if set.variables[at].kind != textVariable {
		t.Errorf("it is of kind %d", set.variables[at].kind)
	}
	var out bytes.Buffer
	c := newCSV(&out, Comma, set.titles()...)
	for version, v := range map[int]surveys.Value{1: surveys.TextValue("deux"), 2: surveys.NumberValue(2)} {
		if err := set.write(c, &surveys.Response{Survey: "h", Version: version, Answers: surveys.Answers{"enfants": v}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.flush(); err != nil {
		t.Fatal(err)
	}
	for _, row := range readCSV(t, out.String())[1:] {
		if row[at] != "deux" && row[at] != "2" {
			t.Errorf("%q", row)
		}
	}
}

func TestNamesOfColumnsAreTakenByEveryProgram(t *testing.T) {
	taken := map[string]bool{}
	for _, c := range []struct{ wish, want string }{
		{"medecin", "medecin"}, {"Médecin", "Medecin_2"}, {"9lives", "v_9lives"}, {"_x", "v__x"}, {"to", "v_to"}, {"a-b.c", "a_b_c"}, {"ا", "v__"}, {"", "v_"},
		{strings.Repeat("x", 80), strings.Repeat("x", 60)}, {strings.Repeat("x", 81), strings.Repeat("x", 56) + "_2"},
	} {
		if got := variableName(taken, c.wish); got != c.want {
			t.Errorf("%q is named %q, want %q", c.wish, got, c.want)
		}
	}
}

func TestAVersionNobodyDescribedIsAnError(t *testing.T) {
	d := smallData(t, surveys.Response{Survey: "h", Version: -1})
	if err := d.Write(t.Context(), io.Discard, Comma); err == nil || !strings.Contains(err.Error(), "version -1") {
		t.Error(err)
	}
	later := smallData(t, surveys.Response{Survey: "h", Version: 9, Answers: surveys.Answers{"remarque": surveys.TextValue("après")}})
	if files := writtenData(t, later, Comma); strings.Contains(files["reponses-habitants.csv"], "après") {
		t.Error("an answer to a version published since is there")
	}
}

func TestAnExportThatFailsHasNoEnd(t *testing.T) {
	d := smallData(t)
	lost := errors.New("the disk is gone")
	d.responses = func(context.Context) iter.Seq2[surveys.Response, error] {
		return func(yield func(surveys.Response, error) bool) { yield(surveys.Response{}, lost) }
	}
	var out bytes.Buffer
	if err := d.Write(t.Context(), &out, Comma); !errors.Is(err, lost) {
		t.Errorf("the error is %v", err)
	}
	if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err == nil {
		t.Error("it opens like a whole one")
	}
}

func TestARowForProgramsHasWhatTheFileHas(t *testing.T) {
	d := smallData(t)
	var r surveys.Response
	for r = range smallResponses().Responses {
		break
	}
	row, err := d.sets[0].Row(&r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"version":2,"language":"fr","mode":"web","week":"2026-03-09","sector":"Sud \u0026 vignoble","answers":{"enfants":2,"lieux":[{"lieu":"Maison de santé"}],` +
		`"priorites":["soins","mental","mobilite"],"remarque":"=1+1","renoncement":"oui","renoncement_raison":["delai","cout"],"visite":"2026-02-03"}}`
	if string(body) != want {
		t.Errorf("%s\nwant\n%s", body, want)
	}
}

// ddiOrder is in which order DDI-Codebook 2.5 takes the elements that are used
// here, and ddiWords the words it knows for attributes that have a list. The
// schema itself is not at hand: this holds the rules of its documentation for
// what is written, and refuses any other element.
var (
	ddiOrder = map[string]string{
		"codeBook": "docDscr stdyDscr fileDscr dataDscr", "docDscr": "citation", "citation": "titlStmt rspStmt prodStmt verStmt",
		"titlStmt": "titl IDNo", "rspStmt": "AuthEnty", "prodStmt": "producer prodDate software", "verStmt": "version",
		"stdyDscr": "citation stdyInfo method dataAccs", "stdyInfo": "subject abstract sumDscr", "subject": "keyword",
		"sumDscr": "collDate nation geogCover geogUnit anlyUnit universe dataKind",
		"method":  "dataColl", "dataColl": "sampProc collMode weight", "dataAccs": "useStmt", "useStmt": "restrctn contact disclaimer",
		"fileDscr": "fileTxt", "fileTxt": "fileName fileCont dimensns fileType format", "dimensns": "caseQnty varQnty",
		"dataDscr": "var", "var": "labl qstn universe catgry concept varFormat", "qstn": "qstnLit", "catgry": "catValu labl",
	}
	ddiOnce  = []string{"docDscr", "stdyDscr", "dataDscr", "titl", "titlStmt", "qstn", "varFormat", "catValu", "fileTxt", "dimensns", "rspStmt", "prodStmt"}
	ddiWords = map[string]string{"missing": "Y N", "intrvl": "contin discrete", "type": "numeric character", "event": "start end single", "category": "date"}
)

// checkDDI tells every fault of a DDI document.
func checkDDI(text string) error {
	type open struct {
		name string
		at   int
		seen map[string]int
	}
	var faults []error
	var stack []*open
	ids, refs := map[string]bool{}, map[string]bool{}
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.StartElement:
			if x.Name.Space != "ddi:codebook:2_5" {
				faults = append(faults, fmt.Errorf("%s is of %q", x.Name.Local, x.Name.Space))
			}
			if len(stack) > 0 {
				parent := stack[len(stack)-1]
				place := slices.Index(strings.Fields(ddiOrder[parent.name]), x.Name.Local)
				if place < 0 || place < parent.at {
					faults = append(faults, fmt.Errorf("%s in %s: unknown or out of order", x.Name.Local, parent.name))
				}
				parent.at = place
				if parent.seen[x.Name.Local]++; parent.seen[x.Name.Local] > 1 && slices.Contains(ddiOnce, x.Name.Local) {
					faults = append(faults, fmt.Errorf("%s twice in %s", x.Name.Local, parent.name))
				}
			} else if x.Name.Local != "codeBook" {
				faults = append(faults, fmt.Errorf("the root is %s", x.Name.Local))
			}
			for _, a := range x.Attr {
				switch words := ddiWords[a.Name.Local]; {
				case a.Name.Local == "ID":
					if ids[a.Value] {
						faults = append(faults, fmt.Errorf("ID %s twice", a.Value))
					}
					ids[a.Value] = true
				case a.Name.Local == "files":
					refs[a.Value] = true
				case words != "" && !slices.Contains(strings.Fields(words), a.Value):
					faults = append(faults, fmt.Errorf("%s=%q", a.Name.Local, a.Value))
				}
			}
			stack = append(stack, &open{name: x.Name.Local, seen: map[string]int{}})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
	for ref := range refs {
		if !ids[ref] {
			faults = append(faults, fmt.Errorf("no file has the ID %s", ref))
		}
	}
	return errors.Join(faults...)
}

func TestTheDDIDocumentFollowsTheRulesOfTheCodebook(t *testing.T) {
	files := writtenData(t, smallData(t), Comma)
	if err := checkDDI(files["ddi.xml"]); err != nil {
		t.Error(err)
	}
	for _, says := range []string{
		`<caseQnty>2</caseQnty>`, `name="renoncement_raison__cout"`, `<catgry missing="Y">`, `<catValu>nsp</catValu>`,
		"Pays Dolois &amp; Pasteur", "&lt;du&gt;", `files="F1"`, "Données de démonstration",
	} {
		if !strings.Contains(files["ddi.xml"], says) {
			t.Errorf("it does not say %s", says)
		}
	}
	t.Run("and the check can fail", func(t *testing.T) {
		for _, wrong := range []string{
			strings.Replace(files["ddi.xml"], "<labl>", "<label>", 1),
			strings.Replace(files["ddi.xml"], `missing="Y"`, `missing="oui"`, 1),
			strings.Replace(files["ddi.xml"], `ID="F2"`, `ID="F1"`, 1),
			strings.Replace(files["ddi.xml"], "ddi:codebook:2_5", "ddi:codebook:2_1", 1),
		} {
			if wrong == files["ddi.xml"] || checkDDI(wrong) == nil {
				t.Error("a fault was not seen")
			}
		}
	})
}

// unpack writes the files of a zip in a folder.
func unpack(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runIn starts a program that may not be here.
func runIn(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s is not installed", program)
	}
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func TestRReadsAndLabelsTheData(t *testing.T) {
	dir := unpack(t, writtenData(t, smallData(t), Comma))
	check := filepath.Join(dir, "check.R")
	if err := os.WriteFile(check, []byte(`
		options(warn = 2); source("diapason.R", encoding = "UTF-8")
		cat(dim(habitants), "\n"); cat(as.character(habitants$renoncement), "\n"); cat(attr(habitants$renoncement, "label"), "\n")
		cat(levels(avec_avis(habitants$renoncement)), "\n"); cat(class(habitants$semaine), format(habitants$semaine), "\n")
		cat(habitants$renoncement_raison__cout, sum(habitants$enfants, na.rm = TRUE), "\n")
		cat(as.character(habitants$priorites__rang1), habitants$remarque[1], "\n")`), 0o600); err != nil {
		t.Fatal(err)
	}
	out := runIn(t, dir, "Rscript", "--vanilla", check)
	for _, says := range []string{
		"2 18 \n", "Oui Je ne sais pas \n", "Avez-vous renoncé à des soins ?", "\nOui \n", "Date 2026-03-09 2026-03-09", "1 NA 2 \n", "Accès aux soins NA '=1+1",
	} {
		if !strings.Contains(out, says) {
			t.Errorf("R does not say %q:\n%s", says, out)
		}
	}
}

func TestSPSSSyntaxIsReadByPSPP(t *testing.T) {
	files := writtenData(t, smallData(t), Comma)
	dir := unpack(t, files)
	check := "INCLUDE FILE='diapason.sps' ENCODING='UTF8'.\nGET FILE='habitants.sav'.\nFREQUENCIES /VARIABLES=renoncement renoncement_raison__cout.\nDISPLAY LABELS.\nLIST /VARIABLES=numero semaine secteur enfants remarque.\n"
	if err := os.WriteFile(filepath.Join(dir, "check.sps"), []byte(check), 0o600); err != nil {
		t.Fatal(err)
	}
	out := runIn(t, dir, "pspp", "-O", "format=csv", "check.sps")
	for _, says := range []string{"Oui", "Je ne sais pas", "Avez-vous renoncé à des soins ?", "Sud & vignoble", "'=1+1", "2026/03/09", "Cité"} {
		if !strings.Contains(out, says) {
			t.Errorf("PSPP does not say %q:\n%s", says, out)
		}
	}
	for _, word := range []string{"error:", "warning:"} {
		if strings.Contains(out, word) {
			t.Errorf("PSPP has an objection:\n%s", out)
		}
	}
}

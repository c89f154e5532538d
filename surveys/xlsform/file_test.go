package xlsform

import (
	"archive/zip"
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"diapason/surveys"
)

// withFile reads a one-question form together with one file.
func withFile(t *testing.T, question, name, content string) (*surveys.Questionnaire, surveys.Problems) {
	t.Helper()
	sheets := form(`
		survey
		| type | name | label::Français (fr) | parameters | choice_filter | calculation |
		` + question + `
		settings
		| default_language |
		| Français (fr)    |
	`)
	return ReadRows(sheets, File{Name: name, Content: strings.NewReader(content)})
}

const askCommune = `| select_one_from_file communes.csv | commune | Où habitez-vous ? | | | |`

func TestAFileBecomesAListUnderItsName(t *testing.T) {
	fr := func(s string) surveys.Text { return surveys.Text{"Français (fr)": s} }
	plain := []surveys.Choice{
		{Name: "29001", Label: fr("Argol"), Extra: map[string]string{"dep": "29"}, Row: 2},
		{Name: "29002", Label: fr("Arzano, le bourg"), Extra: map[string]string{"dep": "29"}, Row: 3},
	}
	for name, content := range map[string]string{
		"commas":                       "name,label,dep\n29001,Argol,29\n29002,\"Arzano, le bourg\",29\n",
		"semicolons and ends of lines": "name;label;dep\r\n29001;Argol;29\r\n29002;Arzano, le bourg;29\r\n",
		"tabs":                         "name\tlabel\tdep\n29001\tArgol\t29\n29002\tArzano, le bourg\t29",
		"a byte order mark":            "\ufeffname,label,dep\n29001,Argol,29\n29002,\"Arzano, le bourg\",29\n",
		"old ends of lines":            "name;label;dep\r29001;Argol;29\r29002;Arzano, le bourg;29\r",
		"the columns in another order": "dep,label,name\n29,Argol,29001\n29,\"Arzano, le bourg\",29002\n",
	} {
		t.Run(name, func(t *testing.T) {
			q, problems := withFile(t, askCommune, "communes.csv", content)
			l, _ := q.List("communes.csv")
			if l == nil || !reflect.DeepEqual(l.Choices, plain) || len(problems) > 0 {
				t.Errorf("got %+v, %v", l, problems)
			}
		})
	}
}

func TestAFileIsReadInTheLettersOfItsCountry(t *testing.T) {
	content, err := charmap.Windows1252.NewEncoder().String("name;label\n1;Évreux – œuvre\n")
	if err != nil {
		t.Fatal(err)
	}
	q, problems := withFile(t, askCommune, "communes.csv", content)
	l, _ := q.List("communes.csv")
	if l == nil || l.Choices[0].Label["Français (fr)"] != "Évreux – œuvre" || len(problems) > 0 {
		t.Errorf("got %+v, %v", l, problems)
	}
}

func TestTheColumnsOfAFileAreThoseTheQuestionNames(t *testing.T) {
	q, problems := withFile(t, `| select_one_from_file communes.csv | commune | Où ? | value=insee, label=nom | dep = '29' | |`,
		"communes.csv", "insee,nom,label::English (en),dep\n29001,Argol,Argol town,29\n\n29002,Arzano,,29\n")
	want := []surveys.Choice{
		{Name: "29001", Label: surveys.Text{"Français (fr)": "Argol", "English (en)": "Argol town"},
			Extra: map[string]string{"insee": "29001", "nom": "Argol", "dep": "29"}, Row: 2},
		{Name: "29002", Label: surveys.Text{"Français (fr)": "Arzano"},
			Extra: map[string]string{"insee": "29002", "nom": "Arzano", "dep": "29"}, Row: 4},
	}
	l, _ := q.List("communes.csv")
	if l == nil || !reflect.DeepEqual(l.Choices, want) || len(problems) > 0 {
		t.Errorf("got %+v, %v", l, problems)
	}
}

func TestATableThatIsOnlyLookedIntoMayRepeatItself(t *testing.T) {
	q, problems := withFile(t, `| calculate | prix | | | | pulldata('prix', 'euros', 'code', 'b') |`,
		"prix.csv", "code,euros\na,1\nb,2\nb,3\n,4\n")
	l, _ := q.List("prix.csv")
	if l == nil || len(l.Choices) != 4 || l.Choices[1].Extra["code"] != "b" || l.Choices[1].Extra["euros"] != "2" || len(problems) > 0 {
		t.Errorf("got %+v, %v", l, problems)
	}
}

func TestFaultsOfAFileAreToldWithTheirRowAndColumn(t *testing.T) {
	for name, c := range map[string]struct {
		question, content string
		want              []string
	}{
		"codes that are missing, given twice, or lines too long": {askCommune,
			"name;label\n1;Un\n;Deux\n1;Trois\n4;Quatre;de trop\n", []string{
				"communes.csv:3:name xlsform.choice.code", "communes.csv:4:name xlsform.choice.twice", "communes.csv:5: xlsform.csv.cells",
			}},
		"rows are numbered as in a spreadsheet": {askCommune,
			"sep=;\nname;label\n1;\"Un\nun\"\n\n;Deux\n", []string{"communes.csv:4:name xlsform.choice.code"}},
		"a code with a space where several are chosen": {`| select_multiple_from_file communes.csv | c | C | | | |`,
			"name,label\na b,X\n", []string{"communes.csv:2:name xlsform.choice.space"}},
		"quotes that are never closed": {askCommune, "name,label\n1,\"Un\n2,Deux\n", []string{"communes.csv:2: xlsform.csv.quotes"}},
		"nothing":                      {askCommune, "", []string{"communes.csv:0: xlsform.csv.empty"}},
		"a column without a title":     {askCommune, "name,,label\n1,x,Un\n", []string{"communes.csv:1:B xlsform.csv.untitled"}},
		"two columns of one title":     {askCommune, "name,label,label\n1,Un,Un\n", []string{"communes.csv:1:label xlsform.column.twice"}},
		"a column the question names and the file does not have": {`| select_one_from_file communes.csv | c | C | value=insee | | |`,
			"name,label\n1,Un\n", []string{"survey:2:parameters xlsform.csv.column"}},
		"letters nobody can read": {askCommune, "n\x00a\x00m\x00e\x00", []string{"communes.csv:1: xlsform.csv.encoding"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := withFile(t, c.question, "communes.csv", c.content)
			if got := says(problems.Refusals()); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("a file with a thousand faults tells the first fifty", func(t *testing.T) {
		_, problems := withFile(t, askCommune, "communes.csv", "name,label\n"+strings.Repeat(",x\n", 1000))
		if len(problems) != maxFaults+1 || problems[maxFaults].Code != "xlsform.csv.more" {
			t.Errorf("%d problems", len(problems))
		}
	})
	t.Run("more lines than a list may have", func(t *testing.T) {
		_, problems := withFile(t, askCommune, "communes.csv", "name,label\n"+strings.Repeat("1,x\n", maxFileRows+1))
		if len(problems.Refusals()) != 1 || problems[0].Code != "xlsform.csv.size" {
			t.Errorf("got %v", problems[:1])
		}
	})
}

func TestAMissingFileIsAWarningThatSaysWhatToAdd(t *testing.T) {
	sheets := form(`
		survey
		| type                              | name | label | calculation                         |
		| select_one_from_file communes.csv | a    | A     |                                     |
		| select_one_from_file parcs.geojson | b   | B     |                                     |
		| calculate                         | c    |       | pulldata("prix", 'p', 'k', ${a})    |
		| csv-external                      | d    |       |                                     |
	`)
	_, problems := ReadRows(sheets)
	want := []string{
		"?survey:2:type xlsform.csv.missing", "?survey:3:type xlsform.csv.format", "?survey:4:calculation xlsform.csv.pulldata",
		"?survey:5:type xlsform.csv.pulldata",
	}
	if got := says(problems); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	t.Run("one that is called nearly the same is named", func(t *testing.T) {
		_, problems := withFile(t, askCommune, "commune.csv", "name,label\n1,Un\n")
		want := []string{"?survey:2:type xlsform.csv.guess", "?commune.csv:0: xlsform.csv.unused"}
		if got := says(problems); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}

func TestAWorkbookAndItsFilesGoTogether(t *testing.T) {
	sheets := form(`
		survey
		| type                                | name | label | parameters               | choice_filter |
		| select_one_from_file communes.csv   | a    | A     | value=insee label=nom    |               |
		| select_one l                        | b    | B     |                          |               |
		| select_one_external quartiers       | c    | C     |                          | commune = ${a} |
		choices
		| list_name | name | label |
		| l         | x    | X     |
		external_choices
		| list_name | name | label | commune |
		| quartiers | q    | Q     | 29001   |
		| seuls     | s    | S     |         |
		settings
		| form_id |
		| essai   |
	`)
	csv := "dep,nom,insee\n29,\"Le \"\"bourg\"\"\nbas\",29001\n29,Arzano,29002\n"
	q, problems := ReadRows(sheets, File{Name: "envoi/communes.csv", Content: strings.NewReader(csv)})
	if problems.Refusals() != nil {
		t.Fatal(problems)
	}
	if got := Files(q); !slices.Equal(got, []string{"communes.csv"}) {
		t.Errorf("files %q", got)
	}
	var b bytes.Buffer
	if err := WriteBundle(&b, q); err != nil {
		t.Fatal(err)
	}
	t.Run("the zip holds the workbook and the file as it was", func(t *testing.T) {
		if got := unzipped(t, b.Bytes())["communes.csv"]; got != csv {
			t.Errorf("got %q", got)
		}
	})
	t.Run("lists outside choices stay outside", func(t *testing.T) {
		written := sheetsOf(q)
		if got := named(written, choicesSheet).Rows; len(got) != 2 {
			t.Errorf("choices: %q", got)
		}
		if got := named(written, externalSheet).Rows; len(got) != 3 || got[2][0] != "seuls" {
			t.Errorf("external_choices: %q", got)
		}
	})
	t.Run("what is read back is equal", func(t *testing.T) {
		again, problems := Read(bytes.NewReader(b.Bytes()), "essai.zip")
		if problems.Refusals() != nil {
			t.Fatal(problems)
		}
		sameQuestionnaire(t, q, again)
	})
	t.Run("a zip that has been opened on a Mac is read all the same", func(t *testing.T) {
		parts := unzipped(t, b.Bytes())
		again, problems := Read(bytes.NewReader(inFolder(t, parts)), "essai.zip")
		if problems.Refusals() != nil || len(Files(again)) != 1 {
			t.Errorf("%q, %v", Files(again), problems)
		}
	})
}

// inFolder zips files the way a computer does for a whole folder.
func inFolder(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"__MACOSX/essai/._essai.xlsx", "essai/", "essai/.DS_Store"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range files {
		w, err := z.Create("essai/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

package library

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"diapason/surveys"
	"diapason/surveys/xlsform"
)

var update = flag.Bool("update", false, "write the text dumps of the workbooks anew")

// crossed are the nine questions asked to all three audiences.
var crossed = []string{
	"x_acces", "x_freins", "x_problemes", "x_cadre", "x_publics", "x_prio", "x_disp", "x_note", "x_action",
}

// shared are the questions asked to professionals and associations alike.
var shared = []string{"c_renonce", "c_coord", "c_langue", "c_suite"}

func load(t *testing.T, a surveys.Audience) *surveys.Questionnaire {
	t.Helper()
	q, err := Questionnaire(a)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func TestWorkbooksReadWithoutAnyProblem(t *testing.T) {
	for _, a := range surveys.Audiences() {
		_, problems := xlsform.Read(bytes.NewReader(Workbook(a)), string(a))
		if problems != nil {
			t.Errorf("%s: %v", a, problems)
		}
	}
}

func TestWorkbooksCompile(t *testing.T) {
	for _, a := range surveys.Audiences() {
		if _, problems := surveys.Compile(load(t, a)); problems.Refusals() != nil {
			t.Errorf("%s: %v", a, problems)
		}
	}
}

func TestDumpsTellTheWorkbooks(t *testing.T) {
	for _, a := range surveys.Audiences() {
		dump, file := xlsform.Dump(load(t, a)), string(a)+".txt"
		if *update {
			if err := os.WriteFile(file, []byte(dump), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if dump != string(kept) {
			t.Errorf("%s does not tell %s.xlsx: run go test ./surveys/library -update and read the difference", file, a)
		}
	}
}

func TestWritingAWorkbookAgainLosesNothing(t *testing.T) {
	for _, a := range surveys.Audiences() {
		q := load(t, a)
		var b bytes.Buffer
		if err := xlsform.Write(&b, q); err != nil {
			t.Fatal(err)
		}
		again, problems := xlsform.Read(&b, "again.xlsx")
		if problems != nil || !reflect.DeepEqual(q, again) {
			t.Errorf("%s comes back changed: %v", a, problems)
		}
	}
}

// questions are the names of what is asked, in order. A matrix counts as one
// question; a_langues only details the question before it.
func questions(q *surveys.Questionnaire) []string {
	var names []string
	q.Walk(func(i *surveys.Item, sections []*surveys.Item) {
		inMatrix := len(sections) > 1
		matrix := i.Kind == surveys.Group && len(sections) == 1
		if matrix || i.Kind.Asked() && !inMatrix && i.Name != "a_langues" {
			names = append(names, i.Name)
		}
	})
	return names
}

func TestEachAudienceIsAskedWhatWasAgreed(t *testing.T) {
	want := map[surveys.Audience]int{surveys.Habitants: 35, surveys.Professionnels: 29, surveys.Associations: 24}
	for a, n := range want {
		names := questions(load(t, a))
		if len(names) != n {
			t.Errorf("%s: %d questions, want %d: %v", a, len(names), n, names)
		}
		for _, x := range crossed {
			if !slices.Contains(names, x) {
				t.Errorf("%s is not asked %s", a, x)
			}
		}
	}
}

// asked is what a question says to a person, without what each questionnaire
// does with it.
type asked struct {
	kind                 surveys.Kind
	label, hint, list    string
	codes                []string
	constraint, settings string
}

func askedIn(q *surveys.Questionnaire, prefix string) map[string]asked {
	told := map[string]asked{}
	q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
		if !strings.HasPrefix(i.Name, prefix) {
			return
		}
		a := asked{kind: i.Kind, label: i.Label.In(q.DefaultLanguage), hint: i.Hint.In(q.DefaultLanguage), list: i.List,
			constraint: i.Constraint, settings: i.Parameters["start"] + i.Parameters["end"] + i.Theme}
		if list, ok := q.List(i.List); ok {
			for _, c := range list.Choices {
				a.codes = append(a.codes, c.Name+" "+c.Label.In(q.DefaultLanguage))
			}
		}
		told[i.Name] = a
	})
	return told
}

func TestTheSameNameAsksTheSameThing(t *testing.T) {
	h, p, a := load(t, surveys.Habitants), load(t, surveys.Professionnels), load(t, surveys.Associations)
	t.Run("the nine crossing questions, in all three", func(t *testing.T) {
		want := askedIn(h, "x_")
		for _, q := range []*surveys.Questionnaire{p, a} {
			if !reflect.DeepEqual(want, askedIn(q, "x_")) {
				t.Errorf("%s asks the x_ questions differently", q.FormID)
			}
		}
	})
	t.Run("the four shared ones, of professionals and associations", func(t *testing.T) {
		want := askedIn(p, "c_")
		for _, name := range shared {
			if want[name].label == "" {
				t.Errorf("%s is not asked", name)
			}
		}
		if !reflect.DeepEqual(want, askedIn(a, "c_")) {
			t.Error("associations are asked the c_ questions differently")
		}
	})
}

func TestTheShortFormHasTwelveQuestions(t *testing.T) {
	var short []string
	q := load(t, surveys.Habitants)
	q.Walk(func(i *surveys.Item, sections []*surveys.Item) {
		if i.Short && i.Kind != surveys.Note && len(sections) == 1 {
			short = append(short, i.Name)
		}
	})
	want := []string{"h_commune", "h_age", "h_sexe", "h_sante", "h_mt", "x_acces", "h_renonce", "x_freins",
		"x_problemes", "x_prio", "x_note", "x_action"}
	if !slices.Equal(short, want) {
		t.Errorf("short form: %v", short)
	}
}

func TestOnlyPlaceAgeAndTradeAreRequired(t *testing.T) {
	want := map[surveys.Audience][]string{
		surveys.Habitants:      {"h_commune", "h_age"},
		surveys.Professionnels: {"p_metier", "p_commune"},
		surveys.Associations:   {"a_type", "a_zone"},
	}
	for a, names := range want {
		q := load(t, a)
		var required []string
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
			if i.Required == "" {
				return
			}
			required = append(required, i.Name)
			list, _ := q.List(i.List)
			if !slices.ContainsFunc(list.Choices, func(c surveys.Choice) bool { return c.Name == "npr" }) {
				t.Errorf("%s has no way out", i.Name)
			}
		})
		if !slices.Equal(required, names) {
			t.Errorf("%s: required %v, want %v", a, required, names)
		}
	}
}

func TestSentencesAreSetAsFrenchPrintersDo(t *testing.T) {
	for _, a := range surveys.Audiences() {
		q := load(t, a)
		check := func(s string) {
			for _, wrong := range []string{" ?", " !", " :", " ;", "« ", " »", "'", "  "} {
				if strings.Contains(s, wrong) {
					t.Errorf("%s: %q in %q", a, wrong, s)
				}
			}
		}
		q.Walk(func(i *surveys.Item, _ []*surveys.Item) {
			for _, text := range []surveys.Text{i.Label, i.Hint, i.RequiredMessage, i.ConstraintMessage} {
				check(text.In(q.DefaultLanguage))
			}
		})
		for _, l := range q.Lists {
			for _, c := range l.Choices {
				check(c.Label.In(q.DefaultLanguage))
			}
		}
	}
}

func TestResidentsRankTheThemesOfTheFrame(t *testing.T) {
	q := load(t, surveys.Habitants)
	list, _ := q.List("prio")
	frame := creusotMontceauFrame()
	if len(list.Choices) != 13 || len(frame.Themes) != 13 {
		t.Fatalf("%d choices, %d themes", len(list.Choices), len(frame.Themes))
	}
	for i, c := range list.Choices {
		if theme := frame.Themes[i]; theme.Code != c.Name || theme.Short != c.Label.In(q.DefaultLanguage) {
			t.Errorf("choice %s %q, theme %s %q", c.Name, c.Label.In(q.DefaultLanguage), theme.Code, theme.Short)
		}
	}
	for _, axis := range frame.Axes {
		for _, code := range axis.Themes {
			if _, ok := frame.Theme(code); !ok {
				t.Errorf("axis %s has no theme %s", axis.Code, code)
			}
		}
	}
}

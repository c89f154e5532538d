package surveys_test

import (
	"strings"
	"testing"

	"diapason/surveys"
)

func TestAFreshRecordHoldsItsDefaults(t *testing.T) {
	f := form(t, `
		integer           | age      | default=18
		integer           | enfants  | default=beaucoup
		select_multiple l | freins   | default=a b
		date              | jour     | default=2026-11-22
		date              | demain   | default=date(today() + 1)
		integer           | double   | default=${age} * 2
		calculate         | triple   | calculation=${age} * 3
		text              | lu       | default=concat('<', ${triple}, '>')
		repeat            | personne
		text              | prenom   | default=Ada
		integer           | rang     | default=position(..)
		repeat            | tache
		text              | quoi     | default=rien
		end
		end`, list("l", "a", "b"))
	want := surveys.Answers{
		"age": number(18), "freins": codes("a", "b"), "jour": text("2026-11-22"), "demain": text("2026-11-23"),
		"double": number(36), "lu": text("<>"),
		"personne": rows(surveys.Answers{
			"prenom": text("Ada"), "rang": number(1), "tache": rows(surveys.Answers{"quoi": text("rien")}),
		}),
	}
	if got := f.Begin(now); !got.Equal(want) {
		t.Errorf("got  %v\nwant %v", said(t, got), said(t, want))
	}
	t.Run("a row added later has its own, and no row inside", func(t *testing.T) {
		got := f.Path(f.Begin(now), now).NewRow("personne")
		if want := (surveys.Answers{"prenom": text("Ada"), "rang": number(2)}); !got.Equal(want) {
			t.Errorf("got %v, want %v", said(t, got), said(t, want))
		}
	})
}

func TestWhatNobodyMayAnswerIsWhatTheFormSays(t *testing.T) {
	f := form(t, `
		integer   | prix    | required=yes
		decimal   | ttc     | calculation=${prix} * 1.2 | required=yes
		integer   | entier  | calculation=${prix} div 4
		date      | jour    | calculation=date('2026-02-27') + ${prix}
		date      | pas     | calculation=concat('2026-02-', '30')
		text      | tarif   | read_only=yes | default=plein | required=yes
		text      | vide    | read_only=yes
		text      | parfois | read_only=${prix} > 100 | required=yes
		calculate | source  | default=guichet`)
	sent := surveys.Answers{
		"prix": number(10), "ttc": number(99), "entier": number(99), "tarif": text("réduit"), "vide": text("x"), "parfois": text("oui"),
	}
	if problems := f.Check(sent, now); problems != nil {
		t.Errorf("it has problems: %v", problems)
	}
	want := surveys.Answers{
		"prix": number(10), "ttc": number(12), "entier": number(2), "jour": text("2026-03-09"), "tarif": text("plein"), "parfois": text("oui"), "source": text("guichet"),
	}
	if got := f.Keep(sent, now); !got.Equal(want) {
		t.Errorf("kept %v\nwant %v", said(t, got), said(t, want))
	}
	if got := codesOf(f.Check(surveys.Answers{"prix": number(200)}, now)); got != "" {
		t.Errorf("what is read only is required: %s", got)
	}
}

func TestOnceKeepsWhatWasDrawn(t *testing.T) {
	f := form(t, `
		calculate | tirage | calculation=once(random())
		note      | pile   | relevant=${tirage} < 0.5
		calculate | somme  | calculation=1 + 1
		note      | merci`)
	for name, tt := range map[string]struct {
		sent surveys.Answers
		want string
	}{
		"what was sent is what was drawn":         {surveys.Answers{"tirage": text("0.25")}, ""},
		"a calculation is not taken from outside": {surveys.Answers{"tirage": text("0.25"), "somme": text("3"), "merci": text("x")}, ""},
		"a draw is a text, not a list":            {surveys.Answers{"tirage": codes("a")}, "tirage answer.type"},
		"nor a novel":                             {surveys.Answers{"tirage": text(strings.Repeat("é", 10_001))}, "tirage text.max"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := codesOf(f.Check(tt.sent, now)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			kept := f.Keep(tt.sent, now)
			if want := (surveys.Answers{"tirage": text("0.25"), "somme": text("2")}); tt.want == "" && !kept.Equal(want) {
				t.Errorf("kept %v, want %v", said(t, kept), said(t, want))
			}
		})
	}
}

func TestRepeatCount(t *testing.T) {
	f := form(t, `
		integer | enfants
		repeat  | enfant | repeat_count=${enfants}
		text    | prenom | required=yes
		integer | rang   | default=position(..)
		end
		calculate | noms | calculation=join(', ', ${prenom})`)
	begun := f.Begin(now)
	three := f.Path(with(begun, "enfants", number(3)), now).React("enfants")
	if got := len(three["enfant"].Rows()); got != 3 || !three["enfant"].Rows()[2]["rang"].Equal(number(3)) {
		t.Errorf("three rows are expected, with their defaults: %v", said(t, three))
	}
	for name, tt := range map[string]struct {
		count surveys.Value
		rows  int
	}{
		"none at the beginning": {surveys.Value{}, 0}, "as many as are asked for": {number(2), 2},
		"rows missing are blank rows": {number(4), 4}, "a fraction is cut": {number(1.9), 1},
		"less than none is none": {number(-3), 0}, "no more than the memory can hold": {number(1e12), 1000},
	} {
		t.Run(name, func(t *testing.T) {
			a := with(surveys.Answers{"enfant": three["enfant"]}, "enfants", tt.count)
			if got := len(f.Path(a, now).Rows("enfant")); got != tt.rows {
				t.Errorf("%d rows, want %d", got, tt.rows)
			}
		})
	}
	t.Run("rows above the count are hidden, and dropped when the answers are kept", func(t *testing.T) {
		a := surveys.Answers{"enfants": number(1), "enfant": rows(
			surveys.Answers{"prenom": text("Léa")}, surveys.Answers{"prenom": text("Tom")})}
		if problems := f.Check(a, now); problems != nil {
			t.Error(problems)
		}
		want := surveys.Answers{"enfants": number(1), "enfant": rows(surveys.Answers{"prenom": text("Léa")}), "noms": text("Léa")}
		if got := f.Keep(a, now); !got.Equal(want) {
			t.Errorf("kept %v, want %v", said(t, got), said(t, want))
		}
	})
	t.Run("repeats in repeats ask for no more together", func(t *testing.T) {
		f := form(t, `
			integer | n
			repeat  | dehors | repeat_count=${n}
			repeat  | dedans | repeat_count=${n}
			text    | x | required=yes
			end
			end`)
		a := surveys.Answers{"n": number(500)}
		if got := len(f.Check(a, now)); got != 500 {
			t.Errorf("%d problems", got)
		}
		if got := f.Path(a, now).React("n"); len(got["dehors"].Rows()) != 500 || len(got["dehors"].Rows()[2]) > 0 {
			t.Errorf("%d rows outside", len(got["dehors"].Rows()))
		}
	})
	t.Run("what a missing row requires is required", func(t *testing.T) {
		if got := codesOf(f.Check(surveys.Answers{"enfants": number(2)}, now)); got != "prenom answer.required, prenom answer.required" {
			t.Error(got)
		}
	})
}

func TestTriggers(t *testing.T) {
	f := form(t, `
		text      | a
		text      | b
		calculate | vu     | calculation=concat(${a}, '!') | trigger=${a}, ${b}
		text      | propose | calculation=concat(${a}, '?') | trigger=${a}
		text      | efface | trigger=${a}
		text      | suite  | calculation=concat(${propose}, '…') | trigger=${propose}
		repeat    | ligne
		integer   | n
		integer   | carre  | calculation=${n} * ${n} | trigger=${n}
		text      | copie  | calculation=${a} | trigger=${a}
		end`)
	begun := surveys.Answers{
		"a": text("x"), "efface": text("à perdre"),
		"ligne": rows(surveys.Answers{"n": number(2)}, surveys.Answers{"n": number(3)}),
	}
	t.Run("nothing runs before something changes", func(t *testing.T) {
		if kept := f.Keep(begun, now); !kept.Equal(begun) {
			t.Errorf("kept %v", said(t, kept))
		}
	})
	after := f.Path(begun, now).React("a")
	t.Run("what the question triggers runs once, and triggers nothing itself", func(t *testing.T) {
		want := surveys.Answers{
			"a": text("x"), "vu": text("x!"), "propose": text("x?"),
			"ligne": rows(surveys.Answers{"n": number(2), "copie": text("x")}, surveys.Answers{"n": number(3), "copie": text("x")}),
		}
		if !after.Equal(want) {
			t.Errorf("got %v, want %v", said(t, after), said(t, want))
		}
	})
	t.Run("the answers it was given do not change", func(t *testing.T) {
		if len(begun["ligne"].Rows()[0]) != 1 || begun["efface"].IsBlank() {
			t.Errorf("they are now %v", said(t, begun))
		}
	})
	t.Run("in a repeat, it runs in the row that changed", func(t *testing.T) {
		got := f.Path(begun, now).Rows("ligne")[1].React("n")["ligne"].Rows()
		if !got[0]["carre"].IsBlank() || !got[1]["carre"].Equal(number(9)) {
			t.Errorf("got %v and %v", said(t, got[0]), said(t, got[1]))
		}
	})
	t.Run("the person may overwrite it, and what was sent stands", func(t *testing.T) {
		sent := surveys.Answers{"a": text("x"), "propose": text("le mien")}
		if got := f.Keep(sent, now)["propose"]; !got.Equal(text("le mien")) {
			t.Errorf("kept %q", got.Text())
		}
	})
}

// said is answers as a message may show them.
func said(t *testing.T, a surveys.Answers) string {
	t.Helper()
	var parts []string
	for _, name := range a.Names() {
		b, err := a[name].MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, name+": "+string(b))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

package expr

import (
	"slices"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	names := []string{"age", "publics", "q", "rep", "naissance"}
	known := func(name string) bool { return slices.Contains(names, name) }
	for _, c := range []struct {
		source  string
		offset  int
		warning bool
		says    string
	}{
		{"1 = 1 and ${aeg} > 3", 10, false, "${aeg} ne désigne aucune question. Vouliez-vous dire ${age} ?"},
		{"${Age}", 0, false, "Vouliez-vous dire ${age} ?"},
		{"${commune}", 0, false, "vérifiez le nom dans la colonne name"},
		{"jr:choice-name('a', '${agee}')", 20, false, "Vouliez-vous dire ${age} ?"},
		{"'é' = age", 6, false, "écrivez ${age} pour une question, 'age' entre guillemets pour un texte"},
		{"../age > 3", 0, false, "écrivez ${age}"},
		{"${rep}[1]/age", 0, false, "écrivez ${age}"},
		{"instance('l')/root/item[name = 1]/label", 0, false, "instance() n’est pas prise en charge"},
		{"${q} != null", 8, false, "écrivez un texte vide : ''"},
		{"..", 0, false, "position(..)"},
		{"${q} | ${age}", 5, false, "une à une"},
		{"${last-saved#q}", 0, false, "ne servent jamais à la suivante"},
		{"selectd(${q}, 'a')", 0, false, "Vouliez-vous dire selected() ?"},
		{"Selected(${q}, 'a')", 0, false, "Vouliez-vous dire selected() ?"},
		{"foo()", 0, false, "« foo » n’est pas une fonction"},
		{"duration(${q})", 0, false, "SurveyCTO"},
		{"cht:extension-lib('x')", 0, false, "CHT"},
		{"digest('a', 'MD5')", 0, false, "digest() n’est pas prise en charge"},
		{"selected(${q})", 0, false, "selected() attend 2 arguments et en reçoit 1."},
		{"today(1)", 0, false, "today() n’attend aucun argument et en reçoit 1."},
		{"round(1, 2, 3)", 0, false, "de 1 à 2 arguments"},
		{"max()", 0, false, "au moins 1 argument et"},
		{"count('a')", 6, false, "count() attend une référence"},
		{"position(${rep})", 9, false, "Écrivez position(..)"},
		{"indexed-repeat(${q}, 'rep', 1)", 21, false, "référence"},
		{"indexed-repeat(${q}, ${rep}, 1, ${rep})", 0, false, "autant de fois"},
		{"jr:choice-name(${q}, ${q})", 21, false, "entre guillemets"},
		{"regex(${q}, concat('a', 'b'))", 12, false, "entre guillemets"},
		{"regex(${q}, '[0-9')", 12, false, "crochet fermant"},
		{"regex(${q}, '(?!a)b')", 12, false, "(?!…)"},
		{"format-date(${naissance}, '%d %B')", 26, false, "'%d %B' n’est pas reconnu"},
		{"weighted-checklist(1, 2, ${q}, 1, ${q})", 0, false, "il en manque un"},
		{"'abc' + 1", 0, true, "n’est pas un nombre"},
		{"${age} > 'abc'", 9, true, "jamais vraie"},
		{"${naissance} < '2007-01-01'", 15, true, "Écrivez date('2007-01-01')"},
		{"date('2024-02-30')", 5, true, "n’est pas une date"},
		{"${q} = 'a' or 'b'", 14, true, "toujours vrai"},
		{"selected(${publics}, 'a b')", 21, true, "un seul code"},
		{"floor(${age})", 0, true, "ODK Collect"},
		{"round(${age}, 'deux')", 14, true, "nombre entier"},
	} {
		faults := mustParse(t, c.source).Check(known, names...)
		if len(faults) != 1 {
			t.Errorf("%s: %d faults %v, want one that says %s", c.source, len(faults), faults, c.says)
			continue
		}
		f := faults[0]
		if f.Offset != c.offset || f.Warning != c.warning || !strings.Contains(f.Message, c.says) {
			t.Errorf("%s: %+v, want at %d, warning %v: %s", c.source, f, c.offset, c.warning, c.says)
		}
	}
}

func TestCheckFindsAllFaultsInOrder(t *testing.T) {
	faults := mustParse(t, "foo(${a}) + bar(b) > 'x'").Check(func(string) bool { return false })
	var offsets []int
	for _, f := range faults {
		offsets = append(offsets, f.Offset)
	}
	if !slices.Equal(offsets, []int{0, 4, 12, 16, 21}) {
		t.Errorf("faults at %v: %v", offsets, faults)
	}
}

func TestCheckAcceptsTypicalExpressions(t *testing.T) {
	for _, source := range []string{
		"selected(${a}, 'x') and ${age} >= 18", "not(selected(., 'nsp') and count-selected(.) > 1)",
		". <= today()", "${d} < date('2024-01-01')", "if(${a} = 'oui', 1, 0)", "regex(., '[0-9]{5}')",
		"string-length(.) <= 200", "jr:choice-name(${a}, '${a}')", "position(..)", "once(uuid())",
		"coalesce(${a}, '')", "round(${a} div ${b}, 1)", "true()", "format-date-time(now(), '%d/%m/%Y %H:%M')",
	} {
		if faults := mustParse(t, source).Check(nil); len(faults) > 0 {
			t.Errorf("%s: %v", source, faults)
		}
	}
}

func TestCheckFilterReadsColumnsOfChoices(t *testing.T) {
	columns := []string{"name", "label", "epci"}
	if faults := mustParse(t, "epci = ${q} and name != 'x'").CheckFilter(nil, columns); len(faults) > 0 {
		t.Errorf("columns refused: %v", faults)
	}
	faults := mustParse(t, "epc = ${q} or zone = 1").CheckFilter(nil, columns)
	if len(faults) != 2 || !strings.Contains(faults[0].Message, "Vouliez-vous dire « epci » ?") ||
		!strings.Contains(faults[1].Message, "« zone » n’est pas une colonne") {
		t.Errorf("faults %v", faults)
	}
}

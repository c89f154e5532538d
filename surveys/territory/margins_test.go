package territory

import (
	"bytes"
	"errors"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/charmap"
)

// plainFile is a file like the plain template: twelve counts for each line.
func plainFile(lines ...string) string {
	titles := "commune;nom;année"
	for _, sex := range []Sex{Men, Women} {
		for band := range Band(Bands) {
			titles += ";" + plainTitle(sex, band)
		}
	}
	return titles + "\n" + strings.Join(lines, "\n") + "\n"
}

// creusot has 1 to 12 inhabitants in its cells, men first.
const creusot = "71153;Le Creusot;2021;1;2;3;4;5;6;7;8;9;10;11;12"

func readMargins(t *testing.T, file string, wanted ...Commune) *Census {
	t.Helper()
	census, err := ReadMargins(strings.NewReader(file), wanted)
	if err != nil {
		t.Fatal(err)
	}
	return census
}

func TestReadMarginsOfInsee(t *testing.T) {
	file, err := os.ReadFile("testdata/margins-insee.csv")
	if err != nil {
		t.Fatal(err)
	}
	census := readMargins(t, string(file), Commune{Code: "71306"}, Commune{Code: "71278"})
	if census.Year != 2021 || len(census.Communes) != 2 {
		t.Fatalf("year %d, %d communes", census.Year, len(census.Communes))
	}
	marigny, _ := census.Of("71278")
	if got := marigny[Women][From15To29]; got != 12.37940984 {
		t.Errorf("women of 15 to 29: %v", got)
	}
	if got := marigny[Men][From75]; math.Abs(got-(7.96411531+1.44900375)) > 1e-9 {
		t.Errorf("men of 75 or more are those of 75 to 89 and of 90 or more: %v", got)
	}
	if got := marigny.Total(); math.Abs(got-164.65636581) > 1e-6 {
		t.Errorf("total %v", got)
	}
	if got := marigny.From15(); math.Abs(got-137.49515166) > 1e-6 {
		t.Errorf("15 or more: %v", got)
	}
	t.Run("every commune when none is named", func(t *testing.T) {
		if all := readMargins(t, string(file)); len(all.Communes) != 5 || all.Communes[1].Code != "2A004" {
			t.Errorf("%+v", all.Communes)
		}
	})
}

func TestReadMarginsInEveryDress(t *testing.T) {
	plain := plainFile(creusot)
	short := "CODGEO;P12_H0014;P12_H1529;P12_H3044;P12_H4559;P12_H6074;P12_H75P;P12_F0014;P12_F1529;P12_F3044;P12_F4559;P12_F6074;P12_F75P\n71153;1;2;3;4;5;6;7;8;9;10;11;12\n"
	windows, err := charmap.Windows1252.NewEncoder().String(strings.ReplaceAll(plain, ";12", ";12\u00a0000,5"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, file string
		year       int
		last       float64
	}{
		{"the plain template", plain, 2021, 12},
		{"with a mark", "\ufeff" + plain, 2021, 12},
		{"with the ends of lines of Windows", strings.ReplaceAll(plain, "\n", "\r\n"), 2021, 12},
		{"parted by commas", strings.ReplaceAll(plain, ";", ","), 2021, 12},
		{"parted by tabs", strings.ReplaceAll(plain, ";", "\t"), 2021, 12},
		{"quoted", "\"" + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(plain), "\n", "\"\n\""), ";", "\";\"") + "\"\n", 2021, 12},
		{"in Windows-1252, with spaces and commas in numbers", windows, 2021, 12000.5},
		{"without a year", strings.ReplaceAll(plain, ";2021", ";"), 0, 12},
		{"titles in other words", strings.NewReplacer("hommes 15-29", "Hommes de 15 à 29 ans", "femmes 75 et plus", "FEMMES 75+", "commune", "Code INSEE").Replace(plain), 2021, 12},
		{"75 or more in one column", short, 2012, 12},
		{"lower case", strings.ToLower(short), 2012, 12},
		{"a census of the last century", strings.ReplaceAll(short, "P12_", "P99_"), 1999, 12},
		{"a year in four digits", strings.ReplaceAll(short, "P12_", "P2021_"), 2021, 12},
		{"below the title of a workbook", "Données inventées;;\nMise en ligne;;\n\nCode;Hommes 0-14 ans en 2012 (princ);Hommes 15-29 ans\n" + short, 2012, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			census := readMargins(t, c.file, Commune{Code: "71153"})
			counts, _ := census.Of("71153")
			if census.Year != c.year || counts[Men][Under15] != 1 || counts[Men][From75] != 6 || counts[Women][From15To29] != 8 || counts[Women][From75] != c.last {
				t.Errorf("year %d, %v", census.Year, counts)
			}
		})
	}
	t.Run("the most recent of two censuses", func(t *testing.T) {
		lines := strings.Split(strings.TrimSpace(short), "\n")
		titles, counts, _ := strings.Cut(lines[0], ";")
		more := titles + ";" + counts + ";" + strings.ReplaceAll(counts, "P12", "P17") + "\n" + lines[1] + strings.Repeat(";100", 12) + "\n"
		census := readMargins(t, more)
		if counts := census.Communes[0].Counts; census.Year != 2017 || counts.Total() != 1200 {
			t.Errorf("year %d, %v", census.Year, counts)
		}
	})
	t.Run("a code whose first zero was dropped", func(t *testing.T) {
		census := readMargins(t, strings.ReplaceAll(plain, "71153", "1015"), Commune{Code: "01015"})
		if _, found := census.Of("01015"); !found {
			t.Errorf("%+v", census)
		}
	})
}

func TestFaultsOfMarginsAreToldAllAtOnce(t *testing.T) {
	file := plainFile(
		creusot,
		"71306;Montceau;2021;1;2;-3;4;5;6;7;s;9;10;11;",
		"71278;Marigny;2016;1;2;3;4;5;6;7;8;9;10;11;9999999999",
		creusot,
		"75056;Paris;2021;rien;ne;va;ici",
	)
	_, err := ReadMargins(strings.NewReader(file), []Commune{
		{Code: "71153", Name: "Le Creusot"}, {Code: "71306"}, {Code: "71278"}, {Code: "71486", Name: "Saint-Vallier"},
	})
	var problems MarginProblems
	if !errors.As(err, &problems) {
		t.Fatalf("%v", err)
	}
	want := []string{
		"ligne 3, colonne « hommes 30-44 » : Le nombre d’habitants (-3) est négatif. Corrigez-le.",
		"ligne 3, colonne « femmes 15-29 » : « s » n’est pas un nombre d’habitants. Écrivez un nombre, comme 1250 ou 1250,4.",
		"ligne 3, colonne « femmes 75 et plus » : La case est vide. Complétez-la d’après le recensement ; s’il n’y a personne, écrivez 0.",
		"ligne 4 : L’année 2016 n’est pas celle de la ligne 2 (2021). Prenez toutes les communes dans le même recensement.",
		"ligne 4, colonne « femmes 75 et plus » : Le nombre d’habitants (9999999999) dépasse celui de la France. Vérifiez la virgule.",
		"ligne 5 : La commune de code 71153 est déjà à la ligne 2. Gardez une seule ligne par commune.",
		"La commune « Saint-Vallier » (71486) n’est pas dans le fichier du recensement. Prenez le fichier dont la géographie est celle du territoire : une commune qui a fusionné y figure sous le code de la commune nouvelle.",
	}
	if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestFilesThatAreNotMargins(t *testing.T) {
	for _, c := range []struct{ name, file, code string }{
		{"nothing", "", "margins.file.empty"},
		{"spaces", " \n \n", "margins.file.empty"},
		{"an archive", "PK\x03\x04", "margins.file.zip"},
		{"two bytes a letter", "\xff\xfeC\x00O\x00", "margins.file.binary"},
		{"something else", "nom;prénom\nA;B\n", "margins.header"},
		{"no column of communes", strings.Replace(plainFile(creusot), "commune;", "ville;", 1), "margins.column.commune"},
		{"a column missing", strings.Replace(plainFile(creusot), "femmes 75 et plus", "total", 1), "margins.column.missing"},
		{"a column twice", strings.Replace(plainFile(creusot), "nom;", "hommes 0-14;", 1), "margins.column.twice"},
		{"no line below the titles", plainFile(), "margins.communes.none"},
		{"a total below the communes", plainFile(creusot, "TOTAL;;;1;2;3;4;5;6;7;8;9;10;11;12"), "margins.commune.code"},
		{"a quote left open", plainFile("71153;Le \"Creusot\";2021;1"), "margins.quotes"},
		{"a year that is none", plainFile(strings.Replace(creusot, "2021", "21", 1)), "margins.year"},
		{"infinity", plainFile(strings.Replace(creusot, "12", "inf", 1)), "margins.cell.number"},
		{"hexadecimal", plainFile(strings.Replace(creusot, ";12", ";0x12", 1)), "margins.cell.number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadMargins(strings.NewReader(c.file), nil)
			var problems MarginProblems
			if !errors.As(err, &problems) || problems[0].Code != c.code {
				t.Errorf("%v", err)
			}
		})
	}
	t.Run("a column missing is named as INSEE does", func(t *testing.T) {
		file, err := os.ReadFile("testdata/margins-insee.csv")
		if err != nil {
			t.Fatal(err)
		}
		_, err = ReadMargins(bytes.NewReader(bytes.ReplaceAll(file, []byte("P21_F90P"), []byte("P21_X"))), nil)
		if err == nil || err.Error() != "ligne 1 : Il manque la colonne des femmes de 75 ans ou plus (P21_F75P)." {
			t.Errorf("%v", err)
		}
	})
	t.Run("a reader that fails", func(t *testing.T) {
		broken := errors.New("network")
		if _, err := ReadMargins(iotest.ErrReader(broken), nil); !errors.Is(err, broken) {
			t.Errorf("%v", err)
		}
	})
	t.Run("a thousand faults are told up to a hundred", func(t *testing.T) {
		var lines []string
		for i := range 200 {
			lines = append(lines, strings.NewReplacer("71153", strconv.Itoa(71000+i), ";1", ";x").Replace(creusot))
		}
		_, err := ReadMargins(strings.NewReader(plainFile(lines...)), nil)
		var problems MarginProblems
		if !errors.As(err, &problems) || len(problems) != mostProblems {
			t.Errorf("%d problems", len(problems))
		}
	})
}

func TestSumOfSectors(t *testing.T) {
	census := readMargins(t, plainFile(creusot, strings.Replace(creusot, "71153", "71306", 1), strings.Replace(creusot, "71153", "71278", 1)))
	sums, err := census.Sum([]string{"71153", "71278"}, []string{"71306"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if sums[0].Total() != 156 || sums[1].Total() != 78 || sums[2].Total() != 0 || sums[0][Men][From15To29] != 4 {
		t.Errorf("%v", sums)
	}
	t.Run("communes that are missing are named once", func(t *testing.T) {
		_, err := census.Sum([]string{"71153", "75056"}, []string{"75056", "13055"})
		var problems MarginProblems
		if !errors.As(err, &problems) || len(problems) != 2 || !strings.Contains(err.Error(), "75056") || !strings.Contains(err.Error(), "13055") {
			t.Errorf("%v", err)
		}
	})
}

func TestTheTemplateIsReadOnceFilledIn(t *testing.T) {
	var file bytes.Buffer
	communes := []Commune{{Code: "01015", Name: "Arboys en Bugey"}, {Code: "71153", Name: "Le Creusot ; centre"}}
	if err := WriteMarginsTemplate(&file, communes); err != nil {
		t.Fatal(err)
	}
	_, err := ReadMargins(bytes.NewReader(file.Bytes()), communes)
	var problems MarginProblems
	if !errors.As(err, &problems) || len(problems) != 24 || problems[0].Code != "margins.cell.empty" {
		t.Fatalf("an empty template has 24 empty cells: %v", err)
	}
	filled := strings.ReplaceAll(file.String(), strings.Repeat(";", 13)+"\r\n", ";2021"+strings.Repeat(";10,5", 12)+"\r\n")
	census := readMargins(t, filled, communes...)
	if counts, _ := census.Of("71153"); census.Year != 2021 || counts.Total() != 126 {
		t.Errorf("%+v", census)
	}
}

// FuzzReadMargins: whatever the file, the counts are numbers of inhabitants, or
// the faults say why there are none.
func FuzzReadMargins(f *testing.F) {
	f.Add([]byte(plainFile(creusot)))
	f.Add([]byte("CODGEO,P21_H0014,P21_F0014\n71153,1,2\n"))
	f.Add([]byte("\ufeff\"commune\";\"homme 0 14\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, wanted := range [][]Commune{nil, {{Code: "71153"}}} {
			census, err := ReadMargins(bytes.NewReader(file), wanted)
			var problems MarginProblems
			if errors.As(err, &problems) && len(problems) > 0 && err.Error() != "" {
				continue
			}
			if err != nil || len(census.Communes) == 0 {
				t.Fatalf("%v %+v", err, census)
			}
			for _, c := range census.Communes {
				if total := c.Total(); !(total >= 0) || math.IsInf(total, 1) {
					t.Fatalf("%+v", c)
				}
			}
		}
	})
}

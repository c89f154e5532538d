package weights

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// margin is a margin of cells "a", "b"… with these populations.
func margin(name string, codes []uint8, populations ...float64) Margin {
	m := Margin{Name: name, Codes: codes}
	for i, p := range populations {
		m.Cells = append(m.Cells, Cell{Label: string(rune('a' + i)), Population: p})
	}
	return m
}

// repeated gives each code as many times as the counts say, in order.
func repeated(counts ...int) []uint8 {
	var codes []uint8
	for code, n := range counts {
		codes = append(codes, slices.Repeat([]uint8{uint8(code)}, n)...)
	}
	return codes
}

// turned is the codes shifted round, so that two columns cross.
func turned(codes []uint8, by int) []uint8 {
	return append(slices.Clone(codes[by:]), codes[:by]...)
}

func rake(t *testing.T, margins ...Margin) Result {
	t.Helper()
	r, err := Rake(len(margins[0].Codes), margins, Usual())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOneMarginGivesEachCellItsShare(t *testing.T) {
	// 120 women and 80 men answered where there are as many of each.
	r := rake(t, margin("sexe", repeated(120, 80), 5000, 5000))
	if !near(r.Weights[0], 100.0/120, 1e-12) || !near(r.Weights[199], 100.0/80, 1e-12) {
		t.Errorf("weights %v and %v", r.Weights[0], r.Weights[199])
	}
	// Σw² = 120·(5/6)² + 80·(5/4)² = 208.33…, and 200·208.33/200² = 1.041666…
	if !near(r.Design, 25.0/24, 1e-12) || !near(r.Effective, 192, 1e-12) {
		t.Errorf("design %v, effective %v", r.Design, r.Effective)
	}
	if want := "Réponses redressées sur « sexe ». Pour la précision, 200 réponses comptent comme 192 (effet de plan : 1,04)."; r.Sentence != want {
		t.Errorf("got  %s\nwant %s", r.Sentence, want)
	}
}

func TestUnknownAnswersKeepTheirWeight(t *testing.T) {
	codes := append(repeated(120, 80), slices.Repeat([]uint8{Unknown}, 50)...)
	r := rake(t, margin("sexe", codes, 5000, 5000))
	if w := r.Weights[249]; w != 1 {
		t.Errorf("an unknown answer weighs %v", w)
	}
	if b := r.Balance[0]; b.Unknown != 50 || b.Cells[0].N != 120 || b.Cells[0].Sample != 0.6 || !near(b.Cells[0].Weighted, 0.5, 1e-9) {
		t.Errorf("balance %+v", b)
	}
}

func TestSmallCellsAreMerged(t *testing.T) {
	age := []string{"15–29", "30–44", "45–59", "60–74"}
	ages := func(counts ...int) Margin {
		m := margin("âge", repeated(counts...), 100, 100, 100, 100)
		m.Ordered = true
		for i := range m.Cells {
			m.Cells[i].Label = age[i]
		}
		return m
	}
	t.Run("a small age joins its smaller neighbour", func(t *testing.T) {
		r := rake(t, ages(60, 4, 40, 40))
		if len(r.Merged) != 1 || !slices.Equal(r.Merged[0].Cells, []string{"30–44", "45–59"}) || r.Merged[0].N != 44 {
			t.Errorf("merged %+v", r.Merged)
		}
		if b := r.Balance[0]; !near(b.Cells[1].Weighted+b.Cells[2].Weighted, 0.5, 1e-9) {
			t.Errorf("the two together should weigh half: %+v", b)
		}
	})
	t.Run("until there is enough", func(t *testing.T) {
		r := rake(t, ages(3, 4, 5, 100))
		if len(r.Merged) != 1 || len(r.Merged[0].Cells) != 3 || r.Merged[0].N != 12 {
			t.Errorf("merged %+v", r.Merged)
		}
	})
	t.Run("an age nobody answered in is merged", func(t *testing.T) {
		r := rake(t, ages(0, 50, 40, 40))
		if len(r.Merged) != 1 || !slices.Equal(r.Merged[0].Cells, []string{"15–29", "30–44"}) {
			t.Errorf("merged %+v", r.Merged)
		}
	})
	t.Run("a group is kept together", func(t *testing.T) {
		m := ages(30, 4, 5, 100)
		m.Cells[0].Group, m.Cells[1].Group = "femmes", "femmes"
		m.Cells[2].Group, m.Cells[3].Group = "hommes", "hommes"
		r := rake(t, m)
		if len(r.Merged) != 2 || r.Merged[0].N != 34 || r.Merged[1].N != 105 {
			t.Errorf("merged %+v", r.Merged)
		}
	})
	t.Run("sectors have no order: the two smallest are merged", func(t *testing.T) {
		m := margin("secteur", repeated(4, 90, 20, 60), 100, 100, 100, 100)
		r := rake(t, m)
		if len(r.Merged) != 1 || !slices.Equal(r.Merged[0].Cells, []string{"a", "c"}) {
			t.Errorf("merged %+v", r.Merged)
		}
	})
	t.Run("answers where the census counts nobody are merged", func(t *testing.T) {
		m := margin("secteur", repeated(40, 90, 20, 60), 0, 100, 100, 100)
		r := rake(t, m)
		if len(r.Merged) != 1 || !slices.Equal(r.Merged[0].Cells, []string{"a", "c"}) || r.Merged[0].N != 60 {
			t.Errorf("merged %+v", r.Merged)
		}
	})
}

func TestWeightsAreTrimmedAndTheMarginsMetAgain(t *testing.T) {
	// 12 of 300 answers are of the cell that is a sixth of the people: a
	// weight of 4.2 freely. Cut to 3, twelve answers weigh 36 of 300.
	r := rake(t, margin("âge", repeated(12, 144, 144), 1000, 2500, 2500))
	if low, high := slices.Min(r.Weights), slices.Max(r.Weights); high > 3+1e-9 || low < 0.3-1e-9 || r.Trimmed != 12 {
		t.Errorf("weights from %v to %v, %d trimmed", low, high, r.Trimmed)
	}
	if !near(BaseOf(r.Weights).Sum, 300, 1e-9) {
		t.Errorf("the weights add up to %v", BaseOf(r.Weights).Sum)
	}
	if !near(r.Gap, 1.0/6-36.0/300, 1e-9) || r.Converged {
		t.Errorf("gap %v", r.Gap)
	}
	if !strings.Contains(r.Sentence, "Il reste un écart de 4,7 points avec la population sur « âge », « a ».") {
		t.Error(r.Sentence)
	}
	t.Run("the others make up for it where they can", func(t *testing.T) {
		// The ten answers that are rare on both margins would weigh 4.7. Cut
		// to 3, those that are rare on one only weigh 2.5 instead of 1.65.
		rows, columns := repeated(30, 170), append(repeated(10, 20), repeated(20, 150)...)
		r := rake(t, margin("un", rows, 40, 60), margin("deux", columns, 40, 60))
		if !r.Converged || r.Trimmed != 10 || !near(r.Weights[0], 3, 1e-9) || !near(r.Weights[10], 2.5, 1e-6) || !near(r.Weights[199], 0.7/1.5, 1e-6) {
			t.Errorf("%s: %v, %v, %v", r.Sentence, r.Weights[0], r.Weights[10], r.Weights[199])
		}
	})
}

func TestWhenNotToWeight(t *testing.T) {
	half := func(n, m int) Margin { return margin("sexe", repeated(n, m), 50, 50) }
	limits := Usual()
	for _, c := range []struct {
		name    string
		margins []Margin
		reason  Reason
		says    string
	}{
		{"nobody answered", []Margin{half(0, 0)}, NoAnswers, "Pas de redressement : il n’y a pas encore de réponse."},
		{"one single answer", []Margin{half(1, 0)}, FewAnswers, "Pas de redressement : il y a 1 réponse, et il en faut au moins 100"},
		{"99 answers", []Margin{half(59, 40)}, FewAnswers, "il y a 99 réponses"},
		{"everybody in one cell", []Margin{half(200, 0)}, SmallCells, "sur « sexe », trop peu de cases ont au moins 10 réponses."},
		// Weights of 3 for 70 people of 500 cannot make them 85 of 100.
		{"too unlike the people", []Margin{margin("âge", repeated(40, 30, 430), 40, 45, 15)}, TooFar, "Même avec des poids de 0,3 à 3, il reste un écart de 43 points avec la population sur « âge », « c »."},
		// 130 people of 500 weigh 2.85, the others 0.35: 2.2 = Σw²/n.
		{"a design effect above 2", []Margin{margin("âge", repeated(130, 370), 74.1, 25.9)}, Costly, "Les poids feraient passer la précision de 500 réponses à 227 (effet de plan : 2,2, au-dessus de 2)."},
		// All the women live in the north and all the men in the south, where
		// there are as many of each and nine people in ten live in the north.
		{"margins at odds", []Margin{half(100, 100), margin("secteur", repeated(100, 100), 90, 10)}, Contradiction, "les marges ne peuvent pas être atteintes ensemble avec ces réponses. Après 3 passages, il reste un écart de 40 points"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Rake(len(c.margins[0].Codes), c.margins, limits)
			if err != nil {
				t.Fatal(err)
			}
			if r.Reason != c.reason || !strings.Contains(r.Sentence, c.says) {
				t.Errorf("%s: %s", r.Reason, r.Sentence)
			}
			if !r.Applied && (slices.ContainsFunc(r.Weights, func(w float64) bool { return w != 1 }) || r.Effective != float64(r.N)) {
				t.Error("weights that are not applied are all 1")
			}
		})
	}
	t.Run("no margin", func(t *testing.T) {
		r, err := Rake(500, nil, limits)
		if err != nil || r.Reason != NoMargins || len(r.Weights) != 500 {
			t.Errorf("%v %v", r.Reason, err)
		}
	})
}

func TestBadMarginsAreToldAllAtOnce(t *testing.T) {
	codes := repeated(100, 100)
	codes[7] = 9
	bad := []Margin{
		margin("sexe", codes, -3, math.NaN()),
		margin("secteur", repeated(100), 10, 20),
		margin("diplôme", repeated(100, 100), 0, 0),
		margin("âge", repeated(100, 100), math.Inf(1), 20),
		{Name: "vide"},
	}
	limits := Usual()
	limits.Low = 0
	_, err := Rake(200, bad, limits)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"La marge « sexe » ne couvre pas toutes les réponses : la réponse 8 porte le code 9 et la marge n’a que 2 cases.",
		"Marge « sexe », case « a » : la population (−3) est négative.",
		"Marge « sexe », case « b » : la population manque.",
		"La marge « secteur » donne la case de 100 réponses, mais il y a 200 réponses",
		"La marge « diplôme » ne compte personne",
		"Marge « âge », case « a » : la population dépasse celle de la Terre.",
		"La marge « vide » a 0 case",
		"Les bornes des poids (0 et 3) ne vont pas",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("missing: %s\nin:\n%v", want, err)
		}
	}
}

func TestMarginsThatDoNotCoverTheSamePeopleAreRefused(t *testing.T) {
	sex, sector := margin("sexe", repeated(100, 100), 500, 500), margin("secteur", turned(repeated(100, 100), 30), 400, 300)
	_, err := Rake(200, []Margin{sex, sector}, Usual())
	if err == nil || !strings.Contains(err.Error(), "La marge « secteur » compte 700 personnes et la marge « sexe » en compte 1\u202f000 : elles ne couvrent pas la même population.") {
		t.Errorf("%v", err)
	}
	t.Run("unless only the shares matter", func(t *testing.T) {
		sector.SharesOnly = true
		if r := rake(t, sex, sector); !r.Converged || !near(r.Balance[1].Cells[0].Weighted, 4.0/7, 1e-9) {
			t.Errorf("%+v", r.Balance)
		}
	})
}

// randomMargins are three margins over n answers that lean away from the
// population, some of them unknown.
func randomMargins(rng *rand.Rand, n int) []Margin {
	var margins []Margin
	for _, cells := range []int{10, 6, 4} {
		m := Margin{Name: string(rune('A' + len(margins)))}
		for range cells {
			m.Cells = append(m.Cells, Cell{Label: "x", Population: 800 + 400*rng.Float64()})
		}
		scale := 10000 / m.total()
		for i := range m.Cells {
			m.Cells[i].Population *= scale
		}
		for range n {
			code := uint8(float64(cells) * math.Pow(rng.Float64(), 1.3))
			if rng.IntN(20) == 0 {
				code = Unknown
			}
			m.Codes = append(m.Codes, code)
		}
		margins = append(margins, m)
	}
	return margins
}

func TestRakedWeightsHoldTheirProperties(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		n := 300 + rng.IntN(1500)
		margins := randomMargins(rng, n)
		r := rake(t, margins...)
		if !r.Applied || !r.Converged {
			t.Fatalf("seed %d: %s", seed, r.Sentence)
		}
		if !near(BaseOf(r.Weights).Sum, float64(n), 1e-9) {
			t.Errorf("seed %d: the weights add up to %v, not %d", seed, BaseOf(r.Weights).Sum, n)
		}
		if slices.Min(r.Weights) < 0.3-1e-9 || slices.Max(r.Weights) > 3+1e-9 {
			t.Errorf("seed %d: weights from %v to %v", seed, slices.Min(r.Weights), slices.Max(r.Weights))
		}
		if len(r.Merged) == 0 {
			for _, b := range r.Balance {
				for _, c := range b.Cells {
					if math.Abs(c.Weighted-c.Population) > 1e-9 {
						t.Errorf("seed %d: margin %s weighs %v, not %v", seed, b.Margin, c.Weighted, c.Population)
					}
				}
			}
		}
	}
}

func TestTheOrderOfAnswersDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	margins := randomMargins(rng, 900)
	straight := rake(t, margins...)
	order := rng.Perm(900)
	for i := range margins {
		shuffled := make([]uint8, 900)
		for to, from := range order {
			shuffled[to] = margins[i].Codes[from]
		}
		margins[i].Codes = shuffled
	}
	mixed := rake(t, margins...)
	for to, from := range order {
		if !near(mixed.Weights[to], straight.Weights[from], 1e-9) {
			t.Fatalf("answer %d: %v, then %v", from, straight.Weights[from], mixed.Weights[to])
		}
	}
}

func TestManyKindsAreNumberedThroughAMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	codes := make([]uint8, 500)
	for i := range codes {
		codes[i] = uint8(rng.IntN(4))
	}
	var direct [256]uint8
	for i := range direct {
		direct[i] = uint8(i)
	}
	dense, sparse := make([]uint32, 500), make([]uint32, 500)
	for i := range dense {
		dense[i] = uint32(i % 7)
		sparse[i] = dense[i]
	}
	if a, b := split(dense, 7, codes, &direct, 4), splitSparse(sparse, codes, &direct, 4); a != b || !slices.Equal(dense, sparse) {
		t.Errorf("%d kinds by table, %d by map", a, b)
	}
}

func TestCross(t *testing.T) {
	sex, age := []uint8{0, 1, 1, Unknown, 0}, []uint8{0, 0, 4, 2, Unknown}
	got, err := Cross(sex, age, 5)
	if want := []uint8{0, 5, 9, Unknown, Unknown}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}
	for name, c := range map[string]struct {
		a, b  []uint8
		width int
	}{
		"columns of two lengths":         {[]uint8{1}, nil, 3},
		"a code as large as the width":   {[]uint8{1}, []uint8{3}, 3},
		"more cells than a code can say": {[]uint8{50}, []uint8{3}, 6},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Cross(c.a, c.b, c.width); err == nil {
				t.Error("no error")
			}
		})
	}
}

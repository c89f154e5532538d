package verbatims

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"diapason/surveys"
)

// montceau is a territory whose communes look like names of people.
var montceau = surveys.Territory{
	Name: "Creusot Montceau",
	Communes: []surveys.Commune{
		{Name: "Le Creusot"}, {Name: "Montceau-les-Mines"}, {Name: "Saint-Vallier"}, {Name: "Blanzy"}, {Name: "Torcy"}, {Name: "Montchanin"},
		{Name: "Saint-Sernin-du-Bois"}, {Name: "Perrecy-les-Forges"}, {Name: "Essertenne"}, {Name: "Les Bizots"},
	},
	Sectors: []surveys.Sector{{Name: "Bassin minier"}},
}

func TestWhatTellsSomebodyIsMasked(t *testing.T) {
	known := NamesOf(montceau)
	for _, c := range []struct{ written, read string }{
		// phones
		{"Appelez-moi au 06 12 34 56 78.", "Appelez-moi au [téléphone]."},
		{"tel 0612345678", "tel [téléphone]"},
		{"+33 6.12.34.56.78 ou 0033 612345678", "[téléphone] ou [téléphone]"},
		{"06-12-34-56-78, 03/85/12/34/56", "[téléphone], [téléphone]"},
		{"+33 (0)3 85 12 34 56", "[téléphone]"},
		// addresses
		{"marie.dupont@exemple.fr svp", "[adresse électronique] svp"},
		{"ecrire a jean (at) exemple.fr", "ecrire a [adresse électronique]"},
		{"mon compte @sophie71", "mon compte [adresse électronique]"},
		{"voir https://exemple.fr/a?b=1 et www.exemple.com.", "voir [lien] et [lien]"},
		{"facebook.com/jean.petit", "[lien]"},
		// numbers
		{"mon numéro 2 55 08 71 123 456 78", "mon numéro [nombre]"},
		{"1 85 05 2A 123 456 78 est mon numéro", "[nombre] est mon numéro"},
		{"carte 4970 1012 3456 7890", "carte [nombre]"},
		{"J’habite 12 bis rue Jean Jaurès, 71200 Le Creusot", "J’habite [nombre] rue [nom], [nombre] Le Creusot"},
		{"au 3, avenue de la République", "au [nombre], avenue de la République"},
		// dates
		{"née le 12/03/1956", "née le [date]"},
		{"opéré le 3 février 2024 puis le 5 mars", "opéré le [date] puis le [date]"},
		{"né en 1956", "né en [date]"},
		{"le 1er janvier", "le [date]"},
		// names after a title
		{"M. Dupont est formidable", "M. [nom] est formidable"},
		{"Mme X m’a aidée", "Mme [nom] m’a aidée"},
		{"le docteur Jean Petit part en retraite", "le docteur [nom] part en retraite"},
		{"Dr Martin et Dr. De La Tour", "Dr [nom] et Dr. [nom]"},
		{"mme durand du ccas", "mme [nom] du ccas"},
		{"Monsieur El Amrani", "Monsieur [nom]"},
		{"MME DUPONT EST TRES GENTILLE AVEC TOUS", "MME [nom] EST TRES GENTILLE AVEC TOUS"},
		{"le kiné Durand ne prend plus, chez Bonnet non plus", "le kiné [nom] ne prend plus, chez [nom] non plus"},
		// first names
		{"Ma voisine Sophie est seule", "Ma voisine [nom] est seule"},
		{"merci a sophie et jean-pierre", "merci a [nom] et [nom]"},
		{"Jean Dupont est le meilleur", "[nom] est le meilleur"},
		{"DUPONT Jean habite ici", "[nom] habite ici"},
		{"Je parle de Claire, pas de la lune claire", "Je parle de [nom], pas de la lune claire"},
		{"Fatima Ben Salah m’aide", "[nom] m’aide"},
		// pairs and initials
		{"L’infirmière est Zélie Grandcourt ici", "L’infirmière est [nom] ici"},
		{"avec J. Bonnefoy", "avec [nom]"},
	} {
		if got, _ := Mask(c.written, known); got != c.read {
			t.Errorf("%q\n is read %q\n    want %q", c.written, got, c.read)
		}
	}
}

func TestWhatTellsNobodyStays(t *testing.T) {
	known := NamesOf(montceau, "Vallée Bleue")
	for _, text := range []string{
		"Plus de médecins au Creusot et à Montceau-les-Mines, à Montceau aussi.",
		"Ouvrir un CMP à Saint-Vallier, Saint-Sernin-du-Bois et Perrecy-les-Forges",
		"Le CCAS, la PMI et la Mission Locale de Blanzy",
		"La Maison de Santé de Torcy. La Croix-Rouge Française et les Restos du Cœur",
		"Un bus de Chalon-sur-Saône à l’Hôtel-Dieu du Creusot",
		"Des bancs rue Jean Jaurès, à l’école Marie Curie et à l’hôpital Saint Jean",
		"Appelez le 15, le 3114 ou le 116 117 : 2 fois sur 3, personne, 24h/24 et 7j/7.",
		"30 000 habitants, 1 500 euros, en 2026, mars 2025, 10,5 % ou 2/3",
		"Trop Attente. Très Peu de Rendez-vous, Alice au pays ?"[:38],
		"Lundi et Mardi en Janvier, Covid et Alzheimer, à la Vallée Bleue",
		"Pierre par pierre. Rose bonbon. Marine marchande. Prix max : 20",
		"Plus De Médecins Et Plus De Dentistes Partout",
		"PLUS DE MEDECINS ET DE DENTISTES AU CREUSOT SVP",
		"Monsieur le Maire, Madame la Directrice, M. le Préfet, à 5 m. de là",
		"je m’appelle, tu m’aides, docteur disponible, dr. et infirmières",
		"Une oreille pour les aidants, [nom] l’a dit, [téléphone] aussi",
		"نحتاج إلى المزيد من الأطباء في المدينة",
		"Більше лікарів у місті",
	} {
		if got, found := Mask(text, known); got != text {
			t.Errorf("%q\n is read %q, for %v", text, got, found)
		}
	}
}

func TestMaskSaysWhatItFoundAndNotTheWords(t *testing.T) {
	_, found := Mask("Dr Martin, 06 12 34 56 78, a@b.fr, le 3 mai 2024", Names{})
	slices.Sort(found)
	if want := []Kind{Mail, Date, Name, Phone}; !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
}

func TestMaskBearsAnything(t *testing.T) {
	known := NamesOf(montceau)
	for _, c := range []struct{ written, read string }{
		{"", ""}, {"   \n", ""}, {"\x00 06\x0012345678", "[téléphone]"}, {"a\xffb", "ab"},
		{"06\u200b12\u00ad345678", "[téléphone]"}, {"un\r\ndeux\rtrois", "un\ndeux\ntrois"}, {"[nom]", "[nom]"},
	} {
		if got, _ := Mask(c.written, known); got != c.read {
			t.Errorf("%q is read %q, want %q", c.written, got, c.read)
		}
	}
	for _, long := range []string{strings.Repeat("a", 10_000), strings.Repeat("Jean ", 2000), strings.Repeat("06", 5000), strings.Repeat("M. Aa. ", 1500), strings.Repeat("[nom", 2500), strings.Repeat("@a ", 3300)} {
		began := time.Now()
		checkMasked(t, long, known)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%d characters beginning with %.20q took %v", len(long), long, took)
		}
	}
}

var (
	aPhone = regexp.MustCompile(`(?:^|[^0-9])(?:0[1-9]|\+33 ?[1-9])(?:[ .-]?[0-9]{2}){4}(?:[^0-9]|$)`)
	aMail  = regexp.MustCompile(`[A-Za-z0-9._-]+@[A-Za-z0-9-]+\.[a-z]{2,}`)
)

// checkMasked holds one text to what Mask promises.
func checkMasked(t *testing.T, text string, known Names) {
	t.Helper()
	masked, found := Mask(text, known)
	again, more := Mask(masked, known)
	switch {
	case again != masked || len(more) > 0:
		t.Errorf("%.200q\nis read   %.200q\nand again %.200q", text, masked, again)
	case !utf8.ValidString(masked) || strings.ContainsRune(masked, 0):
		t.Errorf("%q is read %q: not a text", text, masked)
	case utf8.RuneCountInString(masked) > 12*utf8.RuneCountInString(text):
		t.Errorf("%.100q became %.100q: too long", text, masked)
	case aPhone.MatchString(masked) || aMail.MatchString(masked):
		t.Errorf("%q is read %q: something is left", text, masked)
	case len(found) > utf8.RuneCountInString(text):
		t.Errorf("%q: %d things found", text, len(found))
	}
}

func FuzzMask(f *testing.F) {
	known := NamesOf(montceau)
	for _, s := range []string{
		"Dr. J. Dupont-Martin, 06 12 34 56 78 (jean@exemple.fr)", "12 rue Marie Curie 71200 Le Creusot", "[nom] [nombre] rue Dupont",
		"M.M.M. Mme", "né en mars 1956 le 1/2", "نحتاج 0612345678", "DUPONT Jean de La Tour d’Auvergne", "1 rue A", "a@b", "\x00\xff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkMasked(t, text, known) })
}

func BenchmarkMask(b *testing.B) {
	known := NamesOf(montceau)
	text := "S’il fallait faire une chose : plus de médecins au Creusot, et que le Dr Martin (06 12 34 56 78) soit remplacé à Montceau-les-Mines."
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Mask(text, known)
	}
}

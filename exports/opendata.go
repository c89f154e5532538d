package exports

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"diapason/surveys/report"

	"github.com/klauspost/compress/zip"
)

// ErrNotPublic refuses to publish a report that is not the restitution.
var ErrNotPublic = errors.New("seule la vue « restitution » peut être publiée")

// licence is that of French public data, in the words Etalab asks for
// (https://www.etalab.gouv.fr/licence-ouverte-open-licence/).
const licence = "Licence Ouverte / Open Licence, version 2.0 (Etalab)"

// OpenData writes the zip of the tables of a restitution: one CSV a table, and
// what they are. It holds nothing that the restitution does not show; any other
// report is [ErrNotPublic]. After an error the zip has no end.
func OpenData(w io.Writer, r *report.Report, decimal Decimal) error {
	if r.View != report.Restitution {
		return ErrNotPublic
	}
	archive := zip.NewWriter(w)
	create := func(name string) (io.Writer, error) {
		return archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: r.Made.UTC().Truncate(time.Second)})
	}
	var list strings.Builder
	taken := map[string]bool{}
	for i := range r.Chapters {
		chapter := &r.Chapters[i]
		for j := range chapter.Tables {
			t := &chapter.Tables[j]
			name := "tableaux/" + fileName(taken, chapter.ID+"-"+t.ID) + ".csv"
			entry, err := create(name)
			if err != nil {
				return err
			}
			c := newCSV(entry, decimal, tidyTitles...)
			c.tidy(chapter, t)
			if err := c.flush(); err != nil {
				return err
			}
			fmt.Fprintf(&list, "%s\n    %s – %s\n", name, plainLine(chapter.Title), plainLine(t.Title))
			for _, about := range []string{t.Note, sourceLine(t)} {
				if about != "" {
					fmt.Fprintf(&list, "    %s\n", plainLine(about))
				}
			}
		}
	}
	entry, err := create("LISEZMOI.txt")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(entry, byteOrderMark+strings.ReplaceAll(openReadme(r, decimal, list.String()), "\n", "\r\n")); err != nil {
		return err
	}
	return archive.Close()
}

func sourceLine(t *report.Table) string {
	if t.Source == "" {
		return ""
	}
	return "Source : " + t.Source
}

// fileName is a name that every system takes, once.
func fileName(taken map[string]bool, wish string) string {
	base := strings.Trim(strings.ReplaceAll(identifier(strings.ReplaceAll(wish, "-", "__")), "__", "-"), "-_")
	base = strings.ToLower(base[:min(len(base), 100)])
	if base == "" {
		base = "tableau"
	}
	name := base
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	taken[name] = true
	return name
}

// openReadme says what the files are, where they come from and under which
// licence.
func openReadme(r *report.Report, decimal Decimal, list string) string {
	var s strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&s, format+"\n", args...) }
	line("DONNÉES PUBLIQUES\n")
	line("%s", plainLine(r.Title))
	line("Territoire : %s. Édition : %s.", plainLine(r.Territory), plainLine(r.Edition))
	if when := period(r.Opens, r.Closes); when != "" {
		line("Collecte : %s.", when)
	}
	if r.Release > 0 {
		line("Publication n° %d : chiffres arrêtés le %s.", r.Release, frenchDate(r.Until))
	} else {
		line("Chiffres établis le %s.", frenchDate(r.Made))
	}
	if r.Demo {
		line("\n%s : les réponses sont inventées.", strings.ToUpper(report.DemoNotice))
	}
	owner := plainLine(r.Controller)
	if owner == "" {
		owner = plainLine(r.Territory)
	}
	line("\nLICENCE ET SOURCE\n")
	line("Ces données sont mises à disposition sous %s :", licence)
	line("https://www.etalab.gouv.fr/licence-ouverte-open-licence/")
	line("Vous pouvez les réutiliser librement, à condition d’en dire la source et la date :")
	line("« Source : %s, %s, édition %s, chiffres du %s. »", owner, plainLine(r.Title), plainLine(r.Edition), frenchDate(r.Made))
	line("Les données de cadrage (population, indicateurs) gardent la source et la licence de leur producteur, dites sous chaque tableau.")
	line("\nCE QUE DISENT LES CHIFFRES\n")
	line("Les réponses viennent de volontaires : elles éclairent, elles ne mesurent pas toute la population.")
	line("Ce sont les nombres de la vue de restitution : les effectifs sont arrondis à 5 près, ceux de 1 à 10 personnes et ce qui permettrait de les retrouver sont masqués.")
	line("\nLIRE LES FICHIERS\n")
	mark := "la virgule"
	if decimal == Point {
		mark = "le point"
	}
	line("CSV, UTF-8 avec marque d’ordre (BOM), point-virgule entre les colonnes, %s pour les décimales. Une valeur par ligne :", mark)
	for _, column := range []string{
		"chapitre, tableau, titre : d’où vient la valeur",
		"ligne, libelle : la modalité, par son code et en mots",
		"role : vide pour une réponse ordinaire, « hors base » ou « total »",
		"colonne, mesure, public : ce qui est mesuré, et auprès de qui",
		"valeur : le nombre ; texte : le mot, quand ce n’est pas un nombre",
		"etat : montré, masqué, base trop faible, moins de 5 %, plus de 95 %",
		"prudence : « oui » quand la base est de 30 à 49 personnes",
		"base : le nombre de personnes dont la valeur est une part",
		"unite : effectif, part (0 à 1), rang…",
	} {
		line("  %s", column)
	}
	line("Un texte qui commence par = + - @ est précédé d’une apostrophe, pour qu’un tableur ne le prenne jamais pour une formule.")
	line("\nLES TABLEAUX\n")
	s.WriteString(list)
	return s.String()
}

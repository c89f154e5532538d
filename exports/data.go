package exports

import (
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"

	"github.com/klauspost/compress/zip"
)

// Data are the raw answers of a diagnostic, ready to be written for those who
// compute: restricted, like the working view.
type Data struct {
	diagnostic surveys.Diagnostic
	sets       []*Dataset
	responses  func(context.Context) iter.Seq2[surveys.Response, error]
	now        time.Time
}

// ReadData describes the answers of a diagnostic, weighted as its report is; none
// is read yet. Who may have them is for the caller to ask, and to record.
func ReadData(ctx context.Context, source report.Source, d surveys.Diagnostic, now time.Time) (*Data, error) {
	all, err := versions(ctx, source.Forms, d.ID)
	if err != nil {
		return nil, fmt.Errorf("data of %s: %w", d.ID, err)
	}
	r, err := source.Report(ctx, d, report.Work, now)
	if err != nil {
		return nil, fmt.Errorf("data of %s: %w", d.ID, err)
	}
	data := newData(d, all, now, func(ctx context.Context) iter.Seq2[surveys.Response, error] {
		return responses(ctx, source.Forms.Store, d.ID)
	})
	for _, set := range data.sets {
		if w, weighted := r.Weigher(set.Survey.ID); weighted {
			set.weigh(w)
		}
	}
	return data, nil
}

// weighted reports whether the answers of some survey say what they count for.
func (d *Data) weighted() bool {
	return slices.ContainsFunc(d.sets, func(s *Dataset) bool { return s.weighted })
}

// newData describes answers to the versions of several surveys, those of one
// together.
func newData(d surveys.Diagnostic, all []Form, now time.Time, responses func(context.Context) iter.Seq2[surveys.Response, error]) *Data {
	data := &Data{diagnostic: d, responses: responses, now: now}
	for i := 0; i < len(all); {
		end := i
		for end < len(all) && all[end].Survey.ID == all[i].Survey.ID {
			end++
		}
		data.sets = append(data.sets, NewDataset(all[i].Survey, all[i:end], d.Territory))
		i = end
	}
	return data
}

// ReadDataset describes the answers of one survey of a diagnostic.
func ReadDataset(ctx context.Context, forms *surveys.Forms, d surveys.Diagnostic, survey surveys.Survey) (*Dataset, error) {
	var all []Form
	for number := 1; number <= survey.Current; number++ {
		form, err := forms.Form(ctx, survey.ID, number)
		if err != nil {
			return nil, fmt.Errorf("answers of %s: %w", survey.ID, err)
		}
		all = append(all, Form{Survey: survey, Version: number, Form: form})
	}
	return NewDataset(survey, all, d.Territory), nil
}

// weighting says in a line whether and how the answers are weighted.
func (d *Data) weighting() string {
	if d.weighted() {
		return "Variable « poids » : calage sur marges des habitants, ou post-stratification des professionnels ; 1 en moyenne."
	}
	return "Aucun poids : les réponses ne sont pas redressées."
}

// name is that of a survey's files and objects: its audience, with the survey
// where an audience has several.
func (d *Data) name(s *Dataset) string {
	same := func(o *Dataset) bool { return o != s && o.Survey.Audience == s.Survey.Audience }
	if slices.ContainsFunc(d.sets, same) {
		return identifier(string(s.Survey.Audience) + "_" + s.Survey.ID)
	}
	return identifier(string(s.Survey.Audience))
}

// file is the name of a survey's file of answers.
func (d *Data) file(s *Dataset) string { return "reponses-" + d.name(s) + ".csv" }

// Write writes the zip to w, as it goes: the answers first, one pass over the
// store for each survey, then what says what they mean. Memory does not grow
// with the number of answers. After an error the zip has no end: no program
// takes it for a whole one. Data is written once.
func (d *Data) Write(ctx context.Context, w io.Writer, decimal Decimal) error {
	archive := zip.NewWriter(w)
	for _, s := range d.sets {
		if err := d.answers(ctx, archive, s, decimal); err != nil {
			return fmt.Errorf("data of %s: %w", d.diagnostic.ID, err)
		}
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"codebook.csv", func(w io.Writer) error { return d.codebook(w, decimal) }},
		{"modalites.csv", func(w io.Writer) error { return d.choices(w, decimal) }},
		{"diapason.sps", func(w io.Writer) error { return d.spss(w, decimal) }},
		{"diapason.R", d.r},
		{"ddi.xml", d.ddi},
		{"LISEZMOI.txt", func(w io.Writer) error { return d.readme(w, decimal) }},
	} {
		entry, err := d.create(archive, f.name)
		if err == nil {
			err = f.write(entry)
		}
		if err != nil {
			return fmt.Errorf("data of %s: %s: %w", d.diagnostic.ID, f.name, err)
		}
	}
	return archive.Close()
}

// create begins a file of the zip.
func (d *Data) create(archive *zip.Writer, name string) (io.Writer, error) {
	return archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.now.UTC().Truncate(time.Second)})
}

// answers writes the file of one survey.
func (d *Data) answers(ctx context.Context, archive *zip.Writer, s *Dataset, decimal Decimal) error {
	entry, err := d.create(archive, d.file(s))
	if err != nil {
		return err
	}
	c := newCSV(entry, decimal, s.titles()...)
	for r, err := range d.responses(ctx) {
		if err != nil {
			return fmt.Errorf("read answers: %w", err)
		}
		// What was published after the columns were laid out came after them.
		if r.Survey != s.Survey.ID || r.Version > s.newest() {
			continue
		}
		if err := s.write(c, &r); err != nil {
			return err
		}
	}
	return c.flush()
}

// readme says in French what the files are and what may be done with them.
func (d *Data) readme(w io.Writer, decimal Decimal) error {
	var s strings.Builder
	line := func(format string, args ...any) {
		fmt.Fprintf(&s, strings.ReplaceAll(format, "\n", "\r\n")+"\r\n", args...)
	}
	s.WriteString(byteOrderMark)
	line("RÉPONSES BRUTES – DIFFUSION RESTREINTE\n")
	line("%s", cleanText(d.diagnostic.Title))
	line("Territoire : %s. Édition : %s. Fichiers établis le %s.", cleanText(d.diagnostic.Territory.Name), cleanText(d.diagnostic.Edition), frenchDate(d.now))
	if d.diagnostic.Demo {
		line("Données de démonstration : les réponses sont inventées.")
	}
	line("\nCes fichiers contiennent les réponses une à une. Ils ne se partagent pas : rangez-les dans un dossier protégé et supprimez-les après usage. Chaque téléchargement est noté au journal. Ils ne disent ni le nom, ni l’adresse, ni la commune, ni le jour de la réponse : seulement le secteur et la semaine. Quelqu’un pourrait pourtant être reconnu à la combinaison de ses réponses.\n")
	line("Ce qui sera publié doit venir de la vue de restitution (« Données publiques », classeur de restitution) : les petits effectifs y sont masqués.\n")
	line("LES FICHIERS\n")
	for _, set := range d.sets {
		line("%-32s %s – réponses : %s, colonnes : %d", d.file(set), plainLine(set.Survey.Audience.Label()), thousands(set.rows), len(set.variables))
	}
	line("codebook.csv                     chaque colonne : question, type, à qui elle est posée, modalités")
	line("modalites.csv                    chaque modalité : code, libellé, hors base ou non")
	line("diapason.sps                     syntaxe SPSS ou PSPP : lit les CSV et pose les libellés")
	line("diapason.R                       script R (sans paquet) : lit les CSV et pose les libellés")
	line("ddi.xml                          description de l’étude, DDI-Codebook 2.5")
	mark := "la virgule"
	if decimal == Point {
		mark = "le point"
	}
	line("\nLIRE LES CSV\n")
	line("UTF-8 avec marque d’ordre (BOM), une réponse par ligne, point-virgule entre les colonnes, %s pour les décimales, guillemets autour des textes.", mark)
	line("Case vide : la question n’a pas été posée, ou la personne n’a pas répondu.")
	line("Choix unique : le code de la modalité. Choix multiple : une colonne par modalité, 1 si elle est citée, 0 sinon. Classement : une colonne par rang.")
	line("Un texte qui commence par = + - @ est précédé d’une apostrophe, pour qu’un tableur ne le prenne jamais pour une formule ; un texte qui commençait déjà par des apostrophes devant un tel signe en a une de plus. Pour retrouver le texte exact, ôtez une apostrophe.")
	line("Dans un texte, « %s » remplace un retour à la ligne.", strings.TrimSpace(lineBreak))
	line("« nsp » (ne sait pas) et « npr » (ne veut pas répondre) sont hors de la base des pourcentages du diagnostic.")
	if d.weighted() {
		line("« poids » dit pour combien compte chaque réponse (1 en moyenne) : pondérez avec elle pour retrouver les parts redressées du rapport.")
	} else {
		line("Les réponses de ce diagnostic ne sont pas redressées : il n’y a pas de colonne de poids.")
	}
	line("Dans Excel : Données, À partir d’un fichier texte/CSV, encodage UTF-8, séparateur point-virgule.")
	line("\nLes réponses viennent de volontaires : elles éclairent, elles ne mesurent pas toute la population.")
	_, err := io.WriteString(w, s.String())
	return err
}

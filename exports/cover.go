package exports

import (
	"fmt"
	"time"

	"diapason/surveys/report"
)

const coverName = "Lisez-moi"

// coverColumns is how many columns the cover's texts run across.
const coverColumns = 5

// cover fills the first sheet, last: it lists the others.
func (b *book) cover() {
	s := &sheet{book: b, name: coverName, widths: []float64{26, 17, 17, 17, 17}, row: 1}
	for i, w := range s.widths {
		c := column(i + 1)
		b.keep(b.file.SetColWidth(s.name, c, c, w))
	}
	s.hideGrid()
	s.front()
	s.counts()
	s.tableOfContents()
	s.absences()
	s.howToRead()
	s.legend()
	s.whoToAsk()
	s.print("portrait", 0)
	b.step(1)
}

func (s *sheet) front() {
	r := s.report
	s.line("Diagnostic partagé de santé", coverColumns, look{size: 11, bold: true, ink: muted})
	s.line(r.Title, coverColumns, look{size: 22, bold: true, ink: colour("")})
	s.line(fmt.Sprintf("%s — édition %s", r.Territory, r.Edition), coverColumns, look{size: 14})
	s.next(6)
	if notice := s.notice(); notice != "" {
		s.line(notice, coverColumns, s.noticeLook())
		s.next(6)
	}
	s.pair("Vue", viewLabel(r.View))
	s.pair("Population du territoire", thousands(r.Population)+" habitants")
	s.pair("Collecte", period(r.Opens, r.Closes))
	s.pair("Classeur établi le", frenchDate(r.Made))
	if r.Release > 0 {
		s.pair("Chiffres arrêtés le", fmt.Sprintf("%s (publication n°\u00a0%d)", frenchDate(r.Until), r.Release))
	}
	s.pair("Responsable", r.Controller)
	s.next(10)
}

// pair writes a name and what it is.
func (s *sheet) pair(name, value string) {
	s.put(1, name, look{ink: muted, grid: true, top: true})
	l := look{grid: true, wrap: true, across: "left", indent: 1}
	s.put(2, value, l)
	s.span(2, coverColumns, l)
	s.next(textPixels(value, s.width(2, coverColumns), sizeText))
}

func (s *sheet) part(title string) {
	s.next(6)
	for c := 1; c <= coverColumns; c++ {
		s.put(c, "", look{under: true})
	}
	s.put(1, title, look{size: sizeSection, bold: true, ink: colour(""), under: true})
	s.next(26)
	s.next(6)
}

func (s *sheet) counts() {
	s.part("Réponses")
	hidden := false
	for _, a := range s.report.Answers {
		s.put(1, a.Label, look{bold: true, ink: colour(a.Audience), grid: true})
		s.count(a.N, a.State, look{bold: true, grid: true})
		hidden = hidden || a.State == report.Hidden
	}
	if !hidden { // a total would not be one
		s.put(1, "Ensemble", look{bold: true, fill: totalFill})
		s.count(s.report.Total(), report.Shown, look{bold: true, fill: totalFill})
	}
	if s.report.View == report.Restitution {
		s.line("Effectifs arrondis à 5 près pour protéger les personnes. Ce sont les personnes qui ont bien voulu répondre : elles ne sont pas un échantillon tiré au sort.",
			coverColumns, look{size: sizeSmall, ink: muted})
	}
}

// count ends a row with a number of answers.
func (s *sheet) count(n int, state report.State, l look) {
	l.across, l.format = "right", "#,##0"
	if state == report.Hidden {
		s.put(2, visible(state), l)
	} else {
		s.put(2, float64(n), l)
	}
	s.next(rowPixels)
}

func (s *sheet) tableOfContents() {
	s.part("Sommaire")
	for _, e := range s.contents {
		s.put(1, e.sheet, look{ink: link, underline: true, grid: true})
		s.hyperlink(1, e.sheet)
		l := look{grid: true, wrap: true, across: "left", indent: 1}
		s.put(2, e.says, l)
		s.span(2, coverColumns, l)
		s.next(textPixels(e.says, s.width(2, coverColumns), sizeText) + 2)
	}
}

// absences names the sheets this workbook does not have yet.
func (s *sheet) absences() {
	if len(s.absent) == 0 {
		return
	}
	s.part("Ce qui n’est pas encore dans ce classeur")
	for _, e := range s.absent {
		s.pair(e.sheet, e.says)
	}
}

func (s *sheet) howToRead() {
	s.part("Comment lire")
	for _, text := range []string{
		"Une part et son intervalle. « 42 % [37 % ; 47 %] » veut dire : 42 % des personnes qui ont donné un avis l’ont dit, et le hasard seul pourrait déplacer ce nombre de 37 % à 47 %. Les répondants sont des volontaires : l’intervalle ne dit rien de plus. Quand deux intervalles se chevauchent largement, ne concluez pas à une différence.",
		"La base est le nombre de personnes à qui la question a été posée et qui ont donné un avis. « Ne sait pas » et « sans réponse » sont comptés et montrés à part, hors de la base.",
		"Le mot « masqué » cache un petit nombre : le montrer pourrait faire reconnaître quelqu’un. D’autres cases sont parfois cachées avec elle, pour qu’on ne puisse pas la retrouver par soustraction. La feuille « Méthode et secret » dit où et pourquoi.",
		"Les nombres sont de vrais nombres : vous pouvez les trier, les reprendre dans vos formules et copier les graphiques dans un diaporama.",
	} {
		s.line(text, coverColumns, look{top: true})
		s.next(4)
	}
}

func (s *sheet) legend() {
	s.part("Légende")
	for _, a := range s.report.Answers {
		s.swatch("", colour(a.Audience), "", a.Label+" : la couleur de ce public dans toutes les feuilles et tous les graphiques.")
	}
	for _, m := range []struct{ mark, fill, ink, says string }{
		{"42 % *", "", ink, "À lire avec prudence : la base compte de 30 à 49 personnes."},
		{"effectif trop faible", "", muted, "Trop peu de personnes pour calculer une part."},
		{"masqué", "", muted, "Valeur cachée pour protéger les personnes."},
		{"< 5 %   > 95 %", "", muted, "Groupe presque unanime : la part exacte n’est pas donnée."},
		{"convergence", agreeFill, agreeInk, "Les publics disent la même chose."},
		{"divergence", differFill, differInk, "Les publics ne sont pas d’accord, et l’écart est réel."},
		{"angle mort", blindFill, blindInk, "Important pour un public, presque absent chez un autre."},
		{"écart modéré", "", ink, "Un écart réel, mais limité."},
		{"écart non significatif", totalFill, muted, "L’écart observé peut être dû au hasard."},
		{"effectifs trop faibles", totalFill, muted, "Trop peu de réponses pour comparer les publics."},
	} {
		s.swatch(m.mark, m.fill, m.ink, m.says)
	}
}

func (s *sheet) swatch(mark, fill, ink, says string) {
	s.put(1, mark, look{fill: fill, ink: ink, across: "center", grid: true, shrink: true})
	l := look{grid: true, wrap: true, across: "left", indent: 1}
	s.put(2, says, l)
	s.span(2, coverColumns, l)
	s.next(textPixels(says, s.width(2, coverColumns), sizeText))
}

func (s *sheet) whoToAsk() {
	if s.report.Contact == "" {
		return
	}
	s.part("Contact")
	s.line(s.report.Contact, coverColumns, look{})
}

var months = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}

// frenchDate is a day as French writes it, "" for no day.
func frenchDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %d", day, months[t.Month()-1], t.Year())
}

func period(from, to time.Time) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return "depuis le " + frenchDate(from)
	case from.IsZero():
		return "jusqu’au " + frenchDate(to)
	}
	return "du " + frenchDate(from) + " au " + frenchDate(to)
}

// thousands is a whole number with a narrow no-break space every three digits.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return s
}

package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"diapason/surveys"
)

// leastVotes is how many secret votes it takes to tell their middle: with fewer
// a voter would be read.
const leastVotes = 5

// priorities scores the subjects the diagnostic may put first, by Hanlon's
// method (J. J. Hanlon, G. E. Pickett, Public Health Administration and
// Practice, 1984): BPR = (A+B)·C/3, and OPR = BPR·D.
func (b *builder) priorities() draft {
	d := draft{Chapter: Chapter{ID: ChapterPriorities, Title: "Les priorités"}}
	if len(b.Dossier.Priorities) == 0 {
		d.Lead = "Aucune priorité n’est encore proposée. Elles se choisissent ensemble, une fois le diagnostic lu."
		return d
	}
	d.sheets = append(d.sheets, b.priorityTable())
	if s := b.reachTable(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	d.Lead = b.prioritiesLead()
	for _, p := range b.Dossier.Priorities {
		if p.Chosen && p.Reason != "" {
			d.Paragraphs = append(d.Paragraphs, "« "+p.Title+" » : "+strings.TrimSuffix(p.Reason, ".")+".")
		}
	}
	d.Paragraphs = append(d.Paragraphs,
		"Comment lire les scores : A, l’ampleur (0 à 10), vient des places que les publics donnent au thème ; B, la gravité (0 à 10), et C, l’efficacité des solutions connues (0,5 à 1,5), sont appréciées par le comité ; D dit si l’action est faisable (PEARL : pertinente, économique, acceptable, avec des moyens, légale). Score de base : (A + B) × C / 3 ; il ne compte que si D est oui. Les scores éclairent le choix ; ils ne le font pas.")
	return d
}

func (b *builder) prioritiesLead() string {
	var chosen []string
	for _, p := range b.Dossier.Priorities {
		if p.Chosen {
			chosen = append(chosen, "« "+p.Title+" »")
		}
	}
	if len(chosen) == 0 {
		return "Aucune priorité n’est encore choisie : les scores sont là pour en discuter."
	}
	return "Retenues par le comité : " + enumerate(chosen) + "."
}

// A scored priority has its ratings.
type scored struct {
	surveys.Priority
	extent         float64
	known          bool // the extent is
	basic, overall float64
}

func (b *builder) scores() []scored {
	var all []scored
	for _, p := range b.Dossier.Priorities {
		s := scored{Priority: p}
		if p.Extent != nil {
			s.extent, s.known = *p.Extent, true
		} else {
			s.extent, s.known = b.extent(p.Theme)
		}
		s.known = s.known && within(s.extent, 0, 10) && within(p.Severity, 0, 10) && within(p.Efficacy, 0.5, 1.5)
		if s.known {
			s.basic = (s.extent + p.Severity) * p.Efficacy / 3
			if p.Feasible {
				s.overall = s.basic
			}
		}
		all = append(all, s)
	}
	slices.SortStableFunc(all, func(x, y scored) int { return compareShares(y.overall, x.overall) })
	return all
}

func within(f, low, high float64) bool { return f >= low && f <= high }

// extent is A for a theme, 0 to 10: the mean over the audiences of its place
// among all themes, 10 for the first and 0 for the last. Places, not scores:
// the scores of small audiences may not be told, and a number made of them
// would tell them.
func (b *builder) extent(theme string) (extent float64, known bool) {
	sum, n := 0.0, 0
	for _, p := range b.placings(theme) {
		if p.of > 1 && p.counts.Question(p.block.question()).Answered.N >= leastStructures {
			sum += 10 * float64(p.of-p.place) / float64(p.of-1)
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	return math.Round(10*sum/float64(n)) / 10, true
}

// reachTable sets how much a subject matters against what can be done about it:
// the ones at the top right come first. It is nil when fewer than two subjects
// have their scores.
func (b *builder) reachTable() *sheet {
	s := &sheet{Table: Table{
		ID: "importance-et-capacite", Title: "Ce qui compte, et ce que l’on peut y faire", Source: b.everySource() + " ; appréciations du comité",
		Note: "Importance : moyenne de l’ampleur (A) et de la gravité (B), de 0 à 10. Capacité d’agir : efficacité des actions connues (C), de 0,5 à 1,5. La taille d’un point suit le score de base.",
		Columns: []Column{
			{Key: labelKey, Title: "Sujet", Kind: Label},
			{Key: "importance", Title: "Importance (A et B)", Kind: Mean},
			{Key: "capacity", Title: "Capacité d’agir (C)", Kind: Mean},
			{Key: "basic", Title: "Score de base", Kind: Mean},
			{Key: "feasible", Title: "Faisable (D)", Kind: Label},
		},
		Chart: Chart{Kind: Bubble, Label: 0, Series: []int{1, 2, 3}},
	}}
	for _, p := range b.scores() {
		if p.known {
			s.add(p.ID, Ordinary, text(p.Title), value((p.extent+p.Severity)/2), value(p.Efficacy), value(p.basic), text(yes(p.Feasible)))
		}
	}
	if len(s.Rows) < 2 {
		return nil
	}
	return s
}

func (b *builder) priorityTable() *sheet {
	s := &sheet{Table: Table{
		ID: "priorites", Title: "Les sujets et leurs scores", Source: b.everySource() + " ; appréciations du comité",
		Note: fmt.Sprintf("Votes : le milieu (médiane) et l’écart entre le quart le plus bas et le quart le plus haut, à partir de %d votes.", leastVotes),
		Columns: []Column{
			{Key: labelKey, Title: "Sujet", Kind: Label},
			{Key: "theme", Title: "Thème", Kind: Label},
			{Key: "extent", Title: "A, ampleur", Kind: Mean},
			{Key: "severity", Title: "B, gravité", Kind: Mean},
			{Key: "efficacy", Title: "C, efficacité", Kind: Mean},
			{Key: "feasible", Title: "D, faisable", Kind: Label},
			{Key: "basic", Title: "Score de base", Kind: Mean, Formula: "({extent}+{severity})*{efficacy}/3"},
			{Key: "overall", Title: "Score retenu", Kind: Mean, Formula: `IF({feasible}="oui",{basic},0)`},
			{Key: "rank", Title: "Rang", Kind: Rank, Formula: "RANK({overall},{overall:})"},
			{Key: "votes", Title: "Votes", Kind: Quantity},
			{Key: "median", Title: "Vote médian", Kind: Mean},
			{Key: "spread", Title: "Écart des votes", Kind: Mean},
			{Key: "chosen", Title: "Retenue", Kind: Label},
			{Key: "source", Title: "Source", Kind: Label},
		},
		Chart: Chart{Kind: Bars, Label: 0, Series: []int{7}},
	}}
	scores := b.scores()
	overall := make([]float64, len(scores))
	for i, p := range scores {
		overall[i] = p.overall
	}
	places := placesOf(overall)
	for i, p := range scores {
		extent, basic, score, rank := Cell{}, Cell{}, Cell{}, Cell{}
		if p.known {
			extent, basic, score, rank = value(p.extent), value(p.basic), value(p.overall), count(places[i])
		}
		votes, median, spread := votesCells(p.Votes)
		s.add(p.ID, Ordinary, text(p.Title), text(b.themeName(p.Theme)), extent, value(p.Severity), value(p.Efficacy), text(yes(p.Feasible)),
			basic, score, rank, votes, median, spread, text(yes(p.Chosen)), said(p.Source))
	}
	return s
}

func yes(b bool) string {
	if b {
		return "oui"
	}
	return "non"
}

// votesCells are how many voted, the median and the distance between the
// quartiles. Few votes are not told: they are secret.
func votesCells(votes []float64) (n, median, spread Cell) {
	if len(votes) == 0 {
		return
	}
	if len(votes) < leastVotes {
		return Cell{State: Hidden}, Cell{State: Hidden}, Cell{State: Hidden}
	}
	sorted := slices.Sorted(slices.Values(votes))
	return value(float64(len(sorted))), value(quantile(sorted, 0.5)), value(quantile(sorted, 0.75) - quantile(sorted, 0.25))
}

// quantile of sorted values, by linear interpolation (definition 7 of R. J.
// Hyndman, Y. Fan, "Sample quantiles in statistical packages", The American
// Statistician 50, 1996).
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// actions link what was found to what is done.
func (b *builder) actions() draft {
	d := draft{Chapter: Chapter{ID: ChapterActions, Title: "Vers le plan d’actions"}}
	if len(b.Dossier.Actions) == 0 {
		d.Lead = "Aucune fiche-action n’est encore écrite."
		return d
	}
	d.Lead = fmt.Sprintf("%s fiches-actions, chacune avec le constat d’où elle part, qui la porte et ce qui dira qu’elle a réussi.", whole(len(b.Dossier.Actions)))
	d.sheets = []*sheet{b.actionCounts(), b.actionTable()}
	return d
}

func (b *builder) actionCounts() *sheet {
	s := &sheet{Table: Table{
		ID: "par-orientation", Title: "Les fiches-actions par orientation", Source: "Équipe du diagnostic",
		Columns: []Column{{Key: labelKey, Title: "Orientation", Kind: Label}, {Key: "actions", Title: "Fiches", Kind: Quantity}},
		Chart:   Chart{Kind: Bars, Label: 0, Series: []int{1}},
	}}
	counts := map[string]int{}
	for _, a := range b.Dossier.Actions {
		counts[a.Axis]++
	}
	for _, axis := range b.Diagnostic.Frame.Axes {
		s.add(axis.Code, Ordinary, text(axis.Code+" – "+axis.Name), value(float64(counts[axis.Code])))
		delete(counts, axis.Code)
	}
	others := 0
	for _, n := range counts {
		others += n
	}
	if others > 0 {
		s.add("autres", Ordinary, text("Sans orientation"), value(float64(others)))
	}
	return s
}

func (b *builder) actionTable() *sheet {
	s := &sheet{Table: Table{
		ID: "actions", Title: "Du constat à la fiche-action", Source: "Équipe du diagnostic",
		Columns: labels(labelKey, "Fiche", "axis", "Orientation", "theme", "Thème", "finding", "Constat", "objective", "Objectif", "public", "Public",
			"pilot", "Pilote", "partners", "Partenaires", "calendar", "Calendrier", "budget", "Budget", "indicator", "Indicateur", "target", "Cible", "state", "État"),
	}}
	for _, a := range b.Dossier.Actions {
		theme := ""
		if a.Theme != "" {
			theme = b.themeName(a.Theme)
		}
		s.add(a.ID, Ordinary, text(a.Title), text(b.axisName(a.Axis)), said(theme), said(b.findingText(a.Finding)), said(a.Objective), said(a.Public),
			said(a.Pilot), said(a.Partners), said(a.Calendar), said(joined(a.Budget, a.Funders)), said(a.Indicator), said(a.Target), said(string(a.State)))
	}
	return s
}

func (b *builder) axisName(code string) string {
	for _, a := range b.Diagnostic.Frame.Axes {
		if a.Code == code {
			return a.Code + " – " + a.Name
		}
	}
	return code
}

func (b *builder) findingText(id string) string {
	for _, f := range b.Dossier.Findings {
		if f.ID == id {
			return f.Text
		}
	}
	return ""
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

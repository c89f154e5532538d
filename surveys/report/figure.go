package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"diapason/surveys"
)

// territory is the ground of the diagnostic: its people, and the published
// figures that stand beside what people say.
func (b *builder) territory() draft {
	d := draft{Chapter: Chapter{ID: ChapterTerritory, Title: "Le territoire et ses données de cadrage"}}
	t := b.Diagnostic.Territory
	d.Lead = fmt.Sprintf("%s : %s communes, %s habitants.", t.Name, whole(len(t.Communes)), whole(t.Population()))
	if len(t.Sectors) > 0 {
		d.sheets = append(d.sheets, b.populationTable())
	}
	switch faults := b.censusFaults(); {
	case len(b.Dossier.Census.Counts) == 0:
		d.Paragraphs = append(d.Paragraphs, "Aucun recensement n’est renseigné : la population par âge et par sexe n’est pas montrée, et les réponses ne sont pas redressées.")
	case faults != nil:
		d.Paragraphs = append(d.Paragraphs, "Le recensement est à compléter ou à corriger : la population par âge et par sexe n’est pas montrée. "+strings.Join(faults, " "))
	default:
		d.sheets = append(d.sheets, b.pyramid())
	}
	if s := b.figureTable(b.Dossier.Figures); s != nil {
		d.sheets = append(d.sheets, s)
	} else {
		d.Paragraphs = append(d.Paragraphs, "Aucune donnée de cadrage n’est encore renseignée.")
	}
	if s := b.allResources(); s != nil {
		d.sheets = append(d.sheets, s)
	}
	return d
}

func (b *builder) populationTable() *sheet {
	s := &sheet{Table: Table{
		ID: "population", Title: "La population par secteur", Source: b.populationSource(),
		Note: "Les réponses sont recueillies par commune et montrées par secteur.",
		Columns: []Column{
			{Key: labelKey, Title: "Secteur", Kind: Label},
			{Key: "communes", Title: "Communes", Kind: Label},
			{Key: populationKey, Title: "Population", Kind: Count},
			{Key: populationShareKey, Title: "Part du territoire", Kind: Share},
		},
		Chart: Chart{Kind: Bars, Label: 0, Series: []int{2}},
	}}
	total := b.Diagnostic.Territory.Population()
	for i, sector := range b.Diagnostic.Territory.Sectors {
		share := Cell{}
		if total > 0 {
			share = value(float64(b.populations[i]) / float64(total))
		}
		s.add(sector.ID, Ordinary, text(sector.Name), text(strconv.Itoa(len(sector.Communes))), count(b.populations[i]), share)
	}
	return s
}

// pyramid is the census by age and sex.
func (b *builder) pyramid() *sheet {
	s := &sheet{Table: Table{
		ID: "pyramide", Title: "La population par âge et par sexe", Source: b.censusSource(),
		Columns: []Column{
			{Key: labelKey, Title: "Âge", Kind: Label},
			{Key: "femmes." + populationKey, Title: "Femmes", Kind: Quantity},
			{Key: "hommes." + populationKey, Title: "Hommes", Kind: Quantity},
			{Key: populationShareKey, Title: "Part de la population", Kind: Share},
		},
		Chart: Chart{Kind: Clustered, Label: 0, Series: []int{1, 2}},
	}}
	if b.Dossier.Census.Demo {
		s.Note = DemoFigure
	}
	all := b.census(func(c surveys.CensusCount) float64 { return sumOfBands(c.Women) + sumOfBands(c.Men) })
	for band := range surveys.CensusBands {
		label := "Moins de 15 ans"
		if band > 0 {
			label = bandLabels[band-1]
		}
		f := b.census(func(c surveys.CensusCount) float64 { return c.Women[band] })
		m := b.census(func(c surveys.CensusCount) float64 { return c.Men[band] })
		s.add(label, Ordinary, text(label), value(math.Round(f)), value(math.Round(m)), value((f+m)/max(all, 1)))
	}
	return s
}

func sumOfBands(bands [surveys.CensusBands]float64) float64 { return bands[0] + from15(bands) }

// DemoFigure is what stands under figures that were invented.
const DemoFigure = "Chiffres de démonstration : ils sont inventés."

// figureTable sets figures beside the grounds they are compared with; nil when
// there is none. What its producer hid stays hidden.
func (b *builder) figureTable(figures []surveys.Figure) *sheet {
	if len(figures) == 0 {
		return nil
	}
	s := &sheet{Table: Table{
		ID: "donnees", Title: "Ce que disent les données", Source: "Producteurs nommés sur chaque ligne",
		Note: "Indice : 100 fois le territoire sur la France ; au-dessus de 100, le territoire dépasse la moyenne nationale.",
		Columns: []Column{
			{Key: labelKey, Title: "Indicateur", Kind: Label},
			{Key: "unit", Title: "Unité", Kind: Label},
			{Key: string(surveys.OfTerritory), Title: "Territoire", Kind: Quantity},
			{Key: string(surveys.OfDepartment), Title: "Département", Kind: Quantity},
			{Key: string(surveys.OfRegion), Title: "Région", Kind: Quantity},
			{Key: string(surveys.OfFrance), Title: "France", Kind: Quantity},
			{Key: "index", Title: "Indice", Kind: Quantity, Formula: fmt.Sprintf("ROUND(100*{%s}/{%s},0)", surveys.OfTerritory, surveys.OfFrance)},
			{Key: "year", Title: "Année", Kind: Label},
			{Key: "source", Title: "Source", Kind: Label},
		},
	}}
	demo := false
	for _, f := range figures {
		name, source := f.Label, f.Source
		if f.Demo {
			demo, name = true, name+" (démonstration)"
		}
		cells := []Cell{text(name), said(f.Unit)}
		for _, where := range []surveys.Geography{surveys.OfTerritory, surveys.OfDepartment, surveys.OfRegion, surveys.OfFrance} {
			cells = append(cells, figureCell(f, where))
		}
		s.add(f.ID, Ordinary, append(cells, indexCell(f), said(yearText(f.Year)), said(source))...)
	}
	if demo {
		s.Note += " " + DemoFigure
	}
	return s
}

func figureCell(f surveys.Figure, where surveys.Geography) Cell {
	for _, v := range f.Values {
		switch {
		case v.Where != where:
		case v.Secret:
			return Cell{State: Hidden}
		case math.IsNaN(v.Value) || math.IsInf(v.Value, 0):
			return Cell{}
		default:
			return value(v.Value)
		}
	}
	return Cell{}
}

// indexCell is 100 times the territory over France, empty where either is not
// known.
func indexCell(f surveys.Figure) Cell {
	here, known := f.Value(surveys.OfTerritory)
	france, also := f.Value(surveys.OfFrance)
	if !known || !also || !(france > 0) || !(here >= 0) {
		return Cell{}
	}
	return value(math.Round(100 * here / france))
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// figuresOf are the figures of a theme.
func (b *builder) figuresOf(theme string) []surveys.Figure {
	var all []surveys.Figure
	for _, f := range b.Dossier.Figures {
		if f.Theme == theme {
			all = append(all, f)
		}
	}
	return all
}

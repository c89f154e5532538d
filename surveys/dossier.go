package surveys

import "time"

// A Dossier is what stands beside the answers of a diagnostic: the census that
// weights are made from, the published figures, and what the team concludes and
// chooses.
type Dossier struct {
	Diagnostic string        `bson:"_id"`
	Phases     []Phase       `bson:"phases,omitempty"`
	Census     Census        `bson:"census"`
	Members    *Members      `bson:"members,omitempty"`
	Figures    []Figure      `bson:"figures,omitempty"`
	Resources  []Resource    `bson:"resources,omitempty"`
	Findings   []Finding     `bson:"findings,omitempty"`
	Priorities []Priority    `bson:"priorities,omitempty"`
	Actions    []ActionSheet `bson:"actions,omitempty"`
	// Codes are the subjects the team tells apart in what people wrote.
	Codes []TextCode `bson:"codes,omitempty"`
	// Groupings are the groupings in sectors that were in force, oldest first.
	Groupings []Grouping `bson:"groupings,omitempty"`
	Revision  int64      `bson:"revision"` // kept by the store
	Updated   time.Time  `bson:"updated"`
}

// A Phase is a stretch of the work that leads to a contract and carries it out:
// governance, diagnostic, priorities, writing, action, evaluation.
type Phase struct {
	Name   string `bson:"name"`
	From   Day    `bson:"from,omitempty"`
	To     Day    `bson:"to,omitempty"`
	Owner  string `bson:"owner,omitempty"`
	Output string `bson:"output,omitempty"` // livrable
}

// A Census is the inhabitants of the communes of a territory by sex and age:
// the margins (marges de calage) of the residents' survey.
type Census struct {
	Source string `bson:"source,omitempty"`
	Year   int    `bson:"year,omitempty"`
	// Demo marks counts that were invented for a demonstration.
	Demo   bool          `bson:"demo,omitempty"`
	Counts []CensusCount `bson:"counts,omitempty"`
}

// CensusBands is how many age bands the census counts: under 15, 15–29, 30–44,
// 45–59, 60–74, 75 or more (INSEE, Évolution et structure de la population).
const CensusBands = 6

// A CensusCount is the inhabitants of one commune in each age band. INSEE's
// counts are estimates and have decimals.
type CensusCount struct {
	Commune string               `bson:"commune"` // INSEE code
	Men     [CensusBands]float64 `bson:"men"`
	Women   [CensusBands]float64 `bson:"women"`
}

// Members are how many professionals there are, where it is known: of each group
// of answers to one question of their survey, their profession say.
type Members struct {
	Question string        `bson:"question"` // name
	Source   string        `bson:"source,omitempty"`
	Year     int           `bson:"year,omitempty"`
	Demo     bool          `bson:"demo,omitempty"`
	Groups   []MemberGroup `bson:"groups"`
}

// A MemberGroup is the members who would give one of some answers. N is 0 where
// nobody knows it.
type MemberGroup struct {
	Name  string   `bson:"name"`
	Codes []string `bson:"codes"`
	N     int      `bson:"n"`
}

// A Figure is a published statistic (donnée de cadrage), as its producer gives
// it.
type Figure struct {
	ID     string `bson:"id"`
	Theme  string `bson:"theme"` // T01 … T13, "" for the territory as a whole
	Label  string `bson:"label"`
	Unit   string `bson:"unit"` // "%", "pour 100 000 habitants", "habitants"…
	Year   int    `bson:"year"`
	Source string `bson:"source"`
	// Demo marks a figure that was invented for a demonstration.
	Demo   bool          `bson:"demo,omitempty"`
	Values []FigureValue `bson:"values"`
}

// A FigureValue is a figure somewhere. Secret values were hidden by their
// producer and stay so: nothing computes them again.
type FigureValue struct {
	Where  Geography `bson:"where"`
	Value  float64   `bson:"value"`
	Secret bool      `bson:"secret,omitempty"`
}

// Geography is what a figure is about: the territory, one of the grounds it is
// compared with, or the ID of a sector.
type Geography string

// The grounds every figure may be compared on.
const (
	OfTerritory  Geography = "territoire"
	OfDepartment Geography = "departement"
	OfRegion     Geography = "region"
	OfFrance     Geography = "france"
)

// Value returns the figure somewhere; false when it is not known or secret.
func (f Figure) Value(where Geography) (float64, bool) {
	for _, v := range f.Values {
		if v.Where == where {
			return v.Value, !v.Secret
		}
	}
	return 0, false
}

// A Resource is something the participants say exists on the territory.
type Resource struct {
	ID       string   `bson:"id"`
	Name     string   `bson:"name"`
	Kind     string   `bson:"kind"`
	Themes   []string `bson:"themes,omitempty"`
	Communes []string `bson:"communes,omitempty"` // INSEE codes; none is everywhere
	Hours    string   `bson:"hours,omitempty"`
	Contact  string   `bson:"contact,omitempty"` // of the structure, never of a person
	Source   string   `bson:"source,omitempty"`
}

// A Finding (constat) is what the coordinator concludes, with the cells of the
// report that justify it.
type Finding struct {
	ID    string      `bson:"id"`
	Theme string      `bson:"theme"`
	Kind  FindingKind `bson:"kind"`
	Text  string      `bson:"text"`
	Cells []CellRef   `bson:"cells,omitempty"`
	// Figures are the IDs of the figures that justify it.
	Figures []string `bson:"figures,omitempty"`
	Source  string   `bson:"source,omitempty"`
}

// FindingKind says what a finding is in the frame of a theme.
type FindingKind string

// The kinds of finding.
const (
	Strength FindingKind = "atout"
	Obstacle FindingKind = "frein"
	Need     FindingKind = "besoin"
	Proposal FindingKind = "proposition"
	Stake    FindingKind = "enjeu" // of the contract this diagnostic prepares or renews
)

// A CellRef names a cell of the report.
type CellRef struct {
	Chapter string `bson:"chapter"`
	Table   string `bson:"table"`
	Row     string `bson:"row"`
	Column  string `bson:"column"`
}

// A Priority is a subject the diagnostic may put first, scored by Hanlon's
// method with the PEARL test (J. J. Hanlon, G. E. Pickett, Public Health
// Administration and Practice, 1984): the basic rating is (A+B)·C/3, and counts
// only when D is yes.
type Priority struct {
	ID    string `bson:"id"`
	Theme string `bson:"theme"`
	Title string `bson:"title"`
	// Extent is A, 0 to 10; nil takes it from the answers.
	Extent   *float64 `bson:"extent,omitempty"`
	Severity float64  `bson:"severity"` // B, 0 to 10
	Efficacy float64  `bson:"efficacy"` // C, 0.5 to 1.5
	// Feasible is D: propriety, economics, acceptability, resources, legality.
	Feasible bool `bson:"feasible"`
	// Votes are the secret votes of the committee, 0 to 10.
	Votes []float64 `bson:"votes,omitempty"`
	// Chosen priorities are those the committee keeps, with its reason when the
	// scores said otherwise.
	Chosen bool   `bson:"chosen,omitempty"`
	Reason string `bson:"reason,omitempty"`
	Source string `bson:"source,omitempty"`
}

// An ActionSheet (fiche-action) is what is done about a finding.
type ActionSheet struct {
	ID        string      `bson:"id"`
	Axis      string      `bson:"axis"` // code of an axis of the frame
	Theme     string      `bson:"theme,omitempty"`
	Title     string      `bson:"title"`
	Finding   string      `bson:"finding,omitempty"` // ID
	Objective string      `bson:"objective,omitempty"`
	Public    string      `bson:"public,omitempty"`
	Pilot     string      `bson:"pilot,omitempty"`
	Partners  string      `bson:"partners,omitempty"`
	Calendar  string      `bson:"calendar,omitempty"`
	Budget    string      `bson:"budget,omitempty"`
	Funders   string      `bson:"funders,omitempty"`
	Indicator string      `bson:"indicator,omitempty"`
	Target    string      `bson:"target,omitempty"`
	State     ActionState `bson:"state,omitempty"`
}

// ActionState is how far an action is.
type ActionState string

// The states of an action.
const (
	Planned ActionState = "prévue"
	Started ActionState = "en cours"
	Done    ActionState = "faite"
	Dropped ActionState = "abandonnée"
)

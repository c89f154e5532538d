package pages

import (
	"io"
	"strings"
	"time"

	"diapason/surveys"
)

// TeamGrouping is the page where communes are grouped in sectors.
type TeamGrouping struct {
	TeamFrame
	Action string

	Present GroupingVersion
	Sectors []SectorSize // those in force
	Former  []GroupingVersion
	// Shared says that numbers by these sectors left the team.
	Shared bool

	Proposals []GroupingOffer
	// Placed of the Communes are where PlaceSource says; the others are guessed.
	Placed, Communes int
	PlaceSource      string

	// The form: its sectors by place, and the communes that choose one.
	Slots   []SectorSize
	Groups  []CommuneGroup
	Reason  string
	Seen    int
	Started string // what it was filled from, in words; "" when from what is in force

	// What happened: saved, nothing to save, a sector added, a look, or any of
	// these and so something typed.
	Problems                                  surveys.Problems
	Saved, Unchanged, Added, Previewed, Typed bool
}

// A SectorSize is how large a sector is, and what that allows.
type SectorSize struct {
	Name       string
	Communes   []string
	Population int
	Count      int    // answers, told of sectors in force only
	Answers    string // the same by thresholds
	Enough     bool   // answers enough for a share
	Small      bool   // too few inhabitants to be published
	Outside    bool   // the communes of no sector
}

// A GroupingVersion is a grouping that is or was in force.
type GroupingVersion struct {
	Number  int
	Since   time.Time
	By      string
	Reason  string
	Start   string // its name in an address
	Sectors []SectorSize
}

// Day is since when, "" when it is not known.
func (v GroupingVersion) Day() string { return frenchDay(v.Since) }

// A GroupingOffer is a proposal.
type GroupingOffer struct {
	ID, Title, Why, Note string
	Sectors              []SectorSize
	Smallest             int    // population
	Fewest               string // answers
	Short                int    // sectors without answers enough
}

// A CommuneGroup is the communes of an intercommunalité.
type CommuneGroup struct {
	Name     string
	Communes []GroupedCommune
}

// A GroupedCommune is a commune that chooses its sector by its place, 0 for none.
type GroupedCommune struct {
	Code, Name, Postal string
	Population         int
	Slot               int
}

var teamGrouping = teamPage("team_grouping.html")

// Render writes the page.
func (p TeamGrouping) Render(w io.Writer) error {
	p.Title, p.Started = "Secteurs", printed(p.Started)
	p.dress()
	p.Styles = append(p.Styles, "sectors.css")
	p.Scripts = append(p.Scripts, "sectors.js")
	return draw(w, teamGrouping, struct {
		TeamGrouping
		Floor   int
		Summary []summaryLine
		Faults  map[string]string
	}{p, surveys.SectorFloor, p.summary(), p.faults()})
}

// mostNowhere is how many communes without a sector are named one by one.
const mostNowhere = 8

// summary gathers what is wrong with the way to each place.
func (p TeamGrouping) summary() []summaryLine {
	var lines []summaryLine
	nowhere := 0
	for _, problem := range p.Problems {
		if problem.Code == "commune.nowhere" {
			if nowhere++; nowhere > mostNowhere {
				continue
			}
		}
		lines = append(lines, summaryLine{target(problem.Place.Question), printed(Sentence(problem.Message))})
	}
	if more := nowhere - mostNowhere; more > 0 {
		lines = append(lines, summaryLine{"communes", printed("Autres communes qui ne sont dans aucun secteur : " + thousands(more) + ".")})
	}
	return lines
}

// faults are the problems by the field they stand beside.
func (p TeamGrouping) faults() map[string]string {
	faults := map[string]string{}
	for _, problem := range p.Problems {
		at := target(problem.Place.Question)
		faults[at] = strings.TrimSpace(faults[at] + " " + printed(Sentence(problem.Message)))
	}
	return faults
}

// target is the field a problem of a grouping is about.
func target(place string) string {
	switch {
	case place == "reason":
		return "raison"
	case strings.HasPrefix(place, "sector-"), strings.HasPrefix(place, "commune-"):
		return place
	}
	return "modifier"
}

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// source is what the package's JSON files say, in the package's own words.
type source struct {
	name        string // package and version
	regions     []place
	departments []place
	groups      []group // EPCI and EPT
	communes    []commune
}

type place struct {
	Code   string `json:"code"`
	Name   string `json:"nom"`
	Region string `json:"region"` // départements only
}

type group struct {
	Code    string `json:"code"` // SIREN
	Name    string `json:"nom"`
	Kind    string `json:"type"`
	Members []struct {
		Code string `json:"code"` // INSEE
	} `json:"membres"`
}

type commune struct {
	Code        string   `json:"code"`
	Name        string   `json:"nom"`
	Kind        string   `json:"type"`
	Department  string   `json:"departement"`
	Region      string   `json:"region"`
	PostalCodes []string `json:"codesPostaux"`
	Population  int      `json:"population"`
	Seat        string   `json:"chefLieu"` // of a former commune: the commune of today
	Old         []string `json:"anciensCodes"`
}

// The kinds of lines in communes.json. The arrondissements of Paris, Lyon and
// Marseille are parts of a commune and are left out: see SOURCES.md.
const (
	kindToday      = "commune-actuelle"
	kindDelegated  = "commune-deleguee"
	kindAssociated = "commune-associee"
)

// readSource reads the unpacked package in dir.
func readSource(dir string) (*source, error) {
	var about struct{ Name, Version string }
	var s source
	var ept []group
	files := []struct {
		name string
		into any
	}{
		{"package.json", &about},
		{"data/regions.json", &s.regions},
		{"data/departements.json", &s.departments},
		{"data/epci.json", &s.groups},
		{"data/ept.json", &ept},
		{"data/communes.json", &s.communes},
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(dir, file.name))
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, file.into); err != nil {
			return nil, fmt.Errorf("%s: %w", file.name, err)
		}
	}
	s.name = about.Name + " " + about.Version
	s.groups = append(s.groups, ept...)
	s.sort()
	return &s, s.check()
}

// sort makes the output independent of the order of the input.
func (s *source) sort() {
	byCode := func(a, b place) int { return cmp.Compare(a.Code, b.Code) }
	slices.SortFunc(s.regions, byCode)
	slices.SortFunc(s.departments, byCode)
	slices.SortFunc(s.groups, func(a, b group) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(s.communes, func(a, b commune) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
}

func (s *source) today() []commune {
	return slices.DeleteFunc(slices.Clone(s.communes), func(c commune) bool { return c.Kind != kindToday })
}

// former lists, for each commune of today, the other names of the communes
// that became part of it.
func (s *source) former() map[string][]string {
	names := map[string]string{}
	for _, c := range s.today() {
		names[c.Code] = c.Name
	}
	former := map[string][]string{}
	for _, c := range s.communes {
		old := c.Kind == kindDelegated || c.Kind == kindAssociated
		if old && c.Name != names[c.Seat] && !slices.Contains(former[c.Seat], c.Name) {
			former[c.Seat] = append(former[c.Seat], c.Name)
		}
	}
	return former
}

// membership gives the SIREN of the EPCI, and of the EPT, of each commune.
func (s *source) membership() (epci, ept map[string]string) {
	epci, ept = map[string]string{}, map[string]string{}
	for _, g := range s.groups {
		of := epci
		if g.Kind == kindEPT {
			of = ept
		}
		for _, member := range g.Members {
			of[member.Code] = g.Code
		}
	}
	return epci, ept
}

const kindEPT = "EPT"

// check refuses a list that does not hold together, with every fault at once.
func (s *source) check() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }

	regions, departments, communes := map[string]bool{}, map[string]string{}, map[string]bool{}
	for _, r := range s.regions {
		regions[r.Code] = true
	}
	for _, d := range s.departments {
		departments[d.Code] = d.Region
		if !regions[d.Region] {
			fault("departements.json: %s is in region %q, which regions.json does not list", d.Code, d.Region)
		}
	}
	for _, c := range s.today() {
		if communes[c.Code] {
			fault("communes.json: %s is listed twice", c.Code)
		}
		communes[c.Code] = true
		if region, known := departments[c.Department]; !known || region != c.Region {
			fault("communes.json: %s is in département %q and region %q, which departements.json does not say", c.Code, c.Department, c.Region)
		}
		if c.Population < 0 || c.Population > 1<<31-1 {
			fault("communes.json: the population of %s is %d", c.Code, c.Population)
		}
	}
	faults = append(faults, s.checkFormer(communes)...)
	faults = append(faults, s.checkGroups(communes)...)
	return errors.Join(append(faults, s.checkText()...)...)
}

func (s *source) checkFormer(communes map[string]bool) (faults []error) {
	for _, c := range s.communes {
		if c.Seat != "" && !communes[c.Seat] {
			faults = append(faults, fmt.Errorf("communes.json: %s belongs to %q, which is no commune of today", c.Code, c.Seat))
		}
	}
	return faults
}

func (s *source) checkGroups(communes map[string]bool) (faults []error) {
	seen := map[string]string{}
	for _, g := range s.groups {
		for _, member := range g.Members {
			if !communes[member.Code] {
				faults = append(faults, fmt.Errorf("group %s: member %q is no commune of today", g.Code, member.Code))
			}
			// A commune of Grand Paris is in the métropole and in one EPT.
			key := fmt.Sprint(g.Kind == kindEPT, member.Code)
			if other := seen[key]; other != "" {
				faults = append(faults, fmt.Errorf("commune %s is in groups %s and %s", member.Code, other, g.Code))
			}
			seen[key] = g.Code
		}
	}
	return faults
}

// checkText refuses what the layout of the file cannot hold.
func (s *source) checkText() (faults []error) {
	texts := []string{s.name}
	for _, p := range append(slices.Clone(s.regions), s.departments...) {
		texts = append(texts, p.Code, p.Name)
	}
	for _, g := range s.groups {
		texts = append(texts, g.Code, g.Kind, g.Name)
	}
	for _, c := range s.communes {
		texts = append(texts, c.Code, c.Name)
	}
	for _, text := range texts {
		if strings.TrimSpace(text) == "" || strings.ContainsAny(text, "\t\r\n|") {
			faults = append(faults, fmt.Errorf("a name or code is blank or holds a tab, a line end or a bar: %q", text))
		}
	}
	return faults
}

package surveys

// A Territory is the ground of a diagnostic, frozen with it: perimeters change
// from one edition to the next.
type Territory struct {
	Code       string    `bson:"code"` // SIREN of the group of communes, or INSEE code
	Name       string    `bson:"name"`
	Kind       string    `bson:"kind"` // commune, CC, CA, CU, EPT, PETR…
	Department string    `bson:"department"`
	Region     string    `bson:"region"`
	Source     string    `bson:"source"` // where names, codes and populations come from
	Communes   []Commune `bson:"communes"`
	Sectors    []Sector  `bson:"sectors"`
}

// A Commune is named by its INSEE code; Population is in inhabitants, of the
// vintage the territory's Source tells.
type Commune struct {
	Code        string   `bson:"code"`
	Name        string   `bson:"name"`
	PostalCodes []string `bson:"postal_codes"`
	Population  int      `bson:"population"`
}

// A Sector is the geography that is published: communes grouped so that the
// group is large enough to protect the people who answered.
type Sector struct {
	ID       string   `bson:"id"`
	Name     string   `bson:"name"`
	Communes []string `bson:"communes"` // INSEE codes
}

// Population is the number of inhabitants of the whole territory.
func (t Territory) Population() int {
	n := 0
	for _, c := range t.Communes {
		n += c.Population
	}
	return n
}

// Commune returns the commune of this code, nil when it is not of the territory.
func (t Territory) Commune(code string) *Commune {
	for i := range t.Communes {
		if t.Communes[i].Code == code {
			return &t.Communes[i]
		}
	}
	return nil
}

// SectorOf returns the index of the sector a commune belongs to, -1 when the
// commune is in none.
func (t Territory) SectorOf(commune string) int {
	for i, s := range t.Sectors {
		for _, c := range s.Communes {
			if c == commune {
				return i
			}
		}
	}
	return -1
}

// SectorPopulation is the number of inhabitants of the i-th sector.
func (t Territory) SectorPopulation(i int) int {
	n := 0
	for _, c := range t.Communes {
		if t.SectorOf(c.Code) == i {
			n += c.Population
		}
	}
	return n
}

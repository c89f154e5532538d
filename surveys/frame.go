package surveys

// A Frame is the référentiel of a diagnostic: the themes every territory
// shares, and the axes this territory's contract attaches to them.
type Frame struct {
	Themes []Theme `bson:"themes"`
	Axes   []Axis  `bson:"axes"`
}

// A Theme is one of the thirteen common subjects T01 to T13. Short is the
// plain-language label residents see.
type Theme struct {
	Code  string `bson:"code"`
	Name  string `bson:"name"`
	Short string `bson:"short"`
}

// An Axis is one orientation of the local contract and the themes it covers.
type Axis struct {
	Code   string   `bson:"code"`
	Name   string   `bson:"name"`
	Themes []string `bson:"themes"`
}

// Theme returns the theme with this code.
func (f Frame) Theme(code string) (Theme, bool) {
	for _, t := range f.Themes {
		if t.Code == code {
			return t, true
		}
	}
	return Theme{}, false
}

package library

import (
	"slices"
	"strings"
	"time"

	"diapason/surveys"
)

// demoCodes are the subjects the demonstration's team added to the frame.
var demoCodes = []surveys.TextCode{
	{Code: "T01.1", Theme: "T01", Label: "Médecins généralistes"},
	{Code: "T01.2", Theme: "T01", Label: "Délais et horaires"},
	{Code: "T11.1", Theme: "T11", Label: "Se déplacer"},
}

// demoSigns are the words by which the demonstration's readers code a text, in
// the order they look for them.
var demoSigns = []struct {
	sign  string
	codes []string
}{
	{"généraliste", []string{"T01", "T01.1"}}, {"docteur", []string{"T01", "T01.1"}}, {"médecin", []string{"T01"}}, {"dentiste", []string{"T01"}},
	{"attente", []string{"T01", "T01.2"}}, {"soir", []string{"T01", "T01.2"}},
	{"hôpital", []string{"T02"}}, {"existe", []string{"T03"}}, {"prévention", []string{"T04"}}, {"cuisine", []string{"T04"}}, {"marche", []string{"T04"}},
	{"jeunes", []string{"T06", "T07"}}, {"écoles", []string{"T06"}}, {"psycholog", []string{"T07"}}, {"âgées", []string{"T09"}}, {"aidant", []string{"T09"}},
	{"logement", []string{"T10"}}, {"bus", []string{"T11", "T11.1"}}, {"transport", []string{"T11", "T11.1"}}, {"interpr", []string{"T11"}}, {"partenariat", []string{"T13"}},
}

// The demonstration's readers, and how far they are.
const (
	demoReader  = "Claire"
	demoSecond  = "Samir"
	demoCoded   = 160 // by the first reader
	demoTwice   = 40  // of them, by the second one too
	demoQuoted  = 60  // read, of which one in ten is not to be quoted
	demoDissent = 4   // one in so many is coded otherwise by the second reader
)

// DemoReview is what the demonstration's team made of its i-th text, as it was
// read; false when nobody has come to it. The same for the same texts.
func DemoReview(r surveys.Review, text string, i int, at time.Time) (surveys.Review, bool) {
	if i >= demoCoded {
		return r, false
	}
	codes := demoCoding(text)
	r.Code(demoReader, codes, at)
	if i < demoTwice {
		if i%demoDissent == demoDissent-1 {
			codes = codes[:len(codes)/2]
		}
		r.Code(demoSecond, codes, at.Add(time.Hour))
	}
	if i < demoQuoted {
		if r.State, r.Text = surveys.Quotable, text; i%10 == 9 {
			r.State = surveys.KeptBack
		}
	}
	r.Updated = at.UTC()
	return r, true
}

func demoCoding(text string) []string {
	var codes []string
	for _, s := range demoSigns {
		for _, code := range s.codes {
			if strings.Contains(text, s.sign) && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	return codes
}

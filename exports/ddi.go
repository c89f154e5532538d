package exports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/report"
)

// The parts of DDI-Codebook 2.5 that are said here, in the order that its schema
// asks for (https://ddialliance.org/Specification/DDI-Codebook/2.5/).
type (
	ddiBook struct {
		XMLName  xml.Name    `xml:"ddi:codebook:2_5 codeBook"`
		Version  string      `xml:"version,attr"`
		Language string      `xml:"xml:lang,attr"`
		Document ddiCitation `xml:"docDscr>citation"`
		Study    ddiStudy    `xml:"stdyDscr"`
		Files    []ddiFile   `xml:"fileDscr"`
		Vars     []ddiVar    `xml:"dataDscr>var"`
	}
	ddiCitation struct {
		Title    string    `xml:"titlStmt>titl"`
		ID       string    `xml:"titlStmt>IDNo,omitempty"`
		Author   string    `xml:"rspStmt>AuthEnty,omitempty"`
		Producer string    `xml:"prodStmt>producer,omitempty"`
		Made     *ddiDate  `xml:"prodStmt>prodDate,omitempty"`
		Software string    `xml:"prodStmt>software,omitempty"`
		Version  *ddiNamed `xml:"verStmt>version,omitempty"`
	}
	ddiDate struct {
		Date  string `xml:"date,attr"`
		Event string `xml:"event,attr,omitempty"`
		Text  string `xml:",chardata"`
	}
	ddiNamed struct {
		Abbr string `xml:"abbr,attr,omitempty"`
		Date string `xml:"date,attr,omitempty"`
		Text string `xml:",chardata"`
	}
	ddiStudy struct {
		Citation   ddiCitation `xml:"citation"`
		Keywords   []string    `xml:"stdyInfo>subject>keyword"`
		Abstract   string      `xml:"stdyInfo>abstract"`
		Collected  []ddiDate   `xml:"stdyInfo>sumDscr>collDate"`
		Nation     ddiNamed    `xml:"stdyInfo>sumDscr>nation"`
		Ground     string      `xml:"stdyInfo>sumDscr>geogCover,omitempty"`
		Unit       string      `xml:"stdyInfo>sumDscr>geogUnit"`
		Analysis   string      `xml:"stdyInfo>sumDscr>anlyUnit"`
		Universe   string      `xml:"stdyInfo>sumDscr>universe"`
		DataKind   string      `xml:"stdyInfo>sumDscr>dataKind"`
		Sampling   string      `xml:"method>dataColl>sampProc"`
		Mode       string      `xml:"method>dataColl>collMode"`
		Weight     string      `xml:"method>dataColl>weight"`
		Restricted string      `xml:"dataAccs>useStmt>restrctn"`
		Contact    string      `xml:"dataAccs>useStmt>contact,omitempty"`
		Disclaimer string      `xml:"dataAccs>useStmt>disclaimer,omitempty"`
	}
	ddiFile struct {
		ID      string `xml:"ID,attr"`
		Name    string `xml:"fileTxt>fileName"`
		Content string `xml:"fileTxt>fileCont"`
		Cases   int    `xml:"fileTxt>dimensns>caseQnty"`
		Vars    int    `xml:"fileTxt>dimensns>varQnty"`
		Type    string `xml:"fileTxt>fileType"`
		Format  string `xml:"fileTxt>format"`
	}
	ddiVar struct {
		ID       string        `xml:"ID,attr"`
		Name     string        `xml:"name,attr"`
		Files    string        `xml:"files,attr"`
		Interval string        `xml:"intrvl,attr"`
		Label    string        `xml:"labl"`
		Question *ddiQuestion  `xml:"qstn"`
		Universe string        `xml:"universe,omitempty"`
		Choices  []ddiCategory `xml:"catgry"`
		Concept  string        `xml:"concept,omitempty"`
		Format   ddiFormat     `xml:"varFormat"`
	}
	ddiQuestion struct {
		Literal string `xml:"qstnLit"`
	}
	ddiCategory struct {
		Missing string `xml:"missing,attr,omitempty"`
		Value   string `xml:"catValu"`
		Label   string `xml:"labl"`
	}
	ddiFormat struct {
		Type     string `xml:"type,attr"`
		Category string `xml:"category,attr,omitempty"`
	}
)

// ddi describes the study, its files and their columns.
func (d *Data) ddi(w io.Writer) error {
	g := d.diagnostic
	made := &ddiDate{Date: d.now.UTC().Format(time.DateOnly), Text: frenchDate(d.now)}
	owner := cleanText(g.Notice.Controller)
	book := ddiBook{
		Version: "2.5", Language: "fr",
		Document: ddiCitation{Title: "Dictionnaire des données – " + cleanText(g.Title), Author: owner, Producer: owner, Made: made, Software: "Diapason"},
		Study: ddiStudy{
			Citation: ddiCitation{Title: cleanText(g.Title), ID: cleanText(g.ID), Author: owner, Producer: owner, Made: made,
				Version: &ddiNamed{Date: made.Date, Text: "Édition " + cleanText(g.Edition)}},
			Keywords: []string{"diagnostic partagé de santé", "contrat local de santé", "santé", "accès aux soins"},
			Abstract: "Enquêtes d’un diagnostic participatif et partagé de santé : chaque public répond à son questionnaire, et les regards sont croisés.",
			Nation:   ddiNamed{Abbr: "FR", Text: "France"}, Ground: cleanText(g.Territory.Name), Unit: "Secteur : groupe de communes",
			Analysis: "Personne, ou structure, qui a répondu",
			Universe: "Personnes de 15 ans et plus, professionnels et associations du territoire, volontaires", DataKind: "Enquête",
			Sampling:   "Volontaires : aucun tirage au sort. Les réponses éclairent, elles ne mesurent pas toute la population.",
			Mode:       "Questionnaire en ligne, sur borne, sur papier ou avec un enquêteur",
			Weight:     d.weighting(),
			Restricted: "Diffusion restreinte : réponses individuelles sur la santé. Seuls les tableaux de la vue de restitution peuvent être publiés.",
			Contact:    cleanText(g.Notice.Contact),
		},
	}
	if g.Demo {
		book.Study.Disclaimer = report.DemoNotice + " : les réponses sont inventées."
	}
	for _, end := range []struct {
		event string
		at    time.Time
	}{{"start", g.Opens}, {"end", g.Closes}} {
		if !end.at.IsZero() {
			book.Study.Collected = append(book.Study.Collected, ddiDate{Date: string(surveys.DayOf(end.at)), Event: end.event, Text: frenchDate(end.at)})
		}
	}
	for i, set := range d.sets {
		file := fmt.Sprintf("F%d", i+1)
		book.Files = append(book.Files, ddiFile{
			ID: file, Name: d.file(set), Content: "Réponses, une par ligne : " + plainLine(set.Survey.Audience.Label()),
			Cases: set.rows, Vars: len(set.variables), Type: "text/csv; charset=UTF-8", Format: "point-virgule, une réponse par ligne",
		})
		for j := range set.variables {
			book.Vars = append(book.Vars, set.variables[j].ddi(file, j+1))
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	return e.Encode(book)
}

func (v *variable) ddi(file string, n int) ddiVar {
	d := ddiVar{
		ID: fmt.Sprintf("%s_V%d", file, n), Name: v.name, Files: file, Interval: "discrete",
		Label: plainLine(v.wording), Format: ddiFormat{Type: "character"},
	}
	switch v.kind {
	case numberVariable:
		d.Interval, d.Format.Type = "contin", "numeric"
	case bitVariable:
		d.Format.Type = "numeric"
	case dayVariable:
		d.Interval, d.Format.Category = "contin", "date"
	}
	if f := v.field; f != nil {
		d.Question = &ddiQuestion{plainLine(v.wording)}
		d.Universe = f.condition()
		if f.about != nil {
			d.Concept = plainLine(f.about.Theme)
		}
	}
	for _, c := range v.choices {
		category := ddiCategory{Value: cellText(c.code), Label: plainLine(c.text)}
		if v.outside(c) {
			category.Missing = "Y"
		}
		d.Choices = append(d.Choices, category)
	}
	return d
}

// plainLine is a text with its white space made plain.
func plainLine(s string) string { return strings.Join(strings.Fields(cleanText(s)), " ") }

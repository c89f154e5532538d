package exports

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"diapason/surveys"
	"diapason/surveys/authoring"
	"diapason/surveys/report"
)

// A Dataset is the answers of one survey as they leave one by one: its columns,
// the same for every version, the week and never the day, the sector and never
// the commune, no identifier.
type Dataset struct {
	Survey    surveys.Survey
	fields    []field
	variables []variable
	sectors   map[string]string // by commune
	communes  []string          // questions that tell it, wherever they are
	versions  map[int]*surveys.Form
	weigher   report.Weigher
	weighted  bool // its rows say what each answer counts for
	rows      int
}

// variable is one column of a data file.
type variable struct {
	name    string // in the file, the codebook and the scripts
	wording string
	kind    variableKind
	choices []madeChoice
	field   *field // nil for what is known apart from the answers
	longest int    // bytes of its longest text so far
}

// variableKind is what the cells of a column are.
type variableKind uint8

const (
	textVariable   variableKind = iota
	numberVariable              // a number as it was given
	dayVariable                 // 2026-03-09
	codeVariable                // a code of its choices
	bitVariable                 // 1 chosen, 0 not
)

// NewDataset describes the answers to the published versions of a survey, in
// any order; every version that has answers must be there.
func NewDataset(survey surveys.Survey, versions []Form, t surveys.Territory) *Dataset {
	d := &Dataset{Survey: survey, fields: fieldsOf(versions), sectors: map[string]string{}, versions: map[int]*surveys.Form{}}
	for _, s := range t.Sectors {
		for _, c := range s.Communes {
			d.sectors[c] = s.Name
		}
	}
	kinds := map[string]surveys.ValueKind{}
	for _, f := range versions {
		d.versions[f.Version] = f.Form
		for _, q := range f.Form.Questions {
			if q.HasProfile(surveys.ProfileCommune) && !slices.Contains(d.communes, q.Name) {
				d.communes = append(d.communes, q.Name)
			}
			if kind, known := kinds[q.Name]; known && kind != q.Kind.Answer() {
				d.mix(q.Name)
			}
			kinds[q.Name] = q.Kind.Answer()
		}
	}
	d.layOut(t)
	return d
}

// weigh adds a column with what each answer counts for.
func (d *Dataset) weigh(w report.Weigher) {
	d.weigher, d.weighted = w, true
	at := 1 + slices.IndexFunc(d.variables, func(v variable) bool { return v.name == "secteur" && v.field == nil })
	d.variables = slices.Insert(d.variables, at, variable{
		name: weightVariable, wording: "Poids : pour combien compte cette réponse (1 en moyenne)", kind: numberVariable,
	})
}

// weightVariable is a name that no question has: layOut keeps it.
const weightVariable = "poids"

// mix makes a text of a question that was not always of one kind: nothing else
// holds all its answers.
func (d *Dataset) mix(name string) {
	for i := range d.fields {
		if d.fields[i].name == name {
			d.fields[i].shape, d.fields[i].about = plainShape, nil
		}
	}
}

// layOut names the columns.
func (d *Dataset) layOut(t surveys.Territory) {
	taken := map[string]bool{weightVariable: true}
	add := func(v variable) {
		v.name = variableName(taken, v.name)
		d.variables = append(d.variables, v)
	}
	add(variable{name: "numero", wording: "Numéro d’ordre dans ce fichier", kind: numberVariable})
	add(variable{name: "version", wording: "Version du questionnaire", kind: numberVariable})
	add(variable{name: "langue", wording: "Langue de la réponse"})
	add(variable{name: "mode", wording: "Mode de réponse", kind: codeVariable, choices: modeChoices})
	add(variable{name: "semaine", wording: "Lundi de la semaine de la réponse", kind: dayVariable})
	sector := variable{name: "secteur", wording: "Secteur", kind: codeVariable}
	for _, s := range t.Sectors {
		sector.choices = append(sector.choices, madeChoice{code: s.Name, text: s.Name})
	}
	add(sector)
	for i := range d.fields {
		f := &d.fields[i]
		for _, v := range f.variables() {
			v.field = f
			add(v)
		}
	}
}

var modeChoices = func() []madeChoice {
	var all []madeChoice
	for _, m := range []surveys.Mode{surveys.Web, surveys.Kiosk, surveys.Interviewer, surveys.Paper} {
		all = append(all, madeChoice{code: string(m), text: m.Label()})
	}
	return all
}()

// variables are the columns of a question in a data file: codes alone, for the
// codebook and the scripts say what they mean.
func (f *field) variables() []variable {
	wording := f.columns[0].wording
	switch f.shape {
	case singleShape:
		return []variable{{name: f.name, wording: wording, kind: codeVariable, choices: f.made}}
	case multipleShape:
		var all []variable
		for i, c := range f.made {
			all = append(all, variable{name: f.name + "__" + c.code, wording: f.columns[i].wording, kind: bitVariable, choices: bitChoices})
		}
		return all
	case rankShape:
		var all []variable
		for i := range f.ranks {
			all = append(all, variable{name: fmt.Sprintf("%s__rang%d", f.name, i+1), wording: f.columns[2*i].wording, kind: codeVariable, choices: f.made})
		}
		return all
	case dayShape:
		return []variable{{name: f.name, wording: wording, kind: dayVariable}}
	}
	kind := textVariable
	if f.shape == plainShape && f.about != nil && f.about.Kind.Answer() == surveys.NumberAnswer {
		kind = numberVariable
	}
	return []variable{{name: f.name, wording: wording, kind: kind}}
}

var bitChoices = []madeChoice{{code: "0", text: "Non cité"}, {code: "1", text: "Cité"}}

// maxVariable is how many bytes a name may have everywhere: SPSS takes 64.
const maxVariable = 60

// variableName is a name that SPSS, R and databases all take as it is: a
// letter, then letters, digits and underscores, taken once whatever the case.
func variableName(taken map[string]bool, wish string) string {
	base := identifier(wish)
	if base == "" || base[0] < 'A' || reservedVariable(base) || base[0] == '_' {
		base = "v_" + base
	}
	if len(base) > maxVariable {
		base = base[:maxVariable]
	}
	name := base
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", base[:min(len(base), maxVariable-4)], n)
	}
	taken[strings.ToLower(name)] = true
	return name
}

// reservedVariable reports whether SPSS keeps a word for itself.
func reservedVariable(name string) bool {
	return slices.Contains([]string{"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}, strings.ToUpper(name))
}

// An AnswerRow is one answer as programs read it.
type AnswerRow struct {
	Version  int             `json:"version"`
	Language string          `json:"language"`
	Mode     surveys.Mode    `json:"mode"`
	Week     string          `json:"week,omitempty"`   // its Monday
	Sector   string          `json:"sector,omitempty"` // "" when unknown
	Answers  surveys.Answers `json:"answers"`
}

// Row is an answer as it may leave. The survey and the version must be those of
// the dataset.
func (d *Dataset) Row(r *surveys.Response) (AnswerRow, error) {
	if r.Survey != d.Survey.ID || d.versions[r.Version] == nil {
		return AnswerRow{}, fmt.Errorf("answers: version %d of survey %q is not described: give every version that has answers", r.Version, r.Survey)
	}
	row := AnswerRow{Version: r.Version, Language: r.Language, Mode: r.Mode, Answers: surveys.Answers{}}
	if day, err := time.Parse(time.DateOnly, string(r.Day)); err == nil {
		row.Week = monday(day).Format(time.DateOnly)
	}
	for _, name := range d.communes {
		if row.Sector == "" {
			row.Sector = d.sectors[r.Answers[name].Text()]
		}
	}
	for i := range d.fields {
		if v := d.clean(r.Answers[d.fields[i].name]); !v.IsBlank() {
			row.Answers[d.fields[i].name] = v
		}
	}
	return row, nil
}

// clean is a value with texts that are nothing but text, and without a commune
// in the rows of a repeat.
func (d *Dataset) clean(v surveys.Value) surveys.Value {
	switch v.Kind() {
	case surveys.TextAnswer:
		return surveys.TextValue(cleanText(v.Text()))
	case surveys.RowsAnswer:
		rows := make([]surveys.Answers, len(v.Rows()))
		for i, row := range v.Rows() {
			rows[i] = surveys.Answers{}
			for name, inner := range row {
				if !slices.Contains(d.communes, name) {
					rows[i][name] = d.clean(inner)
				}
			}
		}
		return surveys.RowsValue(rows...)
	}
	return v
}

// newest is the number of the last version described.
func (d *Dataset) newest() int {
	newest := 0
	for version := range d.versions {
		newest = max(newest, version)
	}
	return newest
}

// titles are the names of the columns.
func (d *Dataset) titles() []string {
	names := make([]string, len(d.variables))
	for i, v := range d.variables {
		names[i] = v.name
	}
	return names
}

// write adds an answer to the file.
func (d *Dataset) write(c *csvWriter, r *surveys.Response) error {
	row, err := d.Row(r)
	if err != nil {
		return err
	}
	d.rows++
	c.number(float64(d.rows))
	c.number(float64(row.Version))
	at := 2
	text := func(s string) {
		d.variables[at].longest = max(d.variables[at].longest, len(cellText(s)))
		c.text(s)
		at++
	}
	for _, s := range []string{row.Language, string(row.Mode), row.Week, row.Sector} {
		text(s)
	}
	if d.weighted {
		c.number(d.weigher.Of(d.versions[r.Version], r.Answers))
		at++
	}
	for i := range d.fields {
		f := &d.fields[i]
		next := at + f.spanOf()
		f.cells(c, row.Answers[f.name], text, &at)
		c.blanks(next - at)
		at = next
	}
	c.end()
	return nil
}

// spanOf is how many columns a question has.
func (f *field) spanOf() int {
	switch f.shape {
	case multipleShape:
		return len(f.made)
	case rankShape:
		return f.ranks
	}
	return 1
}

// cells writes an answer; what follows of its columns is blank.
func (f *field) cells(c *csvWriter, v surveys.Value, text func(string), at *int) {
	switch {
	case v.IsBlank():
	case f.shape == multipleShape && v.Kind() == surveys.CodesAnswer:
		for _, choice := range f.made {
			bit := 0.0
			if slices.Contains(v.Codes(), choice.code) {
				bit = 1
			}
			c.number(bit)
			*at++
		}
	case f.shape == rankShape && v.Kind() == surveys.CodesAnswer:
		for _, code := range v.Codes()[:min(f.ranks, len(v.Codes()))] {
			text(code)
		}
	case f.shape == plainShape && f.about != nil && v.Kind() == surveys.NumberAnswer:
		c.number(v.Number())
		*at++
	default:
		text(inWords(v))
	}
}

// condition says when a question is asked, in one sentence when one can; "" of
// everybody.
func (f *field) condition() string {
	if f.about == nil {
		return ""
	}
	items := append(slices.Clone(f.about.Sections), f.about.Item)
	if f.shape == rowsShape {
		items = items[:len(items)-1] // the conditions of its first question are not its own
	}
	q := f.form.Questionnaire
	languages := append(languagesOf(q), "")
	var all []string
	for _, item := range items {
		if item.Relevant == "" || !f.form.ForSome(item) {
			continue
		}
		if c, ok := authoring.ReadCondition(q, item.Relevant); ok {
			all = append(all, plainLabel(c.Words(q, languages[0])))
			continue
		}
		all = append(all, strings.Join(strings.Fields(item.Relevant), " "))
	}
	return strings.Join(all, " ; et ")
}

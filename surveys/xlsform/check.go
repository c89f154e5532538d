package xlsform

import (
	"regexp"
	"slices"
	"strings"

	"diapason/surveys"
)

// checkSurvey looks at the items once they are all read.
func (r *reader) checkSurvey() {
	r.checkNames(r.q.Items, nil)
	unique, questions := map[string]int{}, map[string]*surveys.Item{}
	r.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if questions[item.Name] == nil {
			questions[item.Name] = item
		}
	})
	r.q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		r.checkUnique(item, unique)
		r.checkRepeat(item)
		r.checkLabel(item)
		r.checkList(item)
		r.warnAppearances(item)
		r.checkParameters(item, questions)
		r.checkTrigger(item, questions)
		r.checkHouse(item)
	})
	r.checkReferences(questions)
	r.checkTables()
	r.warnKinds()
	r.warnSettings()
}

// checkNames looks at the names of items that stand side by side.
func (r *reader) checkNames(items []surveys.Item, parent *surveys.Item) {
	exact, folded := map[string]int{}, map[string]*surveys.Item{}
	for i := range items {
		item := &items[i]
		r.checkName(item)
		if item.Name == "" {
			continue
		}
		key := strings.ToLower(item.Name)
		if row, twice := exact[item.Name]; twice {
			r.refuse(r.place(item, "name"), "xlsform.name.twice", item.Name, row)
		} else if like := folded[key]; like != nil {
			r.warn(r.place(item, "name"), "xlsform.name.case", item.Name, like.Name, like.Row)
		} else {
			folded[key] = item
		}
		if _, twice := exact[item.Name]; !twice {
			exact[item.Name] = item.Row
		}
		r.checkNames(item.Items, item)
	}
	for i := range items {
		r.checkCount(&items[i], exact)
	}
}

func (r *reader) checkName(item *surveys.Item) {
	switch {
	case item.Name == "":
		r.refuse(r.place(item, "name"), "xlsform.name.missing")
	case item.Name == "meta":
		r.refuse(r.place(item, "name"), "xlsform.name.reserved", item.Name)
	case !validName.MatchString(item.Name):
		r.refuse(r.place(item, "name"), "xlsform.name.form", item.Name)
	}
}

var bareReference = regexp.MustCompile(`^\$\{[^{}]+\}$`)

// checkCount: a repeat count that is an expression becomes a hidden question
// beside the repeat, which needs a free name.
func (r *reader) checkCount(item *surveys.Item, siblings map[string]int) {
	if item.Kind != surveys.Repeat || item.RepeatCount == "" || bareReference.MatchString(item.RepeatCount) {
		return
	}
	name := item.Name + "_count"
	if row, taken := siblings[name]; taken {
		r.refuse(r.place(item, "repeat_count"), "xlsform.name.count", name, row)
	}
}

// checkUnique: what is named from anywhere in the form has a name nobody else
// of its sort has.
func (r *reader) checkUnique(item *surveys.Item, unique map[string]int) {
	switch item.Kind {
	case surveys.Repeat, "csv-external", "xml-external":
		if row, twice := unique[item.Name]; twice && item.Name != "" {
			r.refuse(r.place(item, "name"), "xlsform.name.unique", item.Name, row)
			return
		}
		unique[item.Name] = item.Row
	}
}

func (r *reader) checkRepeat(item *surveys.Item) {
	if item.Kind != surveys.Repeat || item.Name == "" {
		return
	}
	root := r.setting("name")
	if root == "" {
		root = "data"
	}
	if item.Name == root {
		r.refuse(r.place(item, "name"), "xlsform.name.reserved", item.Name)
	}
	if item.Label.Empty() {
		r.warn(r.place(item, "label"), "xlsform.label.repeat", item.Name)
	}
}

// shownKinds are the kinds a person sees and that are not asked by a browser
// here; the others are told by Kind.Asked.
var shownKinds = []surveys.Kind{
	surveys.Note, "geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode",
	"select_one_from_file", "select_multiple_from_file", "select_one_external",
}

// media are the columns that can say a question without words.
var media = []string{"image", "big-image", "audio", "video", "media"}

// checkLabel: what is shown needs words or a picture; what is calculated, a
// calculation.
func (r *reader) checkLabel(item *surveys.Item) {
	if item.Kind == surveys.Calculate && item.Calculation == "" && item.Default == "" {
		r.refuse(r.place(item, "calculation"), "xlsform.calculation.missing", item.Name)
	}
	shown := item.Kind.Asked() || slices.Contains(shownKinds, item.Kind)
	if !shown || item.Calculation != "" || !item.Label.Empty() || !item.Hint.Empty() || item.Extra["trigger"] != "" {
		return
	}
	for key := range item.Extra {
		if base, _, _ := strings.Cut(key, "::"); slices.Contains(media, base) {
			return
		}
	}
	r.refuse(r.place(item, "label"), "xlsform.label.missing", item.Name)
}

// checkList looks for the choices of a question where they should be.
func (r *reader) checkList(item *surveys.Item) {
	if item.OrOther && item.ChoiceFilter != "" {
		r.refuse(r.place(item, "type"), "xlsform.other.filter")
	}
	switch item.Kind {
	case "select_one_from_file", "select_multiple_from_file":
		r.checkFile(item)
	case "select_one_external":
		r.checkListIn(item, externalSheet, r.outside)
	case surveys.SelectOne, surveys.SelectMultiple, surveys.Rank:
		if strings.HasPrefix(item.List, "${") {
			r.warn(r.place(item, "type"), "xlsform.list.repeat", item.List)
			return
		}
		r.checkListIn(item, choicesSheet, r.inChoices)
		r.checkSpaces(item)
	}
}

func (r *reader) checkFile(item *surveys.Item) {
	for _, ending := range []string{".csv", ".xml", ".geojson"} {
		if strings.HasSuffix(item.List, ending) {
			return
		}
	}
	r.refuse(r.place(item, "type"), "xlsform.type.file", item.List)
}

func (r *reader) checkListIn(item *surveys.Item, sheet string, names []string) {
	at := r.place(item, "type")
	_, present := r.sheets[sheet]
	switch {
	case item.List == "":
		r.refuse(at, "xlsform.type.list", item.Kind, item.Kind)
	case !present:
		if r.once("sheet " + sheet) {
			r.refuseMissing(at, sheet, "xlsform.sheet.list", sheet)
		}
	case slices.Contains(names, item.List):
	case closest(item.List, names) != "":
		r.refuse(at, "xlsform.list.guess", item.List, sheet, closest(item.List, names))
	default:
		r.refuse(at, "xlsform.list.unknown", item.List, sheet)
	}
}

// checkSpaces: several answers are written side by side with spaces between
// them, so a code with a space could not be read back.
func (r *reader) checkSpaces(item *surveys.Item) {
	list, ok := r.q.List(item.List)
	if !ok || item.Kind == surveys.SelectOne {
		return
	}
	for _, c := range list.Choices {
		if strings.ContainsAny(c.Name, " \n\t") && r.once("space "+list.Name+" "+c.Name) {
			at := surveys.Place{Sheet: r.choices.sheet, Row: c.Row, Column: "name"}
			r.refuse(at, "xlsform.choice.space", c.Name)
		}
	}
}

var (
	themeCode = regexp.MustCompile(`^T\d\d$`)
	profiles  = []string{
		surveys.ProfileCommune, surveys.ProfileAge, surveys.ProfileSex, surveys.ProfileDiploma,
		surveys.ProfileVulnerable, surveys.ProfileOutcome, surveys.ProfileEnd,
	}
)

// checkHouse looks at our own columns. Another house may use the same headers
// for something else, so it only warns.
func (r *reader) checkHouse(item *surveys.Item) {
	if item.Theme != "" && !themeCode.MatchString(item.Theme) && r.once("theme "+item.Theme) {
		r.warn(r.place(item, "theme"), "xlsform.theme.form", item.Theme)
	}
	for _, p := range strings.Fields(item.Profile) {
		if !slices.Contains(profiles, p) && r.once("profile "+p) {
			r.warn(r.place(item, "profile"), "xlsform.profile.unknown", p, strings.Join(profiles, ", "))
		}
	}
}

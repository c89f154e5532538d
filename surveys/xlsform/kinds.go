package xlsform

import (
	"strings"

	"diapason/surveys"
)

// A typeCell is what a cell of the type column says.
type typeCell struct {
	kind    surveys.Kind
	list    string // list or file of a select
	orOther bool
	end     bool   // closes a section of this kind
	rest    string // words left over
}

// listKinds begin a type that goes on with the name of a list or a file. Long
// spellings come before the ones they begin with.
var listKinds = []struct {
	words string
	kind  surveys.Kind
}{
	{"select_one_from_file", "select_one_from_file"},
	{"select one from file", "select_one_from_file"},
	{"select_multiple_from_file", "select_multiple_from_file"},
	{"select multiple from file", "select_multiple_from_file"},
	{"select_one_external", "select_one_external"},
	{"select one external", "select_one_external"},
	{"select all that apply from", surveys.SelectMultiple},
	{"select all that apply", surveys.SelectMultiple},
	{"select multiple from", surveys.SelectMultiple},
	{"select_multiple", surveys.SelectMultiple},
	{"select multiple", surveys.SelectMultiple},
	{"select one from", surveys.SelectOne},
	{"select_one", surveys.SelectOne},
	{"select one", surveys.SelectOne},
	{"select1", surveys.SelectOne},
	{"rank", surveys.Rank},
}

// sectionWords open and close sections, in every spelling seen.
var sectionWords = map[string]surveys.Kind{
	"group": surveys.Group, "repeat": surveys.Repeat, "loop": "loop",
}

// kindAliases are other words for a kind.
var kindAliases = map[string]surveys.Kind{
	"string": surveys.TextKind, "int": surveys.Integer, "datetime": surveys.DateTime, "date time": surveys.DateTime,
	"trigger": surveys.Acknowledge, "calculated": surveys.Calculate, "calc": surveys.Calculate,
	"gps": "geopoint", "location": "geopoint", "photo": "image", "picture": "image",
	"start time": "start", "end time": "end", "phone number": "phonenumber",
	"imei": "deviceid", "device id": "deviceid", "user name": "username",
}

var otherEndings = []string{" or_other", " or specify other", " or other"}

// parseType reads a type cell that is not blank. The kind may be unknown.
func parseType(cell string) typeCell {
	lower := strings.ToLower(cell)
	if section, ok := parseSection(cell); ok {
		return section
	}
	for _, l := range listKinds {
		if rest, ok := cutWords(cell, l.words); ok {
			return parseListType(l.kind, rest)
		}
	}
	if kind, ok := kindAliases[lower]; ok {
		return typeCell{kind: kind}
	}
	for _, kind := range []surveys.Kind{surveys.Kind(cell), surveys.Kind(lower)} {
		if kind.Known() {
			return typeCell{kind: kind}
		}
	}
	return typeCell{kind: surveys.Kind(cell)}
}

func parseSection(cell string) (typeCell, bool) {
	edge, rest, ok := strings.Cut(strings.Replace(cell, "_", " ", 1), " ")
	edge = strings.ToLower(edge)
	if !ok || edge != "begin" && edge != "end" {
		return typeCell{}, false
	}
	noun, rest, _ := strings.Cut(rest, " ")
	kind, ok := sectionWords[strings.ToLower(noun)]
	return typeCell{kind: kind, end: edge == "end", rest: rest}, ok
}

func parseListType(kind surveys.Kind, rest string) typeCell {
	t := typeCell{kind: kind}
	for _, ending := range otherEndings {
		if before, ok := strings.CutSuffix(rest, ending); ok {
			rest, t.orOther = before, true
		}
	}
	t.list, t.rest, _ = strings.Cut(rest, " ")
	return t
}

// cutWords returns what follows the words, which end where a word ends.
func cutWords(s, words string) (string, bool) {
	if len(s) < len(words) || !strings.EqualFold(s[:len(words)], words) {
		return "", false
	}
	rest := s[len(words):]
	if rest != "" && rest[0] != ' ' {
		return "", false
	}
	return strings.TrimSpace(rest), true
}

// write spells the type of an item; parseType reads it back.
func (t typeCell) write() string {
	switch {
	case t.kind.Section():
		return "begin_" + string(t.kind)
	case t.list != "" && t.orOther:
		return string(t.kind) + " " + t.list + " or_other"
	case t.list != "":
		return string(t.kind) + " " + t.list
	}
	return string(t.kind)
}

// typeWords are the words a misspelt type may have meant.
func typeWords() []string {
	all := []string{
		"begin_group", "end_group", "begin_repeat", "end_repeat", "integer", "decimal", "text", "note", "date", "time",
		"dateTime", "range", "calculate", "hidden", "acknowledge", "geopoint", "image", "audio", "barcode", "start",
		"today", "deviceid", "username", "email", "phonenumber",
	}
	for _, l := range listKinds {
		all = append(all, l.words)
	}
	return all
}

package verbatims

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"diapason/surveys"
)

// A Frame is the subjects a text may be about, the same for every audience: the
// themes of the diagnostic, and under each the codes its team added.
type Frame struct {
	Themes []surveys.Theme
	Added  []surveys.TextCode
}

// maxLabel keeps a subject readable as a button, in characters.
const maxLabel = 60

// FrameOf is the frame of a diagnostic.
func FrameOf(d surveys.Diagnostic, dossier surveys.Dossier) Frame {
	return Frame{Themes: d.Frame.Themes, Added: dossier.Codes}
}

// Of lists the codes added under a theme, in the order they were added.
func (f Frame) Of(theme string) []surveys.TextCode {
	var of []surveys.TextCode
	for _, c := range f.Added {
		if c.Theme == theme {
			of = append(of, c)
		}
	}
	return of
}

// Has reports whether a code is in the frame.
func (f Frame) Has(code string) bool {
	return f.Theme(code) != ""
}

// Theme is the theme of a code, which may be a theme itself; "" when the code is
// not in the frame.
func (f Frame) Theme(code string) string {
	if slices.ContainsFunc(f.Themes, func(t surveys.Theme) bool { return t.Code == code }) {
		return code
	}
	for _, c := range f.Added {
		if c.Code == code {
			return c.Theme
		}
	}
	return ""
}

// Label is what a code is called, the code itself when nobody named it.
func (f Frame) Label(code string) string {
	for _, t := range f.Themes {
		if t.Code == code {
			return t.Name
		}
	}
	for _, c := range f.Added {
		if c.Code == code {
			return c.Label
		}
	}
	return code
}

// Codes lists every code of the frame: each theme followed by its own.
func (f Frame) Codes() []string {
	var codes []string
	for _, t := range f.Themes {
		codes = append(codes, t.Code)
		for _, c := range f.Of(t.Code) {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// Kept are the codes of a list that the frame has, once each, in its order.
func (f Frame) Kept(codes []string) []string {
	var kept []string
	for _, c := range f.Codes() {
		if slices.Contains(codes, c) {
			kept = append(kept, c)
		}
	}
	return kept
}

// Add is the frame with one more code under a theme.
func (f Frame) Add(theme, label string) (Frame, surveys.Problems) {
	label = strings.Join(strings.Fields(label), " ")
	if f.Theme(theme) != theme || theme == "" {
		return f, problem("theme", "code.theme", "Choisissez le thème auquel ce sujet se rattache.")
	}
	if problems := f.check("", theme, label); problems != nil {
		return f, problems
	}
	last := 0
	for _, c := range f.Of(theme) {
		n, _ := strconv.Atoi(strings.TrimPrefix(c.Code, theme+"."))
		last = max(last, n)
	}
	f.Added = append(slices.Clone(f.Added), surveys.TextCode{Code: theme + "." + strconv.Itoa(last+1), Theme: theme, Label: label})
	return f, nil
}

// Rename is the frame with another label on a code that was added. The texts
// that have the code keep it.
func (f Frame) Rename(code, label string) (Frame, surveys.Problems) {
	label = strings.Join(strings.Fields(label), " ")
	at := slices.IndexFunc(f.Added, func(c surveys.TextCode) bool { return c.Code == code })
	if at < 0 {
		return f, problem("code", "code.unknown", fmt.Sprintf("Le sujet « %s » n’est pas dans la grille : rechargez la page.", code))
	}
	if problems := f.check(code, f.Added[at].Theme, label); problems != nil {
		return f, problems
	}
	f.Added = slices.Clone(f.Added)
	f.Added[at].Label = label
	return f, nil
}

// check finds what is wrong with the label of a code under a theme.
func (f Frame) check(code, theme, label string) surveys.Problems {
	if label == "" {
		return problem("label", "code.label", "Écrivez le nom du sujet, par exemple « Délais de rendez-vous ».")
	}
	if n := utf8.RuneCountInString(label); n > maxLabel {
		return problem("label", "code.long", fmt.Sprintf("Ce nom fait %d caractères : raccourcissez-le à %d au plus, il doit tenir sur un bouton.", n, maxLabel))
	}
	for _, c := range f.Of(theme) {
		if c.Code != code && surveys.Fold(c.Label) == surveys.Fold(label) {
			return problem("label", "code.twice", fmt.Sprintf("Le thème a déjà un sujet « %s » (%s) : prenez-le, ou donnez un autre nom.", c.Label, c.Code))
		}
	}
	return nil
}

func problem(field, code, message string) surveys.Problems {
	return surveys.Problems{{Place: surveys.Place{Question: field}, Code: code, Message: message}}
}

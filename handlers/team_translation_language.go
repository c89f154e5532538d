package handlers

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
)

// commonLanguages are those most asked for in town halls and health centres,
// in their own name. Plain French is a language of its own, by BCP 47's
// private use: buttons and dates then stay French.
var commonLanguages = []pages.TranslationLanguage{
	{Label: "Facile à lire et à comprendre (fr-x-falc)", French: "français facile"},
	{Label: "English (en)", French: "anglais"},
	{Label: "العربية (ar)", French: "arabe"},
	{Label: "Español (es)", French: "espagnol"},
	{Label: "Português (pt)", French: "portugais"},
	{Label: "Türkçe (tr)", French: "turc"},
	{Label: "Română (ro)", French: "roumain"},
	{Label: "Українська (uk)", French: "ukrainien"},
	{Label: "Русский (ru)", French: "russe"},
	{Label: "Italiano (it)", French: "italien"},
	{Label: "Deutsch (de)", French: "allemand"},
	{Label: "Polski (pl)", French: "polonais"},
	{Label: "Shqip (sq)", French: "albanais"},
	{Label: "ქართული (ka)", French: "géorgien"},
	{Label: "Հայերեն (hy)", French: "arménien"},
	{Label: "中文 (zh)", French: "chinois"},
	{Label: "Tiếng Việt (vi)", French: "vietnamien"},
	{Label: "فارسی (fa)", French: "persan"},
	{Label: "پښتو (ps)", French: "pachto"},
	{Label: "Soomaali (so)", French: "somali"},
	{Label: "ትግርኛ (ti)", French: "tigrigna"},
	{Label: "বাংলা (bn)", French: "bengali"},
	{Label: "தமிழ் (ta)", French: "tamoul"},
	{Label: "Bamanankan (bm)", French: "bambara"},
}

// spoken describes a language by its label.
func spoken(label string) pages.TranslationLanguage {
	if label == surveys.NoLanguage {
		label = surveys.French
	}
	l := pages.TranslationLanguage{Label: label, Code: surveys.LanguageCode(label), Name: label}
	if l.Code != "" {
		l.Name = strings.TrimSpace(strings.TrimSuffix(label, "("+l.Code+")"))
	}
	if label == surveys.French {
		l.French = "français"
	}
	for _, known := range commonLanguages {
		if known.Label == label {
			l.French = known.French
		}
	}
	return l
}

// others are the labels of the languages a questionnaire is translated into.
func others(q *surveys.Questionnaire) []string {
	return slices.DeleteFunc(slices.Clone(q.Languages), func(l string) bool { return l == authoring.MainLanguage(q) })
}

// languageNamed is the label of the other language that an address or a form
// names by its label or its code.
func languageNamed(q *surveys.Questionnaire, name string) (string, bool) {
	all := others(q)
	at := slices.IndexFunc(all, func(l string) bool {
		return name != "" && (l == name || strings.EqualFold(surveys.LanguageCode(l), name))
	})
	if at < 0 {
		return "", false
	}
	return all[at], true
}

// offered are the common languages the questionnaire does not have.
func offered(q *surveys.Questionnaire) []pages.TranslationLanguage {
	var free []pages.TranslationLanguage
	for _, l := range commonLanguages {
		l := spoken(l.Label)
		if !slices.ContainsFunc(q.Languages, func(had string) bool { return surveys.LanguageCode(had) == l.Code }) {
			free = append(free, l)
		}
	}
	return free
}

// translationAddress is the page of one language.
func (w writing) translationAddress(label string) string {
	return w.base() + "/traductions?langue=" + url.QueryEscape(cmp.Or(surveys.LanguageCode(label), label))
}

// addLanguage gives the questionnaire one more language.
func (s *Server) addLanguage(c fiber.Ctx, w writing) error {
	typed := strings.TrimSpace(copied(c.FormValue("autre")))
	label := cmp.Or(typed, copied(c.FormValue("langue")))
	m, err := s.edit(c, w, "Langue ajoutée : "+spoken(label).Spelled(), func(*surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.AddLanguage, Language: label}}, nil
	})
	if refused := (surveys.Problems)(nil); errors.As(err, &refused) {
		c.Status(fiber.StatusUnprocessableEntity)
		return s.showTranslation(c, w, translationAsked{typed: label, problems: refused})
	}
	if err != nil {
		return err
	}
	w.manuscript = m
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.translationAddress(label))
}

// dropLanguage takes a language away with all that is written in it.
func (s *Server) dropLanguage(c fiber.Ctx, w writing) error {
	label, ok := languageNamed(&w.manuscript.Questionnaire, c.FormValue("langue"))
	if !ok {
		return surveys.ErrNotFound
	}
	_, err := s.edit(c, w, "Langue retirée : "+spoken(label).Spelled(), func(*surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.DropLanguage, Language: label}}, nil
	})
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/traductions?fait=1")
}

package handlers

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// entries copies the fields of a form out of Fiber's buffers.
func entries(c fiber.Ctx) url.Values {
	typed := url.Values{}
	for key, value := range c.Request().PostArgs().All() {
		typed.Add(string(key), string(value))
	}
	return typed
}

// answers reads the fields of a form as the answers to a questionnaire. What
// the form has besides is left aside.
func answers(items []surveys.Item, prefix string, typed url.Values) surveys.Answers {
	read := surveys.Answers{}
	for i := range items {
		item := &items[i]
		switch {
		case item.Kind == surveys.Repeat:
			if rows := rowsOf(item, prefix+item.Name, typed); len(rows) > 0 {
				read[item.Name] = surveys.RowsValue(rows...)
			}
		case item.Kind.Section():
			for name, v := range answers(item.Items, prefix, typed) {
				read[name] = v
			}
		case item.Kind.Asked():
			if v := valueOf(item, prefix+item.Name, typed); !v.IsBlank() {
				read[item.Name] = v
			}
		}
	}
	return read
}

// rowsOf reads the rows of a repeat; one left blank is not a row.
func rowsOf(item *surveys.Item, name string, typed url.Values) []surveys.Answers {
	last := 0
	for field := range typed {
		last = max(last, min(pages.RowOf(field, name), pages.MaxRows))
	}
	var rows []surveys.Answers
	for row := 1; row <= last; row++ {
		if a := answers(item.Items, fmt.Sprintf("%s[%d].", name, row), typed); len(a) > 0 {
			rows = append(rows, a)
		}
	}
	return rows
}

func valueOf(item *surveys.Item, name string, typed url.Values) surveys.Value {
	switch item.Kind.Answer() {
	case surveys.CodesAnswer:
		if item.Kind == surveys.Rank {
			return surveys.CodesValue(ranked(name, typed)...)
		}
		return surveys.CodesValue(notBlank(typed[name])...)
	case surveys.NumberAnswer:
		return numberOf(typed.Get(name))
	}
	return surveys.TextValue(strings.TrimSpace(strings.ReplaceAll(typed.Get(name), "\r\n", "\n")))
}

// ranked are the choices of the menus of a ranking, in order.
func ranked(name string, typed url.Values) []string {
	var codes []string
	for place := 1; ; place++ {
		chosen, there := typed[fmt.Sprintf("%s[%d]", name, place)]
		if !there {
			return codes
		}
		codes = append(codes, notBlank(chosen)...)
	}
}

func notBlank(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// numberOf reads a number as people write it: a decimal comma, spaces between
// thousands. What is not a number becomes one that no rule accepts, so that
// the person is told.
func numberOf(text string) surveys.Value {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", ",", ".").Replace(text)
	if text == "" {
		return surveys.Value{}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		f = math.NaN()
	}
	return surveys.NumberValue(f)
}

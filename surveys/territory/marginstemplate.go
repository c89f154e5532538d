package territory

import (
	"encoding/csv"
	"fmt"
	"io"
)

// WriteMarginsTemplate writes the plain CSV file that a coordinator may fill
// in where INSEE's is not at hand, one line for each commune: what
// [ReadMargins] reads. French spreadsheets open it as it is: UTF-8 with its
// mark, semicolons. The error is the writer's.
func WriteMarginsTemplate(w io.Writer, communes []Commune) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	lines := csv.NewWriter(w)
	lines.Comma, lines.UseCRLF = ';', true
	titles := []string{"commune", "nom", "année"}
	for _, sex := range []Sex{Men, Women} {
		for band := range Band(Bands) {
			titles = append(titles, plainTitle(sex, band))
		}
	}
	if err := lines.Write(titles); err != nil {
		return err
	}
	for _, c := range communes {
		line := make([]string, len(titles))
		line[0], line[1] = c.Code, c.Name
		if err := lines.Write(line); err != nil {
			return err
		}
	}
	lines.Flush()
	return lines.Error()
}

// plainTitle is the title of a count in the template: "hommes 15-29".
func plainTitle(sex Sex, band Band) string {
	word := map[Sex]string{Men: "hommes", Women: "femmes"}[sex]
	if band == From75 {
		return word + " 75 et plus"
	}
	first := 15 * int(band)
	return fmt.Sprintf("%s %d-%d", word, first, first+14)
}

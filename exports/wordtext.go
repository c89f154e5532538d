package exports

import (
	"fmt"
	"strings"
)

// wordText gathers WordprocessingML: the elements of a document's body, one
// after another.
type wordText struct{ strings.Builder }

// A phrase is a stretch of a paragraph that looks the same.
type phrase struct {
	text         string
	bold, italic bool
	size         float64 // points, 0 for that of the style
	ink          string  // RRGGBB, "" for that of the style
	raw          string  // in place of a text: a field, a drawing
}

// paragraph writes a paragraph in a style; properties are those of the
// paragraph alone, as XML.
func (w *wordText) paragraph(style, properties string, runs ...phrase) {
	w.WriteString(`<w:p><w:pPr>`)
	if style != "" {
		fmt.Fprintf(w, `<w:pStyle w:val="%s"/>`, style)
	}
	w.WriteString(properties)
	w.WriteString(`</w:pPr>`)
	for _, r := range runs {
		w.run(r)
	}
	w.WriteString(`</w:p>`)
}

func (w *wordText) run(r phrase) {
	if r.raw != "" {
		w.WriteString(r.raw)
		return
	}
	if r.text == "" {
		return
	}
	w.WriteString(`<w:r>`)
	if look := r.look(); look != "" {
		w.WriteString(`<w:rPr>` + look + `</w:rPr>`)
	}
	for i, line := range strings.Split(cleanText(r.text), "\n") {
		if i > 0 {
			w.WriteString(`<w:br/>`)
		}
		fmt.Fprintf(w, `<w:t xml:space="preserve">%s</w:t>`, xmlEscapes.Replace(strings.ReplaceAll(line, "\t", " ")))
	}
	w.WriteString(`</w:r>`)
}

// look is the properties of a run, in the order of the format.
func (r phrase) look() string {
	var s strings.Builder
	if r.bold {
		s.WriteString(`<w:b/><w:bCs/>`)
	}
	if r.italic {
		s.WriteString(`<w:i/><w:iCs/>`)
	}
	if r.ink != "" {
		fmt.Fprintf(&s, `<w:color w:val="%s"/>`, r.ink)
	}
	if r.size > 0 {
		fmt.Fprintf(&s, `<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, int(r.size*2))
	}
	return s.String()
}

// computed is a field: a value that Word computes; shown is what is read until it does.
func computed(code, shown string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + code +
		` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>` + escapeXML(shown) +
		`</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// bookmarked puts a bookmark around runs.
func bookmarked(id int, name, runs string) string {
	return fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%[1]d"/>`, id, name, runs)
}

// runXML is one run as XML.
func runXML(r phrase) string {
	var w wordText
	w.run(r)
	return w.String()
}

package exports

import (
	"strconv"
	"strings"
)

// Sizes of the letters of a picture, in pixels.
const (
	svgText  = 13.0
	svgSmall = 12.0
	svgLine  = 16.0 // from one line of a name to the next
)

// letterWidth is about how wide a letter is, for a size of 1: between those of
// the usual sans-serif typefaces, so that nothing overlaps in any of them.
func letterWidth(r rune) float64 {
	switch {
	case strings.ContainsRune("iljIt.,;:'’|!()[] \u00a0\u202f-f", r):
		return 0.34
	case strings.ContainsRune("mwMW%@—…Œœ", r):
		return 0.9
	case r >= 'A' && r <= 'Z' || r >= 'À' && r <= 'Þ':
		return 0.7
	case r >= 0x2e80: // letters as wide as they are high
		return 1
	}
	return 0.57
}

// textWide is about how many pixels a text takes.
func textWide(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		w += letterWidth(r)
	}
	return w * size
}

// wrapText breaks a text in lines no wider than room, at most so many; the last
// ends with an ellipsis when words are left. A word too long is cut.
func wrapText(s string, room, size float64, most int) []string {
	var lines []string
	line := ""
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		word := words[i]
		joined := strings.TrimPrefix(line+" "+word, " ")
		if textWide(joined, size) <= room {
			line = joined
			continue
		}
		if line == "" { // one word wider than the line
			head := fitting(word, room, size)
			words[i] = word[len(head):]
			line, i = head, i-1
		} else {
			i--
		}
		if len(lines) == most-1 {
			return append(lines, fitting(line, room-textWide("…", size), size)+"…")
		}
		lines, line = append(lines, line), ""
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting is the longest beginning of s that fits, one letter at least.
func fitting(s string, room, size float64) string {
	w := 0.0
	for i, r := range s {
		w += letterWidth(r) * size
		if w > room && i > 0 {
			return strings.TrimRight(s[:i], " ")
		}
	}
	return s
}

// px writes a length with one decimal at most.
func px(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// escapeXML makes a text safe between tags and in attributes: what XML reads as
// markup is escaped, what it forbids is dropped.
func escapeXML(s string) string { return xmlEscapes.Replace(cleanText(s)) }

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

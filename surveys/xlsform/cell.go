package xlsform

import (
	"regexp"
	"strings"
)

var (
	spaceRun = regexp.MustCompile(`[ \t]{2,}`)
	lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")
	// Spreadsheets and word processors put these where a formula was meant.
	plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2007", " ")
	plainQuotes = strings.NewReplacer("‘", "'", "’", "'", "‚", "'", "“", `"`, "”", `"`, "„", `"`)
)

// tidyText cleans a sentence people read. Non-breaking spaces stay: French
// puts them before ? ! : and ;.
func tidyText(s string) string {
	return strings.TrimSpace(spaceRun.ReplaceAllString(lineEnds.Replace(s), " "))
}

// tidyRaw is tidyText for a form whose settings say clean_text_values=no.
func tidyRaw(s string) string { return strings.TrimSpace(lineEnds.Replace(s)) }

// tidyWord cleans a cell that programs read: a name, a type, a list of words.
func tidyWord(s string) string { return tidyText(plainSpaces.Replace(s)) }

// tidyExpression cleans an expression: no typographic quote belongs there.
func tidyExpression(s string) string { return tidyWord(plainQuotes.Replace(s)) }

var yesNo = map[string]string{
	"yes": "yes", "true": "yes", "true()": "yes", "oui": "yes",
	"no": "no", "false": "no", "false()": "no", "non": "no",
}

// tidyCondition cleans an expression that may also be a plain yes or no.
func tidyCondition(s string) string {
	s = tidyExpression(s)
	if word, ok := yesNo[strings.ToLower(s)]; ok {
		return word
	}
	return s
}

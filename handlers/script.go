package handlers

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"diapason/handlers/pages"
	"diapason/static"
)

// The forms our scripts keep to: names imported from a neighbour, and
// declarations exported where they stand.
var (
	importLine = regexp.MustCompile(`(?m)^import \{ ([^}]+) \} from '\./([\w-]+)\.js'$`)
	exportWord = regexp.MustCompile(`(?m)^export ((?:async )?(?:const|let|function|class) ([\w$]+))`)
)

// joined is a script with the modules it imports, each in a scope of its own,
// in the order they need each other: a phone on a slow line asks once instead
// of eight times. What is imported later, with import(), stays apart.
func joined(name string) []byte {
	var b strings.Builder
	join(&b, name, map[string]bool{}, true)
	return []byte(b.String())
}

// laterScript is what the page of a form fetches once somebody has begun, with
// the texts that it alone says: who only looks does not download them.
func laterScript(language string) []byte {
	texts, _ := json.Marshal(pages.LaterTexts(language)) // texts always marshal
	return fmt.Appendf(joined("later"), "$words.learn(%s)\n", texts)
}

func join(b *strings.Builder, name string, done map[string]bool, entry bool) {
	if done[name] {
		return
	}
	done[name] = true
	source, _, _ := static.Read(name + ".js")
	body := string(lean(source))
	for _, m := range importLine.FindAllStringSubmatch(body, -1) {
		join(b, m[2], done, false)
	}
	body = importLine.ReplaceAllString(body, "const { $1 } = $$$2")
	if entry {
		b.WriteString(body)
		return
	}
	var exports []string
	for _, m := range exportWord.FindAllStringSubmatch(body, -1) {
		exports = append(exports, m[2])
	}
	fmt.Fprintf(b, "const $%s = (() => {\n%sreturn { %s }\n})()\n", name, exportWord.ReplaceAllString(body, "$1"), strings.Join(exports, ", "))
}

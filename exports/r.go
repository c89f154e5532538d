package exports

import (
	"fmt"
	"io"
	"strings"
)

// rHead reads and labels with what R has by itself.
const rHead = `# Réponses brutes, diffusion restreinte : voir LISEZMOI.txt.
# Lit les CSV de ce dossier et pose les libellés, avec R seul (4.0 ou plus récent) :
#   setwd("le dossier des CSV"); source("diapason.R", encoding = "UTF-8")
# Chaque fichier devient un data.frame. attr(x, "label") est la question posée.
# Pour retirer « ne sait pas » et « ne veut pas répondre » d’un facteur :
#   avec_avis(habitants$medecin)

lire <- function(fichier) {
  read.csv2(fichier, fileEncoding = "UTF-8-BOM", colClasses = "character",
            na.strings = "", check.names = FALSE, quote = "\"", comment.char = "")
}
nombre <- function(x) as.numeric(sub(",", ".", x, fixed = TRUE))
# Les codes hors de la liste restent ce qu’ils sont, après les autres.
facteur <- function(x, codes, libelles, hors_base = character(0)) {
  autres <- sort(setdiff(unique(x[!is.na(x)]), codes))
  f <- factor(x, levels = c(codes, autres), labels = c(libelles, autres))
  attr(f, "hors_base") <- hors_base
  f
}
avec_avis <- function(f) droplevels(factor(f, levels = setdiff(levels(f), attr(f, "hors_base"))))
libelle <- function(x, texte) { attr(x, "label") <- texte; x }
`

// r writes the script that reads every file and labels it.
func (d *Data) r(w io.Writer) error {
	var s strings.Builder
	s.WriteString(rHead)
	for _, set := range d.sets {
		name := d.name(set)
		fmt.Fprintf(&s, "\n# %s\n%s <- lire(%s)\n", plainLine(set.Survey.Audience.Label()), name, rText(d.file(set)))
		for i := range set.variables {
			v := &set.variables[i]
			at := fmt.Sprintf("%s[[%s]]", name, rText(v.name))
			fmt.Fprintf(&s, "%s <- libelle(%s,\n  %s)\n", at, v.rColumn(at), rText(v.wording))
		}
	}
	_, err := io.WriteString(w, s.String())
	return err
}

// rColumn turns the texts of a column into what they are.
func (v *variable) rColumn(at string) string {
	switch v.kind {
	case numberVariable:
		return "nombre(" + at + ")"
	case bitVariable:
		return "as.integer(" + at + ")"
	case dayVariable:
		return "as.Date(" + at + ")"
	}
	if len(v.choices) == 0 {
		return at
	}
	var codes, labels, outside []string
	taken := map[string]bool{} // two labels alike would become one level
	for _, c := range v.choices {
		label := rText(unlike(taken, plainLine(c.text)))
		codes, labels = append(codes, rText(cellText(c.code))), append(labels, label)
		if v.outside(c) {
			outside = append(outside, label)
		}
	}
	call := fmt.Sprintf("facteur(%s,\n  c(%s),\n  c(%s)", at, strings.Join(codes, ", "), strings.Join(labels, ",\n    "))
	if outside != nil {
		call += fmt.Sprintf(",\n  c(%s)", strings.Join(outside, ", "))
	}
	return call + ")"
}

// rText is a string of the script, on one line.
func rText(s string) string {
	s = plainLine(s)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

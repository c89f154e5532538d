// Package territory knows the communes of France and how they are grouped.
//
// It answers three questions: what is this code (Commune, EPCI, Department,
// Region), what do people mean by these words (FindCommunes, FindGroups), and
// are these two spellings the same (Fold). The list is the official one, with
// populations, and travels inside the program: communes.txt.gz, written by
// generate and described in SOURCES.md. It is decoded on first use, because
// most runs of the program never look at it.
//
// It also proposes how to group the communes of a territory into sectors large
// enough to be published (Propose), from what it knows of who neighbours whom:
// intercommunalités, postal codes, and where the larger communes are
// (points.txt.gz).
//
// A diagnostic's own territory (a Pays, a set of sectors, one quarter) is not
// here: it is a choice people make from this list, and belongs to surveys.
package territory

//go:generate go run ./generate

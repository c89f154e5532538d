//go:build race

package xlsform

// underRace is true when the race detector slows everything down: times are
// then not held to their limit, and the largest workbooks are left out.
const underRace = true

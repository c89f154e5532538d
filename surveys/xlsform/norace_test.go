//go:build !race

package xlsform

const underRace = false

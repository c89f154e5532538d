//go:build race

package report

// diagnosticsAttacked is fewer where every memory access is watched: the attack
// runs in one goroutine, and whole in the tests without -race.
const diagnosticsAttacked = 30

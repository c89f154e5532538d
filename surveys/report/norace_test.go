//go:build !race

package report

// diagnosticsAttacked is how many random diagnostics are attacked.
const diagnosticsAttacked = 200

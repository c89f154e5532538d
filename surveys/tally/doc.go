// Package tally holds the answers of a diagnostic as columns in memory and
// counts them.
//
// A [Table] reads the store's stream of arrivals once, straight from the
// stored documents, and follows it afterwards. Each survey has one set of
// columns, where its versions meet by question name: a choice that only one
// version offers is simply one more code. A column says of every person
// whether the question was asked (it was on the path), left blank, or
// answered, and what. Of a text it only keeps that something was written.
//
//	Tables   a Table per diagnostic, loaded at the first use
//	Table    columns, kept live by Follow; any number of readers
//	Counts   what the columns add up to at one moment, for everybody or for
//	         the people of some communes
//	Grouped  a multiple choice by groups of codes: communes by sector
//
// Repeats are not counted here: their rows are not people.
package tally

// Package tally holds the answers of a diagnostic as columns in memory and
// counts them.
//
// A [Table] reads the store's stream of arrivals once, straight from the
// stored documents, and follows it afterwards. Each survey has one set of
// columns, where its versions meet: a question of one name, kind and set of
// choices has one column, and another when these change. A column says of every
// person whether the question was asked (it was on the path), left blank, or
// answered, and what. Of a text it only keeps that something was written.
//
//	Tables   a Table per diagnostic, loaded at the first use, gone when memory
//	         is short
//	Table    columns, kept live by Follow; any number of readers
//	Reach    how far a frozen table reads: Until gives one, over the same columns
//	Split    what the columns of a survey add up to at one moment, for each
//	         group of people who answered some questions alike
//	Survey   some groups together, each person with the weight of their group
//	Grouped  a multiple choice by groups of codes: communes by sector
//
// One pass over the columns makes a Split; weights, sectors and crossings are
// then sums of its numbers. Repeats are not counted here: their rows are not people.
package tally

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
//	         is short, or its Stored when it is too large
//	Table    columns, kept live by Follow; any number of readers
//	Reach    how far a frozen table reads: Until gives one, over the same columns
//	Split    what the columns of a survey add up to at one moment, for each
//	         group of people who answered some questions alike
//	Survey   some groups together, each person with the weight of their group
//	Grouped  a multiple choice by groups of codes: communes by sector
//
// One pass over the columns makes a Split; weights, sectors and crossings are
// then sums of its numbers. Of a repeat it is counted how many rows each person
// filled in; the answers in them are not, for rows are not people.
//
// A diagnostic with more answers than memory holds is counted by its store
// instead, if that is a [surveys.Gatherer]:
//
//	Counter  what both give: splits
//	Stored   asks for groups of alike answers, at one position of the stream
//	pack     the questions one gathering is about: those with few answers go
//	         together
//	heap     the columns again, a row for each group, with how many people it is
package tally

// Package weights corrects who answered by who lives there, and says how sure
// the corrected numbers are. It takes slices and gives numbers: it knows
// neither questions nor stores.
//
//	Margin        what the census counts, and the cell of each answer
//	Rake          weights that meet several margins at once, trimmed (residents)
//	PostStratify  weights that meet one list of groups (professionals)
//	Result        the weights, or the sentence that says why there are none
//
// A weighted number is as sure as an unweighted one over fewer answers, the
// effective number of Kish. Everything below takes it in the place of n:
//
//	Base, Estimate  sums of weights, shares with Wilson's interval
//	Independence    chi-square of a table, with its p-value and Cramér's V
//	Compare         difference of two shares
//	RelativeRisk    ratio of two shares
//	BenjaminiHochberg, Holm   p-values corrected for their number
//	Spearman, KendallW        agreement between orders of priority
//
// No function panics, and none gives NaN or an infinity: what cannot be told
// comes back as not told.
package weights

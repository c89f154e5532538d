package expr

import "regexp"

type op uint8

const (
	opText op = iota
	opNumber
	opRef       // ${text}
	opQuoted    // '${text}' as jr:choice-name takes it
	opLastSaved // ${last-saved#text}
	opSelf      // .
	opParent    // .. climbed num times
	opColumn    // a bare name
	opPath      // any other path or predicate: parsed, refused by Check
	opUnion
	opCall // text(args)
	opNeg
	opOr // or and and take any number of operands
	opAnd
	opEq
	opNe
	opLt
	opLe
	opGt
	opGe
	opAdd
	opSub
	opMul
	opDiv
	opMod
)

// opNames is how operators are written, in sources and in the browser's tree.
var opNames = [...]string{
	opUnion: "|", opNeg: "neg", opOr: "or", opAnd: "and", opEq: "=", opNe: "!=",
	opLt: "<", opLe: "<=", opGt: ">", opGe: ">=",
	opAdd: "+", opSub: "-", opMul: "*", opDiv: "div", opMod: "mod",
}

type node struct {
	op   op
	at   int32 // byte offset in the source
	num  float64
	text string
	args []*node
	fn   *function      // of a call whose name and number of arguments are right
	re   *regexp.Regexp // of a literal pattern
}

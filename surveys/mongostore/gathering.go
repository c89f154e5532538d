package mongostore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"diapason/surveys"
)

// gatheringTime is how long one gathering may take: it reads a whole diagnostic.
const gatheringTime = 10 * time.Minute

func (s *Store) Arrived(ctx context.Context, diagnostic string) (int64, int, error) {
	last, err := lastIn(ctx, s.arrived, diagnostic)
	if err != nil {
		return 0, 0, reached(ctx, err)
	}
	return last, int(last), nil
}

func (s *Store) WithdrawnSince(ctx context.Context, diagnostic string, after int64) (bool, error) {
	later := append(ofDiagnostic(diagnostic), bson.E{Key: "seq", Value: bson.D{{Key: "$gt", Value: after}}}, bson.E{Key: "withdrawn", Value: true})
	err := s.arrived.FindOne(ctx, later, options.FindOne().SetProjection(bson.D{{Key: "_id", Value: 1}})).Err()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	return err == nil, reached(ctx, err)
}

func (s *Store) Gather(ctx context.Context, g surveys.Gathering) iter.Seq2[surveys.Alike, error] {
	return func(yield func(surveys.Alike, error) bool) {
		fail := func(err error) {
			yield(surveys.Alike{}, fmt.Errorf("groups of %q, survey %q: %w", g.Diagnostic, g.Survey, err))
		}
		ctx, cancel := context.WithTimeout(ctx, gatheringTime)
		defer cancel()
		fields := fieldsOf(g)
		cursor, err := s.arrived.Aggregate(ctx, pipeline(g, fields), options.Aggregate().SetAllowDiskUse(true))
		if err != nil {
			fail(reached(ctx, err))
			return
		}
		defer cursor.Close(context.WithoutCancel(ctx))
		for cursor.Next(ctx) {
			a, err := alike(cursor.Current, fields)
			if err != nil {
				fail(err)
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := cursor.Err(); err != nil {
			fail(reached(ctx, err))
		}
	}
}

// A field is an answer that tells groups apart. In the pipeline its name is its
// place in the list, for names of questions may have dots.
type field struct {
	name string
	as   use
}

// use is what a gathering looks at in an answer.
type use uint8

const (
	whole use = iota
	answered
	each
	rows
)

// fieldsOf are the answers a gathering looks at, by name: the order in which
// answers are stored.
func fieldsOf(g surveys.Gathering) []field {
	var fields []field
	add := func(as use, names ...string) {
		for _, name := range names {
			if name != "" {
				fields = append(fields, field{name, as})
			}
		}
	}
	add(whole, g.Answers...)
	add(answered, g.Answered...)
	add(each, g.Each)
	add(rows, g.Rows)
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return fields
}

// The names inside the _id of a group.
const (
	contextName = "c" // all that tells groups apart but the list
	versionName = "v"
	dayName     = "d"
	listName    = "l" // the answer whose codes or rows are counted one by one
	itemName    = "i" // one of them, or how many
)

func fieldName(i int) string { return "f" + strconv.Itoa(i) }

// pipeline is the aggregation of a gathering. It is written with what FerretDB
// has too, so that the tests run what serves: no $facet, $size nor
// $objectToArray, and nothing of a document but its _id is used after $unwind.
func pipeline(g surveys.Gathering, fields []field) mongo.Pipeline {
	match := append(ofDiagnostic(g.Diagnostic),
		bson.E{Key: "survey", Value: g.Survey}, // withdrawn responses have none
		bson.E{Key: "seq", Value: bson.D{{Key: "$lte", Value: g.Until}}})
	if g.Versions != nil {
		match = append(match, bson.E{Key: "version", Value: bson.D{{Key: "$in", Value: g.Versions}}})
	}
	id := bson.D{{Key: contextName, Value: contextOf(g, fields)}}
	stages := mongo.Pipeline{{{Key: "$match", Value: match}}}
	switch {
	case g.Each != "":
		return append(stages, eachCode(append(id, bson.E{Key: listName, Value: answer(g.Each)}))...)
	case g.Rows != "":
		return append(stages, eachLength(append(id, bson.E{Key: listName, Value: answer(g.Rows)}))...)
	}
	return append(stages, group(id, 1))
}

// contextOf is the part of the _id of a group that holds no list.
func contextOf(g surveys.Gathering, fields []field) bson.D {
	apart := bson.D{{Key: versionName, Value: "$version"}}
	if g.ByDay {
		apart = append(apart, bson.E{Key: dayName, Value: "$day"})
	}
	for i, f := range fields {
		switch f.as {
		case whole:
			apart = append(apart, bson.E{Key: fieldName(i), Value: answer(f.name)})
		case answered:
			apart = append(apart, bson.E{Key: fieldName(i), Value: bson.D{{Key: "$type", Value: answer(f.name)}}})
		}
	}
	return apart
}

// answer is the expression that reads an answer, or how the response came in.
func answer(name string) any {
	if field, is := strings.CutPrefix(name, surveys.CircumstanceMark); is {
		return "$" + field
	}
	if !strings.Contains(name, ".") && !strings.HasPrefix(name, "$") {
		return "$answers." + name
	}
	// A path would lead elsewhere. MongoDB has this since version 5.
	return bson.D{{Key: "$getField", Value: bson.D{
		{Key: "field", Value: bson.D{{Key: "$literal", Value: name}}}, {Key: "input", Value: "$answers"},
	}}}
}

func group(id bson.D, n any) bson.D {
	return bson.D{{Key: "$group", Value: bson.D{{Key: "_id", Value: id}, {Key: "n", Value: bson.D{{Key: "$sum", Value: n}}}}}}
}

// eachCode counts alike lists, then their codes one by one. The second stage
// puts the count in the _id, which is all that FerretDB keeps after $unwind.
func eachCode(id bson.D) mongo.Pipeline {
	return mongo.Pipeline{
		group(id, 1),
		group(bson.D{{Key: contextName, Value: "$_id." + contextName}, {Key: listName, Value: "$_id." + listName}, {Key: "n", Value: "$n"}}, 1),
		{{Key: "$unwind", Value: "$_id." + listName}},
		group(bson.D{
			{Key: contextName, Value: "$_id." + contextName},
			// MongoDB puts the code in the place of the list, FerretDB beside the _id.
			{Key: listName, Value: "$_id." + listName}, {Key: itemName, Value: "$" + listName},
		}, "$_id.n"),
	}
}

// eachLength counts the rows of each response, then the responses with as many.
func eachLength(id bson.D) mongo.Pipeline {
	const of = "r" // the identifier of the response
	return mongo.Pipeline{
		group(append(id, bson.E{Key: of, Value: "$_id"}), 1),
		{{Key: "$unwind", Value: "$_id." + listName}},
		group(bson.D{{Key: contextName, Value: "$_id." + contextName}, {Key: of, Value: "$_id." + of}}, 1),
		group(bson.D{{Key: contextName, Value: "$_id." + contextName}, {Key: itemName, Value: "$n"}}, 1),
	}
}

// alike reads a group.
func alike(document bson.Raw, fields []field) (surveys.Alike, error) {
	var a surveys.Alike
	n, counted := document.Lookup("n").AsInt64OK()
	id, ok := document.Lookup("_id").DocumentOK()
	if !counted || !ok {
		return a, fmt.Errorf("a group without a count: %v", document)
	}
	a.N = int(n)
	common, ok := id.Lookup(contextName).DocumentOK()
	if !ok {
		return a, fmt.Errorf("a group of nothing: %v", id)
	}
	version, ok := common.Lookup(versionName).AsInt64OK()
	if !ok {
		return a, fmt.Errorf("a group without a version: %v", id)
	}
	day, _ := common.Lookup(dayName).StringValueOK()
	a.Version, a.Day = int(version), surveys.Day(day)
	start, answers := bsoncore.AppendDocumentStart(nil)
	for i, f := range fields {
		answers = f.append(answers, common.Lookup(fieldName(i)), itemOf(id))
	}
	var err error
	a.Answers, err = bsoncore.AppendDocumentEnd(answers, start)
	return a, err
}

// itemOf is what came out of the list, wherever the server put it.
func itemOf(id bson.Raw) bson.RawValue {
	if item := id.Lookup(itemName); !item.IsZero() {
		return item
	}
	return id.Lookup(listName)
}

// append adds the answer of a group, unless there is none.
func (f field) append(answers []byte, v, item bson.RawValue) []byte {
	switch f.as {
	case answered:
		if kind, _ := v.StringValueOK(); kind != "missing" && kind != "null" {
			answers = bsoncore.AppendBooleanElement(answers, f.name, true)
		}
		return answers
	case each:
		code, _ := item.StringValueOK()
		return bsoncore.AppendArrayElement(answers, f.name, bsoncore.BuildArray(nil, bsoncore.Value{
			Type: bsoncore.TypeString, Data: bsoncore.AppendString(nil, code),
		}))
	case rows:
		n, _ := item.AsInt64OK()
		return bsoncore.AppendDoubleElement(answers, f.name, float64(n))
	}
	if v.IsZero() || v.Type == bson.TypeNull {
		return answers
	}
	return bsoncore.AppendValueElement(answers, f.name, bsoncore.Value{Type: bsoncore.Type(v.Type), Data: v.Value})
}

var _ surveys.Gatherer = (*Store)(nil)

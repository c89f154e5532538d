package tally

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"

	"diapason/surveys"
)

// identity is the identifier of a response in 16 bytes.
type identity [16]byte

// identityOf keeps a UUID, in the one spelling a store lets in, as it is; any
// other identifier by its hash.
func identityOf(id string) identity {
	if made, ok := parseUUID(id); ok {
		return made
	}
	h := sha256.Sum256([]byte(id))
	return identity(h[:16])
}

func parseUUID(id string) (made identity, ok bool) {
	if len(id) != 36 {
		return made, false
	}
	digits := 0
	for i := range len(id) {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if id[i] != '-' {
				return made, false
			}
			continue
		}
		digit := strings.IndexByte("0123456789abcdef", id[i])
		if digit < 0 {
			return made, false
		}
		made[digits/2] = made[digits/2]<<4 | byte(digit)
		digits++
	}
	return made, true
}

// document is the part of a stored response that is counted. Its bytes are
// the arrival's: good until the next one.
type document struct {
	survey  []byte
	version int
	day     []byte
	answers []byte
	how     [4]bsoncore.Value // in the order of surveys.Circumstances
}

var errDocument = errors.New("not a BSON document")

// readDocument walks the raw fields, in any order, and passes over those it
// does not count.
func readDocument(raw []byte) (document, error) {
	var d document
	err := eachElement(raw, func(key []byte, _ bsoncore.Element, v bsoncore.Value) {
		switch string(key) {
		case "survey":
			d.survey, _ = stringBytes(v)
		case "version":
			n, _ := v.AsInt64OK()
			d.version = int(n)
		case "day":
			d.day, _ = stringBytes(v)
		case "answers":
			d.answers, _ = v.DocumentOK()
		default:
			if i, ok := circumstances[string(key)]; ok {
				d.how[i] = v
			}
		}
	})
	if err == nil && (d.survey == nil || d.answers == nil) {
		err = fmt.Errorf("%w of a response: survey or answers are missing", errDocument)
	}
	return d, err
}

// circumstances are the places of the fields that say how a response came in.
var circumstances = func() map[string]int {
	places := map[string]int{}
	for i, q := range surveys.Circumstances {
		places[strings.TrimPrefix(q.Name, surveys.CircumstanceMark)] = i
	}
	return places
}()

// all appends the answers with the circumstances before them, under their marked
// names: in the order of names, as answers are stored.
func (d *document) all(to []byte) []byte {
	start, to := bsoncore.AppendDocumentStart(to)
	for i, q := range surveys.Circumstances {
		if d.how[i].Data != nil {
			to = bsoncore.AppendValueElement(to, q.Name, d.how[i])
		}
	}
	to = append(to, d.answers[4:]...) // its elements and its end
	return bsoncore.UpdateLength(to, start, int32(len(to))-start)
}

// eachElement visits the elements of a document without copying anything.
func eachElement(raw []byte, visit func(key []byte, e bsoncore.Element, v bsoncore.Value)) error {
	length, rest, ok := bsoncore.ReadLength(raw)
	if !ok || int(length) > len(raw) || length < 5 {
		return errDocument
	}
	rest = raw[4 : length-1]
	for len(rest) > 0 {
		var e bsoncore.Element
		if e, rest, ok = bsoncore.ReadElement(rest); !ok {
			return errDocument
		}
		key := e.KeyBytes()
		visit(key, e, bsoncore.Value{Type: bsoncore.Type(e[0]), Data: e[len(key)+2:]})
	}
	return nil
}

// stringBytes is the text of a BSON string, not copied.
func stringBytes(v bsoncore.Value) ([]byte, bool) {
	// Four bytes of length, the text, a zero.
	if v.Type != bsoncore.TypeString || len(v.Data) < 5 {
		return nil, false
	}
	return v.Data[4 : len(v.Data)-1], true
}

// eachCode visits the strings of a BSON array in order.
func eachCode(v bsoncore.Value, visit func(code []byte)) {
	if v.Type != bsoncore.TypeArray {
		return
	}
	// Broken bytes end the list early; a store never gives any.
	_ = eachElement(v.Data, func(_ []byte, _ bsoncore.Element, item bsoncore.Value) {
		if code, ok := stringBytes(item); ok && len(code) > 0 {
			visit(code)
		}
	})
}

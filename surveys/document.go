package surveys

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"
)

// MarshalBSON writes the document both stores keep. Fields are always in the
// same order and answers sorted by name, so equal responses are equal bytes.
func (r Response) MarshalBSON() ([]byte, error) {
	start, doc := bsoncore.AppendDocumentStart(make([]byte, 0, r.Answers.room()+512))
	doc = bsoncore.AppendStringElement(doc, "_id", r.ID)
	doc = bsoncore.AppendStringElement(doc, "diagnostic", r.Diagnostic)
	doc = bsoncore.AppendStringElement(doc, "survey", r.Survey)
	doc = bsoncore.AppendInt32Element(doc, "version", int32(r.Version))
	doc = bsoncore.AppendStringElement(doc, "language", r.Language)
	doc = bsoncore.AppendStringElement(doc, "relay", r.Relay)
	doc = bsoncore.AppendStringElement(doc, "mode", string(r.Mode))
	doc = bsoncore.AppendStringElement(doc, "consent", r.Consent)
	doc = bsoncore.AppendStringElement(doc, "day", string(r.Day))
	doc = bsoncore.AppendInt32Element(doc, "seconds", int32(r.Seconds))
	doc = appendAnswers(bsoncore.AppendHeader(doc, bsoncore.TypeEmbeddedDocument, "answers"), r.Answers)
	doc = bsoncore.AppendBinaryElement(doc, "digest", 0, r.Digest[:])
	doc = bsoncore.AppendBinaryElement(doc, "receipt", 0, r.Receipt[:])
	return bsoncore.AppendDocumentEnd(doc, start)
}

// UnmarshalBSON reads what MarshalBSON writes. Fields it does not know are
// passed over, so that a store may add its own. Nothing of data is kept.
func (r *Response) UnmarshalBSON(data []byte) error {
	*r = Response{}
	elements, err := bsoncore.Document(data).Elements()
	if err != nil {
		return fmt.Errorf("response document: %w", err)
	}
	for _, e := range elements {
		if err := r.setField(e.Key(), e.Value()); err != nil {
			return fmt.Errorf("response document, field %q: %w", e.Key(), err)
		}
	}
	return nil
}

func (r *Response) setField(key string, v bsoncore.Value) (err error) {
	var version, seconds int32
	switch key {
	case "_id":
		err = setString(&r.ID, v)
	case "diagnostic":
		err = setString(&r.Diagnostic, v)
	case "survey":
		err = setString(&r.Survey, v)
	case "version":
		version, err = int32Of(v)
		r.Version = int(version)
	case "language":
		err = setString(&r.Language, v)
	case "relay":
		err = setString(&r.Relay, v)
	case "mode":
		err = setString(&r.Mode, v)
	case "consent":
		err = setString(&r.Consent, v)
	case "day":
		err = setString(&r.Day, v)
	case "seconds":
		seconds, err = int32Of(v)
		r.Seconds = int(seconds)
	case "answers":
		r.Answers, err = answersOf(v)
	case "digest":
		err = setHash(&r.Digest, v)
	case "receipt":
		err = setHash(&r.Receipt, v)
	}
	return err
}

var errType = errors.New("not of the expected type")

func setString[S ~string](to *S, v bsoncore.Value) error {
	s, ok := v.StringValueOK()
	if !ok {
		return errType
	}
	*to = S(s)
	return nil
}

func int32Of(v bsoncore.Value) (int32, error) {
	n, ok := v.AsInt32OK()
	if !ok {
		return 0, errType
	}
	return n, nil
}

func setHash(to *[32]byte, v bsoncore.Value) error {
	_, data, ok := v.BinaryOK()
	if !ok || len(data) != len(to) {
		return errType
	}
	copy(to[:], data)
	return nil
}

// appendAnswers writes the answers as a document, sorted by name: the
// canonical form that digests are made of.
func appendAnswers(dst []byte, a Answers) []byte {
	start, doc := bsoncore.AppendDocumentStart(dst)
	for _, name := range a.Names() {
		doc = appendValue(doc, name, a[name])
	}
	return end(doc, start)
}

func appendValue(doc []byte, name string, v Value) []byte {
	switch v.kind {
	case TextAnswer:
		return bsoncore.AppendStringElement(doc, name, v.text)
	case NumberAnswer:
		return bsoncore.AppendDoubleElement(doc, name, v.number)
	case CodesAnswer:
		start, doc := bsoncore.AppendArrayElementStart(doc, name)
		for i, c := range v.codes {
			doc = bsoncore.AppendStringElement(doc, strconv.Itoa(i), c)
		}
		return end(doc, start)
	case RowsAnswer:
		start, doc := bsoncore.AppendArrayElementStart(doc, name)
		for i, row := range v.rows {
			doc = appendAnswers(bsoncore.AppendHeader(doc, bsoncore.TypeEmbeddedDocument, strconv.Itoa(i)), row)
		}
		return end(doc, start)
	}
	return doc
}

// end closes the document or array that began at start.
func end(doc []byte, start int32) []byte {
	doc, err := bsoncore.AppendDocumentEnd(doc, start)
	if err != nil {
		panic(err) // only when start is not in doc
	}
	return doc
}

// room is about how many bytes the answers take, so that the document that
// holds them is allocated once.
func (a Answers) room() int {
	n := 64
	for name, v := range a {
		n += len(name) + len(v.text) + 16
		for _, c := range v.codes {
			n += len(c) + 10
		}
		for _, row := range v.rows {
			n += row.room()
		}
	}
	return n
}

func answersOf(v bsoncore.Value) (Answers, error) {
	doc, ok := v.DocumentOK()
	if !ok {
		return nil, errType
	}
	elements, err := doc.Elements()
	if err != nil {
		return nil, err
	}
	answers := make(Answers, len(elements))
	for _, e := range elements {
		value, err := valueOf(e.Value())
		if err != nil {
			return nil, fmt.Errorf("answer %q: %w", e.Key(), err)
		}
		answers[e.Key()] = value
	}
	return answers, nil
}

func valueOf(v bsoncore.Value) (Value, error) {
	switch v.Type {
	case bsoncore.TypeString:
		return TextValue(string(bytes.Clone([]byte(v.StringValue())))), nil
	case bsoncore.TypeDouble, bsoncore.TypeInt32, bsoncore.TypeInt64:
		return NumberValue(v.AsFloat64()), nil
	case bsoncore.TypeArray:
		return listOf(v.Array())
	}
	return Value{}, errType
}

func listOf(array bsoncore.Array) (Value, error) {
	values, err := array.Values()
	if err != nil {
		return Value{}, err
	}
	if len(values) > 0 && values[0].Type == bsoncore.TypeEmbeddedDocument {
		return rowsOf(values)
	}
	codes := make([]string, len(values))
	for i, v := range values {
		if err := setString(&codes[i], v); err != nil {
			return Value{}, err
		}
	}
	return CodesValue(codes...), nil
}

func rowsOf(values []bsoncore.Value) (Value, error) {
	rows := make([]Answers, len(values))
	for i, v := range values {
		row, err := answersOf(v)
		if err != nil {
			return Value{}, err
		}
		rows[i] = row
	}
	return RowsValue(rows...), nil
}

// Both codecs stand behind the library's own interfaces, so that bson.Marshal
// anywhere writes these bytes.
var (
	_ bson.Marshaler   = Response{}
	_ bson.Unmarshaler = (*Response)(nil)
)

package surveys_test

import (
	"encoding/json"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"diapason/surveys"
)

func TestResponseIDsTellTheDayAndNothingMore(t *testing.T) {
	morning := surveys.NewResponseID(time.Date(2026, 11, 22, 6, 1, 2, 3, time.UTC))
	evening := surveys.NewResponseID(time.Date(2026, 11, 22, 23, 59, 59, 0, time.UTC))
	if morning[:13] != evening[:13] {
		t.Errorf("%s and %s of one day differ in their time", morning, evening)
	}
	if morning == evening {
		t.Error("two responses have one identifier")
	}
	for id, want := range map[string]bool{
		morning:                                true,
		"019a0000-0000-4000-8000-000000000000": false, // version 4
		"019aa3c1-d2e4-7000-8000-000000000000": false, // tells the minute
		"pas-un-uuid":                          false,
		"":                                     false,
	} {
		if surveys.ValidResponseID(id) != want {
			t.Errorf("ValidResponseID(%q) is not %v", id, want)
		}
	}
}

func TestAResponseComesBackFromItsDocument(t *testing.T) {
	r := response()
	data, err := bson.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back surveys.Response
	if err := bson.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if !back.Answers.Equal(r.Answers) {
		t.Errorf("answers %v, want %v", back.Answers, r.Answers)
	}
	back.Answers, r.Answers = nil, nil
	if a, b := asJSON(t, back), asJSON(t, r); a != b || back.Digest != r.Digest || back.Receipt != r.Receipt || back.Day != r.Day {
		t.Errorf("got  %+v\nwant %+v", back, r)
	}
}

func TestTheDigestIsTheContent(t *testing.T) {
	sealed := func(change func(*surveys.Response)) [32]byte {
		r := response()
		change(&r)
		r.Seal()
		return r.Digest
	}
	same := sealed(func(*surveys.Response) {})
	if sealed(func(r *surveys.Response) { r.Day, r.Seconds = "2026-11-23", 900 }) != same {
		t.Error("sending again the next day is not the same again")
	}
	for name, change := range map[string]func(*surveys.Response){
		"another answer":    func(r *surveys.Response) { r.Answers["note"] = number(3) },
		"one answer fewer":  func(r *surveys.Response) { delete(r.Answers, "note") },
		"another order":     func(r *surveys.Response) { r.Answers["prio"] = codes("T02", "T01") },
		"another version":   func(r *surveys.Response) { r.Version = 2 },
		"another survey":    func(r *surveys.Response) { r.Survey = "autre" },
		"another agreement": func(r *surveys.Response) { r.Consent = "2" },
	} {
		if sealed(change) == same {
			t.Errorf("%s does not change the digest", name)
		}
	}
}

func TestValuesInJSON(t *testing.T) {
	for in, want := range map[string]string{
		`"oui"`: `"oui"`, `3.5`: `3.5`, `["a","b"]`: `["a","b"]`, `[{"age":3}]`: `[{"age":3}]`,
		`""`: `null`, `[]`: `null`, `null`: `null`,
	} {
		var v surveys.Value
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Errorf("%s: %v", in, err)
		} else if got := asJSON(t, v); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{`true`, `{"a":1}`, `[1,2]`, `["a",1]`} {
		var v surveys.Value
		if err := json.Unmarshal([]byte(in), &v); err == nil {
			t.Errorf("%s is taken for an answer: %s", in, asJSON(t, v))
		}
	}
}

func FuzzResponseDocument(f *testing.F) {
	data, _ := response().MarshalBSON()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var r surveys.Response
		if r.UnmarshalBSON(data) != nil {
			return
		}
		again, err := r.MarshalBSON()
		if err != nil {
			t.Fatal(err)
		}
		var back surveys.Response
		if err := back.UnmarshalBSON(again); err != nil {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}

func response() surveys.Response {
	return surveys.Response{
		ID: "019a9000-0000-7abc-8def-0123456789ab", Diagnostic: "creusot", Survey: "creusot-habitants",
		Version: 1, Language: "Français (fr)", Mode: surveys.Web, Consent: "1", Day: "2026-11-22", Seconds: 312,
		Answers: surveys.Answers{
			"commune": text("71153"), "note": number(7), "prio": codes("T01", "T02"),
			"enfants": rows(surveys.Answers{"age": number(3)}), "action": text("Un médecin ! 🩺 طبيب"),
		},
		Digest: [32]byte{1, 2, 3}, Receipt: [32]byte{4, 5, 6},
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

package storetest

import (
	"crypto/sha256"
	"fmt"
	"time"

	"diapason/surveys"
)

// DiagnosticID names the diagnostic that the fixtures belong to.
const DiagnosticID = "pays-demo-2026"

// noon is a moment finer than a store keeps, in a zone a store does not.
var noon = time.Date(2026, 11, 22, 12, 30, 15, 123_456_789, time.FixedZone("CET", 3600))

// kept is a time as it comes back from a store.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// Diagnostic is a small diagnostic of two communes in one sector.
func Diagnostic(id string) surveys.Diagnostic {
	return surveys.Diagnostic{
		ID:      id,
		Title:   "Diagnostic partagé du Pays démo",
		Edition: "2026",
		Territory: surveys.Territory{
			Code: "200000001", Name: "Pays démo", Kind: "CC", Department: "38", Region: "84",
			Source: "inventé pour les tests",
			Communes: []surveys.Commune{
				{Code: "38001", Name: "Les Abrets", PostalCodes: []string{"38490"}, Population: 6500},
				{Code: "38002", Name: "Les Adrets", PostalCodes: []string{"38190"}, Population: 1000},
			},
			Sectors: []surveys.Sector{{ID: "nord", Name: "Secteur nord", Communes: []string{"38001", "38002"}}},
		},
		Frame: surveys.Frame{
			Themes: []surveys.Theme{{Code: "T01", Name: "Accès aux soins", Short: "Se soigner"}},
			Axes:   []surveys.Axis{{Code: "A1", Name: "Accès aux soins de proximité", Themes: []string{"T01"}}},
		},
		Grouping: surveys.Grouping{Number: 2, Since: kept(noon), By: "nadia", Reason: "trop peu de réponses au nord"},

		Restitution: &surveys.Opening{Since: kept(noon), By: "nadia"},

		State:  surveys.Open,
		Opens:  kept(noon),
		Closes: kept(noon.AddDate(0, 2, 0)),
		Notice: surveys.Notice{Controller: "CC du Pays démo", Contact: "sante@exemple.fr", DPO: "dpo@exemple.fr", Hosting: "France"},
		Demo:   true,
	}
}

// Survey is the residents' survey of a diagnostic.
func Survey(id, diagnostic string) surveys.Survey {
	return surveys.Survey{
		ID: id, Diagnostic: diagnostic, Audience: surveys.Habitants,
		Title: "Votre santé, votre quartier", State: surveys.Open, Current: 1, Updated: kept(noon),
	}
}

// Version is a published questionnaire with what is awkward to keep: texts in
// two writings, sections, sheets, and columns with a dot or a dollar.
func Version(survey string, number int) surveys.Version {
	return surveys.Version{Survey: survey, Number: number, Published: kept(noon), Questionnaire: surveys.Questionnaire{
		Title: "Votre santé", FormID: "habitants", DefaultLanguage: "Français (fr)",
		Languages: []string{"Français (fr)", "العربية (ar)"},
		Items: []surveys.Item{{
			Kind: surveys.Group, Name: "soins", Label: surveys.Text{"Français (fr)": "Vos soins"}, Row: 2,
			Items: []surveys.Item{{
				Kind: surveys.SelectOne, Name: "medecin", List: "oui_non", Required: "yes", Theme: "T01", Row: 3,
				Label:      surveys.Text{"Français (fr)": "Avez-vous un médecin traitant ?", "العربية (ar)": "هل لديك طبيب معالج؟"},
				Relevant:   "${age} >= 16",
				Appearance: []string{"minimal"},
				Parameters: map[string]string{"randomize": "false"},
				Extra:      map[string]string{"$remarque": "à relire", "n.b.": "court", "media::image": "médecin.png"},
			}},
		}},
		Lists: []surveys.List{{Name: "oui_non", Choices: []surveys.Choice{
			{Name: "oui", Label: surveys.Text{"Français (fr)": "Oui"}, Extra: map[string]string{"ordre": "1"}, Row: 2},
			{Name: "non", Label: surveys.Text{"Français (fr)": "Non"}, Row: 3},
		}}},
		Settings: map[string]string{"style": "pages"},
		Sheets:   []surveys.Sheet{{Name: "Journal", Rows: [][]string{{"date", "qui"}, {"2026-11-22", "Nadia"}}}},
	}}
}

// ResponseID is the identifier of the n-th response: a UUID version 7 on a
// whole day.
func ResponseID(n int) string {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).UnixMilli()
	return fmt.Sprintf("%08x-%04x-7%03x-8000-%012x", day>>16, day&0xffff, n&0xfff, n)
}

// Response is the n-th response to the residents' survey of [DiagnosticID],
// with an answer of every kind, sealed.
func Response(n int) surveys.Response {
	r := surveys.Response{
		ID: ResponseID(n), Diagnostic: DiagnosticID, Survey: "habitants", Version: 1,
		Language: "fr", Relay: "pharmacie", Mode: surveys.Web, Consent: "2026-1",
		Day: "2026-11-22", Seconds: 240 + n%60,
		Answers: surveys.Answers{
			"medecin": surveys.TextValue("oui"),
			"age":     surveys.NumberValue(float64(18 + n%70)),
			"freins":  surveys.CodesValue("delai", "distance"),
			"enfants": surveys.RowsValue(
				surveys.Answers{"prenom": surveys.TextValue("Zoé"), "age": surveys.NumberValue(4)},
				surveys.Answers{"prenom": surveys.TextValue("Noé")},
			),
			"remarque": surveys.TextValue(fmt.Sprintf("réponse n° %d, « merci »", n)),
		},
		Receipt: ReceiptOf(n),
	}
	r.Seal()
	return r
}

// ReceiptOf is the receipt of the n-th response.
func ReceiptOf(n int) [32]byte { return sha256.Sum256(fmt.Appendf(nil, "receipt %d", n)) }

// LongResponse is the n-th response with forty answers, the size of the
// longest common questionnaire, to measure with.
func LongResponse(n int) surveys.Response {
	r := Response(n)
	r.Answers = surveys.Answers{}
	for q := range 40 {
		name := fmt.Sprintf("question_%02d", q)
		switch q % 4 {
		case 0:
			r.Answers[name] = surveys.TextValue([]string{"oui", "non", "nsp"}[(n+q)%3])
		case 1:
			r.Answers[name] = surveys.NumberValue(float64((n * q) % 100))
		case 2:
			r.Answers[name] = surveys.CodesValue("delai", "distance", "cout")
		case 3:
			r.Answers[name] = surveys.TextValue("plutot_d_accord")
		}
	}
	r.Seal()
	return r
}

// Account is a coordinator of [DiagnosticID].
func Account(login string) surveys.Account {
	return surveys.Account{
		Login: login, Name: "Nadia Benali", Role: surveys.Coordinator,
		Diagnostics: []string{DiagnosticID}, Password: "$argon2id$v=19$m=65536,t=1,p=2$c2Vs$aGFjaMOp",
	}
}

// Token is one of nadia's, used and noted.
func Token(id string) surveys.Token {
	return surveys.Token{
		ID: id, Login: "nadia", Label: "Tableau de l’agence", Hash: []byte{0, 1, 0xfe, 0xff}, Scope: surveys.ScopeWork,
		Created: kept(noon), Expires: kept(noon.AddDate(0, 6, 0)), Used: "2026-11-22",
		Noted: []surveys.TokenNote{{Diagnostic: DiagnosticID, Day: "2026-11-22"}},
	}
}

// Event is a download of raw answers, n minutes after noon.
func Event(n int) surveys.Event {
	return surveys.Event{
		Diagnostic: DiagnosticID, Login: "nadia", Action: "export",
		Detail: fmt.Sprintf("téléchargement %d", n), At: kept(noon.Add(time.Duration(n) * time.Minute)),
	}
}

package verbatims

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"diapason/surveys"
	"diapason/surveys/boltstore"
)

// opened is a store with a diagnostic whose questionnaire asks to write.
func opened(t testing.TB) (*boltstore.Store, *surveys.Forms, surveys.Diagnostic) {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "diapason.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	d := surveys.Diagnostic{ID: "d", Territory: montceau}
	version := surveys.Version{Survey: "h", Number: 1, Questionnaire: surveys.Questionnaire{
		Items: []surveys.Item{
			{Kind: surveys.SelectOne, Name: "commune", List: "communes", Profile: surveys.ProfileCommune},
			{Kind: surveys.TextKind, Name: "x_action"},
			{Kind: surveys.SelectOne, Name: "ailleurs", List: "oui"},
			{Kind: surveys.TextKind, Name: "lequel", Relevant: "${ailleurs} = 'oui'"},
			{Kind: surveys.TextKind, Name: "metier", Profile: "margin:diplome"},
		},
		Lists: []surveys.List{
			{Name: "communes", Choices: []surveys.Choice{{Name: "71153"}}},
			{Name: "oui", Choices: []surveys.Choice{{Name: "oui"}, {Name: "non"}}},
		},
	}}
	ctx := context.Background()
	for _, err := range []error{
		store.AddDiagnostic(ctx, d),
		store.AddSurvey(ctx, surveys.Survey{ID: "h", Diagnostic: "d", Audience: surveys.Habitants, Current: 1}),
		store.AddVersion(ctx, version),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return store, surveys.NewForms(store), d
}

// write keeps the answers of the n-th person.
func write(t testing.TB, store surveys.Store, n int, a surveys.Answers) surveys.Response {
	t.Helper()
	r := surveys.Response{
		ID: surveys.NewResponseID(time.Now()), Diagnostic: "d", Survey: "h", Version: 1, Day: "2026-11-03", Mode: surveys.Web,
		Answers: a, Receipt: sha256.Sum256(fmt.Append(nil, n)),
	}
	r.Seal()
	if _, err := store.AddResponse(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, books *Books, d surveys.Diagnostic) string {
	t.Helper()
	texts, err := books.Texts(context.Background(), d)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, text := range texts {
		lines = append(lines, fmt.Sprintf("%s %s %s: %s %v", text.Survey, text.Question, text.Commune, text.Masked, text.Found))
	}
	return strings.Join(lines, "\n")
}

func TestABookFollowsWhatPeopleWrite(t *testing.T) {
	store, forms, d := opened(t)
	books := NewBooks(store, forms, 1<<20)
	say := surveys.TextValue

	write(t, store, 1, surveys.Answers{"commune": say("71153"), "x_action": say("Remplacer le Dr Martin et le Dr Petit, 0612345678")})
	write(t, store, 2, surveys.Answers{"commune": say("71153")})
	write(t, store, 3, surveys.Answers{"x_action": say("Un bus"), "ailleurs": say("oui"), "lequel": say("À Torcy"), "metier": say("notaire à Torcy")})
	write(t, store, 4, surveys.Answers{"ailleurs": say("non"), "lequel": say("hors du chemin")})
	first := "h x_action 71153: Remplacer le Dr [nom] et le Dr [nom], [téléphone] [nom téléphone]"
	rest := "h x_action : Un bus []\nh lequel : À Torcy []"
	if got := read(t, books, d); got != first+"\n"+rest {
		t.Fatalf("the book reads\n%s", got)
	}

	t.Run("withdrawn texts are forgotten, what comes later is read", func(t *testing.T) {
		if err := store.WithdrawResponse(context.Background(), "d", sha256.Sum256(fmt.Append(nil, 1))); err != nil {
			t.Fatal(err)
		}
		write(t, store, 5, surveys.Answers{"x_action": say("Plus tard")})
		if got, want := read(t, books, d), rest+"\nh x_action : Plus tard []"; got != want {
			t.Errorf("the book reads\n%s\nwant\n%s", got, want)
		}
	})
	t.Run("a change of the territory masks again", func(t *testing.T) {
		d.Territory.Communes = nil
		d.Revision++
		write(t, store, 6, surveys.Answers{"x_action": say("Un médecin près de Perrecy Essertenne")})
		if got := read(t, books, d); !strings.Contains(got, "près de [nom]") {
			t.Errorf("the book reads\n%s", got)
		}
	})
	t.Run("the words as they were written are nowhere in the book", func(t *testing.T) {
		if got := fmt.Sprintf("%#v", books.book(d)); strings.Contains(got, "Martin") {
			t.Error(got)
		}
	})
}

func TestBooksKeepThoseUsedLast(t *testing.T) {
	store, forms, d := opened(t)
	write(t, store, 1, surveys.Answers{"x_action": surveys.TextValue("Un bus")})
	books := NewBooks(store, forms, 100)
	for _, id := range []string{"d", "e", "f", "d"} {
		d.ID = id
		if _, err := books.Texts(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	if len(books.books) != 1 && books.books[0].diagnostic != "d" {
		t.Errorf("%d books are kept", len(books.books))
	}
	if got := read(t, books, d); got != "h x_action : Un bus []" {
		t.Errorf("the book reads %s", got)
	}
}

func BenchmarkBook(b *testing.B) {
	store, forms, d := opened(b)
	said := []string{"Plus de médecins généralistes au Creusot, et un bus le soir.", "Que le Dr Martin soit remplacé, on attend 6 mois", "Un lieu où parler, pour les jeunes et leurs parents", "Des dentistes !"}
	const people = 20_000
	for i := range people {
		write(b, store, i, surveys.Answers{"commune": surveys.TextValue("71153"), "x_action": surveys.TextValue(said[i%len(said)])})
	}
	for b.Loop() {
		texts, err := NewBooks(store, forms, 1).Texts(context.Background(), d)
		if err != nil || len(texts) != people {
			b.Fatal(len(texts), err)
		}
	}
}

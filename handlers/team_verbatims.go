package handlers

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/session"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
	"diapason/surveys/verbatims"
)

// verbatimRoutes is the map of the pages where what people wrote is read. What
// may be quoted of it is shown to everybody by a chapter of the report.
func (s *Server) verbatimRoutes() []route {
	return []route{
		{fiber.MethodGet, "/verbatims", surveys.ReadVerbatims, s.reading(s.queue)},
		{fiber.MethodPost, "/verbatims/textes/:response/:question", surveys.ReadVerbatims, s.reading(s.judge)},
		{fiber.MethodGet, "/verbatims/sujets", surveys.ReadVerbatims, s.reading(s.subjects)},
		{fiber.MethodPost, "/verbatims/sujets", surveys.ReadVerbatims, s.reading(s.changeSubjects)},
		{fiber.MethodGet, "/verbatims/lecteurs", surveys.ReadVerbatims, s.reading(s.readers)},
	}
}

// A reading is a visit to the texts of a diagnostic.
type reading struct {
	visit
	entries []verbatims.Entry
	frame   verbatims.Frame
	labels  map[string]string // of the questions that have texts
}

const verbatimsKey = "verbatims:" // in a session, where texts were opened

// reading gathers the texts and notes, once a session, who opened them.
func (s *Server) reading(handle func(fiber.Ctx, reading) error) func(fiber.Ctx, visit) error {
	return func(c fiber.Ctx, v visit) error {
		memory := session.FromContext(c)
		if memory.Get(verbatimsKey+v.diagnostic.ID) == nil {
			if err := s.note(c.Context(), v, surveys.OpenedVerbatims, ""); err != nil {
				return err
			}
			memory.Set(verbatimsKey+v.diagnostic.ID, true)
		}
		w := reading{visit: v}
		reviews, err := s.store.Reviews(c.Context(), v.diagnostic.ID)
		if err != nil {
			return err
		}
		texts, err := s.source.Books.Texts(c.Context(), v.diagnostic)
		if err != nil {
			return err
		}
		dossier, err := s.store.Dossier(c.Context(), v.diagnostic.ID)
		if err != nil && !errors.Is(err, surveys.ErrNotFound) {
			return err
		}
		w.entries = verbatims.Entries(v.diagnostic.ID, texts, reviews)
		if w.labels, err = s.writtenQuestions(c, w); err != nil {
			return err
		}
		w.frame = verbatims.FrameOf(v.diagnostic, dossier)
		return handle(c, w)
	}
}

func (w reading) base() string { return "/d/" + w.diagnostic.ID + "/verbatims" }

func (w reading) reviews() []surveys.Review {
	var all []surveys.Review
	for _, e := range w.entries {
		all = append(all, e.Review)
	}
	return all
}

// verbatimFrame is what the pages of the texts share.
func (s *Server) verbatimFrame(c fiber.Ctx, w reading, here string) pages.VerbatimFrame {
	f := pages.VerbatimFrame{TeamFrame: s.frame(c, w.visit, report.Work), Base: w.base()}
	for _, p := range []struct{ path, label string }{{"", "Relire et coder"}, {"/sujets", "Grille des sujets"}, {"/lecteurs", "Deux lecteurs"}} {
		f.Pages = append(f.Pages, pages.TeamTab{Label: p.label, Address: w.base() + p.path, Current: p.path == here})
	}
	return f
}

// listing is which texts somebody wants to see, as the address says.
type listing struct {
	filter           verbatims.Filter
	question, survey string
	words            string
	page             int // from 1
}

// perPage is how many texts a page shows.
const perPage = 20

func listingOf(c fiber.Ctx) listing {
	a := listing{
		filter: verbatims.Filter(strings.Clone(c.Query("filtre"))), question: strings.Clone(c.Query("question")),
		survey: strings.Clone(c.Query("enquete")), words: strings.TrimSpace(strings.Clone(c.Query("mots"))),
	}
	if !a.filter.Known() {
		a.filter = verbatims.ToRead
	}
	a.page, _ = strconv.Atoi(c.Query("page"))
	a.page = max(a.page, 1)
	return a
}

// query is the address of a list, after the path.
func (a listing) query() string {
	values := url.Values{"filtre": {string(a.filter)}}
	for key, value := range map[string]string{"question": a.question, "enquete": a.survey, "mots": a.words} {
		if value != "" {
			values.Set(key, value)
		}
	}
	if a.page > 1 {
		values.Set("page", strconv.Itoa(a.page))
	}
	return "?" + values.Encode()
}

func (a listing) with(change func(*listing)) string {
	a.page = 1
	change(&a)
	return a.query()
}

// matches reports whether an entry is asked for, whatever the filter.
func (a listing) matches(e verbatims.Entry, words verbatims.Matcher) bool {
	return (a.question == "" || e.Question == a.question) && (a.survey == "" || e.Survey == a.survey) &&
		words.Match(verbatims.Words(e.Review, e.Masked))
}

// list is the entries asked for, and how many each filter would show.
func (w reading) list(a listing) (listed []verbatims.Entry, counts map[verbatims.Filter]int) {
	counts = map[verbatims.Filter]int{}
	words := verbatims.NewMatcher(a.words)
	for _, e := range w.entries {
		if !a.matches(e, words) {
			continue
		}
		for _, f := range verbatims.Filters() {
			if f.Passes(e, w.account.Login) {
				counts[f]++
			}
		}
		if a.filter.Passes(e, w.account.Login) {
			listed = append(listed, e)
		}
	}
	return listed, counts
}

// rejection is what a reader who was refused sees again: the text they judged,
// what they typed and why it was not kept.
type rejection struct {
	entry  verbatims.Entry
	typed  string
	codes  []string
	reason string
}

// queue lists the texts to read.
func (s *Server) queue(c fiber.Ctx, w reading) error {
	return s.showQueue(c, w, listingOf(c), nil)
}

func (s *Server) showQueue(c fiber.Ctx, w reading, a listing, refused *rejection) error {
	listed, counts := w.list(a)
	if refused != nil { // shown even when the list no longer has it
		listed = slices.DeleteFunc(listed, func(e verbatims.Entry) bool { return e.Review.ID == refused.entry.Review.ID })
		at := min((a.page-1)*perPage, len(listed))
		listed = slices.Insert(listed, at, refused.entry)
	}
	last := max((len(listed)+perPage-1)/perPage, 1)
	a.page = min(a.page, last)
	page := pages.TeamVerbatims{
		VerbatimFrame: s.verbatimFrame(c, w, ""), Words: a.words, Total: len(listed), Page: a.page, PageCount: last,
		Filter: string(a.filter), Done: doneWords[c.Query("fait")], Written: len(w.entries),
	}
	if a.page > 1 {
		page.Previous = w.base() + a.with(func(b *listing) { b.page = a.page - 1 })
	}
	if a.page < last {
		page.Next = w.base() + a.with(func(b *listing) { b.page = a.page + 1 })
	}
	for _, f := range verbatims.Filters() {
		page.Filters = append(page.Filters, pages.VerbatimFilter{
			Label: filterWords[f], Count: counts[f], Current: f == a.filter, Address: w.base() + a.with(func(b *listing) { b.filter = f }),
		})
	}
	w.choices(a, &page)
	first := (a.page - 1) * perPage
	shown := listed[min(first, len(listed)):min(first+perPage, len(listed))]
	learned := verbatims.Learn(verbatims.ExamplesOf(w.reviews(), w.textOf()))
	for i, e := range shown {
		card, err := s.card(c, w, a, learned, e)
		if err != nil {
			return err
		}
		card.Number = first + i + 1
		if refused != nil && refused.entry.Review.ID == e.Review.ID {
			card.Problem, card.Typed, card.HandOpen = refused.reason, refused.typed, true
			card.Check(refused.codes)
		}
		page.Cards = append(page.Cards, card)
	}
	page.Link()
	return s.render(c, page)
}

// textOf finds the masked text of a review.
func (w reading) textOf() func(surveys.Review) string {
	of := map[string]string{}
	for _, e := range w.entries {
		of[e.Review.ID] = verbatims.Words(e.Review, e.Masked)
	}
	return func(r surveys.Review) string { return of[r.ID] }
}

// filterWords and doneWords are what the page says of a filter, and of what was
// just done.
var (
	filterWords = map[verbatims.Filter]string{
		verbatims.ToRead: "À relire", verbatims.ToCode: "À coder", verbatims.Citable: "Peuvent être cités", verbatims.SetAside: "Écartés", verbatims.Every: "Tous",
	}
	doneWords = map[string]string{
		"citable": "C’est noté : ce texte peut être cité.", "ecarte": "C’est noté : ce texte ne sera pas cité.",
		"coder": "C’est noté : vos sujets sont enregistrés.", "masquer": "C’est noté : le texte masqué est enregistré.", "relire": "C’est noté : ce texte est de nouveau à relire.",
	}
)

// choices fills the questions and the audiences somebody may ask for.
func (w reading) choices(a listing, page *pages.TeamVerbatims) {
	for _, name := range slices.Sorted(maps.Keys(w.labels)) {
		page.Questions = append(page.Questions, pages.VerbatimOption{Value: name, Label: w.labels[name], Selected: name == a.question})
	}
	for _, survey := range w.surveys {
		page.Surveys = append(page.Surveys, pages.VerbatimOption{Value: survey.ID, Label: survey.Audience.Label(), Selected: survey.ID == a.survey})
	}
}

// writtenQuestions are the labels of the questions that have texts, in the
// wording served now.
func (s *Server) writtenQuestions(c fiber.Ctx, w reading) (map[string]string, error) {
	labels := map[string]string{}
	for _, e := range w.entries {
		labels[e.Question] = e.Question
	}
	for _, survey := range w.surveys {
		if survey.Current == 0 {
			continue
		}
		form, err := s.forms.Form(c.Context(), survey.ID, survey.Current)
		if err != nil {
			return nil, err
		}
		for _, q := range verbatims.Questions(form) {
			if _, written := labels[q.Name]; written {
				labels[q.Name] = report.QuestionLabel(q, form)
			}
		}
	}
	return labels, nil
}

// card draws one text with what the reader may do.
func (s *Server) card(c fiber.Ctx, w reading, a listing, learned *verbatims.Learned, e verbatims.Entry) (pages.VerbatimCard, error) {
	card := pages.VerbatimCard{
		Anchor: "t-" + e.Response + "-" + e.Question, Question: w.labels[e.Question], Text: verbatims.Words(e.Review, e.Masked),
		Seen: verbatims.Seen(e.Review, e.Masked), State: e.Review.State, ByHand: e.Review.Text != "" && e.Review.Text != e.Masked,
		Action: w.base() + "/textes/" + url.PathEscape(e.Response) + "/" + url.PathEscape(e.Question) + a.query(),
	}
	card.Typed = card.Text
	for _, survey := range w.surveys {
		if survey.ID == e.Survey {
			card.Audience, card.AudienceLabel = survey.Audience, survey.Audience.Label()
		}
	}
	if i := w.diagnostic.Territory.SectorOf(e.Commune); i >= 0 {
		card.Sector = w.diagnostic.Territory.Sectors[i].Name
	}
	for _, k := range e.Found {
		card.Found = append(card.Found, string(k))
	}
	own, coded := e.Review.Coding(w.account.Login)
	card.Coded = coded
	for _, suggestion := range learned.Suggest(e.Review.ID, card.Text) {
		if !w.frame.Has(suggestion.Code) || coded {
			continue
		}
		card.Suggested = append(card.Suggested, pages.VerbatimCode{Code: suggestion.Code, Label: w.frame.Label(suggestion.Code), Because: strings.Join(suggestion.Words, ", ")})
	}
	for _, code := range w.frame.Codes() {
		if !slices.ContainsFunc(card.Suggested, func(s pages.VerbatimCode) bool { return s.Code == code }) {
			card.Codes = append(card.Codes, pages.VerbatimCode{Code: code, Label: w.frame.Label(code), Under: w.frame.Theme(code) != code})
		}
	}
	card.Check(own.Codes)
	return card, s.others(c, w, e, &card)
}

// others are the codings of the other readers, which a reader sees once they
// have coded.
func (s *Server) others(c fiber.Ctx, w reading, e verbatims.Entry, card *pages.VerbatimCard) error {
	for _, coding := range e.Review.Codings {
		if coding.Login == w.account.Login {
			continue
		}
		if !card.Coded {
			card.Waiting = true
			continue
		}
		name, err := s.nameOf(c, coding.Login)
		if err != nil {
			return err
		}
		var labels []string
		for _, code := range coding.Codes {
			labels = append(labels, w.frame.Label(code))
		}
		card.Others = append(card.Others, pages.VerbatimCoding{Name: name, Subjects: strings.Join(labels, ", ")})
	}
	return nil
}

// judge keeps what somebody says of a text, and goes on to the next one.
func (s *Server) judge(c fiber.Ctx, w reading) error {
	at := slices.IndexFunc(w.entries, func(e verbatims.Entry) bool {
		return e.Response == c.Params("response") && e.Question == c.Params("question")
	})
	if at < 0 {
		return surveys.ErrNotFound
	}
	entry, a, typed := w.entries[at], listingOf(c), entries(c)
	d := verbatims.Decision{Login: w.account.Login, Saw: typed.Get("vu"), Codes: typed["code"]}
	text := verbatims.Words(entry.Review, entry.Masked)
	if typed.Has("texte") {
		text = typed.Get("texte")
		d.Text = &text
	}
	_, coded := entry.Review.Coding(w.account.Login)
	gesture := typed.Get("geste")
	// Boxes that were ticked count whatever the button: nothing ticked is lost.
	d.Coded = coded || len(d.Codes) > 0 || gesture == "coder"
	switch gesture {
	case "citable":
		d.Judged, d.State = true, surveys.Quotable
	case "ecarte":
		d.Judged, d.State = true, surveys.KeptBack
	case "relire":
		d.Judged, d.State = true, surveys.Unread
	case "coder", "masquer":
	default:
		return fiber.ErrBadRequest
	}
	next := w.nextOf(entry, a)
	err := verbatims.Save(c.Context(), s.store, w.diagnostic.ID, entry.Text, w.frame, d, s.now())
	refused := rejection{entry: entry, typed: text, codes: d.Codes}
	switch problems := (surveys.Problems)(nil); {
	case errors.As(err, &problems):
		refused.reason = problems[0].Message
		c.Status(fiber.StatusUnprocessableEntity)
		return s.showQueue(c, w, a, &refused)
	case errors.Is(err, verbatims.ErrMoved):
		refused.reason = "Quelqu’un d’autre a relu ce texte pendant que vous le lisiez. Voici où il en est ; ce que vous aviez écrit est gardé ci-dessous. Relisez, puis choisissez de nouveau."
		c.Status(fiber.StatusConflict)
		return s.showQueue(c, w, a, &refused)
	case err != nil:
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + a.query() + "&fait=" + gesture + "#" + next)
}

// nextOf is where the reader goes on: the text after, else the top of the list.
func (w reading) nextOf(entry verbatims.Entry, a listing) string {
	listed, _ := w.list(a)
	at := slices.IndexFunc(listed, func(e verbatims.Entry) bool { return e.Review.ID == entry.Review.ID })
	if at >= 0 && at+1 < min(len(listed), a.page*perPage) {
		next := listed[at+1]
		return "t-" + next.Response + "-" + next.Question
	}
	return "textes"
}

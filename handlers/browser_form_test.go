package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// living is a questionnaire that moves while it is answered: defaults, a
// trigger, a calculation that is shown, choices that depend on others, rows that
// are counted and rows that are added.
func living() surveys.Questionnaire {
	choice := func(name, region string) surveys.Choice {
		return surveys.Choice{Name: name, Label: french("Ville " + name), Extra: map[string]string{"region": region}}
	}
	return surveys.Questionnaire{
		Title: "Vivant", FormID: "vivant", DefaultLanguage: inFrench, Languages: []string{inFrench},
		Lists: []surveys.List{
			{Name: "region", Choices: []surveys.Choice{{Name: "nord", Label: french("Le Nord")}, {Name: "sud", Label: french("Le Sud")}}},
			{Name: "ville", Choices: []surveys.Choice{choice("lille", "nord"), choice("arras", "nord"), choice("nice", "sud")}},
		},
		Items: []surveys.Item{
			{Kind: surveys.Group, Name: "vous", Label: french("Vous"), Items: []surveys.Item{
				{Kind: surveys.SelectOne, Name: "region", List: "region", Label: french("Votre région ?"), Default: "nord"},
				{Kind: surveys.SelectOne, Name: "ville", List: "ville", Label: french("Votre ville ?"), ChoiceFilter: "region = ${region}"},
				{Kind: surveys.Decimal, Name: "ans", Label: french("Votre âge ?"), Default: "30.5"},
				{Kind: surveys.Date, Name: "jour", Label: french("Aujourd’hui ?"), Default: "today()"},
				{Kind: surveys.Integer, Name: "double", Label: french("Deux fois votre âge"), Calculation: "${ans} * 2"},
				{Kind: surveys.TextKind, Name: "prenom", Label: french("Votre prénom ?"), Appearance: []string{"short"}},
				{Kind: surveys.TextKind, Name: "surnom", Label: french("Comment vous appeler ?"), Appearance: []string{"short"},
					Calculation: "concat('Cher ', ${prenom})", Extra: map[string]string{"trigger": "${prenom}"}},
				{Kind: surveys.Note, Name: "resume", Label: french("Vous vivez à ${dite}.")},
				{Kind: surveys.Calculate, Name: "dite", Calculation: "jr:choice-name(${ville}, '${ville}')"},
			}},
			{Kind: surveys.Group, Name: "foyer", Label: french("Votre foyer"), Items: []surveys.Item{
				{Kind: surveys.Integer, Name: "nombre", Label: french("Combien d’enfants ?")},
				{Kind: surveys.Repeat, Name: "enfant", Label: french("Vos enfants"), RepeatCount: "${nombre}", Items: []surveys.Item{
					{Kind: surveys.TextKind, Name: "nom", Label: french("Son prénom ?"), Appearance: []string{"short"}},
					{Kind: surveys.Integer, Name: "rang", Label: french("Son rang ?"), Default: "position(..)"},
					{Kind: surveys.TextKind, Name: "ecole", Label: french("L’école de ${nom} ?"), Appearance: []string{"short"}, Relevant: "${nom} != ''"},
				}},
				{Kind: surveys.SelectOne, Name: "aine", List: "${nom}", Label: french("Qui est l’aîné ?")},
				{Kind: surveys.Repeat, Name: "aide", Label: french("Qui vous aide ?"), Items: []surveys.Item{
					{Kind: surveys.TextKind, Name: "qui", Label: french("Qui ?"), Appearance: []string{"short"}},
				}},
			}},
		},
	}
}

// publish opens a survey under an ID.
func (s respondentSite) publish(id string, q surveys.Questionnaire) {
	s.t.Helper()
	s.publishIn("essai", id, q)
}

func (s respondentSite) publishIn(diagnostic, id string, q surveys.Questionnaire) {
	s.t.Helper()
	if err := s.store.AddSurvey(s.t.Context(), surveys.Survey{ID: id, Diagnostic: diagnostic, Audience: surveys.Habitants, Title: q.Title, State: surveys.Open}); err != nil {
		s.t.Fatal(err)
	}
	_, problems, err := surveys.Publish(s.t.Context(), surveys.NewForms(s.store), respondentNow, surveys.Publication{Survey: id, Questionnaire: q})
	if err != nil || problems.Refusals() != nil {
		s.t.Fatal(err, problems)
	}
}

const begin = `[data-start]`

// put writes into a control as a person does, over what it holds.
func (p phone) put(name, text string) {
	p.t.Helper()
	selector := `[name="` + name + `"]`
	p.sees(`(document.querySelector('` + selector + `').select(), true)`)
	p.do(chromedp.SendKeys(selector, text))
}

// value is a test of what a control holds, for sees.
func value(name, want string) string {
	return `document.querySelector('[name="` + name + `"]')?.value === '` + want + `'`
}

func (p phone) begins(slug string) {
	p.t.Helper()
	p.open("/r/" + slug)
	p.choose(":consent", "2026-11")
	p.click(begin)
}

func TestTheScreenFollowsTheAnswers(t *testing.T) {
	p := newPhone(t, true)
	p.publish("vivant", living())
	p.begins("vivant")

	// Defaults are there, and what follows from them.
	p.sees(`document.querySelector('[name="region"][value="nord"]').checked`)
	p.sees(value("ans", "30,5"))
	p.sees(`document.querySelector('[name="jour"]').value === new Date().toLocaleDateString('sv')`)
	p.sees(`document.querySelector('#q-double output').textContent === '61'`)
	p.sees(`[...document.querySelectorAll('#q-ville .choice:not([hidden])')].map(c => c.textContent).join() === 'Ville lille,Ville arras'`)

	// A label takes up the words of a choice; a choice that a filter takes away
	// goes, with a word.
	p.choose("ville", "lille")
	p.sees(`document.querySelector('#q-resume').textContent === 'Vous vivez à Ville lille.'`)
	p.choose("region", "sud")
	p.sees(`!document.querySelector('[name="ville"]:checked') && document.querySelector('#q-ville .notice')?.textContent.includes('n’est plus proposé')`)
	p.choose("ville", "nice")
	p.sees(`!document.querySelector('.notice') && document.querySelector('#q-resume').textContent.includes('Ville nice')`)

	// A trigger writes when its question changes, and leaves what is written over.
	p.put("prenom", "Zoé")
	p.sees(value("surnom", "Cher Zoé"))
	p.put("surnom", "Z")
	p.put("ans", "40")
	p.sees(`document.querySelector('#q-double output').textContent === '80'`)
	p.sees(value("surnom", "Z"))
	p.click(forward)

	// As many rows as are counted, each with its own defaults and conditions.
	p.put("nombre", "4")
	p.sees(`document.querySelectorAll('#q-enfant > .row:not([hidden])').length === 4`)
	p.sees(value("enfant[4].rang", "4"))
	p.sees(`document.querySelector('#q-enfant-2-ecole').hidden`)
	p.put("enfant[2].nom", "Ali")
	p.put("enfant[4].nom", "Eve")
	p.sees(`document.querySelector('#q-enfant-2-ecole legend, #q-enfant-2-ecole .label').textContent === 'L’école de Ali ?'`)
	p.sees(`[...document.querySelectorAll('#q-aine .choice')].map(c => c.textContent).join() === 'Ali,Eve'`)
	p.choose("aine", "Ali")

	// Fewer: the last are set aside, with a word, and come back.
	p.put("nombre", "3")
	p.sees(`document.querySelectorAll('#q-enfant > .row:not([hidden])').length === 3 && document.querySelector('#q-enfant > .notice')?.textContent.includes('mises de côté')`)
	p.put("nombre", "4")
	p.sees(value("enfant[4].nom", "Eve") + ` && !document.querySelector('.notice')`)
	p.put("nombre", "3")

	// Rows that a person adds, beyond those the page came with.
	p.put("aide[1].qui", "Ma sœur")
	for range 3 {
		p.click(`#q-aide > [data-add]`)
	}
	p.sees(`document.activeElement.name === 'aide[4].qui'`)
	p.put("aide[4].qui", "Une amie")

	// A draft brings everything back.
	p.sees(`localStorage.getItem('diapason-draft:vivant')?.includes('Une amie')`)
	p.open("/r/vivant")
	p.click(`#draft button`)
	p.sees(heading + ` === 'Votre foyer'`)
	p.sees(value("aide[4].qui", "Une amie") + ` && ` + value("surnom", "Z") + ` && ` + value("enfant[2].nom", "Ali"))
	p.sees(`document.querySelectorAll('#q-enfant > .row:not([hidden])').length === 3 && document.querySelector('[name="aine"]:checked').value === 'Ali'`)

	p.click(forward)
	p.sees(heading + ` === 'Vérifiez vos réponses'`)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin')?.dataset.state === 'sent'`)
	p.keptAnswers(surveys.Answers{
		"region": surveys.TextValue("sud"), "ville": surveys.TextValue("nice"), "ans": surveys.NumberValue(40), "double": surveys.NumberValue(80),
		"prenom": surveys.TextValue("Zoé"), "surnom": surveys.TextValue("Z"), "dite": surveys.TextValue("Ville nice"), "nombre": surveys.NumberValue(3),
		"aine": surveys.TextValue("Ali"),
		"enfant": surveys.RowsValue(
			surveys.Answers{"rang": surveys.NumberValue(1)},
			surveys.Answers{"rang": surveys.NumberValue(2), "nom": surveys.TextValue("Ali")},
			surveys.Answers{"rang": surveys.NumberValue(3)},
		),
		"aide": surveys.RowsValue(surveys.Answers{"qui": surveys.TextValue("Ma sœur")}, surveys.Answers{"qui": surveys.TextValue("Une amie")}),
	})
}

// keptAnswers compares the one response that was kept, its dates aside.
func (p phone) keptAnswers(want surveys.Answers) {
	p.t.Helper()
	n := 0
	for arrival, err := range p.store.Responses(p.t.Context(), "essai", "") {
		if err != nil {
			p.t.Fatal(err)
		}
		n++
		response, err := arrival.Response()
		if err != nil {
			p.t.Fatal(err)
		}
		got := response.Answers
		delete(got, "jour")
		if !got.Equal(want) {
			p.t.Errorf("kept %v\nwant %v", got, want)
		}
	}
	if n != 1 {
		p.t.Errorf("%d responses", n)
	}
}

func TestAPageWithoutScriptHasTheDefaultsToo(t *testing.T) {
	site := newRespondentSite(t)
	site.publish("vivant", living())
	page := site.get("/r/vivant").is(t, 200)
	page.has(t, `value="nord" checked`, `value="30,5"`, `value="2026-11-22"`, `name="enfant[3].nom"`, `id="q-double" data-control="output" hidden`, "form-whole.js")
	if strings.Contains(page.text, `name="double"`) {
		t.Error("what is computed is asked")
	}
}

func TestBackFromAnEarlyEndGoesToTheQuestion(t *testing.T) {
	p := newPhone(t, true)
	p.begins("ville")
	p.choose("age", "moins15")
	p.click(forward)
	p.sees(`document.querySelector('#fin').textContent.includes('Réservé aux plus de 15 ans.')`)
	p.sees(`(history.back(), true)`)
	p.sees(heading + ` === 'Vous' && document.querySelector('#fin').hidden`)
}

func TestBackAfterSendingLeavesTheQuestionnaire(t *testing.T) {
	p := newPhone(t, true)
	p.open("/")
	p.answerToTheEnd()
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin')?.dataset.state === 'sent' && !history.state?.depth`)
	p.sees(`(history.forward(), document.querySelector('#fin').hidden === false)`)
	p.sees(`(history.back(), true)`)
	p.sees(`document.querySelector('#fin') && !document.querySelector('#fin').hidden`)

	// A new response begins at the beginning, and Back stays there.
	p.sees(`([...document.querySelectorAll('#fin button')].pop().click(), true)`)
	p.sees(`!document.querySelector('#accueil').hidden && !document.querySelector('[name=":consent"]').checked`)
	p.sees(`(history.back(), true)`)
	p.sees(`!document.querySelector('#accueil').hidden`)
}

// previewed shows a questionnaire as those who write it see it, at /apercu.
func previewed(t *testing.T, q surveys.Questionnaire) func(respondentSite) {
	form, problems := surveys.Compile(&q)
	if form == nil {
		t.Fatal(problems)
	}
	return func(site respondentSite) {
		site.App().Get("/apercu", func(c fiber.Ctx) error {
			return site.render(c, pages.Form{Survey: surveys.Survey{ID: "apercu"}, Form: form, ID: surveys.NewResponseID(respondentNow), Preview: true, Begun: form.Begin(respondentNow)})
		})
	}
}

func TestAPreviewLeadsThroughTheQuestionsAndSendsNothing(t *testing.T) {
	p := newPhone(t, true, previewed(t, living()))
	p.open("/apercu#q-nombre")
	p.sees(heading + ` === 'Votre foyer'`)
	p.sees(`(location.hash = '#q-prenom', true)`)
	p.sees(heading + ` === 'Vous' && document.querySelector('#q-prenom').getBoundingClientRect().top < innerHeight`)
	p.sees(`(location.hash = '#etape-2', true)`)
	p.sees(heading + ` === 'Votre foyer'`)
	p.click(forward)
	p.sees(heading + ` === 'Vérifiez vos réponses' && !!document.querySelector('#envoyer')`)
	p.click(`#envoyer`)
	p.sees(`document.querySelector('#fin h2')?.textContent.includes('rien n’est envoyé')`)

	// It begins again without agreeing to anything, and leaves nothing behind.
	p.click(`#fin button`)
	p.click(begin)
	p.sees(heading + ` === 'Vous'`)
	p.put("prenom", "Zoé")
	p.sees(value("surnom", "Cher Zoé"))
	p.sees(`(window.dispatchEvent(new Event('pagehide')), !Object.keys(localStorage).some((k) => k.startsWith('diapason-draft')))`)
	p.sees(`navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)`)
	if p.kept() != 0 {
		t.Error("a preview was sent")
	}
}

func TestAPreviewWithoutScriptCannotBeSent(t *testing.T) {
	site := newRespondentSite(t)
	previewed(t, living())(site)
	site.get("/apercu").is(t, 200).has(t, `id="send" disabled`, "rien n’est envoyé", "data-preview")
}

func TestAPageShownAgainKeepsWhatWasTyped(t *testing.T) {
	p := newPhone(t, true)
	p.open("/r/ville")
	// As if the script had not come: the form goes as it is, without an age.
	p.sees(`(() => {
		const form = document.getElementById('form'), type = (name, value) => { form.elements[name].value = value }
		type('enfants', '2'); type('km', '1,5x'); type('enfant[2].surnom', 'Léa')
		form.submit()
		return true
	})()`)
	p.do(chromedp.Query(`#problems`))
	p.sees(`document.querySelector('#problems')?.textContent.includes('Choisissez votre âge.') && document.documentElement.classList.contains('js')`)
	p.sees(value("enfants", "2") + ` && ` + value("km", "1,5x") + ` && ` + value("enfant[2].surnom", "Léa"))
	p.sees(`[...document.querySelectorAll('#q-enfant > .row')].map((row) => row.hidden).join() === 'false,false,true'`)
}

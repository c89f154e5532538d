package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"diapason/surveys"
)

func TestWritingAQuestion(t *testing.T) {
	_, e := newEditing(t)
	t.Run("a text is saved, and leads back to the question", func(t *testing.T) {
		a := e.change("k2", "v.label", "Quel est votre âge ?")
		a.expect(t, http.StatusSeeOther)
		if at := a.Header.Get("Location"); at != editorPage+"?question=k2" {
			t.Errorf("led to %q", at)
		}
		if got := e.now().Item("k2").Label[surveys.French]; got != "Quel est votre âge ?" {
			t.Errorf("label %q", got)
		}
	})
	t.Run("what was not touched is not written over", func(t *testing.T) {
		e.change("k2", "w.label", "Ancien", "v.label", "Ancien", "w.hint", "", "v.hint", "En années").expect(t, http.StatusSeeOther)
		if i := e.now().Item("k2"); i.Label[surveys.French] != "Quel est votre âge ?" || i.Hint[surveys.French] != "En années" {
			t.Errorf("%v", i)
		}
	})
	t.Run("marks, themes and profiles", func(t *testing.T) {
		e.change("k2", "v.required", "yes", "v.sensitive", "yes", "v.theme", "T04", "v.profile", "margin:age").expect(t, http.StatusSeeOther)
		if i := e.now().Item("k2"); i.Required != "yes" || !i.Sensitive || i.Theme != "T04" || i.Profile != "margin:age" {
			t.Errorf("%+v", i)
		}
		e.change("k2", "w.required", "yes", "w.sensitive", "yes").expect(t, http.StatusSeeOther) // unticked: no value comes
		if i := e.now().Item("k2"); i.Required != "" || i.Sensitive {
			t.Errorf("%+v", i)
		}
	})
	t.Run("a name already taken is refused beside its field, and the rest is saved", func(t *testing.T) {
		e.change("k3", "v.name", "age", "v.hint", "Le dernier").expect(t, http.StatusUnprocessableEntity, "sert déjà à une autre question", `value="age"`)
		if i := e.now().Item("k3"); i.Name != "metier" || i.Hint[surveys.French] != "Le dernier" {
			t.Errorf("%+v", i)
		}
	})
	t.Run("the type changes, with a list where one is needed", func(t *testing.T) {
		e.change("k3", "v.type", "select_multiple").expect(t, http.StatusSeeOther)
		i := e.now().Item("k3")
		if list, ok := e.now().List(i.List); !ok || len(list.Choices) != 3 {
			t.Errorf("list %q: %v", i.List, list)
		}
	})
	t.Run("a rule in fields writes the constraint and its message", func(t *testing.T) {
		e.change("k3", "w.regle", "", "regle.nombre", "2", "regle.seuls", "choix_3").expect(t, http.StatusSeeOther)
		i := e.now().Item("k3")
		if i.Constraint != "count-selected(.) <= 2 and (count-selected(.) = 1 or not(selected(., 'choix_3')))" ||
			i.ConstraintMessage[surveys.French] != "Choisissez 2 réponses au plus. « Choix 3 » se coche seul." {
			t.Errorf("%q %q", i.Constraint, i.ConstraintMessage)
		}
	})
	t.Run("the title of the questionnaire", func(t *testing.T) {
		e.change("", "w.title", "Santé", "v.title", "Ma santé").expect(t, http.StatusSeeOther)
		if got := e.now().Title; got != "Ma santé" {
			t.Errorf("title %q", got)
		}
	})
	t.Run("columns the page does not show cannot be written through it", func(t *testing.T) {
		e.change("k3", "w.note interne", "à garder", "v.note interne", "changé").expect(t, http.StatusSeeOther)
		if got := e.now().Item("k3").Extra["note interne"]; got != "à garder" {
			t.Errorf("extra %q", got)
		}
	})
}

func TestConditionsBySentence(t *testing.T) {
	_, e := newEditing(t)
	t.Run("a clause half written is kept on the page and not saved", func(t *testing.T) {
		e.change("k7", "w.si", "", "si.0.question", "medecin", "si.0.est", "equals", "si.0.valeur", "").
			expect(t, http.StatusOK, "Choisissez la réponse…", "Oui", `aria-current="page">Écrire`)
		if got := e.now().Item("k7").Relevant; got != "" {
			t.Errorf("relevant %q", got)
		}
	})
	t.Run("two clauses, one of which is enough", func(t *testing.T) {
		e.change("k7", "w.si", "", "si.tout", "une", "si.0.question", "medecin", "si.0.est", "equals", "si.0.valeur", "oui",
			"si.1.question", "age", "si.1.est", "differs", "si.1.valeur", "jeune").expect(t, http.StatusSeeOther)
		if got := e.now().Item("k7").Relevant; got != "${medecin} = 'oui' or ${age} != 'jeune'" {
			t.Errorf("relevant %q", got)
		}
		e.get(editorPage+"?question=k7").expect(t, http.StatusOK, strings.NewReplacer("« ", "« ", " »", " »").Replace("Poser cette question si « Avez-vous un médecin ? » est « Oui » ou « Votre âge » n’est pas « Moins de 30 ans »."))
	})
	t.Run("a clause is taken away", func(t *testing.T) {
		e.change("k7", "w.si", "${medecin} = 'oui' or ${age} != 'jeune'", "faire", "si-oter.0", "si.tout", "une", "si.0.question", "medecin", "si.0.est", "equals", "si.0.valeur", "oui",
			"si.1.question", "age", "si.1.est", "differs", "si.1.valeur", "jeune").expect(t, http.StatusSeeOther)
		if got := e.now().Item("k7").Relevant; got != "${age} != 'jeune'" {
			t.Errorf("relevant %q", got)
		}
	})
	t.Run("only earlier questions are offered", func(t *testing.T) {
		body := e.get(editorPage + "?question=k5").body
		if strings.Contains(body, `<option value="trajet"`) || strings.Contains(body, `<option value="mot"`) {
			t.Error("a later question is offered")
		}
	})
	t.Run("an expression is checked as it is typed, with the place of the fault", func(t *testing.T) {
		check := func(expression string) string {
			return e.submit(editorPage, editorPage+"/verifier", url.Values{"cle": {"k7"}, "colonne": {"relevant"}, "valeur": {expression}}).body
		}
		if said := check("${medecin} = "); !strings.Contains(said, `"wrong":true`) || !strings.Contains(said, "caractère") {
			t.Error(said)
		}
		if said := check("${medecin} = 'oui'"); !strings.Contains(said, `"wrong":false`) || !strings.Contains(said, "Poser cette question si") {
			t.Error(said)
		}
		if got := e.now().Item("k7").Relevant; got != "${age} != 'jeune'" {
			t.Errorf("checking saved %q", got)
		}
	})
	t.Run("a faulty expression is saved and told, with the way to it", func(t *testing.T) {
		e.change("k7", "v.relevant", "${meddecin} = 'oui'").expect(t, http.StatusSeeOther)
		e.get(editorPage).expect(t, http.StatusOK, "À corriger avant de publier", "?question=k7#l-k7")
		e.get(editorPage+"/apercu").expect(t, http.StatusOK, "L’aperçu attend une correction", "?question=k7")
	})
}

func TestChoices(t *testing.T) {
	_, e := newEditing(t)
	labels := func(list string) string {
		l, _ := e.now().List(list)
		var all []string
		for _, c := range l.Choices {
			all = append(all, c.Name+"="+c.Label[surveys.French])
		}
		return strings.Join(all, " ")
	}
	expect := func(t *testing.T, list, want string) {
		t.Helper()
		if got := labels(list); got != want {
			t.Errorf("%s: %s", list, got)
		}
	}
	t.Run("a shared list says whose it is, and is detached", func(t *testing.T) {
		e.get(editorPage+"?question=k6").expect(t, http.StatusOK, "sert aussi à une autre question", "Avez-vous un médecin ?")
		e.change("k6", "faire", "detacher").expect(t, http.StatusSeeOther)
		if got := e.now().Item("k6").List; got != "trajet" {
			t.Errorf("list %q", got)
		}
		expect(t, "trajet", "oui=Oui non=Non")
	})
	t.Run("written, added, moved and taken away, each in one step", func(t *testing.T) {
		e.change("k6", "w.choice.oui", "Oui", "v.choice.oui", "Oui, très loin", "faire", "choix-ajouter", "nouveau", "Je ne sais pas").expect(t, http.StatusSeeOther)
		expect(t, "trajet", "oui=Oui, très loin non=Non nsp=Je ne sais pas")
		e.change("k6", "faire", "choix-bas.oui").expect(t, http.StatusSeeOther)
		e.change("k6", "faire", "choix-oter.nsp").expect(t, http.StatusSeeOther)
		expect(t, "trajet", "non=Non oui=Oui, très loin")
		e.submit(editorPage, editorPage+"/annuler", url.Values{}).expect(t, http.StatusSeeOther)
		expect(t, "trajet", "non=Non oui=Oui, très loin nsp=Je ne sais pas")
	})
	t.Run("a column pasted from a spreadsheet takes the place of all; what says the same keeps its code", func(t *testing.T) {
		e.change("k6", "faire", "coller-remplacer", "coller", "Tout près\r\nNon\r\n\r\nNon\r\n").expect(t, http.StatusOK, "déjà dans la liste")
		expect(t, "trajet", "tout_pres=Tout près non=Non")
	})
	t.Run("conditions, rules and answers given beforehand follow a code", func(t *testing.T) {
		e.change("k5", "v.default", "oui").expect(t, http.StatusSeeOther)
		e.change("k5", "w.code.oui", "oui", "v.code.oui", "positif").expect(t, http.StatusSeeOther)
		expect(t, "ouinon", "positif=Oui non=Non")
		if got := e.now().Item("k6").Relevant; got != "${medecin} = 'positif'" || e.now().Item("k5").Default != "positif" {
			t.Errorf("relevant %q, default %q", got, e.now().Item("k5").Default)
		}
	})
	t.Run("an empty choice is refused beside its field", func(t *testing.T) {
		e.change("k5", "w.choice.non", "Non", "v.choice.non", "").expect(t, http.StatusUnprocessableEntity, "retirez-le avec la croix")
	})
	t.Run("another list", func(t *testing.T) {
		e.change("k6", "v.list", "age").expect(t, http.StatusSeeOther)
		if got := e.now().Item("k6").List; got != "age" {
			t.Errorf("list %q", got)
		}
	})
}

func TestMovingAddingAndDeleting(t *testing.T) {
	_, e := newEditing(t)
	do := func(t *testing.T, key, act, want string) {
		t.Helper()
		if a := e.change(key, "faire", act); a.StatusCode >= 400 {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
		if got := e.keys(); got != want {
			t.Errorf("%s %s: %s", act, key, got)
		}
	}
	t.Run("up, down, in and out of sections", func(t *testing.T) {
		do(t, "k3", "haut", "k1(k3 k2) k4(k5 k6) k7")
		do(t, "k3", "haut", "k3 k1(k2) k4(k5 k6) k7")
		do(t, "k3", "bas", "k1(k2) k3 k4(k5 k6) k7")
		do(t, "k3", "entrer", "k1(k2 k3) k4(k5 k6) k7")
		do(t, "k3", "sortir", "k1(k2) k3 k4(k5 k6) k7")
		do(t, "k6", "bas", "k1(k2) k3 k4(k5) k6 k7")
		do(t, "k7", "bas", "k1(k2) k3 k4(k5) k6 k7")
	})
	t.Run("let go somewhere", func(t *testing.T) {
		e.change("k7", "faire", "placer", "dans", "k4", "apres", "").expect(t, http.StatusSeeOther)
		if got := e.keys(); got != "k1(k2) k3 k4(k7 k5) k6" {
			t.Error(got)
		}
		e.change("k4", "faire", "placer", "dans", "k4", "apres", "k7").expect(t, http.StatusUnprocessableEntity, "Une section ne peut pas entrer dans elle-même.")
	})
	t.Run("a copy has names of its own", func(t *testing.T) {
		do(t, "k4", "dupliquer", "k1(k2) k3 k4(k7 k5) k8(k9 k10) k6")
		if got := e.now().Item("k10").Name; got != "medecin_2" {
			t.Errorf("name %q", got)
		}
	})
	t.Run("deleted, undone, done again; the button says what", func(t *testing.T) {
		e.change("k8", "faire", "supprimer").expect(t, http.StatusSeeOther)
		e.get(editorPage).expect(t, http.StatusOK, "Annuler&nbsp;: « Votre santé » supprimée")
		e.submit(editorPage, editorPage+"/annuler", url.Values{}).expect(t, http.StatusSeeOther)
		if got := e.keys(); got != "k1(k2) k3 k4(k7 k5) k8(k9 k10) k6" {
			t.Error(got)
		}
		e.submit(editorPage, editorPage+"/refaire", url.Values{}).expect(t, http.StatusSeeOther)
		if got := e.keys(); got != "k1(k2) k3 k4(k7 k5) k6" {
			t.Error(got)
		}
	})
	t.Run("typed and moved at once: nothing typed is lost", func(t *testing.T) {
		e.change("k3", "w.label", "Votre métier", "v.label", "Que faites-vous ?", "faire", "haut").expect(t, http.StatusSeeOther)
		if i := e.now().Item("k3"); i.Label[surveys.French] != "Que faites-vous ?" || e.keys() != "k3 k1(k2) k4(k7 k5) k6" {
			t.Errorf("%s %v", e.keys(), i.Label)
		}
	})
	t.Run("the menu of cards, and what each adds", func(t *testing.T) {
		e.get(editorPage+"?ajouter=1&dans=k1&apres=k2").expect(t, http.StatusOK, "Que voulez-vous ajouter", "Tableau de questions")
		a := e.submit(editorPage, editorPage+"/ajouter", url.Values{"genre": {"select_one"}, "dans": {"k1"}, "apres": {"k2"}, "intitule": {"Avez-vous un vélo ?"}})
		a.expect(t, http.StatusSeeOther)
		i := e.now().Named("velo")
		if i == nil || i.Label[surveys.French] != "Avez-vous un vélo ?" || i.List != "velo" || a.Header.Get("Location") != editorPage+"?question="+i.Key+"#f-label" {
			t.Errorf("%+v at %s", i, a.Header.Get("Location"))
		}
		for _, genre := range []string{"select_multiple", "rank", "range", "integer", "decimal", "text", "date", "time", "dateTime", "acknowledge", "note", "group", "repeat", "matrix", "end"} {
			e.submit(editorPage, editorPage+"/ajouter", url.Values{"genre": {genre}}).expect(t, http.StatusSeeOther)
		}
		if _, problems := surveys.Compile(e.now()); problems.Refusals() != nil {
			t.Errorf("what the cards add does not compile: %v", problems.Refusals())
		}
	})
	t.Run("a new question is named after its first words", func(t *testing.T) {
		e.submit(editorPage, editorPage+"/ajouter", url.Values{"genre": {"text"}})
		key := e.now().Items[0].Key
		e.change(key, "w.label", "", "v.label", "Que manque-t-il au village ?").expect(t, http.StatusSeeOther)
		if got := e.now().Item(key).Name; got != "manque_village" {
			t.Errorf("name %q", got)
		}
	})
}

func TestTheLinesOfATable(t *testing.T) {
	_, e := newEditing(t)
	e.submit(editorPage, editorPage+"/ajouter", url.Values{"genre": {"matrix"}, "intitule": {"Est-ce facile ?"}, "apres": {"k7"}}).expect(t, http.StatusSeeOther)
	matrix := e.now().Named("facile")
	first := matrix.Items[0].Key
	e.change(matrix.Key, "w.lignes", "Première ligne\r\nDeuxième ligne", "v.lignes", "Le bus\r\nLe vélo\r\nLe train").expect(t, http.StatusSeeOther)
	matrix = e.now().Item(matrix.Key)
	var got []string
	for _, line := range matrix.Items {
		got = append(got, line.Label[surveys.French])
	}
	if strings.Join(got, " / ") != "Le bus / Le vélo / Le train" || matrix.Items[0].Key != first {
		t.Errorf("lines %v, first %s", got, matrix.Items[0].Key)
	}
	e.change(matrix.Key, "w.lignes", "Le bus\nLe vélo\nLe train", "v.lignes", "Le train\nLe bus").expect(t, http.StatusSeeOther)
	if matrix = e.now().Item(matrix.Key); len(matrix.Items) != 2 || matrix.Items[1].Key != first {
		t.Errorf("%+v", matrix.Items)
	}
	t.Run("lines that somebody changed meanwhile are not written over", func(t *testing.T) {
		e.change(matrix.Key, "w.lignes", "Le bus", "v.lignes", "La marche").expect(t, http.StatusConflict, "Garder le mien", "Le train\nLe bus")
	})
}

package report

import (
	"fmt"
	"slices"
	"strings"

	"diapason/surveys"
)

// method says in plain words how the numbers were made and what they are not.
func (b *builder) method() draft {
	paragraphs := []string{
		b.whoWasAsked() + b.sectoring(),
		b.weightsSentence() + " Le nombre de réponses accompagne chaque part.",
		"« Je ne sais pas », « Je préfère ne pas répondre » et les questions laissées sans réponse sont comptés et montrés, mais n’entrent pas dans la base des parts. Pour une question à plusieurs réponses, la base est l’ensemble des personnes à qui elle a été posée. Une question conditionnelle n’a été posée qu’aux personnes concernées.",
		"L’intervalle indicatif à 95 % est celui de Wilson (1927), calculé comme si les personnes avaient été tirées au sort. Ce sont des volontaires : il dit la part du hasard, et rien de plus.",
		"Une part n’est donnée qu’à partir de 30 personnes ; de 30 à 49, elle est à lire avec prudence.",
		"Un classement donne 3 points au premier choix, 2 au deuxième et 1 au troisième ; le score est ramené à 100.",
		"Regards croisés : un public entre dans la comparaison à partir de 30 avis ; les associations, peu nombreuses, à partir de 10, et en nombres tant qu’elles sont moins de 30. Deux publics convergent sur un sujet quand l’écart ne dépasse pas 10 points et que tous le placent parmi leurs cinq premiers. Ils divergent quand l’écart dépasse 20 points. Un angle mort est un sujet qu’un public place parmi ses cinq premiers et qu’un autre place au-delà du huitième rang. Une divergence ou un angle mort n’est annoncé que si un test de comparaison de deux proportions le confirme, au seuil de 5 %, après correction pour le nombre de comparaisons du tableau (Benjamini et Hochberg, 1995) ; sinon, l’écart est dit non significatif. Un écart confirmé, mais d’au plus 20 points, est dit modéré.",
	}
	if b.comparesFragile() {
		paragraphs = append(paragraphs, "Publics fragiles : chaque public est comparé à toutes les autres personnes qui ont répondu aux deux questions. Le rapport est celui des deux parts (risque relatif), avec son intervalle à 95 % (Katz, 1978). Un public n’est dit plus, ou moins, souvent concerné que si un test le confirme après correction pour le nombre de lignes. Deux publics ne sont jamais croisés.")
	}
	if b.View == Restitution {
		paragraphs = append(paragraphs, secrecy...)
		paragraphs = append(paragraphs, b.releaseSentences()...)
	} else {
		paragraphs = append(paragraphs, "Cette vue de travail montre tous les effectifs, même les plus petits : elle est réservée à l’équipe et ne se partage pas.")
	}
	return draft{Chapter: Chapter{
		ID: ChapterMethod, Title: "Méthode",
		Lead: "Qui a été interrogé, comment les chiffres sont calculés et comment les personnes sont protégées.", Paragraphs: paragraphs,
	}}
}

// secrecy says how people are protected in the restitution view.
var secrecy = []string{
	"Pour que personne ne soit reconnu, aucun nombre ni aucune part ne porte sur 1 à 10 personnes, ni ne permet d’en retrouver un par soustraction : c’est le seuil de 11 que l’Insee applique aux données fiscales sur les personnes. Quand une case masquée pourrait se calculer par soustraction, une autre case est masquée avec elle, la plus petite qui suffise. Quand tout le monde, ou personne, donne une réponse à une question sensible, il est seulement dit « plus de 95 % » ou « moins de 5 % ». Ne pas savoir ou ne pas répondre n’apprend rien sur une personne : en dessous de 11, ces nombres sont masqués sans autre précaution.",
	"Les nombres de personnes sont arrondis au multiple de 5 le plus proche (11 et 12 deviennent 15) et les parts au pour-cent : de petites différences entre un total et ses parties sont normales. Les réponses sont montrées par secteur, jamais par commune. Un texte libre n’est cité qu’après relecture, sans rien qui fasse reconnaître quelqu’un, et si au moins 11 personnes de ce public ont répondu à la question.",
}

// sectoring says which grouping in sectors is in force, "" while there was only
// ever one.
func (b *builder) sectoring() string {
	g := b.Diagnostic.Sectoring()
	if g.Number < 2 || len(g.Sectors) == 0 {
		return ""
	}
	s := fmt.Sprintf(" Découpage en secteurs n°%s%d, en vigueur depuis le %s : ", fixed, g.Number, dayText(surveys.DayOf(g.Since), true))
	if len(g.Sectors) == 1 {
		s += "un seul secteur."
	} else {
		s += fmt.Sprintf("%d secteurs.", len(g.Sectors))
	}
	return s + " Les chiffres par secteur ne se comparent pas à ceux d’un autre découpage, même sous le même nom."
}

// weightsSentence says whether answers weigh more or less than others.
func (b *builder) weightsSentence() string {
	said := ""
	for _, p := range b.people {
		if !p.weighted() {
			continue
		}
		if said == "" {
			said = "Les parts de certains publics sont redressées (calage sur marges) : les réponses des groupes trop peu présents comptent un peu plus, celles des groupes trop présents un peu moins, pour que l’ensemble ressemble davantage à la population."
		}
		said += " " + p.Audience.Label() + " – " + b.weightingSentence(p)
	}
	if said != "" {
		return said + " La part brute est donnée à côté dans le chapitre du public. Les autres publics ne sont pas redressés."
	}
	return "Les chiffres sont bruts, non redressés : chaque réponse compte autant, et personne ne compte à la place d’un autre."
}

func (b *builder) whoWasAsked() string {
	var names []string
	for _, p := range b.people {
		if name := strings.ToLower(p.Audience.Label()); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	s := "Les réponses viennent de personnes volontaires"
	if len(names) > 0 {
		s += ", interrogées par public (" + enumerate(names) + ")"
	}
	if t := b.Diagnostic.Territory.Name; t != "" {
		s += " sur le territoire « " + t + " »"
	}
	return s + ". Elles n’ont pas été tirées au sort : les chiffres décrivent ce que pensent celles et ceux qui ont répondu, et ne s’étendent pas d’eux-mêmes à toute la population."
}

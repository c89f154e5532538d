package authoring

import (
	"regexp"
	"slices"

	"diapason/surveys"
)

// identity is something a questionnaire that promises not to ask who answers
// should not ask (GDPR, article 5.1.c: only what is needed), or must not
// (article 9: special categories of data; French law of 6 January 1978,
// article 6).
type identity struct {
	code    string
	label   *regexp.Regexp // of a folded label
	kinds   []surveys.Kind // that ask for it whatever the label
	message string
}

var identities = []identity{
	{"privacy.forbidden-origin", regexp.MustCompile(`origines? ethniques?|\bethnies?\b|couleur de (la |votre )?peau|\b(votre|vos) (race|origines?)\b|\bnationalite|pays de naissance|\bnee?(\(e\))? (a l'etranger|en france)`), nil,
		"L’origine et la nationalité ne se demandent pas ici : la loi protège ces données, et elles feraient reconnaître des personnes. Si la langue est un obstacle aux soins, demandez « Avez-vous besoin d’un interprète ? »."},
	{"privacy.forbidden-religion", regexp.MustCompile(`\b(votre|quelle) (religion|confession)|\bvos croyances|appartenance religieuse|(pratiquez|avez)-vous une religion|etes-vous (croyant|pratiquant|musulman|catholique|juif|chretien|protestant)`), nil,
		"La religion ne se demande pas ici : c’est une donnée que la loi protège (RGPD, article 9), et le diagnostic n’en a pas besoin. Retirez la question."},
	{"privacy.forbidden-sexuality", regexp.MustCompile(`orientation sexuelle|homosexuel|heterosexuel|bisexuel|partenaires sexuels`), nil,
		"L’orientation et la vie sexuelles sont protégées par la loi (RGPD, article 9), et quelques réponses suffisent à faire reconnaître quelqu’un. Demandez plutôt si l’on sait où trouver de l’aide ou un dépistage."},
	{"privacy.forbidden-politics", regexp.MustCompile(`opinions? politiques?|parti politique|avez-vous vote|pour qui (vous )?vot|\bsyndique|appartenance syndicale|votre syndicat`), nil,
		"Les opinions politiques et syndicales sont protégées par la loi (RGPD, article 9), et le diagnostic n’en a pas besoin. Retirez la question."},
	{"privacy.number", regexp.MustCompile(`numero de securite sociale|\bnir\b|carte vitale.*numero|numero.*carte vitale`), nil,
		"Le numéro de sécurité sociale dit qui est la personne : une enquête ne peut pas le demander. Retirez la question."},
	{"privacy.name", regexp.MustCompile(`\b(votre|vos) (nom|prenom|noms|prenoms)\b|\bnom et prenom|\bprenom et nom|\bnom de famille|^(nom|prenom)\b|comment vous appelez`), []surveys.Kind{"username"},
		"Un nom fait tomber l’anonymat promis aux personnes. Retirez la question ; pour les rappeler, proposez un formulaire à part, sans lien avec les réponses."},
	{"privacy.phone", regexp.MustCompile(`numero de telephone|votre (telephone|numero|portable|mobile)\b|^telephone|\b(vos|votre) coordonnees`), []surveys.Kind{"phonenumber"},
		"Un numéro de téléphone dit qui répond. Retirez la question ; pour rappeler les volontaires, proposez un formulaire à part, sans lien avec les réponses."},
	{"privacy.email", regexp.MustCompile(`\be-?mails?\b|\bcourriel|adresse (electronique|mail)|\bmel\b`), []surveys.Kind{"email"},
		"Une adresse électronique dit qui répond. Retirez la question ; pour écrire aux volontaires, proposez un formulaire à part, sans lien avec les réponses."},
	{"privacy.address", regexp.MustCompile(`votre adresse( postale| complete| exacte)?( \?|$)|adresse (postale|complete|exacte)|(numero|nom) de (votre )?rue|dans quelle rue`), []surveys.Kind{"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint"},
		"Une adresse, ou un point sur la carte, dit où vit la personne. La commune suffit : les résultats sont montrés par secteur."},
	{"privacy.birth", regexp.MustCompile(`date de naissance|quand etes-vous ne|(etes-vous|vous etes) nee?(\(e\))? le\b|\bne\(e\) le\b|jour de naissance`), nil,
		"Avec la date de naissance et la commune, on reconnaît presque tout le monde. Demandez une tranche d’âge."},
}

// personal looks at what people are asked to write, not at the help under it,
// which often asks not to give names.
func personal(p *proof) []Hint {
	var found []Hint
	for _, l := range p.lines {
		label := fold(clean(l.Label.In(append([]string{p.main}, p.french...)...)))
		for _, i := range identities {
			if slices.Contains(i.kinds, l.Kind) || l.Kind.Asked() && label != "" && i.label.MatchString(label) {
				found = append(found, Hint{Question: l.Name, Code: i.code, Message: i.message})
				break
			}
		}
	}
	return found
}

var (
	// Words of health and of what happens at home, in a question about oneself.
	intimate = regexp.MustCompile(`\b(maladies?|malade|depressi\w+|votre moral|medicaments?|traitement medical|enceinte|grossesse|votre poids|alcool|tabac|fumez|fumer|drogues?|cannabis|` +
		`vaccine\w*|cancers?|diabet\w*|chronique|douleurs?|anxi\w+|suicid\w+|contracepti\w+|votre (etat de )?sante|probleme de sante|hospitalise\w*|operee?|violences?|renonce)\b|` +
		`\b(etes-vous|avez-vous|votre|vous etes)\b.*\bhandicap`)
	oneself = regexp.MustCompile(`\b(vous|votre|vos|je|ma|mon|mes)\b`)
	// Questions about other people, or about services.
	others = regexp.MustCompile(`\b(patients?|usagers?|beneficiaires?|publics?|adherents?|structure|territoire|d'apres vous|gens|personnes|services?|professionnels?|medecin traitant|actions?|ici)\b`)
)

func unmarked(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		s := fold(label)
		if l.Sensitive || !intimate.MatchString(s) || !oneself.MatchString(s) || others.MatchString(s) {
			return ""
		}
		return "Cette question parle de la santé ou de la vie privée de la personne (RGPD, article 9). Marquez-la « sensible » : ses résultats seront mieux protégés."
	})
}

var (
	exactAge   = regexp.MustCompile(`\bage\b|annee de naissance|en quelle annee etes-vous ne`)
	profession = regexp.MustCompile(`\b(votre|quelle est la) (profession|metier|emploi|poste)\b|\bquel(le)? (metier|profession|emploi)\b.*\b(exercez|faites)-vous`)
	hamlet     = regexp.MustCompile(`\b(dans|quel est) (quel|votre|le nom de votre) (quartier|hameau|village|lieu-dit)\b`)
	income     = regexp.MustCompile(`\b(votre|vos) (revenus?|salaires?|ressources)\b|combien gagnez`)
)

// identifying is about answers so fine that, with the commune, they point at
// somebody.
func identifying(p *proof) []Hint {
	return p.labels(func(l line, label string) string {
		s := fold(label)
		number := l.Kind == surveys.Integer || l.Kind == surveys.Decimal
		switch {
		case (number || l.Kind == surveys.Date) && exactAge.MatchString(s) && oneself.MatchString(s):
			return "Un âge exact, avec la commune et le sexe, fait reconnaître quelqu’un dans un village. Demandez une tranche d’âge, comme dans le questionnaire type."
		case (number || l.Kind == surveys.TextKind) && income.MatchString(s):
			return "Un revenu exact est très personnel, et beaucoup ne répondront pas. Demandez plutôt : « Avec votre argent, le mois est : facile, juste, difficile »."
		case l.Kind == surveys.TextKind && profession.MatchString(s):
			return "Une profession écrite en toutes lettres fait reconnaître quelqu’un dans une petite commune. Proposez quelques grandes familles à choisir."
		case l.Kind == surveys.TextKind && hamlet.MatchString(s):
			return "Un hameau ou un quartier, ce sont parfois quelques maisons. Demandez la commune, ou proposez une liste de quartiers assez grands."
		}
		return ""
	})
}

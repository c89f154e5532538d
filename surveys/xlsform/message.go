package xlsform

import (
	"fmt"

	"diapason/surveys"
)

// messages are the sentences of every problem, by code. They say what is wrong
// and what to do.
var messages = map[string]string{
	"xlsform.file.size":    "Le fichier « %s » dépasse %d Mo. Retirez les images et les feuilles inutiles, puis envoyez-le à nouveau.",
	"xlsform.file.read":    "Le fichier « %s » n’a pas pu être lu jusqu’au bout. Envoyez-le à nouveau.",
	"xlsform.file.kind":    "Le fichier « %s » n’est pas un classeur Excel (.xlsx) lisible. Ouvrez-le dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) ».",
	"xlsform.file.sheets":  "Le classeur « %s » a plus de %d feuilles. Gardez celles du questionnaire.",
	"xlsform.sheet.size":   "La feuille dépasse %d lignes ou %d colonnes. Retirez ce qui ne sert pas au questionnaire.",
	"xlsform.sheet.survey": "Il manque la feuille « survey », qui contient les questions. Créez-la ou renommez la vôtre.",
	"xlsform.sheet.guess":  "Il manque la feuille « %s ». Renommez « %s » en « %s » si c’est elle.",
	"xlsform.sheet.near":   "La feuille « %s » n’est pas lue. Renommez-la en « %s » si c’est ce que vous vouliez ; sinon, mettez « _ » devant son nom.",
	"xlsform.sheet.twice":  "Deux feuilles s’appellent « %s ». Gardez-en une seule.",
	"xlsform.sheet.list":   "Il manque la feuille « %s », où sont les choix de cette question. Ajoutez-la avec les colonnes list_name, name et label.",
	"xlsform.entities":     "Les entités (feuille « entities », colonne save_to) ne sont pas prises en charge. Retirez-les du questionnaire.",

	"xlsform.column.missing":   "Il manque la colonne « %s ». Vérifiez que la première ligne contient les titres des colonnes.",
	"xlsform.column.twice":     "Les colonnes « %s » et « %s » veulent dire la même chose. Gardez-en une seule.",
	"xlsform.column.near":      "La colonne « %s » est conservée, mais pas lue. Vouliez-vous écrire « %s » ?",
	"xlsform.column.foreign":   "La colonne « %s » est conservée et ressortira dans le classeur, mais le questionnaire en ligne n’en tient pas compte.",
	"xlsform.column.untitled":  "Cette cellule est dans une colonne sans titre : elle est ignorée. Donnez un titre à la colonne pour la conserver.",
	"xlsform.setting.rows":     "Seule la première ligne de réglages est lue. Retirez celle-ci.",
	"xlsform.setting.language": "La langue par défaut « %s » n’est celle d’aucune colonne. Recopiez le nom exact d’une langue du classeur.",

	"xlsform.type.missing":    "Il manque le type de cette ligne. Écrivez par exemple « text » ou « select_one oui_non » dans la colonne type.",
	"xlsform.type.unknown":    "Le type « %s » n’existe pas. Choisissez un type d’XLSForm, par exemple text, integer, select_one ou note.",
	"xlsform.type.guess":      "Le type « %s » n’existe pas. Vouliez-vous écrire « %s » ?",
	"xlsform.type.rest":       "Le type « %s » a des mots en trop : « %s ». Le nom d’une liste n’a pas d’espace.",
	"xlsform.type.list":       "Il manque le nom de la liste après « %s ». Écrivez par exemple « %s oui_non ».",
	"xlsform.type.loop":       "Les boucles (begin_loop) sont anciennes et ne sont pas prises en charge. Utilisez begin_repeat, ou un groupe par élément.",
	"xlsform.type.foreign":    "Les questions de type « %s » sont conservées et ressortiront dans le classeur, mais le questionnaire en ligne ne les pose pas.",
	"xlsform.type.file":       "Le fichier de choix « %s » doit se terminer par .csv, .xml ou .geojson. Corrigez son nom.",
	"xlsform.row.skipped":     "Cette ligne n’a ni type, ni nom, ni libellé : elle n’est pas lue.",
	"xlsform.row.disabled":    "Cette ligne est désactivée (colonne disabled) : elle n’est pas lue.",
	"xlsform.name.missing":    "Il manque le nom de cette question. Donnez-lui un nom court, sans espace, dans la colonne name.",
	"xlsform.name.form":       "Le nom « %s » n’est pas valable. Commencez par une lettre ou « _ », puis des lettres, des chiffres, « _ », « - » ou « . », sans espace.",
	"xlsform.name.twice":      "Le nom « %s » est déjà pris à la ligne %d. Donnez un autre nom à l’une des deux questions.",
	"xlsform.name.case":       "Le nom « %s » ressemble à « %s », ligne %d, aux majuscules près. Donnez-leur des noms plus différents.",
	"xlsform.name.unique":     "Le nom « %s » est déjà pris à la ligne %d. Une répétition ou un fichier joint a un nom unique dans tout le questionnaire.",
	"xlsform.name.reserved":   "Le nom « %s » est réservé. Choisissez-en un autre.",
	"xlsform.name.count":      "Le nombre de répétitions crée une question cachée « %s », mais ce nom est déjà pris à la ligne %d. Renommez la question ou la répétition.",
	"xlsform.label.missing":   "Il manque le libellé de la question « %s ». Écrivez la question dans la colonne label.",
	"xlsform.label.repeat":    "La répétition « %s » n’a pas de libellé. Ajoutez-en un pour aider la personne à s’y retrouver.",
	"xlsform.label.language":  "En « %s », il manque des libellés (%d), à partir de cette ligne. Ils seront montrés dans une autre langue.",
	"xlsform.section.open":    "La section « %s » n’est jamais fermée. Ajoutez une ligne end_%s après sa dernière question.",
	"xlsform.section.close":   "Cette ligne ferme une section (%s) qui n’est pas ouverte. Retirez-la, ou ajoutez la ligne begin_%s qui manque.",
	"xlsform.section.crossed": "Cette ligne ferme une section (%s), mais la dernière section ouverte, « %s », ligne %d, est d’une autre sorte. Fermez d’abord celle-ci.",
	"xlsform.section.name":    "Cette ligne nomme « %s », mais la section qu’elle ferme est « %s », ligne %d. Vérifiez que les sections sont fermées dans le bon ordre.",

	"xlsform.calculation.missing": "Il manque le calcul de « %s ». Écrivez-le dans la colonne calculation.",
	"xlsform.yesno":               "« %s » n’est ni oui ni non. Écrivez yes ou no.",
	"xlsform.theme.form":          "« %s » n’est pas un code de thème. Écrivez T01, T02… ou laissez vide.",
	"xlsform.profile.unknown":     "« %s » n’est pas un profil connu. Écrivez l’un de ceux-ci : %s.",
	"xlsform.appearance.search":   "L’apparence « %s » utilise search(), qui n’appartient pas à XLSForm. Utilisez select_one_from_file ou choice_filter.",
	"xlsform.appearance.unknown":  "L’apparence « %s » est conservée, mais le questionnaire en ligne ne la connaît pas.",
	"xlsform.other.filter":        "« or_other » ne va pas avec choice_filter. Ajoutez un choix « autre » à la liste et une question de texte.",
	"xlsform.trigger.form":        "Le déclencheur « %s » n’est pas valable. Écrivez des questions sous la forme ${nom}, séparées par des virgules.",
	"xlsform.trigger.unknown":     "Le déclencheur nomme la question « %s », qui n’existe pas. Corrigez le nom.",
	"xlsform.trigger.hidden":      "La question « %s » n’est pas visible : elle ne peut pas déclencher un calcul. Choisissez une question posée.",
	"xlsform.trigger.calculation": "une question « %v » ne calcule rien : videz la colonne « calculation ».",

	"xlsform.parameters.form":   "Les paramètres « %s » ne sont pas valables. Écrivez-les sous la forme clé=valeur, séparés par des espaces.",
	"xlsform.parameters.key":    "Le paramètre « %s » ne va pas avec ce type de question. Paramètres possibles : %s.",
	"xlsform.parameters.value":  "La valeur « %s » du paramètre « %s » n’est pas valable. Il faut %s.",
	"xlsform.parameters.range":  "Le paramètre « %s » de cette échelle ne va pas avec les autres : il faut %s.",
	"xlsform.parameters.source": "Le paramètre « %s » nomme « %s », qui n’est ni une liste, ni un fichier, ni une répétition de ce questionnaire.",

	"xlsform.list.unknown": "La liste « %s » n’existe pas dans la feuille « %s ». Ajoutez ses choix, ou corrigez son nom.",
	"xlsform.list.guess":   "La liste « %s » n’existe pas dans la feuille « %s ». Vouliez-vous écrire « %s » ?",
	"xlsform.list.repeat":  "Les choix tirés des réponses à une autre question (« %s ») sont conservés, mais pas encore proposés en ligne.",
	"xlsform.choice.list":  "Ce choix n’a pas de nom de liste : il n’est pas lu. Complétez la colonne list_name.",
	"xlsform.choice.name":  "Ce choix n’a pas de code. Écrivez un code court dans la colonne name.",
	"xlsform.choice.twice": "Le code « %s » est déjà dans la liste « %s », ligne %d. Donnez un autre code à l’un des deux choix.",
	"xlsform.choice.space": "Le code « %s » contient un espace : les réponses à choix multiples ne pourraient pas être relues. Remplacez l’espace par « _ ».",
	"xlsform.choice.label": "Le choix « %s » n’a pas de libellé : c’est son code qui sera montré.",
}

// problem makes the problem of a code at a place; args fill its sentence.
func problem(at surveys.Place, code string, args ...any) surveys.Problem {
	return surveys.Problem{Place: at, Code: code, Message: fmt.Sprintf(messages[code], args...), Args: args}
}

func (r *reader) refuse(at surveys.Place, code string, args ...any) {
	r.problems = append(r.problems, problem(at, code, args...))
}

func (r *reader) warn(at surveys.Place, code string, args ...any) {
	p := problem(at, code, args...)
	p.Warning = true
	r.problems = append(r.problems, p)
}

package xlsform

import (
	"fmt"
	"strings"

	"diapason/surveys"
)

// messages are the sentences of every problem, by code. They say what is wrong
// and what to do.
var messages = map[string]string{
	"xlsform.file.size":         "Le fichier « %s » dépasse %d Mo. Retirez les images et les feuilles inutiles, puis envoyez-le à nouveau.",
	"xlsform.file.read":         "Le fichier « %s » n’a pas pu être lu jusqu’au bout. Envoyez-le à nouveau.",
	"xlsform.file.empty":        "Le fichier « %s » est vide. Envoyez-le à nouveau.",
	"xlsform.file.pdf":          "Le fichier « %s » est un PDF. Envoyez le classeur Excel (.xlsx) du questionnaire.",
	"xlsform.file.csv":          "Le fichier « %s » est un texte ou un CSV, pas un classeur. Ouvrez-le dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) », avec ses feuilles survey et choices.",
	"xlsform.file.old":          "Le fichier « %s » est à l’ancien format d’Excel (.xls). Ouvrez-le dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) ».",
	"xlsform.file.locked":       "Le classeur « %s » est protégé par un mot de passe. Retirez le mot de passe dans votre tableur, puis envoyez-le à nouveau.",
	"xlsform.file.binary":       "Le fichier « %s » est un classeur binaire (.xlsb). Enregistrez-le au format « Classeur Excel (.xlsx) ».",
	"xlsform.file.office":       "Le fichier « %s » est un document texte ou une présentation. Envoyez le classeur Excel (.xlsx) du questionnaire.",
	"xlsform.file.opendocument": "Le fichier « %s » est un document LibreOffice. Ouvrez-le dans LibreOffice et enregistrez-le au format « Classeur Excel 2007-365 (.xlsx) ».",
	"xlsform.file.cut":          "Le fichier « %s » est incomplet : il a dû être coupé pendant l’envoi. Envoyez-le à nouveau.",
	"xlsform.file.damaged":      "Le classeur « %s » est abîmé et ne peut pas être ouvert. Ouvrez-le dans votre tableur, enregistrez-le à nouveau au format « Classeur Excel (.xlsx) », puis renvoyez-le.",
	"xlsform.file.missing":      "Le classeur « %s » annonce cette feuille et ne la contient pas : il est abîmé. Enregistrez-le à nouveau depuis votre tableur.",
	"xlsform.file.inflated":     "Le classeur « %s » est beaucoup trop grand une fois ouvert (%d Mo au plus). Gardez seulement les feuilles du questionnaire.",
	"xlsform.file.parts":        "Le classeur « %s » contient plus de %d éléments. Gardez seulement les feuilles du questionnaire.",
	"xlsform.file.cells":        "Le classeur « %s » contient plus de %d 000 cellules. Gardez seulement les feuilles du questionnaire.",
	"xlsform.file.text":         "Une cellule du classeur « %s » contient un texte trop long : %d caractères au plus. Raccourcissez-le.",
	"xlsform.file.doctype":      "Le classeur « %s » contient des définitions qu’aucun tableur n’écrit : il n’est pas lu, par prudence. Enregistrez-le à nouveau depuis votre tableur.",
	"xlsform.file.macros":       "Les macros du classeur « %s » sont ignorées et ne sont pas conservées : seules les cellules sont lues.",
	"xlsform.formula.value":     "La formule de la cellule %s n’a pas de valeur enregistrée. Ouvrez le classeur dans votre tableur, laissez-le calculer, puis enregistrez-le ; ou remplacez la formule par sa valeur.",
	"xlsform.formula.kept":      "Des formules de cette feuille n’ont pas de valeur enregistrée, à partir de la cellule %s : ces cellules resteront vides.",
	"xlsform.bundle.workbooks":  "Le fichier « %s » doit contenir un seul classeur, celui du questionnaire. Il contient : %s.",
	"xlsform.bundle.others":     "Ces fichiers ne sont pas lus et ne sont pas conservés : %s. Seuls le classeur et ses fichiers CSV le sont.",

	"xlsform.csv.encoding": "Les caractères de ce fichier ne sont pas lisibles. Enregistrez-le au format « CSV UTF-8 ».",
	"xlsform.csv.quotes":   "Les guillemets de cette ligne ne sont pas fermés ou mal placés. Mettez toute la cellule entre guillemets droits, et doublez ceux qu’elle contient.",
	"xlsform.csv.empty":    "Ce fichier ne contient rien. Il faut une ligne de titres (name, label…), puis une ligne par choix.",
	"xlsform.csv.size":     "Ce fichier est trop grand : %d Mo et %d lignes au plus, tous fichiers ensemble. Gardez les choix utiles.",
	"xlsform.csv.untitled": "Cette colonne n’a pas de titre. Donnez-lui-en un, ou retirez-la.",
	"xlsform.csv.cells":    "Cette ligne a %d cellules pour %d titres. Une cellule qui contient une virgule ou un point-virgule doit être entre guillemets.",
	"xlsform.csv.column":   "La colonne « %s » n’existe pas dans le fichier « %s ». Ses colonnes sont : %s.",
	"xlsform.csv.more":     "D’autres lignes de ce fichier ont des défauts. Corrigez les %d premières, puis envoyez-le à nouveau.",
	"xlsform.csv.twice":    "Deux fichiers s’appellent « %s ». Gardez-en un seul.",
	"xlsform.csv.other":    "Le fichier « %s » n’est pas un CSV : son nom reste dans le classeur, mais il n’est pas lu.",
	"xlsform.csv.unused":   "Le fichier « %s » n’est nommé par aucune question. Il est conservé ; retirez-le s’il ne sert pas.",
	"xlsform.csv.same":     "Les fichiers « %s » et « %s » ont le même nom, à la fin près : on ne pourrait pas les distinguer. Renommez l’un des deux.",
	"xlsform.csv.missing":  "Il manque le fichier « %s », où sont les choix de la question « %s ». Ajoutez-le avec le classeur ; sans lui, la question n’est pas posée sur le web.",
	"xlsform.csv.pulldata": "Il manque le fichier « %s », que lit la question « %s ». Ajoutez-le avec le classeur ; sans lui, ce qu’elle y cherche reste vide.",
	"xlsform.csv.format":   "Le fichier « %s » de la question « %s » n’est pas un CSV : son nom reste dans le classeur, mais la question n’est pas posée sur le web. Enregistrez ses choix en CSV pour qu’elle le soit.",
	"xlsform.csv.guess":    "Il manque le fichier « %s ». Renommez « %s » en « %s » si c’est lui ; sinon, ajoutez-le avec le classeur.",

	"xlsform.file.kind":    "Le fichier « %s » n’est pas un classeur Excel (.xlsx) lisible. Ouvrez-le dans votre tableur et enregistrez-le au format « Classeur Excel (.xlsx) ».",
	"xlsform.file.sheets":  "Le classeur « %s » a plus de %d feuilles. Gardez celles du questionnaire.",
	"xlsform.sheet.size":   "La feuille est trop grande : %d lignes et %d colonnes au plus, et %d Mo dans tout le classeur. Retirez ce qui ne sert pas au questionnaire.",
	"xlsform.sheet.survey": "Il manque la feuille « survey », qui contient les questions. Créez-la ou renommez la vôtre.",
	"xlsform.sheet.guess":  "Il manque la feuille « %s ». Renommez « %s » en « %s » si c’est elle.",
	"xlsform.sheet.near":   "La feuille « %s » n’est pas lue. Renommez-la en « %s » si c’est ce que vous vouliez ; sinon, mettez « _ » devant son nom.",
	"xlsform.sheet.twice":  "Deux feuilles s’appellent « %s ». Gardez-en une seule.",
	"xlsform.sheet.list":   "Il manque la feuille « %s », où sont les choix de cette question. Ajoutez-la avec les colonnes list_name, name et label.",
	"xlsform.entities":     "Les entités (feuille « entities », colonne save_to) ne sont pas prises en charge. Retirez-les du questionnaire.",

	"xlsform.column.missing":   "Il manque la colonne « %s ». Vérifiez que la première ligne contient les titres des colonnes.",
	"xlsform.column.twice":     "Les colonnes « %s » et « %s » veulent dire la même chose. Gardez-en une seule.",
	"xlsform.column.near":      "La colonne « %s » est conservée, mais pas lue. Vouliez-vous écrire « %s » ?",
	"xlsform.column.foreign":   "La colonne « %s » reste dans le classeur, mais le questionnaire sur le web n’en tient pas compte.",
	"xlsform.column.media":     "Les images, les sons et les vidéos de la colonne « %s » ne sont pas montrés sur le web : les personnes ne voient que les mots. La colonne reste dans le classeur.",
	"xlsform.column.guidance":  "Les consignes de la colonne « %s » sont pour les enquêteurs : elles ne sont pas montrées sur le web. La colonne reste dans le classeur.",
	"xlsform.column.untitled":  "Cette cellule est dans une colonne sans titre : elle est ignorée. Donnez un titre à la colonne pour la conserver.",
	"xlsform.setting.idle":     "Le réglage « %s » reste dans le classeur, sans effet sur le web.",
	"xlsform.setting.address":  "L’adresse d’envoi reste dans le classeur, mais n’est pas utilisée : les réponses du web arrivent ici.",
	"xlsform.setting.key":      "La clé publique reste dans le classeur, mais les réponses du web ne sont pas chiffrées avec elle : elles sont protégées ici.",
	"xlsform.setting.rows":     "Seule la première ligne de réglages est lue. Retirez celle-ci.",
	"xlsform.setting.language": "La langue par défaut « %s » n’est celle d’aucune colonne. Recopiez le nom exact d’une langue du classeur.",

	"xlsform.type.missing":      "Il manque le type de cette ligne. Écrivez par exemple « text » ou « select_one oui_non » dans la colonne type.",
	"xlsform.type.unknown":      "Le type « %s » n’existe pas. Choisissez un type d’XLSForm, par exemple text, integer, select_one ou note.",
	"xlsform.type.guess":        "Le type « %s » n’existe pas. Vouliez-vous écrire « %s » ?",
	"xlsform.type.rest":         "Le type « %s » a des mots en trop : « %s ». Le nom d’une liste n’a pas d’espace.",
	"xlsform.type.list":         "Il manque le nom de la liste après « %s ». Écrivez par exemple « %s oui_non ».",
	"xlsform.type.loop":         "Les boucles (begin_loop) sont anciennes et ne sont pas prises en charge. Utilisez begin_repeat, ou un groupe par élément.",
	"xlsform.type.foreign":      "La question « %s » (type %s) n’est pas posée sur le web : elle reste dans le classeur.",
	"xlsform.type.foreign.more": "La question « %s » (type %s) n’est pas posée sur le web : elle reste dans le classeur. Autres questions de ce type : %d.",
	"xlsform.type.unkept":       "« %s » (type %s) n’est pas conservé avec les réponses, qui ne disent ni l’heure, ni l’appareil, ni la personne. La ligne reste dans le classeur.",
	"xlsform.type.unkept.more":  "« %s » (type %s) n’est pas conservé avec les réponses, qui ne disent ni l’heure, ni l’appareil, ni la personne. La ligne reste dans le classeur. Autres lignes de ce type : %d.",
	"xlsform.type.file":         "Le fichier de choix « %s » doit se terminer par .csv, .xml ou .geojson. Corrigez son nom.",
	"xlsform.row.skipped":       "Cette ligne n’a ni type, ni nom, ni libellé : elle n’est pas lue.",
	"xlsform.row.disabled":      "Cette ligne est désactivée (colonne disabled) : elle n’est pas lue.",
	"xlsform.name.missing":      "Il manque le nom de cette question. Donnez-lui un nom court, sans espace, dans la colonne name.",
	"xlsform.name.form":         "Le nom « %s » n’est pas valable. Commencez par une lettre ou « _ », puis des lettres, des chiffres, « _ », « - » ou « . », sans espace.",
	"xlsform.name.twice":        "Le nom « %s » est déjà pris à la ligne %d. Donnez un autre nom à l’une des deux questions.",
	"xlsform.name.case":         "Le nom « %s » ressemble à « %s », ligne %d, aux majuscules près. Donnez-leur des noms plus différents.",
	"xlsform.name.unique":       "Le nom « %s » est déjà pris à la ligne %d. Une répétition ou un fichier joint a un nom unique dans tout le questionnaire.",
	"xlsform.name.reserved":     "Le nom « %s » est réservé. Choisissez-en un autre.",
	"xlsform.name.count":        "Le nombre de répétitions crée une question cachée « %s », mais ce nom est déjà pris à la ligne %d. Renommez la question ou la répétition.",
	"xlsform.label.missing":     "Il manque le libellé de la question « %s ». Écrivez la question dans la colonne label.",
	"xlsform.label.repeat":      "La répétition « %s » n’a pas de libellé. Ajoutez-en un pour aider la personne à s’y retrouver.",
	"xlsform.label.language":    "En « %s », il manque des libellés (%d), à partir de cette ligne. Ils seront montrés dans une autre langue.",
	"xlsform.section.open":      "La section « %s » n’est jamais fermée. Ajoutez une ligne end_%s après sa dernière question.",
	"xlsform.section.close":     "Cette ligne ferme une section (%s) qui n’est pas ouverte. Retirez-la, ou ajoutez la ligne begin_%s qui manque.",
	"xlsform.section.crossed":   "Cette ligne ferme une section (%s), mais la dernière section ouverte, « %s », ligne %d, est d’une autre sorte. Fermez d’abord celle-ci.",
	"xlsform.section.name":      "Cette ligne nomme « %s », mais la section qu’elle ferme est « %s », ligne %d. Vérifiez que les sections sont fermées dans le bon ordre.",

	"xlsform.reference.unknown": "Aucune question ne s’appelle « %s ». Corrigez ce qui est entre ${ et }.",
	"xlsform.reference.guess":   "Aucune question ne s’appelle « %s ». Vouliez-vous écrire « %s » ?",

	"xlsform.calculation.missing":    "Il manque le calcul de « %s ». Écrivez-le dans la colonne calculation.",
	"xlsform.yesno":                  "« %s » n’est ni oui ni non. Écrivez yes ou no.",
	"xlsform.theme.form":             "« %s » n’est pas un code de thème. Écrivez T01, T02… ou laissez vide.",
	"xlsform.profile.unknown":        "« %s » n’est pas un profil connu. Écrivez l’un de ceux-ci : %s.",
	"xlsform.appearance.search":      "L’apparence « %s » utilise search(), qui n’appartient pas à XLSForm. Utilisez select_one_from_file ou choice_filter.",
	"xlsform.appearance.unknown":     "L’apparence « %s » n’est pas connue : elle reste dans le classeur, et la question garde sa présentation habituelle. Vérifiez son orthographe.",
	"xlsform.appearance.guess":       "L’apparence « %s » n’est pas connue : elle reste dans le classeur, sans effet. Vouliez-vous écrire « %s » ?",
	"xlsform.appearance.plain":       "L’apparence « %s » reste dans le classeur ; sur le web, la question garde sa présentation habituelle.",
	"xlsform.appearance.grid":        "Sur le web, une grille (apparence « %s ») est posée une question après l’autre, pour se lire sur un téléphone.",
	"xlsform.appearance.application": "L’apparence « %s » appelle une application : elle reste dans le classeur, et la question est posée simplement sur le web.",
	"xlsform.other.filter":           "« or_other » ne va pas avec choice_filter. Ajoutez un choix « autre » à la liste et une question de texte.",
	"xlsform.trigger.form":           "Le déclencheur « %s » n’est pas valable. Écrivez des questions sous la forme ${nom}, séparées par des virgules.",
	"xlsform.trigger.unknown":        "Le déclencheur nomme la question « %s », qui n’existe pas. Corrigez le nom.",
	"xlsform.trigger.hidden":         "La question « %s » n’est pas visible : elle ne peut pas déclencher un calcul. Choisissez une question posée.",
	"xlsform.trigger.calculation":    "une question « %v » ne calcule rien : videz la colonne « calculation ».",

	"xlsform.parameters.form":   "Les paramètres « %s » ne sont pas valables. Écrivez-les sous la forme clé=valeur, séparés par des espaces.",
	"xlsform.parameters.key":    "Le paramètre « %s » ne va pas avec ce type de question. Paramètres possibles : %s.",
	"xlsform.parameters.value":  "La valeur « %s » du paramètre « %s » n’est pas valable. Il faut %s.",
	"xlsform.parameters.range":  "Le paramètre « %s » de cette échelle ne va pas avec les autres : il faut %s.",
	"xlsform.parameters.source": "Le paramètre « %s » nomme « %s », qui n’est ni une liste, ni un fichier, ni une répétition de ce questionnaire.",

	"xlsform.list.unknown": "La liste « %s » n’existe pas dans la feuille « %s ». Ajoutez ses choix, ou corrigez son nom.",
	"xlsform.list.guess":   "La liste « %s » n’existe pas dans la feuille « %s ». Vouliez-vous écrire « %s » ?",
	"xlsform.list.repeat":  "Les choix de cette question sont les réponses à une autre (« %s ») : elle n’apparaît pas aux personnes dont le navigateur n’exécute pas de script.",
	"xlsform.list.both":    "La liste « %s » est aussi dans la feuille « %s ». Donnez un autre nom à l’une des deux.",
	"xlsform.choice.file":  "Le nom de liste « %s » est celui d’un fichier. Donnez un nom sans « .csv », ou utilisez select_one_from_file.",
	"xlsform.choice.code":  "Ce choix n’a pas de code. Remplissez la colonne « %s ».",
	"xlsform.choice.list":  "Ce choix n’a pas de nom de liste : il n’est pas lu. Complétez la colonne list_name.",
	"xlsform.choice.name":  "Ce choix n’a pas de code. Écrivez un code court dans la colonne name.",
	"xlsform.choice.twice": "Le code « %s » est déjà dans la liste « %s », ligne %d. Donnez un autre code à l’un des deux choix.",
	"xlsform.choice.space": "Le code « %s » contient un espace : les réponses à choix multiples ne pourraient pas être relues. Remplacez l’espace par « _ ».",
	"xlsform.choice.label": "Le choix « %s » n’a pas de libellé : c’est son code qui sera montré.",
}

// problem makes the problem of a code at a place; args fill its sentence.
func problem(at surveys.Place, code string, args ...any) surveys.Problem {
	return surveys.Problem{Place: at, Code: code, Message: fmt.Sprintf(unbroken.Replace(messages[code]), args...), Args: args}
}

// unbroken puts the spaces that French does not break a line at.
var unbroken = strings.NewReplacer(
	" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", "« ", "«\u00a0", " »", "\u00a0»",
)

func (r *reader) refuse(at surveys.Place, code string, args ...any) {
	r.problems = append(r.problems, problem(at, code, args...))
}

func (r *reader) warn(at surveys.Place, code string, args ...any) {
	p := problem(at, code, args...)
	p.Warning = true
	r.problems = append(r.problems, p)
}

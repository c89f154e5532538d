package surveys

// Restricted acts, as the journal names them.
const (
	OpenedWork         = "vue de travail ouverte"
	OpenedSurvey       = "collecte ouverte"
	ClosedSurvey       = "collecte close"
	WorkbookDownloaded = "classeur téléchargé"
	PublishedNumbers   = "chiffres publiés"
	OpenedVerbatims    = "textes libres ouverts"
	ChangedSubjects    = "grille des sujets modifiée"
	DocumentDownloaded = "document téléchargé"

	OpenedRestitution = "restitution publiée"
	ClosedRestitution = "restitution retirée de la publication"
	DataDownloaded    = "données téléchargées"
	ReadByToken       = "lecture par un programme"

	RegroupedSectors = "secteurs redécoupés"

	BegunSurvey           = "enquête commencée"
	PublishedVersion      = "questionnaire publié"
	ReplacedQuestionnaire = "questionnaire remplacé par un fichier"
	AbandonedChanges      = "modifications abandonnées"
)

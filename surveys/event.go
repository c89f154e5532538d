package surveys

// Restricted acts, as the journal names them.
const (
	OpenedWork         = "vue de travail ouverte"
	OpenedSurvey       = "collecte ouverte"
	ClosedSurvey       = "collecte close"
	WorkbookDownloaded = "classeur téléchargé"
	DataDownloaded     = "données téléchargées"
	ReadByToken        = "lecture par un programme"

	RegroupedSectors = "secteurs redécoupés"

	BegunSurvey           = "enquête commencée"
	PublishedVersion      = "questionnaire publié"
	ReplacedQuestionnaire = "questionnaire remplacé par un fichier"
	AbandonedChanges      = "modifications abandonnées"
)

package surveys

// Restricted acts, as the journal names them.
const (
	OpenedWork         = "vue de travail ouverte"
	OpenedSurvey       = "collecte ouverte"
	ClosedSurvey       = "collecte close"
	WorkbookDownloaded = "classeur téléchargé"
)

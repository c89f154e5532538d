package handlers

import (
	"strings"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/report"
)

// A place is one page in the navigation of a diagnostic.
type place struct {
	label    string
	path     string // after the diagnostic's own address
	does     surveys.Action
	audience surveys.Audience // whose answers it shows, "" for several
}

// A moment is the pages of one time of a diagnostic, under one name.
type moment struct {
	label  string
	places []place
}

// resultsPath is where the pages of the audiences begin: their list differs from
// one diagnostic to the other.
const resultsPath = "/resultats/"

// moments is the navigation of a diagnostic. A page that gets a route gets its
// line here.
var moments = []moment{
	{"Collecte", []place{
		{"Participation", "", surveys.SeeProtected, ""},
		{"Profil", "/profil", surveys.SeeProtected, ""},
		{"Questionnaires", "/questionnaires", surveys.RunSurveys, ""},
	}},
	{"Résultats", []place{
		{"", resultsPath, surveys.SeeProtected, ""},
		{"Regards croisés", "/regards-croises", surveys.SeeProtected, ""},
		{"Publics fragiles", "/publics-fragiles", surveys.SeeProtected, ""},
		{"Accès aux soins", "/acces", surveys.SeeProtected, ""},
		{"Secteurs", "/secteurs", surveys.SeeProtected, ""},
		{"Évolution", "/evolution", surveys.SeeProtected, ""},
		{"Textes libres", "/verbatims", surveys.ReadVerbatims, ""},
	}},
	{"Diagnostic", []place{
		{"Synthèse", "/synthese", surveys.SeeProtected, ""},
		{"Démarche", "/demarche", surveys.SeeProtected, ""},
		{"Territoire", "/territoire", surveys.SeeProtected, ""},
		{"Thèmes", "/themes", surveys.SeeProtected, ""},
		{"Paroles", "/paroles", surveys.SeeProtected, ""},
		{"Priorités", "/priorites", surveys.SeeProtected, ""},
		{"Actions", "/actions", surveys.SeeProtected, ""},
	}},
	{"Sortir", []place{
		{"Télécharger", "/telecharger", surveys.SeeProtected, ""},
		{"Restitution publique", openingPath, surveys.ShareRestitution, ""},
		{"Diapos", "/diapos", surveys.SeeProtected, ""},
		{"Méthode", "/methode", surveys.SeeProtected, ""},
	}},
}

// navigation is what the reader of a page may open, the page they are on
// marked. A person who looks at the protected view by choice keeps it from page
// to page.
func navigation(c fiber.Ctx, v visit, as report.View) []pages.TeamMoment {
	base, query := "/d/"+v.diagnostic.ID, ""
	if as == report.Restitution && v.may(surveys.SeeWork) {
		query = keptView(c) // a page without numbers is in neither view
	}
	here := v.nearest(strings.TrimRight(strings.TrimPrefix(c.Path(), base), "/"))
	var all []pages.TeamMoment
	for _, m := range moments {
		shown := pages.TeamMoment{Label: m.label}
		for _, p := range v.open(m.places) {
			shown.Tabs = append(shown.Tabs, pages.TeamTab{
				Label: p.label, Address: base + p.path + query, Audience: p.audience, Current: p.path == here,
			})
			shown.Current = shown.Current || p.path == here
		}
		if len(shown.Tabs) > 0 {
			all = append(all, shown)
		}
	}
	return all
}

// nearest is the path of the place that a page is under; its own when the page
// is nowhere in the navigation.
func (v visit) nearest(path string) string {
	found, longest := path, -1
	for _, m := range moments {
		for _, p := range v.open(m.places) {
			if (p.path == path || p.path != "" && strings.HasPrefix(path, p.path+"/")) && len(p.path) > longest {
				found, longest = p.path, len(p.path)
			}
		}
	}
	return found
}

// open are the places that somebody may go to, with a place for each audience.
func (v visit) open(places []place) []place {
	var all []place
	for _, p := range places {
		switch {
		case !v.may(p.does):
		case p.path == resultsPath:
			for _, a := range v.audiences() {
				all = append(all, place{a.Label(), resultsPath + string(a), p.does, a})
			}
		default:
			all = append(all, p)
		}
	}
	return all
}

// A chapterPage draws one chapter of the report at an address of its own; while
// the report has none, it says so.
type chapterPage struct {
	path, id, title string
	silence         string // what there is to say without the chapter
}

// chapterPages are the chapters with one page each; those of the audiences, of
// the crossing and of the themes have handlers of their own.
var chapterPages = []chapterPage{
	{"/profil", report.ChapterRepresentation, "Profil", "Le profil de celles et ceux qui ont répondu apparaîtra avec les premières réponses."},
	{"/publics-fragiles", report.ChapterFragile, "Publics fragiles", "Aucune question de ce diagnostic ne dit qui est un public fragile."},
	{"/acces", report.ChapterAccess, "Accès aux soins", "Rien à montrer pour l’instant : aucune question publiée ne porte sur l’accès aux soins, ou personne n’y a encore répondu."},
	{"/secteurs", report.ChapterSectors, "Secteurs", "Rien à comparer pour l’instant : il faut un territoire découpé en secteurs, et des réponses qui disent leur commune."},
	{"/evolution", report.ChapterEvolution, "Évolution", "Rien à comparer pour l’instant : ce diagnostic ne met à jour aucune édition précédente."},
	{"/synthese", report.ChapterSummary, "Synthèse", "La synthèse se composera d’elle-même quand les réponses seront assez nombreuses."},
	{"/demarche", report.ChapterApproach, "Démarche", "La démarche n’est pas encore décrite."},
	{"/territoire", report.ChapterTerritory, "Territoire", "Aucune donnée de cadrage n’est encore entrée pour ce territoire."},
	{"/paroles", report.ChapterVerbatims, "Paroles", "Personne n’a encore écrit de texte libre."},
	{"/priorites", report.ChapterPriorities, "Priorités", "Aucune priorité n’est encore proposée."},
	{"/actions", report.ChapterActions, "Actions", "Aucune fiche-action n’est encore écrite."},
}

// chapterRoutes are the routes of those pages.
func (s *Server) chapterRoutes() []route {
	var routes []route
	for _, p := range chapterPages {
		routes = append(routes, route{fiber.MethodGet, p.path, surveys.SeeProtected, s.chapter(p)})
	}
	return append(routes,
		route{fiber.MethodGet, "/themes", surveys.SeeProtected, s.themes},
		route{fiber.MethodGet, "/themes/:theme", surveys.SeeProtected, s.theme},
	)
}

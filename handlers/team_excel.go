package handlers

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/authoring"
	"diapason/surveys/xlsform"
)

// excel is the page where a questionnaire leaves and comes back as a workbook.
func (s *Server) excel(c fiber.Ctx, w writing) error {
	page, err := s.excelPage(c, w)
	if err != nil {
		return err
	}
	page.Replaced = c.Query("remplace") != ""
	if token := c.Query("fichier"); token != "" {
		kept, err := s.keptUpload(c, w, token)
		if errors.Is(err, surveys.ErrNotFound) {
			page.Fault = "Ce fichier n’est plus en mémoire : il y reste deux heures. Envoyez-le de nouveau."
			return s.render(c, page)
		}
		if err != nil {
			return err
		}
		page.Compared = compared(w, kept, token)
	}
	return s.render(c, page)
}

func (s *Server) excelPage(c fiber.Ctx, w writing) (pages.TeamExcel, error) {
	versions, err := s.versionLines(c, w)
	return pages.TeamExcel{
		WritingFrame: s.writingFrame(c, w), Versions: versions, Limit: maxBody >> 20,
		Files: xlsform.Files(&w.manuscript.Questionnaire), Questions: pages.CountQuestions(&w.manuscript.Questionnaire),
	}, err
}

// compared sets a workbook beside the questionnaire it would replace.
func compared(w writing, kept keptUpload, token string) *pages.ComparedWorkbook {
	mine := &w.manuscript.Questionnaire
	return &pages.ComparedWorkbook{
		Name: kept.Name, Token: token, Seen: mine.Digest(), Same: mine.Digest() == kept.Questionnaire.Digest(),
		Questions: pages.CountQuestions(kept.Questionnaire), Minutes: authoring.Minutes(kept.Questionnaire),
		Changes: changes(mine, kept.Questionnaire), Mend: kept.Mend, Warnings: kept.Warnings,
	}
}

// readWorkbook reads a workbook and shows what it would change. Nothing is
// replaced yet.
func (s *Server) readWorkbook(c fiber.Ctx, w writing) error {
	u, err := readUpload(c)
	if err != nil {
		return err
	}
	if u.Name != "" && u.Problems.Refusals() == nil {
		token, err := s.keepUpload(c, w, u)
		switch {
		case err == nil:
			return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/excel?fichier=" + token)
		case !errors.Is(err, errTooHeavy):
			return err
		}
	}
	page, err := s.excelPage(c, w)
	if err != nil {
		return err
	}
	c.Status(fiber.StatusUnprocessableEntity)
	switch {
	case u.Name == "":
		page.Fault = noWorkbook
	case u.Problems.Refusals() == nil:
		page.Fault = tooHeavy
	default:
		page.Workbook = u.Name
		page.Refusals, page.Warnings = cellFaults(u.Questionnaire, u.Problems.Refusals()), cellFaults(u.Questionnaire, u.Problems.Warnings())
	}
	return s.render(c, page)
}

// replaceByWorkbook puts the questionnaire that was read in the place of the
// one that is written, as one step that can be undone. What somebody else
// wrote since is shown before it is replaced.
func (s *Server) replaceByWorkbook(c fiber.Ctx, w writing) error {
	token := copied(c.FormValue("fichier"))
	kept, err := s.keptUpload(c, w, token)
	if errors.Is(err, surveys.ErrNotFound) {
		return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/excel?fichier=perdu")
	}
	if err != nil {
		return err
	}
	seen := copied(c.FormValue("vu"))
	_, err = s.edit(c, w, "Questionnaire remplacé par le fichier « "+kept.Name+" »", func(*surveys.Questionnaire) ([]surveys.Move, error) {
		return []surveys.Move{{Do: surveys.Replace, Was: seen, Whole: kept.Questionnaire}}, nil
	})
	if changed := (surveys.Problems)(nil); errors.As(err, &changed) {
		return s.showChanged(c, w, kept, token)
	}
	if err == nil {
		err = s.note(c.Context(), w.visit, surveys.ReplacedQuestionnaire, w.survey.Title+", "+kept.Name)
	}
	if err == nil {
		err = s.store.DeleteSession(c.Context(), uploadKey(w, token))
	}
	if err != nil {
		return err
	}
	return c.Redirect().Status(fiber.StatusSeeOther).To(w.base() + "/excel?remplace=1")
}

// showChanged compares the workbook anew with what somebody else wrote
// meanwhile.
func (s *Server) showChanged(c fiber.Ctx, w writing, kept keptUpload, token string) error {
	page, err := s.excelPage(c, w)
	if err != nil {
		return err
	}
	by, err := s.nameOf(c, w.manuscript.By)
	if err != nil {
		return err
	}
	page.Fault = "Rien n’est remplacé : le questionnaire a changé pendant que vous regardiez (" + by + "). Voici les différences avec ce qu’il dit maintenant."
	page.Compared = compared(w, kept, token)
	c.Status(fiber.StatusConflict)
	return s.render(c, page)
}

// questionnaireFile sends the manuscript, or a published version, as a file.
func (s *Server) questionnaireFile(c fiber.Ctx, w writing) error {
	q, name := &w.manuscript.Questionnaire, fmt.Sprintf("%s-en-cours-%s", w.survey.ID, surveys.DayOf(s.now()))
	if asked := c.Query("version"); asked != "" {
		v, err := s.versionOf(c, w.survey, asked)
		if err != nil {
			return err
		}
		q, name = &v.Questionnaire, fmt.Sprintf("%s-version-%d", w.survey.ID, v.Number)
	}
	return s.sendQuestionnaire(c, q, name, c.Query("forme", formXLSX))
}

// versionOf is the published version that an address names.
func (s *Server) versionOf(c fiber.Ctx, survey surveys.Survey, number string) (surveys.Version, error) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return surveys.Version{}, surveys.ErrNotFound
	}
	return s.store.Version(c.Context(), survey.ID, n)
}

// Forms a questionnaire leaves in.
const (
	formXLSX = "xlsx"
	formZip  = "zip"
	formJSON = "json"
)

func (s *Server) sendQuestionnaire(c fiber.Ctx, q *surveys.Questionnaire, name, form string) error {
	body, mediaType, err := questionnaireAs(q, form)
	var unfit unfitWorkbook
	switch {
	case errors.As(err, &unfit):
		s.log.Warn("a questionnaire does not fit in a workbook", "name", name, "error", err)
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, pages.Failure{
			Title:   "Ce questionnaire ne tient pas dans un classeur",
			Message: "Un texte dépasse ce qu’une cellule peut contenir, ou une feuille porte un nom qu’Excel refuse. Raccourcissez le texte, ou téléchargez le fichier JSON.",
		})
	case err != nil:
		return err
	}
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+"."+form+`"`)
	return c.Send(body)
}

// unfitWorkbook: the questionnaire is more than a workbook can hold.
type unfitWorkbook struct{ error }

// questionnaireAs writes a questionnaire whole before a byte of it leaves.
func questionnaireAs(q *surveys.Questionnaire, form string) (body []byte, mediaType string, err error) {
	var b bytes.Buffer
	switch form {
	case formXLSX:
		mediaType, err = xlsxType, xlsform.Write(&b, q)
	case formZip:
		mediaType, err = "application/zip", xlsform.WriteBundle(&b, q)
	case formJSON:
		mediaType, err = fiber.MIMEApplicationJSONCharsetUTF8, writeJSON(&b, q)
	default:
		return nil, "", fiber.ErrBadRequest
	}
	if err != nil && form != formJSON {
		err = unfitWorkbook{err}
	}
	return b.Bytes(), mediaType, err
}

package handlers

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/xlsform"
)

// An upload is a workbook somebody sent, as it was read. Without a Name none
// was sent.
type upload struct {
	Name          string
	Questionnaire *surveys.Questionnaire
	Problems      surveys.Problems
}

// noWorkbook is told to somebody who sent a form without a file.
const noWorkbook = "Choisissez d’abord un fichier : un classeur .xlsx, ou un .zip avec le classeur et ses listes."

// readUpload reads the workbook of a form, in the field "classeur", with the
// lists beside it, in "listes". Whatever the file, what is wrong with it comes
// back among its problems.
func readUpload(c fiber.Ctx) (upload, error) {
	form, err := c.MultipartForm()
	if err != nil || len(form.File["classeur"]) == 0 {
		return upload{}, nil // a form without a file, or sent by no form of ours
	}
	workbook := form.File["classeur"][0]
	file, err := workbook.Open()
	if err != nil {
		return upload{}, fmt.Errorf("open upload: %w", err)
	}
	defer file.Close()
	lists, closeAll, err := openLists(form.File["listes"])
	if err != nil {
		return upload{}, err
	}
	defer closeAll()
	u := upload{Name: fileName(workbook)}
	u.Questionnaire, u.Problems = xlsform.Read(file, u.Name, lists...)
	if slices.Equal(u.Questionnaire.Languages, []string{surveys.NoLanguage}) {
		u.Questionnaire.Languages = nil // one language without a name is not a change
	}
	return u, nil
}

// fileName is the name of a file as it is shown: short, on one line.
func fileName(h *multipart.FileHeader) string {
	const longest = 120
	name := []rune(strings.Join(strings.Fields(copied(h.Filename)), " "))
	return string(name[max(0, len(name)-longest):])
}

func openLists(headers []*multipart.FileHeader) (lists []xlsform.File, closeAll func(), err error) {
	var opened []io.Closer
	closeAll = func() {
		for _, f := range opened {
			_ = f.Close() // it was only read
		}
	}
	for _, h := range headers {
		f, err := h.Open()
		if err != nil {
			closeAll()
			return nil, nil, fmt.Errorf("open upload: %w", err)
		}
		opened = append(opened, f)
		lists = append(lists, xlsform.File{Name: fileName(h), Content: f})
	}
	return lists, closeAll, nil
}

// A keptUpload is a questionnaire that was read and waits for somebody to look
// at what it would change.
type keptUpload struct {
	Name          string
	Questionnaire *surveys.Questionnaire
	// Mend refuses publishing, Warnings only warn.
	Mend, Warnings []pages.CellFault
}

const (
	// uploadLife is how long it waits.
	uploadLife = 2 * time.Hour
	// maxKept is what it may weigh, in bytes: far above a questionnaire with a
	// list of all the communes of a region.
	maxKept = 4 << 20
)

// errTooHeavy: the questionnaire weighs more than is kept.
var errTooHeavy = errors.New("questionnaire too heavy")

const tooHeavy = "Ce questionnaire est trop lourd pour être gardé : une de ses listes est très longue. Ne gardez de la liste que ce qui concerne votre territoire."

// keepUpload keeps what was read for the next page, under a word that only
// this person can use, for this survey.
func (s *Server) keepUpload(c fiber.Ctx, w writing, u upload) (token string, err error) {
	kept := keptUpload{Name: u.Name, Questionnaire: surveys.WithoutCommunes(*u.Questionnaire, w.diagnostic.Territory)}
	kept.Questionnaire.Title = cmp.Or(kept.Questionnaire.Title, w.manuscript.Questionnaire.Title)
	kept.Questionnaire.FormID = cmp.Or(kept.Questionnaire.FormID, w.manuscript.Questionnaire.FormID)
	_, found := surveys.Compile(surveys.WithCommunes(*kept.Questionnaire, w.diagnostic.Territory))
	kept.Mend = cellFaults(kept.Questionnaire, found.Refusals())
	kept.Warnings = cellFaults(kept.Questionnaire, append(u.Problems.Warnings(), found.Warnings()...))
	data, err := json.Marshal(kept)
	if err != nil {
		return "", fmt.Errorf("keep upload: %w", err)
	}
	if len(data) > maxKept {
		return "", errTooHeavy
	}
	token = strings.ToLower(rand.Text())
	return token, s.store.PutSession(c.Context(), uploadKey(w, token), data, s.now().Add(uploadLife))
}

func uploadKey(w writing, token string) string {
	sum := sha256.Sum256([]byte("workbook\x00" + w.survey.ID + "\x00" + w.account.Login + "\x00" + token))
	return hex.EncodeToString(sum[:])
}

// keptUpload is what was kept under a word; ErrNotFound when its time is over.
func (s *Server) keptUpload(c fiber.Ctx, w writing, token string) (keptUpload, error) {
	var kept keptUpload
	data, err := s.store.Session(c.Context(), uploadKey(w, token), s.now())
	if err != nil {
		return kept, err
	}
	if err := json.Unmarshal(data, &kept); err != nil {
		return kept, fmt.Errorf("read kept upload: %w", err)
	}
	return kept, nil
}

// cellFaults are problems as a table of cells to mend.
func cellFaults(q *surveys.Questionnaire, problems surveys.Problems) []pages.CellFault {
	var faults []pages.CellFault
	for _, p := range problems {
		fault, remedy := p.Message, ""
		if end := strings.Index(p.Message, ". "); end > 0 {
			fault, remedy = p.Message[:end+1], p.Message[end+2:]
		}
		faults = append(faults, pages.CellFault{
			Sheet: p.Place.Sheet, Row: p.Place.Row, Column: p.Place.Column,
			Question: p.Place.Question, Written: writtenAt(q, p.Place), Fault: pages.Sentence(fault), Remedy: remedy,
		})
	}
	return faults
}

// writtenAt is what stands in the cell of a problem, "" when it cannot be
// told.
func writtenAt(q *surveys.Questionnaire, at surveys.Place) string {
	if at.Row < 2 || at.Column == "" {
		return ""
	}
	column, language, _ := strings.Cut(at.Column, "::")
	if language == "" {
		language = surveys.NoLanguage
	}
	written := ""
	q.Walk(func(item *surveys.Item, _ []*surveys.Item) {
		if item.Row == at.Row && !strings.EqualFold(at.Sheet, "choices") {
			written = item.Field(column, language)
			if column == "type" && item.List != "" {
				written += " " + item.List
			}
		}
	})
	return written
}

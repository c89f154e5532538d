package handlers

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// fileColumns head the file that goes to a translator. The first tells the
// program which text it is, the second tells a person.
var fileColumns = []string{"repère", "où", "texte", "traduction"}

// maxTextsFile is far above the texts of any questionnaire, in bytes.
const maxTextsFile = 1 << 20

// byteOrderMark lets Excel know that the file is UTF-8.
const byteOrderMark = "\ufeff"

// textsFile sends the texts with their translations, to be worked on in a
// spreadsheet.
func (s *Server) textsFile(c fiber.Ctx, w writing) error {
	label, ok := languageNamed(&w.manuscript.Questionnaire, c.Query("langue"))
	if !ok {
		return surveys.ErrNotFound
	}
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	rows := csv.NewWriter(&b)
	rows.Comma, rows.UseCRLF = ';', true
	_ = rows.Write(fileColumns) // memory takes everything
	for _, block := range w.translation(label).blocks() {
		for _, text := range block.texts {
			_ = rows.Write([]string{text.Place, whereIs(block, text), harmless(text.Source), harmless(text.Text)})
		}
	}
	rows.Flush()
	name := "traduction-" + w.survey.ID + "-" + surveys.LanguageCode(label) + ".csv"
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Send(b.Bytes())
}

func whereIs(block textBlock, text placedText) string {
	if block.list != nil {
		return "Choix de la liste " + block.list.Name
	}
	return text.What + " " + block.item.Name
}

// formulaSigns begin what a spreadsheet would calculate.
const formulaSigns = "=+-@\t\r"

// harmless is a text that no spreadsheet takes for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune(formulaSigns, rune(s[0])) {
		return "'" + s
	}
	return s
}

// original is the text that [harmless] changed.
func original(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && harmless(rest) == s {
		return rest
	}
	return s
}

// readTextsFile takes the translations of a file.
func (s *Server) readTextsFile(c fiber.Ctx, w writing) error {
	label, ok := languageNamed(&w.manuscript.Questionnaire, c.FormValue("langue"))
	if !ok {
		return surveys.ErrNotFound
	}
	rows, err := uploadedTexts(c)
	if refused := (surveys.Problem{}); errors.As(err, &refused) {
		c.Status(fiber.StatusUnprocessableEntity)
		return s.showTranslation(c, w, translationAsked{language: label, problems: surveys.Problems{refused}})
	}
	if err != nil {
		return err
	}
	read := readTextRows(w.translation(label), rows, c.FormValue("deja") == "remplacer")
	says := fmt.Sprintf("Traductions en %s reprises d’un fichier : %d", spoken(label).Spelled(), len(read.typed))
	m, refused, err := s.keepTexts(c, w, label, says, read.typed)
	if err != nil {
		return err
	}
	w.manuscript = m
	return s.showTranslation(c, w, translationAsked{
		language: label, told: read.told(len(read.typed) - len(refused)), problems: append(read.problems, problemsOf(refused)...)})
}

// fileField is where the problems of a file are shown.
var fileField = surveys.Place{Column: pages.FileField}

// What is wrong with a file as a whole.
var (
	noFile    = surveys.Problem{Place: fileField, Code: "file.none", Message: "Choisissez d’abord un fichier."}
	largeFile = surveys.Problem{Place: fileField, Code: "file.large", Message: "Ce fichier dépasse 1 Mo : ce n’est pas celui des textes."}
	notUTF8   = surveys.Problem{Place: fileField, Code: "file.encoding", Message: "Ce fichier n’est pas en UTF-8 : l’arabe ou l’ukrainien y seraient perdus. Dans Excel, « Enregistrer sous » puis « CSV UTF-8 » ; dans LibreOffice, jeu de caractères « Unicode (UTF-8) »."}
	noColumns = surveys.Problem{Place: fileField, Code: "file.columns", Message: "La première ligne du fichier doit nommer les colonnes « repère », « texte » et « traduction », comme dans le fichier téléchargé."}
)

// uploadedTexts are the rows of the file of a form. A [surveys.Problem] says
// what is wrong with it.
func uploadedTexts(c fiber.Ctx) ([][]string, error) {
	header, err := c.FormFile(pages.FileField)
	switch {
	case err != nil || header.Size == 0:
		return nil, noFile
	case header.Size > maxTextsFile:
		return nil, largeFile
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	return textRows(data)
}

// textRows reads the cells of a file, whichever separator a spreadsheet chose.
func textRows(data []byte) ([][]string, error) {
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if !utf8.Valid(data) {
		return nil, notUTF8
	}
	head, _, _ := bytes.Cut(data, []byte("\n"))
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	reader.Comma = ';'
	for _, comma := range []rune{',', '\t'} {
		if bytes.Count(head, []byte(string(comma))) > bytes.Count(head, []byte(string(reader.Comma))) {
			reader.Comma = comma
		}
	}
	rows, err := reader.ReadAll()
	if fault := (*csv.ParseError)(nil); errors.As(err, &fault) {
		return nil, surveys.Problem{Place: surveys.Place{Column: fileField.Column, Row: fault.StartLine}, Code: "file.quotes", Message: "il manque un guillemet, ou il y en a un de trop."}
	}
	for _, column := range []string{fileColumns[0], fileColumns[2], fileColumns[3]} {
		if len(rows) == 0 || !slices.Contains(rows[0], column) {
			return nil, noColumns
		}
	}
	return rows, err
}

// readTexts is what a file brings.
type readTexts struct {
	typed    []typedText
	kept     int // translated otherwise here, and left so
	problems surveys.Problems
}

func (r readTexts) told(taken int) []string {
	told := []string{fmt.Sprintf("Textes repris du fichier : %d.", taken)}
	if r.kept > 0 {
		told = append(told, fmt.Sprintf("Textes déjà traduits autrement ici, et gardés : %d.", r.kept))
	}
	return told
}

// readTextRows compares the rows of a file with the questionnaire. A source
// that has changed since the file was made is not translated by it.
func readTextRows(t translation, rows [][]string, replace bool) readTexts {
	var read readTexts
	head := rows[0]
	place, source, text := slices.Index(head, fileColumns[0]), slices.Index(head, fileColumns[2]), slices.Index(head, fileColumns[3])
	for i, row := range rows[1:] {
		cell := func(at int) string {
			if at >= len(row) {
				return ""
			}
			return original(plainLines(row[at]))
		}
		if now := strings.TrimSpace(cell(text)); now != "" {
			read.row(t, i+2, cell(place), cell(source), now, replace)
		}
	}
	return read
}

func (r *readTexts) row(t translation, number int, where, source, now string, replace bool) {
	refuse := func(message string) {
		r.problems = append(r.problems, surveys.Problem{Place: surveys.Place{Row: number}, Code: "file.row", Message: message})
	}
	place, ok := placeOf(where)
	current, there := place.read(t.questionnaire, t.from)
	was, _ := place.read(t.questionnaire, t.to)
	switch {
	case !ok || !there:
		refuse("ce texte n’est plus dans le questionnaire.")
	case strings.TrimSpace(plainLines(current)) != strings.TrimSpace(source):
		refuse(fmt.Sprintf("le texte d’origine est devenu « %s » depuis le téléchargement. Relisez sa traduction ci-dessous.", current))
	case plainLines(was) == now:
	case was != "" && !replace:
		r.kept++
	default:
		r.typed = append(r.typed, typedText{place: place, was: plainLines(was), now: now})
	}
}

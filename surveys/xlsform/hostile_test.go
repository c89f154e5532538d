package xlsform

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
)

// What no file may cost before it is refused.
const (
	mostTime   = 2 * time.Second
	mostMemory = 100 << 20 // allocated in all, freed or not
)

func TestAHostileFileIsRefusedQuicklyAndInWords(t *testing.T) {
	cells := `<row><c><v>1</v></c></row>`
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"a sheet of 4 GB":                 {inflating(t, "xl/worksheets/sheet1.xml", "          ", 4<<30), "xlsform.file.inflated"},
		"a picture of 4 GB":               {inflating(t, "xl/media/image1.png", "          ", 4<<30), "xlsform.file.inflated"},
		"a sheet of 10 million rows":      {inflating(t, "xl/worksheets/sheet1.xml", cells, 10_000_000*len(cells)), "xlsform.file.cells"},
		"a million styles":                {inflating(t, "xl/styles.xml", "<xf/>", 10_000_000), "xlsform.file.inflated"},
		"one cell of 100 MB":              {inflating(t, "xl/worksheets/sheet1.xml", "<c><is><t>", 10, "xxxxxxxxxx", 100<<20), "xlsform.file.text"},
		"one shared text of 100 MB":       {inflating(t, "xl/sharedStrings.xml", "<sst><si>  ", 10, "<t>x</t>  ", 100<<20), "xlsform.file.text"},
		"10 million shared texts":         {inflating(t, "xl/sharedStrings.xml", "<si/>", 50_000_000), "xlsform.file.cells"},
		"100,000 sheets":                  {rightBook(t, map[string]string{"xl/workbook.xml": "<workbook><sheets>" + strings.Repeat("<sheet/>", 100_000)}), "xlsform.file.sheets"},
		"100,000 parts":                   {parts(t, 100_000), "xlsform.file.parts"},
		"a part that lies about its size": {lying(t), "xlsform.file.damaged"},
		"entities within entities": {rightBook(t, map[string]string{"xl/sharedStrings.xml": `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>`}),
			"xlsform.file.doctype"},
		"an entity from outside": {rightBook(t, map[string]string{"xl/workbook.xml": `<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>`}),
			"xlsform.file.doctype"},
		"one long text, named by every cell": {repeated(t, 200_000), "xlsform.file.text"},
		"one text, named by too many cells":  {repeated(t, 30_000), "xlsform.sheet.size"},
		"16,384 columns":                     {far(t), "xlsform.sheet.size"},
		"a workbook in workbooks":            {zipped(t, map[string]string{"a.xlsx": string(zipped(t, map[string]string{"b.xlsx": ""}))}), "xlsform.file.damaged"},
		"more than 20 MB":                    {make([]byte, maxFileBytes+1), "xlsform.file.size"},
	} {
		t.Run(name, func(t *testing.T) { refusedWith(t, c.file, c.code) })
	}
}

func TestAFileThatIsSomethingElseIsCalledByItsName(t *testing.T) {
	good := rightBook(t, nil)
	for name, c := range map[string]struct {
		file []byte
		code string
	}{
		"nothing at all":                        {nil, "xlsform.file.empty"},
		"a CSV":                                 {[]byte("type;name;label\ntext;a;Âge\n"), "xlsform.file.csv"},
		"an old .xls":                           {[]byte(container + strings.Repeat("\x00", 2000)), "xlsform.file.old"},
		"a workbook with a password":            {slices.Concat([]byte(container), make([]byte, 500), spaced("EncryptedPackage"), make([]byte, 500)), "xlsform.file.locked"},
		"a PDF":                                 {[]byte("%PDF-1.7\n%âãÏÓ"), "xlsform.file.pdf"},
		"a .docx":                               {zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}), "xlsform.file.office"},
		"an .ods":                               {zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "xlsform.file.opendocument"},
		"an .xlsb":                              {zipped(t, map[string]string{"xl/workbook.bin": "x"}), "xlsform.file.binary"},
		"another zip":                           {zipped(t, map[string]string{"notes.txt": "x"}), "xlsform.file.kind"},
		"a picture":                             {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), "xlsform.file.kind"},
		"half a workbook":                       {good[:len(good)/2], "xlsform.file.cut"},
		"a workbook without sheets":             {zipped(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "xlsform.file.damaged"},
		"a sheet that is announced and missing": {zipped(t, without(t, "xl/worksheets/sheet1.xml")), "xlsform.file.missing"},
		"two workbooks in one zip":              {zipped(t, map[string]string{"a.xlsx": "", "b.xlsx": ""}), "xlsform.bundle.workbooks"},
	} {
		t.Run(name, func(t *testing.T) { refusedWith(t, c.file, c.code) })
	}
}

// refusedWith reads a file, and holds the answer and what it cost to what is
// promised.
func refusedWith(t *testing.T, file []byte, code string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	q, problems := Read(bytes.NewReader(file), "essai.xlsx")
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	if refused := problems.Refusals(); q == nil || len(refused) != 1 || refused[0].Code != code {
		t.Errorf("got %v", problems)
	}
	memory := after.TotalAlloc - before.TotalAlloc
	if !underRace && took > mostTime || memory > mostMemory {
		t.Errorf("it took %v and %d MB", took, memory>>20)
	}
	t.Logf("%d KB, %v, %d MB: %v", len(file)>>10, took.Round(time.Millisecond), memory>>20, problems)
}

func TestAWorkbookWithMacrosIsReadWithoutThem(t *testing.T) {
	q, problems := Read(bytes.NewReader(rightBook(t, map[string]string{"xl/vbaProject.bin": "Sub Auto_Open()"})), "essai.xlsm")
	if len(q.Items) != 1 || len(problems) != 1 || problems[0].Code != "xlsform.file.macros" || !problems[0].Warning {
		t.Errorf("%d items, %v", len(q.Items), problems)
	}
	var b bytes.Buffer
	if err := Write(&b, q); err != nil || bytes.Contains(b.Bytes(), []byte("vbaProject")) {
		t.Errorf("macros are written again, or %v", err)
	}
}

func TestAFormulaIsReadByTheValueItHad(t *testing.T) {
	sheet := `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c>` +
		`<c r="C1" t="inlineStr"><is><t>label</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c>` +
		`<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="C2">%s</c></row></sheetData></worksheet>`
	read := func(cell string) (*surveys.Questionnaire, surveys.Problems) {
		file := rightBook(t, map[string]string{"xl/worksheets/sheet1.xml": fmt.Sprintf(sheet, cell)})
		return Read(bytes.NewReader(file), "essai.xlsx")
	}
	t.Run("a value that was kept is read", func(t *testing.T) {
		q, problems := read(`<f>1+2</f><v>3</v>`)
		if len(problems) > 0 || q.Items[0].Name != "ab" || q.Items[0].Label.In(surveys.NoLanguage) != "3" {
			t.Errorf("%+v, %v", q.Items, problems)
		}
	})
	t.Run("a formula without a value is a fault in its place", func(t *testing.T) {
		_, problems := read(`<f>1+2</f>`)
		want := surveys.Place{Sheet: "survey", Row: 2, Column: "label"}
		if !slices.ContainsFunc(problems.Refusals(), func(p surveys.Problem) bool { return p.Code == "xlsform.formula.value" && p.Place == want }) {
			t.Errorf("got %v", problems)
		}
	})
}

func TestConditionsInACircleAreRefused(t *testing.T) {
	q := read(t, `
		survey
		| type | name | label | relevant   |
		| text | a    | A     | ${b} = 'x' |
		| text | b    | B     | ${a} = 'x' |
	`)
	if form, problems := surveys.Compile(q); form != nil || problems.Refusals() == nil {
		t.Errorf("got %v", problems)
	}
}

// rightBook is a small right workbook, with some of its parts changed.
func rightBook(t *testing.T, changed map[string]string) []byte {
	t.Helper()
	all := without(t, "")
	maps.Copy(all, changed)
	return zipped(t, all)
}

// without is the parts of a small right workbook but one.
func without(t *testing.T, part string) map[string]string {
	t.Helper()
	q, _ := ReadRows(form("survey\n| type | name | label |\n| text | a | A |"))
	var b bytes.Buffer
	if err := Write(&b, q); err != nil {
		t.Fatal(err)
	}
	all := unzipped(t, b.Bytes())
	delete(all, part)
	return all
}

func unzipped(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = string(content)
	}
	return parts
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts is a workbook of many empty parts.
func parts(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: "xl/workbook.xml" + strconv.Itoa(i)[1:]}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inflating is a workbook with one part of many repetitions, deflated without
// ever being whole: each pair is a text and how many bytes of it, about.
func inflating(t *testing.T, part string, pairs ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if w, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	} else if _, err := io.WriteString(w, "<workbook/>"); err != nil {
		t.Fatal(err)
	}
	raw(t, z, part, 0, pairs...)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// raw adds a deflated part to a zip; size is how long it says it is, 0 for the
// truth.
func raw(t *testing.T, z *zip.Writer, part string, size int, pairs ...any) {
	t.Helper()
	var content bytes.Buffer
	truth := 0
	for i := 0; i < len(pairs); i += 2 {
		truth += deflate(t, &content, pairs[i].(string), pairs[i+1].(int))
	}
	if size == 0 {
		size = truth
	}
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: part, Method: zip.Deflate, UncompressedSize64: uint64(size), CompressedSize64: uint64(content.Len()),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content.Bytes()); err != nil {
		t.Fatal(err)
	}
}

// deflate writes a text over and over, and returns its length in all. The second block of a deflated stream
// looks back at the first, which is the same: it may follow itself for ever.
func deflate(t *testing.T, w io.Writer, text string, bytesInAll int) int {
	t.Helper()
	block := strings.Repeat(text, max(1, min(bytesInAll, 1<<18)/len(text)))
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	sizes := [2]int{}
	for i := range sizes {
		if _, err := io.WriteString(z, block); err != nil {
			t.Fatal(err)
		}
		if err := z.Flush(); err != nil {
			t.Fatal(err)
		}
		sizes[i] = b.Len()
	}
	first, again := b.Bytes()[:sizes[0]], b.Bytes()[sizes[0]:]
	if _, err := w.Write(first); err != nil {
		t.Fatal(err)
	}
	times := max(1, bytesInAll/len(block))
	if _, err := w.Write(bytes.Repeat(again, times-1)); err != nil {
		t.Fatal(err)
	}
	return times * len(block)
}

// lying is a workbook whose sheet says it has ten bytes.
func lying(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	raw(t, z, "xl/worksheets/sheet1.xml", 10, "          ", 1<<30)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repeated is a workbook whose 4,000 cells all hold the same text.
func repeated(t *testing.T, length int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i := range 4_000 {
		if err := f.SetCellStr("Sheet1", columnName(i%100)+strconv.Itoa(i/100+1), "long"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	all := unzipped(t, b.Bytes())
	for name, content := range all {
		all[name] = strings.Replace(content, ">long<", ">"+strings.Repeat("x", length)+"<", 1)
	}
	return zipped(t, all)
}

// far is a workbook with one cell in the last column there is.
func far(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "XFD1", "far"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"diapason/surveys"
	"diapason/surveys/library"
)

// libraryFiles writes the library's workbooks where a coordinator has them.
func libraryFiles(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	var paths []string
	for _, a := range surveys.Audiences() {
		path := filepath.Join(folder, string(a)+".xlsx")
		if err := os.WriteFile(path, library.Workbook(a), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func TestFromWorkbooksToAWorkbookOnTheCommandLine(t *testing.T) {
	store := temporaryStore(t)
	forms := libraryFiles(t)
	in := func(words ...string) []string { return append(words, "--store", store) }
	notice := []string{"--contact", "sante@exemple.fr", "--dpo", "dpo@exemple.fr", "--hosting", "en France"}

	_, err := run(t, append(in("import", "--diagnostic", "comminges", "--territory", "200072643", "--open"), forms...)...)
	if err == nil || strings.Count(err.Error(), "RGPD") != 3 {
		t.Errorf("a diagnostic whose notice names nobody: %v", err)
	}
	printed, err := run(t, append(append(in("import", "--diagnostic", "comminges", "--territory", "200072643", "--open"), notice...), forms...)...)
	if err != nil || strings.Count(printed, "version 1 publiée") != 3 {
		t.Fatalf("import: %v\n%s", err, printed)
	}
	printed, err = run(t, append(in("import", "--diagnostic", "comminges"), forms...)...)
	if err != nil || strings.Count(printed, "version 2 publiée") != 3 {
		t.Errorf("import again: %v\n%s", err, printed)
	}

	out := filepath.Join(t.TempDir(), "diagnostic.xlsx")
	if printed, err = run(t, in("export", "--diagnostic", "comminges", "--view", "travail", "--out", out)...); err != nil {
		t.Fatalf("export: %v\n%s", err, printed)
	}
	book, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheets := strings.Join(book.GetSheetList(), ", ")
	for _, want := range []string{"Lisez-moi", "Participation", "Habitants", "Professionnels", "Associations", "Regards croisés", "Dictionnaire", "Méthode et secret"} {
		if !strings.Contains(sheets, want) {
			t.Errorf("no sheet %q among %s", want, sheets)
		}
	}

	document := filepath.Join(t.TempDir(), "diagnostic.docx")
	if printed, err = run(t, in("export", "--diagnostic", "comminges", "--out", document)...); err != nil {
		t.Fatalf("export: %v\n%s", err, printed)
	}
	parts, err := zip.OpenReader(document)
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Close()
	if _, err := parts.Open("word/document.xml"); err != nil {
		t.Error(err)
	}
}

func TestACommandLineThatIsNotRightSaysWhatToDo(t *testing.T) {
	store := temporaryStore(t)
	if _, err := run(t, append([]string{"import", "--store", store, "--diagnostic", "d", "--territory", "200072643",
		"--contact", "a", "--dpo", "b", "--hosting", "c"}, libraryFiles(t)...)...); err != nil {
		t.Fatal(err)
	}
	notAForm := filepath.Join(t.TempDir(), "habitants.xlsx")
	if err := os.WriteFile(notAForm, []byte("pas un classeur"), 0o600); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"exporte":                  "la commande « exporte » n’existe pas",
		"export --out x.xlsx":      "il manque l’option",
		"serve --zzz":              "l’option n’existe pas",
		"serve --store fichier.db": "écrivez bolt:FICHIER ou mongodb://",
		"account list --store bolt:nulle/part.db":        "n’existe pas : vérifiez --store",
		"export --diagnostic autre --out x.xlsx":         "le diagnostic « autre » n’existe pas",
		"export --diagnostic d --out x.xlsx --view tout": "restitution ou travail",
		"export --diagnostic d --out x.pdf":              ".docx (document Word)",
		"import --diagnostic d nulle.xlsx":               "ce fichier n’existe pas",
		"import --diagnostic autre habitants.xlsx":       "ajoutez --territory",
		"import --diagnostic d " + notAForm:              "n’est pas un classeur Excel",
		"account add Marie --diagnostic autre":           "le diagnostic « autre » n’existe pas",
		"account add marie --role chef":                  "le rôle « chef » n’est pas connu",
		"account password paul":                          "le compte « paul » n’existe pas",
	} {
		words := strings.Fields(line)
		if !strings.Contains(line, "--store") && words[0] != "exporte" && words[0] != "serve" {
			words = append(words, "--store", store)
		}
		if _, err := run(t, words...); err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "\u00a0", " "), want) {
			t.Errorf("diapason %s: %v\nwant %q", line, err, want)
		}
	}
}

package exports

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestLibreOffice lets another program than ours open the workbook. With LOOK
// set to a folder it leaves the workbooks there, to be looked at.
func TestLibreOffice(t *testing.T) {
	_, restitution := workbook(t, smallReport(), smallForms(t), nil)
	_, work := workbook(t, workReport(), smallForms(t), smallResponses())
	dir := t.TempDir()
	if look := os.Getenv("LOOK"); look != "" {
		dir = look
	}
	for name, data := range map[string][]byte{"restitution": restitution, "travail": work} {
		if err := os.WriteFile(filepath.Join(dir, name+".xlsx"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed: put soffice on PATH to run this test")
	}
	convert := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "pdf",
		"--outdir", dir, filepath.Join(dir, "restitution.xlsx"), filepath.Join(dir, "travail.xlsx"))
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{"restitution.pdf", "travail.pdf"} {
		pdf, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || len(pdf) < 20_000 || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%s: %d bytes, %v", name, len(pdf), err)
		}
	}
}

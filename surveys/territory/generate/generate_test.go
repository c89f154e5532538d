package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"diapason/surveys/territory"
)

// fixture is a cutting of the package: ten communes, whole lines as published,
// groups with the members that are kept.
const fixture = "testdata/package"

func TestTheFixtureIsReadBack(t *testing.T) {
	f, err := territory.Decode(bytes.NewReader(generated(t, fixture)))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for c := range f.Communes() {
		codes = append(codes, c.Code)
	}
	t.Run("communes of today are kept, in order, and no arrondissement", func(t *testing.T) {
		want := []string{"01015", "69123", "71153", "71278", "71306", "71486", "94011", "94028", "97801", "98901"}
		if !slices.Equal(codes, want) {
			t.Errorf("got %q", codes)
		}
	})
	t.Run("a commune keeps its former names, groups and population", func(t *testing.T) {
		arboys, _ := f.Commune("01015")
		creteil, _ := f.Commune("94028")
		if !slices.Equal(arboys.Former, []string{"Arbignieu", "Saint-Bois"}) {
			t.Errorf("former names of Arboys en Bugey: %q", arboys.Former)
		}
		if creteil.Population != 93397 || creteil.EPCI != "200054781" || creteil.EPT != "200058006" {
			t.Errorf("Créteil is %+v", creteil)
		}
	})
	t.Run("where the source gives no population there is none", func(t *testing.T) {
		if c, _ := f.Commune("98901"); c.Name != "Île de Clipperton" || c.Population != 0 {
			t.Errorf("got %+v", c)
		}
	})
	t.Run("the source is named", func(t *testing.T) {
		if f.Source() != "Insee, code officiel géographique et populations (paquet @etalab/decoupage-administratif 6.0.0)" {
			t.Errorf("got %q", f.Source())
		}
	})
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	once, again := generated(t, fixture), generated(t, fixture)
	if !bytes.Equal(once, again) {
		t.Error("two runs differ")
	}
	t.Run("whatever the order of the lines", func(t *testing.T) {
		turned := copyOf(t, fixture)
		lines := strings.Split(strings.Trim(read(t, turned, "communes.json"), "[]\n"), ",\n")
		slices.Reverse(lines)
		edit(t, turned, "communes.json", func(string) string { return "[\n" + strings.Join(lines, ",\n") + "\n]\n" })
		if !bytes.Equal(once, generated(t, turned)) {
			t.Error("the order of communes.json shows")
		}
	})
}

func TestAListThatDoesNotHoldTogetherIsRefused(t *testing.T) {
	for _, fault := range []struct{ name, file, old, new, says string }{
		{"a member that is no commune", "epci.json", `"code":"71306"`, `"code":"71999"`, `group 247100290: member "71999"`},
		{"a member of two EPCI", "epci.json", `"code":"71306"`, `"code":"94028"`, "commune 94028 is in groups 200054781 and 247100290"},
		{"a commune without département", "communes.json", `"departement":"978"`, `"departement":"979"`, `97801 is in département "979"`},
		{"a commune in the wrong région", "communes.json", `"departement":"978","region":"978"`, `"departement":"978","region":"27"`, `97801 is in département "978" and region "27"`},
		{"a département without région", "departements.json", `"region":"27"`, `"region":"00"`, `71 is in region "00"`},
		{"a former commune of nowhere", "communes.json", `"chefLieu":"01015"`, `"chefLieu":"01999"`, `belongs to "01999"`},
		{"a commune listed twice", "communes.json", `"code":"71306"`, `"code":"71153"`, "71153 is listed twice"},
		{"a blank name", "communes.json", `"nom":"Créteil"`, `"nom":" "`, "blank"},
		{"a name the layout cannot hold", "regions.json", `Île-de-France`, `Île-de|France`, "Île-de|France"},
		{"a file that is not JSON", "ept.json", "[", "{", "data/ept.json"},
	} {
		t.Run(fault.name, func(t *testing.T) {
			dir := copyOf(t, fixture)
			edit(t, dir, fault.file, func(s string) string { return strings.Replace(s, fault.old, fault.new, 1) })
			_, err := readSource(dir)
			if err == nil || !strings.Contains(err.Error(), fault.says) {
				t.Errorf("got %v, want it to say %q", err, fault.says)
			}
		})
	}
	t.Run("all faults come together", func(t *testing.T) {
		dir := copyOf(t, fixture)
		edit(t, dir, "epci.json", func(s string) string { return strings.ReplaceAll(s, `"code":"71`, `"code":"79`) })
		_, err := readSource(dir)
		if err == nil || strings.Count(err.Error(), "\n") != 3 {
			t.Errorf("four members are unknown, got %v", err)
		}
	})
}

func TestRun(t *testing.T) {
	t.Run("the file is written where it is asked", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "list.gz")
		if err := run(fixture, out); err != nil {
			t.Fatal(err)
		}
		if file, err := os.ReadFile(out); err != nil || !bytes.Equal(file, generated(t, fixture)) {
			t.Errorf("%d bytes, %v", len(file), err)
		}
	})
	t.Run("a folder without the package is named", func(t *testing.T) {
		err := run(t.TempDir(), filepath.Join(t.TempDir(), "list.gz"))
		if err == nil || !strings.Contains(err.Error(), "package.json") {
			t.Errorf("got %v", err)
		}
	})
}

func TestUnpack(t *testing.T) {
	t.Run("files come out in their folders", func(t *testing.T) {
		dir := t.TempDir()
		if err := unpack(archive(t, dir, "package/data/communes.json"), dir); err != nil {
			t.Fatal(err)
		}
		if text := read(t, filepath.Join(dir, "package"), "communes.json"); text != "[]" {
			t.Errorf("got %q", text)
		}
	})
	t.Run("a name that leaves the folder is refused", func(t *testing.T) {
		dir := t.TempDir()
		if err := unpack(archive(t, dir, "../outside.json"), dir); err == nil {
			t.Error("accepted")
		}
	})
}

// generated is the file that the package in dir gives.
func generated(t *testing.T, dir string) []byte {
	t.Helper()
	s, err := readSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := write(&file, s); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// edit changes a data file, and fails when the change changes nothing.
func edit(t *testing.T, dir, name string, change func(string) string) {
	t.Helper()
	before := read(t, dir, name)
	after := change(before)
	if before == after {
		t.Fatalf("%s holds nothing to change", name)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", name), []byte(after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// archive makes a .tgz in dir of one file called name that holds "[]".
func archive(t *testing.T, dir, name string) string {
	t.Helper()
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	entries := tar.NewWriter(zip)
	if err := entries.WriteHeader(&tar.Header{Name: name, Size: 2, Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	entries.Write([]byte("[]"))
	entries.Close()
	zip.Close()
	path := filepath.Join(dir, "package.tgz")
	if err := os.WriteFile(path, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

package exports

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// checkPackage holds a workbook against the rules whose breach makes a
// spreadsheet warn, and against the house's own: no formula but on numbers, no macro, nothing
// hidden, nothing from elsewhere.
func checkPackage(t *testing.T, data []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	entries := unzip(t, data)
	checkSheetNames(t, f)
	checkEntries(t, entries)
	checkTables(t, entries)
	checkCharts(t, f, entries)
}

func unzip(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	entries := map[string][]byte{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		if entries[e.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(e.Name, err)
		}
		r.Close()
	}
	return entries
}

func checkSheetNames(t *testing.T, f *excelize.File) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range f.GetSheetList() {
		low := strings.ToLower(name)
		if seen[low] || len(utf16.Encode([]rune(name))) > 31 || strings.ContainsAny(name, `[]:*?/\`) || strings.Trim(name, "'") != name {
			t.Errorf("bad sheet name %q", name)
		}
		seen[low] = true
		if shown, err := f.GetSheetVisible(name); !shown || err != nil {
			t.Errorf("sheet %q is hidden", name)
		}
	}
}

// checkEntries reads every part as XML: a forbidden character is an error of
// the decoder.
func checkEntries(t *testing.T, entries map[string][]byte) {
	t.Helper()
	for name, content := range entries {
		for _, word := range []string{"vba", "pivot", "externalLink", "customXml", "activeX"} {
			if strings.Contains(name, word) {
				t.Errorf("the file holds %s", name)
			}
		}
		d := xml.NewDecoder(bytes.NewReader(content))
		var inside string
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch x := token.(type) {
			case xml.StartElement:
				inside = x.Name.Local
			case xml.CharData:
				if n := len(utf16.Encode([]rune(string(x)))); inside == "t" && n > 32767 {
					t.Errorf("%s: a text of %d", name, n)
				}
			}
		}
	}
}

// checkTables: names unlike each other, headers equal to the cells above them
// and unlike each other, ranges of one sheet apart.
func checkTables(t *testing.T, entries map[string][]byte) {
	t.Helper()
	valid := regexp.MustCompile(`^[A-Za-z_\\][A-Za-z0-9_.]*$`)
	names := map[string]bool{}
	for entry, content := range entries {
		if !strings.HasPrefix(entry, "xl/tables/") {
			continue
		}
		var table struct {
			Name    string `xml:"displayName,attr"`
			Ref     string `xml:"ref,attr"`
			Columns []struct {
				Name string `xml:"name,attr"`
			} `xml:"tableColumns>tableColumn"`
		}
		if err := xml.Unmarshal(content, &table); err != nil {
			t.Fatal(err)
		}
		if low := strings.ToLower(table.Name); names[low] || !valid.MatchString(table.Name) {
			t.Errorf("bad table name %q", table.Name)
		} else {
			names[low] = true
		}
		headers := map[string]bool{}
		for _, c := range table.Columns {
			if low := strings.ToLower(c.Name); headers[low] || low == "" {
				t.Errorf("table %s: bad header %q", table.Name, c.Name)
			} else {
				headers[low] = true
			}
		}
	}
}

var reference = regexp.MustCompile(`^'(.+)'!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$`)

// checkCharts follows every reference of every chart to cells that hold what
// the chart takes them for.
func checkCharts(t *testing.T, f *excelize.File, entries map[string][]byte) {
	t.Helper()
	for entry, content := range entries {
		if !strings.HasPrefix(entry, "xl/charts/") {
			continue
		}
		var chart struct {
			Bars []struct {
				Series []struct {
					Name   string `xml:"tx>strRef>f"`
					Labels string `xml:"cat>strRef>f"`
					Values string `xml:"val>numRef>f"`
				} `xml:"ser"`
			} `xml:"chart>plotArea>barChart"`
		}
		if err := xml.Unmarshal(content, &chart); err != nil {
			t.Fatal(err)
		}
		if len(chart.Bars) != 1 || len(chart.Bars[0].Series) == 0 {
			t.Fatalf("%s has no series", entry)
		}
		for _, s := range chart.Bars[0].Series {
			labels, values := resolve(t, f, s.Labels), resolve(t, f, s.Values)
			if len(labels) != len(values) || len(resolve(t, f, s.Name)) != 1 {
				t.Errorf("%s: %d labels, %d values", entry, len(labels), len(values))
			}
			checkNumbers(t, entry, values)
		}
	}
	checkAnchors(t, entries)
}

func checkNumbers(t *testing.T, entry string, values []string) {
	t.Helper()
	numbers := 0
	for _, v := range values {
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			numbers++
		}
	}
	if numbers == 0 {
		t.Errorf("%s shows no number: %q", entry, values)
	}
}

// resolve reads the cells of a reference; an empty label is an error.
func resolve(t *testing.T, f *excelize.File, ref string) []string {
	t.Helper()
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		t.Fatalf("reference %q", ref)
	}
	from, _ := strconv.Atoi(m[3])
	to := from
	if m[5] != "" {
		to, _ = strconv.Atoi(m[5])
	}
	var values []string
	for row := from; row <= to; row++ {
		v, err := f.GetCellValue(strings.ReplaceAll(m[1], "''", "'"), m[2]+strconv.Itoa(row), excelize.Options{RawCellValue: true})
		if err != nil || v == "" {
			t.Errorf("%s, row %d: %q, %v", ref, row, v, err)
		}
		values = append(values, v)
	}
	return values
}

// checkAnchors: charts of a sheet do not overlap, and each has its
// alternative text.
func checkAnchors(t *testing.T, entries map[string][]byte) {
	t.Helper()
	for entry, content := range entries {
		if !strings.HasPrefix(entry, "xl/drawings/drawing") {
			continue
		}
		var drawing struct {
			Anchors []struct {
				From struct {
					Row int `xml:"row"`
				} `xml:"from"`
				To struct {
					Row int `xml:"row"`
				} `xml:"to"`
				Properties struct {
					Alt string `xml:"descr,attr"`
				} `xml:"graphicFrame>nvGraphicFramePr>cNvPr"`
			} `xml:"twoCellAnchor"`
		}
		if err := xml.Unmarshal(content, &drawing); err != nil {
			t.Fatal(err)
		}
		below := -1
		for _, a := range drawing.Anchors {
			if a.From.Row <= below || a.Properties.Alt == "" {
				t.Errorf("%s: chart from row %d, the one above ends at %d, alternative text %q", entry, a.From.Row, below, a.Properties.Alt)
			}
			below = a.To.Row
		}
	}
}

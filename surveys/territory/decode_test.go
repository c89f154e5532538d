package territory

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

func newEmbedded() io.Reader { return bytes.NewReader(embedded) }

// small is a whole file: one region, one département, one EPCI, two communes.
const small = `diapason-territory-1	a source 1
regions	1
27	Bourgogne-Franche-Comté
departments	1
71	Saône-et-Loire	27
groups	1
247100290	CU	CU Le Creusot Montceau-les-Mines
communes	2
71153	Le Creusot	71200	20509	71	247100290		
71306	Montceau-les-Mines	71300	17064	71	247100290		
`

func TestDecode(t *testing.T) {
	t.Run("a small file is read whole", func(t *testing.T) {
		f, err := Decode(zipped(small))
		if err != nil {
			t.Fatal(err)
		}
		if g, _ := f.EPCI("247100290"); len(g.Communes) != 2 || g.Population != 20509+17064 {
			t.Errorf("the group is %+v", g)
		}
	})
	for _, fault := range []struct{ name, old, new, says string }{
		{"another layout is refused", "territory-1", "territory-9", "line 1: the layout is"},
		{"a missing heading is named", "departments\t1", "towns\t1", `line 4: expected the heading "departments"`},
		{"a count too high is found", "communes\t2", "communes\t3", "line 11: the file ends too early"},
		{"a count too low is found", "communes\t2", "communes\t1", "more lines follow"},
		{"a count that is no number is found", "communes\t2", "communes\tx", `line 8: expected the heading "communes"`},
		{"a missing field is found", "71306\tMontceau-les-Mines", "71306", "line 10: 7 fields where 8"},
		{"a population must be a number", "17064", "many", `line 10: commune 71306: the population "many"`},
		{"an unknown département is named", "17064\t71", "17064\t72", `commune 71306: department "72" is not in the list`},
		{"an unknown region is named", "Saône-et-Loire\t27", "Saône-et-Loire\t28", `region "28" is not in the list`},
		{"an unknown EPCI is named", "17064\t71\t247100290", "17064\t71\t1", `commune 71306: group "1" is not in the list`},
		{"codes must be in order", "71306", "71000", "commune 71000 is out of order"},
	} {
		t.Run(fault.name, func(t *testing.T) {
			_, err := Decode(zipped(strings.Replace(small, fault.old, fault.new, 1)))
			if err == nil || !strings.Contains(err.Error(), fault.says) {
				t.Errorf("got %v, want it to say %q", err, fault.says)
			}
		})
	}
	t.Run("a file cut short is refused", func(t *testing.T) {
		if _, err := Decode(bytes.NewReader(embedded[:len(embedded)/2])); err == nil {
			t.Error("half a file was accepted")
		}
	})
	t.Run("a file that is not gzip is refused", func(t *testing.T) {
		if _, err := Decode(strings.NewReader(small)); err == nil {
			t.Error("plain text was accepted")
		}
	})
}

func zipped(text string) io.Reader {
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	io.WriteString(w, text)
	w.Close()
	return &file
}

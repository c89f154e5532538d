package report

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
)

// A Memory is what a release tells of its numbers to those after it: every
// group of its ledger, whether it was told, and how the groups add up. It has
// small numbers in it and is for disclosure control alone.
type Memory struct {
	groups []group
	index  map[string]int
	sums   []sum
}

// memory is what the next release must know of this one.
func (l *ledger) memory() *Memory {
	return &Memory{groups: l.groups, index: l.index, sums: l.sums}
}

// ruleOf is the rule that hid a group, "" when it could be told.
func (m *Memory) ruleOf(who string) string {
	if g, known := m.index[who]; known {
		return m.groups[g].rule
	}
	return ""
}

// The bits of a remembered group.
const (
	wasTold = 1 << iota
	wasHidden
	wasAside
)

// remembered is a Memory as it is kept: groups by their place, and each sum as
// the number of its parts, its whole and its parts.
type remembered struct {
	Who  []string `json:"who"`
	N    []int32  `json:"n"`
	Was  []byte   `json:"was"`
	Sums []int32  `json:"sums"`
}

// pack writes a memory as deflated JSON.
func (m *Memory) pack() ([]byte, error) {
	var r remembered
	for _, g := range m.groups {
		was := byte(0)
		switch {
		case g.rule != "":
			was = wasHidden
		case g.told:
			was = wasTold
		}
		if g.aside {
			was |= wasAside
		}
		r.Who, r.N, r.Was = append(r.Who, g.who), append(r.N, int32(g.n)), append(r.Was, was)
	}
	for _, s := range m.sums {
		r.Sums = append(r.Sums, int32(len(s.parts)), int32(s.whole))
		for _, p := range s.parts {
			r.Sums = append(r.Sums, int32(p))
		}
	}
	document, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(document); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}

// unpack reads what pack wrote.
func unpack(packed []byte) (*Memory, error) {
	document, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		return nil, fmt.Errorf("memory of a release: %w", err)
	}
	var r remembered
	if err := json.Unmarshal(document, &r); err != nil {
		return nil, fmt.Errorf("memory of a release: %w", err)
	}
	if len(r.N) != len(r.Who) || len(r.Was) != len(r.Who) {
		return nil, fmt.Errorf("memory of a release: %d groups with %d numbers", len(r.Who), len(r.N))
	}
	m := &Memory{index: make(map[string]int, len(r.Who))}
	for i, who := range r.Who {
		g := group{who: who, n: int(r.N[i]), aside: r.Was[i]&wasAside != 0, settled: true}
		g.told = r.Was[i]&(wasTold|wasHidden) != 0
		if r.Was[i]&wasHidden != 0 {
			g.rule = ruleSecondary
			if small(g.n) {
				g.rule = ruleFloor
			}
		}
		m.groups, m.index[who] = append(m.groups, g), i
	}
	return m, m.addSums(r.Sums)
}

func (m *Memory) addSums(flat []int32) error {
	for len(flat) > 0 {
		n := int(flat[0])
		if n < 0 || len(flat) < n+2 {
			return fmt.Errorf("memory of a release: a sum of %d parts in %d numbers", n, len(flat))
		}
		s := sum{whole: int(flat[1])}
		for _, p := range flat[2 : n+2] {
			s.parts = append(s.parts, int(p))
		}
		for _, g := range append(s.parts, s.whole) {
			if g < 0 || g >= len(m.groups) {
				return fmt.Errorf("memory of a release: a sum of group %d of %d", g, len(m.groups))
			}
		}
		m.sums, flat = append(m.sums, s), flat[n+2:]
	}
	return nil
}

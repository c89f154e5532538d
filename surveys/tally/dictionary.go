package tally

import "diapason/surveys"

// A dictionary numbers the codes of a column: those of the choice list in
// their order, then any other as it comes.
type dictionary struct {
	codes []string
	index map[string]uint32
}

func newDictionary(choices []surveys.Choice) *dictionary {
	d := &dictionary{index: make(map[string]uint32, len(choices))}
	d.add(choices)
	return d
}

// add makes room for the choices of another version.
func (d *dictionary) add(choices []surveys.Choice) {
	for _, c := range choices {
		d.of(c.Name)
	}
}

// of is the number of a code, from 0.
func (d *dictionary) of(code string) uint32 {
	if n, ok := d.index[code]; ok {
		return n
	}
	return d.insert(code)
}

// ofBytes is of without a copy of a code already known.
func (d *dictionary) ofBytes(code []byte) uint32 {
	if n, ok := d.index[string(code)]; ok {
		return n
	}
	return d.insert(string(code))
}

func (d *dictionary) insert(code string) uint32 {
	n := uint32(len(d.codes))
	d.codes = append(d.codes, code)
	d.index[code] = n
	return n
}

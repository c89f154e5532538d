package tally

// Size is about how many bytes the table takes: its columns, and where each
// response is.
func (t *Table) Size() int {
	const entry = 48 // of a map from identities to places
	t.mu.RLock()
	defer t.mu.RUnlock()
	size := entry * len(t.places)
	for _, c := range t.columns {
		size += c.days.size() + 8*cap(c.numbers)
		for _, column := range c.all {
			size += column.size()
		}
	}
	return size
}

func (c *cells) size() int { return cap(c.narrow) + 4*cap(c.wide) }

func (c *setColumn) size() int { return cap(c.bits) }

func (c *rankColumn) size() int {
	size := 0
	for i := range c.places {
		size += c.places[i].size()
	}
	return size
}

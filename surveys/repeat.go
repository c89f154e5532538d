package surveys

import "slices"

// Repeats are the repeats of the form as questions about themselves: of a person
// it is known how many rows each has. Those inside another repeat are left out,
// as a person has several of them. They are not among [Form.Questions].
func (f *Form) Repeats() []*Question {
	var repeats []*Question
	for _, n := range f.nodes {
		if n.item.Kind != Repeat || n.block != nil || n.item.Name == "" {
			continue
		}
		q := &Question{Item: n.item, node: n}
		for p := n.parent; p != nil; p = p.parent {
			q.Sections = append(q.Sections, p.item)
		}
		slices.Reverse(q.Sections)
		q.Conditional = f.ForSome(q.Item) || slices.ContainsFunc(q.Sections, f.ForSome)
		repeats = append(repeats, q)
	}
	return repeats
}

package surveys

// CircumstanceMark begins the names under which the circumstances of responses
// are counted as if they were answers. No question has such a name: it is no
// XML name.
const CircumstanceMark = "@"

// Circumstances are how responses came in, asked of everybody: the mode, the
// language, the relay and the time spent, in seconds. The part of the name after
// the mark is that of the field in the stored response.
var Circumstances = []*Question{
	circumstance("language", SelectOne), circumstance("mode", SelectOne), circumstance("relay", SelectOne), circumstance("seconds", Integer),
}

func circumstance(field string, kind Kind) *Question {
	return &Question{Item: &Item{Kind: kind, Name: CircumstanceMark + field}}
}

// Circumstance finds one by the name of its field.
func Circumstance(field string) *Question {
	for _, q := range Circumstances {
		if q.Name == CircumstanceMark+field {
			return q
		}
	}
	return nil
}

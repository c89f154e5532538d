package surveys

// Kind is the type of an item, in XLSForm's canonical spelling.
type Kind string

// The kinds the rules treat by name; the table below knows them all.
const (
	Group          Kind = "group"
	Repeat         Kind = "repeat"
	SelectOne      Kind = "select_one"
	SelectMultiple Kind = "select_multiple"
	Rank           Kind = "rank"
	TextKind       Kind = "text"
	Integer        Kind = "integer"
	Decimal        Kind = "decimal"
	Range          Kind = "range"
	Date           Kind = "date"
	Time           Kind = "time"
	DateTime       Kind = "dateTime"
	Note           Kind = "note"
	Calculate      Kind = "calculate"
	Hidden         Kind = "hidden"
	Acknowledge    Kind = "acknowledge"
)

// kinds says, for every kind of XLSForm, what an answer to it is and how far
// a web questionnaire goes with it. A kind that is not in the table does not
// exist.
var kinds = map[Kind]kindRule{
	Group:          {section: true},
	Repeat:         {section: true, answer: RowsAnswer},
	SelectOne:      {answer: TextAnswer, asked: true, choices: true},
	SelectMultiple: {answer: CodesAnswer, asked: true, choices: true},
	Rank:           {answer: CodesAnswer, asked: true, choices: true},
	TextKind:       {answer: TextAnswer, asked: true},
	Integer:        {answer: NumberAnswer, asked: true},
	Decimal:        {answer: NumberAnswer, asked: true},
	Range:          {answer: NumberAnswer, asked: true},
	Date:           {answer: TextAnswer, asked: true},
	Time:           {answer: TextAnswer, asked: true},
	DateTime:       {answer: TextAnswer, asked: true},
	Acknowledge:    {answer: TextAnswer, asked: true},
	Note:           {},
	Calculate:      {answer: TextAnswer, computed: true},
	Hidden:         {answer: TextAnswer, computed: true},

	// What a phone's browser is not asked for here: kept on the way through,
	// reported as a warning, never served.
	"geopoint": {foreign: true}, "geotrace": {foreign: true}, "geoshape": {foreign: true},
	"image": {foreign: true}, "audio": {foreign: true}, "video": {foreign: true}, "file": {foreign: true},
	"barcode": {foreign: true}, "background-audio": {foreign: true}, "audit": {foreign: true},
	"start": {foreign: true}, "end": {foreign: true}, "today": {foreign: true},
	"deviceid": {foreign: true}, "username": {foreign: true}, "email": {foreign: true},
	"phonenumber": {foreign: true}, "start-geopoint": {foreign: true},
	"select_one_from_file": {foreign: true}, "select_multiple_from_file": {foreign: true},
	"subscriberid": {foreign: true}, "simserial": {foreign: true}, "background-geopoint": {foreign: true},
	"select_one_external": {foreign: true}, "xml-external": {foreign: true}, "csv-external": {foreign: true},
}

type kindRule struct {
	answer   ValueKind
	asked    bool // a person answers it
	choices  bool // from a list
	computed bool // by an expression
	section  bool // holds items
	foreign  bool // kept, not served
}

// Known reports whether XLSForm has this kind.
func (k Kind) Known() bool { _, ok := kinds[k]; return ok }

// Asked reports whether a person answers items of this kind here.
func (k Kind) Asked() bool { return kinds[k].asked }

// HasChoices reports whether the answers come from a list.
func (k Kind) HasChoices() bool { return kinds[k].choices }

// Section reports whether the kind holds other items.
func (k Kind) Section() bool { return kinds[k].section }

// Served reports whether a questionnaire on the web can do what the kind
// asks for.
func (k Kind) Served() bool { r, ok := kinds[k]; return ok && !r.foreign }

// Answer is the kind of value that answers items of this kind.
func (k Kind) Answer() ValueKind { return kinds[k].answer }

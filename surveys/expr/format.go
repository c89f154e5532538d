package expr

import (
	"math"
	"strconv"
	"strings"
	"time"
)

func now(s Scope, _ []*node) Value { return nowValue(s) }

func today(s Scope, _ []*node) Value { return dateOnly(nowValue(s)) }

func date(s Scope, args []*node) Value {
	v := args[0].eval(s).first()
	if v.kind == isNumber {
		return dayValue(v.num)
	}
	return dateOnly(toDate(v, s))
}

// dateTime leaves a bare day as it is: it has no hour to invent.
func dateTime(s Scope, args []*node) Value { return toDate(args[0].eval(s), s) }

func decimalDateTime(s Scope, args []*node) Value {
	v := toDate(args[0].eval(s), s)
	if v.Blank() {
		return Number(math.NaN())
	}
	return Number(v.Number())
}

// decimalTime is the fraction of the day, on the clock as it was written.
func decimalTime(s Scope, args []*node) Value {
	v := args[0].eval(s).first()
	if v.kind == isText {
		if clock, _, _, ok := parseClock(trimSpace(v.text)); ok {
			return Number(clock)
		}
	}
	if v = toDate(v, s); v.Blank() {
		return Number(math.NaN())
	}
	return Number(v.num - math.Floor(v.num))
}

// formats are the directives after %, each with its writing.
var formats = map[byte]func(t time.Time, l monthsAndDays) string{
	'Y': func(t time.Time, _ monthsAndDays) string { return padded(t.Year(), 4) },
	'y': func(t time.Time, _ monthsAndDays) string { return padded(t.Year()%100, 2) },
	'm': func(t time.Time, _ monthsAndDays) string { return padded(int(t.Month()), 2) },
	'n': func(t time.Time, _ monthsAndDays) string { return padded(int(t.Month()), 1) },
	'b': func(t time.Time, l monthsAndDays) string { return l.months[t.Month()-1] },
	'd': func(t time.Time, _ monthsAndDays) string { return padded(t.Day(), 2) },
	'e': func(t time.Time, _ monthsAndDays) string { return padded(t.Day(), 1) },
	'a': func(t time.Time, l monthsAndDays) string { return l.days[t.Weekday()] },
	'H': func(t time.Time, _ monthsAndDays) string { return padded(t.Hour(), 2) },
	'h': func(t time.Time, _ monthsAndDays) string { return padded(t.Hour(), 1) },
	'M': func(t time.Time, _ monthsAndDays) string { return padded(t.Minute(), 2) },
	'S': func(t time.Time, _ monthsAndDays) string { return padded(t.Second(), 2) },
	'3': func(t time.Time, _ monthsAndDays) string { return padded(t.Nanosecond()/1e6, 3) },
	'%': func(time.Time, monthsAndDays) string { return "%" },
}

func padded(n, width int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(text))) + text
}

// formatDate serves dates and date-times; what is not a date is blank.
func formatDate(s Scope, args []*node) Value {
	v := toDate(args[0].eval(s), s)
	if v.Blank() {
		return Value{}
	}
	t, words, format := v.wall(), wordsOf(s.Language()), args[1].eval(s).String()
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] == '%' && i+1 < len(format) {
			if write := formats[format[i+1]]; write != nil {
				b.WriteString(write(t, words))
				i++
				continue
			}
		}
		b.WriteByte(format[i])
	}
	return Text(b.String())
}

type monthsAndDays struct{ months, days []string }

// shortNames are the abbreviated months and days (Sunday first) of the
// languages the forms are shown in, as in Unicode CLDR.
var shortNames = map[string][2]string{
	"ar": {"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر", "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت"},
	"en": {"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "Sun Mon Tue Wed Thu Fri Sat"},
	"es": {"ene feb mar abr may jun jul ago sept oct nov dic", "dom lun mar mié jue vie sáb"},
	"fr": {"janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "dim. lun. mar. mer. jeu. ven. sam."},
	"pt": {"jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.", "dom. seg. ter. qua. qui. sex. sáb."},
	"ro": {"ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.", "dum. lun. mar. mie. joi vin. sâm."},
	"tr": {"Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara", "Paz Pzt Sal Çar Per Cum Cmt"},
	"uk": {"січ. лют. бер. квіт. трав. черв. лип. серп. вер. жовт. лист. груд.", "нд пн вт ср чт пт сб"},
}

// ShortNames gives the twelve months and seven days (Sunday first) that %b and
// %a write in a language (fr, pt-BR), French when it is not known. The page hands them to
// the browser's walker.
func ShortNames(language string) (months, days []string) {
	language, _, _ = strings.Cut(language, "-")
	names, ok := shortNames[language]
	if !ok {
		names = shortNames["fr"]
	}
	return strings.Fields(names[0]), strings.Fields(names[1])
}

func wordsOf(language string) monthsAndDays {
	months, days := ShortNames(language)
	return monthsAndDays{months, days}
}

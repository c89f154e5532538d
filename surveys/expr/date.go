package expr

import (
	"math"
	"time"
)

const (
	minutesADay = 24 * 60
	millisADay  = minutesADay * 60 * 1000
)

// parseDate reads YYYY-MM-DD, or YYYY-MM-DDThh:mm[:ss[.fff]] with an optional
// Z or ±hh:mm; zone, in minutes, is for a date-time without one.
func parseDate(s string, zone int16) (Value, bool) {
	s = trimSpace(s)
	day, ok := parseDay(s)
	if !ok {
		return Value{}, false
	}
	if len(s) == 10 {
		return Value{kind: isDate, num: day, text: s}, true
	}
	if s[10] != 'T' && s[10] != ' ' {
		return Value{}, false
	}
	clock, offset, hasOffset, ok := parseClock(s[11:])
	if !ok {
		return Value{}, false
	}
	v := Value{kind: isDateTime, num: day + clock, zone: zone}
	if hasOffset {
		v.zone, v.text = offset, s
	}
	return v, true
}

// looksISO is a quick no for nearly every text.
func looksISO(s string) bool { return len(s) >= 10 && s[4] == '-' && s[7] == '-' }

// parseDay counts the days from 1970-01-01 to the date s begins with.
func parseDay(s string) (float64, bool) {
	if !looksISO(s) {
		return 0, false
	}
	year, okY := digits(s[:4])
	month, okM := digits(s[5:7])
	day, okD := digits(s[8:10])
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	// time.Date turns February 30 into March: what comes back must be what went in.
	if !okY || !okM || !okD || t.Month() != time.Month(month) || t.Day() != day {
		return 0, false
	}
	return float64(t.Unix() / 86400), true
}

// parseClock reads hh:mm[:ss[.fff]][Z|±hh[:mm]]: a fraction of a day, and minutes.
func parseClock(s string) (clock float64, offset int16, hasOffset, ok bool) {
	s, offset, hasOffset, ok = cutOffset(s)
	if !ok || len(s) < 5 || s[2] != ':' {
		return 0, 0, false, false
	}
	hour, okH := digits(s[:2])
	minute, okM := digits(s[3:5])
	second, okS := 0.0, true
	if len(s) > 5 {
		okS = s[5] == ':' && len(s) >= 8 && isDigit(s[6]) && isDigit(s[7]) && !isSpace(s[len(s)-1])
		second = numberOf(s[6:])
	}
	if !okH || !okM || !okS || hour > 23 || minute > 59 || !(second < 60) {
		return 0, 0, false, false
	}
	millis := float64(hour*60+minute)*60000 + math.Round(second*1000)
	return millis / millisADay, offset, hasOffset, true
}

func cutOffset(s string) (rest string, offset int16, has, ok bool) {
	if n := len(s); n > 0 && s[n-1] == 'Z' {
		return s[:n-1], 0, true, true
	}
	at := len(s) - 1
	for at >= 0 && s[at] != '+' && s[at] != '-' {
		at--
	}
	if at < 0 {
		return s, 0, false, true
	}
	zone := s[at+1:]
	if len(zone) == 5 && zone[2] == ':' {
		zone = zone[:2] + zone[3:]
	} else if len(zone) == 2 {
		zone += "00"
	}
	n, ok := digits(zone)
	if len(zone) != 4 || !ok || n/100 > 14 || n%100 > 59 {
		return s, 0, false, false
	}
	offset = int16(n/100*60 + n%100)
	if s[at] == '-' {
		offset = -offset
	}
	return s[:at], offset, true, true
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// firstDay and lastDay bound what four digits of a year can write.
const (
	firstDay = -719528 // 0000-01-01
	lastDay  = 2932896 // 9999-12-31
)

// dayValue is the date n days after 1970-01-01; blank when no date is so far.
func dayValue(n float64) Value {
	n = math.Floor(n)
	if !(n >= firstDay && n <= lastDay) {
		return Value{}
	}
	return Value{kind: isDate, num: n}
}

// instantValue is the date-time days after 1970-01-01 in UTC, shown in zone.
func instantValue(days float64, zone int16) Value {
	wall := days + float64(zone)/minutesADay
	if !(wall >= firstDay && wall < lastDay+1) {
		return Value{}
	}
	return Value{kind: isDateTime, num: wall, zone: zone}
}

// wall is the clock reading of a date, as a time in UTC to the millisecond.
func (v Value) wall() time.Time {
	return time.UnixMilli(int64(math.Round(v.num * millisADay))).UTC()
}

// dateText is the ISO writing, the original one when there was one.
func (v Value) dateText() string {
	switch {
	case v.text != "":
		return v.text
	case v.kind == isDate:
		return v.wall().Format("2006-01-02")
	}
	local := time.FixedZone("", int(v.zone)*60)
	return v.wall().Add(-time.Duration(v.zone) * time.Minute).In(local).Format("2006-01-02T15:04:05.000-07:00")
}

// toDate gives v as a date or date-time: ISO texts and days since 1970-01-01
// become one, a whole number of days being a date and the rest an instant.
// Blank when it cannot be.
func toDate(v Value, s Scope) Value {
	v = v.first()
	switch v.kind {
	case isDate, isDateTime:
		return v
	case isText:
		if !looksISO(trimSpace(v.text)) {
			return numberToDate(numberOf(v.text), s)
		}
		date, _ := parseDate(v.text, zoneOf(s))
		return date
	case isNumber:
		return numberToDate(v.num, s)
	}
	return Value{}
}

func numberToDate(days float64, s Scope) Value {
	if days == math.Floor(days) {
		return dayValue(days)
	}
	return instantValue(days, zoneOf(s))
}

// zoneOf is the offset of the pinned time, in minutes.
func zoneOf(s Scope) int16 {
	_, offset := s.Now().Zone()
	return int16(offset / 60)
}

// nowValue is the pinned time as a date-time, to the millisecond.
func nowValue(s Scope) Value {
	now := s.Now()
	_, offset := now.Zone()
	days := float64(now.UnixMilli()) / millisADay
	return instantValue(days, int16(offset/60))
}

func dateOnly(v Value) Value {
	switch {
	case v.kind == isDate:
		return v
	case v.kind == isDateTime && len(v.text) >= 10:
		return Value{kind: isDate, num: math.Floor(v.num), text: v.text[:10]}
	case v.kind == isDateTime:
		return dayValue(v.num)
	}
	return Value{}
}

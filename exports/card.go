package exports

import (
	"bytes"
	"cmp"
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"golang.org/x/image/font"

	"diapason/surveys"
)

// A Card is one finding as an image to share: 1200 × 630 pixels, what networks
// show of a link. It says what it is about, on how many answers and from whom,
// because an image travels without its page.
type Card struct {
	Place    string // the diagnostic
	Title    string // what the number is about
	Number   string // in large type, "" for a card of lines
	Says     string // after the number: « des habitants qui ont répondu »
	Lines    []string
	Base     string // « Sur environ 570 réponses »
	Source   string
	Audience surveys.Audience
	Demo     bool
}

// Volunteers is what every card says.
const Volunteers = "Réponses de volontaires : elles éclairent, elles ne mesurent pas toute la population."

// The size of a card, in pixels, and its margins.
const (
	cardWide, cardHigh = 1200, 630
	cardLeft           = 84
	cardRoom           = cardWide - cardLeft - 70
)

// A cardMark is one thing on a card: a rectangle, or a line of text standing on
// its base line when it says something.
type cardMark struct {
	x, y, w, h int
	text       string
	size       float64
	bold       bool
	colour     color.RGBA
}

var (
	cardInk   = color.RGBA{0x1a, 0x1f, 0x24, 0xff}
	cardSoft  = color.RGBA{0x49, 0x52, 0x5b, 0xff}
	cardPaper = color.RGBA{0xff, 0xff, 0xff, 0xff}
	cardWarn  = color.RGBA{0xff, 0xf4, 0xd6, 0xff}
	cardDark  = color.RGBA{0x5c, 0x43, 0x00, 0xff}
)

// A cardPen lays marks from the top of a card to its foot.
type cardPen struct {
	marks []cardMark
	faces *cardFaces
	y     float64
}

// layout places what a card says. Both forms draw it.
func (c Card) layout() ([]cardMark, error) {
	faces, err := newCardFaces()
	if err != nil {
		return nil, err
	}
	hue := hueOf(c.Audience)
	p := &cardPen{faces: faces, y: 42}
	p.marks = []cardMark{{w: cardWide, h: cardHigh, colour: cardPaper}, {w: 36, h: cardHigh, colour: hue}}
	if c.Demo {
		p.marks = append(p.marks, cardMark{x: 36, w: cardWide - 36, h: 46, colour: cardWarn},
			cardMark{x: cardLeft, y: 31, text: "Données de démonstration : réponses inventées", size: 24, bold: true, colour: cardDark})
		p.y = 66
	}
	p.write(c.Place, 28, false, cardSoft, 1)
	p.y += 12
	if c.Number != "" {
		p.write(c.Number, 150, true, hue, 1)
		p.write(c.Says, 36, false, cardSoft, 1)
		p.y += 14
	}
	lines := 2
	if len(c.Lines) > 0 {
		lines = 1
	}
	p.write(c.Title, 50, true, cardInk, lines)
	for i, line := range c.Lines[:min(len(c.Lines), 3)] {
		p.y += 10
		p.write(strconv.Itoa(i+1)+". "+line, 34, false, cardInk, 2)
	}
	p.foot(c)
	return p.marks, nil
}

// foot is what makes a number readable, at the bottom whatever stands above.
func (p *cardPen) foot(c Card) {
	p.y = cardHigh - 138
	p.marks = append(p.marks, cardMark{x: cardLeft, y: int(p.y), w: cardRoom, h: 2, colour: color.RGBA{0xc9, 0xc8, 0xc2, 0xff}})
	p.y += 6
	p.write(cmp.Or(strings.Join(kept(c.Base, c.Source), ". "), c.Place), 24, false, cardSoft, 2)
	p.write(Volunteers, 24, true, cardSoft, 1)
}

// kept are the texts that say something.
func kept(texts ...string) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, strings.TrimSuffix(t, "."))
		}
	}
	return all
}

// write lays a text on as many lines as it takes, at most some; the last one
// ends with an ellipsis when it does not suffice.
func (p *cardPen) write(s string, size float64, bold bool, colour color.RGBA, most int) {
	for _, line := range p.wrap(cleanText(s), size, bold, most) {
		p.y += size * 1.16
		p.marks = append(p.marks, cardMark{x: cardLeft, y: int(p.y), text: line, size: size, bold: bold, colour: colour})
	}
}

func (p *cardPen) wrap(s string, size float64, bold bool, most int) []string {
	face := p.faces.of(size, bold)
	fits := func(s string) bool { return font.MeasureString(face, plainSpaces(s)).Ceil() <= cardRoom }
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) { // unbreakable spaces are no fields
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || fits(longer) {
			line = longer
			continue
		}
		lines, line = append(lines, line), word
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) <= most {
		return lines
	}
	lines = lines[:most]
	last := []rune(lines[most-1] + "…")
	for len(last) > 1 && !fits(string(last)) {
		last = append(last[:len(last)-2], '…')
	}
	lines[most-1] = string(last)
	return lines
}

// hueOf is the colour of an audience, dark enough for large text on white.
func hueOf(a surveys.Audience) color.RGBA {
	v, err := strconv.ParseUint(colour(a), 16, 32)
	if err != nil {
		return cardInk
	}
	// The same hue at two thirds: 4.5:1 on white for all three audiences.
	dark := func(shift uint) uint8 { return uint8(v >> shift & 0xff * 2 / 3) }
	return color.RGBA{dark(16), dark(8), dark(0), 0xff}
}

// SVG draws the card for a page or a printed document.
func (c Card) SVG() ([]byte, error) {
	marks, err := c.layout()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" font-family="Go, Arial, Helvetica, sans-serif"><title>%s</title>`,
		cardWide, cardHigh, escapeXML(c.Text()))
	for _, m := range marks {
		hex := fmt.Sprintf("#%02x%02x%02x", m.colour.R, m.colour.G, m.colour.B)
		if m.text == "" {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`, m.x, m.y, m.w, m.h, hex)
			continue
		}
		weight := ""
		if m.bold {
			weight = ` font-weight="bold"`
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%s"%s fill="%s">%s</text>`, m.x, m.y, px(m.size), weight, hex, escapeXML(m.text))
	}
	b.WriteString("</svg>")
	return b.Bytes(), nil
}

// Text is the card in one line, for who does not see it.
func (c Card) Text() string {
	return strings.Join(append(kept(strings.TrimSpace(c.Number+" "+c.Says), c.Title), append(c.Lines, kept(c.Base, Volunteers)...)...), ". ") + "."
}

package exports

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// cardFonts are the Go fonts (Bigelow & Holmes, under Go's own licence): they
// have every letter of the languages written in Latin, Greek and Cyrillic, and
// come with the library that draws them.
var cardFonts = sync.OnceValues(func() (fonts [2]*opentype.Font, err error) {
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		if fonts[i], err = opentype.Parse(ttf); err != nil {
			return fonts, fmt.Errorf("card font: %w", err)
		}
	}
	return fonts, nil
})

// cardFaces are the fonts at the sizes of one card. A face is not for several
// goroutines at once, so each drawing has its own.
type cardFaces struct {
	fonts [2]*opentype.Font
	made  map[cardSize]font.Face
}

type cardSize struct {
	size float64
	bold bool
}

func newCardFaces() (*cardFaces, error) {
	fonts, err := cardFonts()
	return &cardFaces{fonts, map[cardSize]font.Face{}}, err
}

// of is the face of a size in pixels.
func (f *cardFaces) of(size float64, bold bool) font.Face {
	key := cardSize{size, bold}
	if f.made[key] == nil {
		which := f.fonts[0]
		if bold {
			which = f.fonts[1]
		}
		// A parsed font makes a face of any positive size without error.
		f.made[key], _ = opentype.NewFace(which, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	}
	return f.made[key]
}

// plainSpaces are the spaces that the fonts have: they lack the narrow one.
func plainSpaces(s string) string {
	return strings.NewReplacer("\u202f", "\u00a0", "\u2009", "\u00a0").Replace(s)
}

// cardShades are how many steps a letter's edge has between its colour and the
// paper.
const cardShades = 15

// cardPalette are the colours of a card and the steps from each to white: a
// quarter of the weight of an image of all colours.
func cardPalette(marks []cardMark) color.Palette {
	palette := color.Palette{cardPaper}
	seen := map[color.RGBA]bool{cardPaper: true}
	for _, m := range marks {
		if seen[m.colour] {
			continue
		}
		seen[m.colour] = true
		for i := 1; i <= cardShades; i++ {
			step := func(from, to uint8) uint8 { return uint8(int(from) + (int(to)-int(from))*i/cardShades) }
			palette = append(palette, color.RGBA{step(255, m.colour.R), step(255, m.colour.G), step(255, m.colour.B), 255})
		}
	}
	return palette
}

// PNG draws the card for the networks that show no SVG.
func (c Card) PNG() ([]byte, error) {
	marks, err := c.layout()
	if err != nil {
		return nil, err
	}
	faces, err := newCardFaces()
	if err != nil {
		return nil, err
	}
	canvas := image.NewPaletted(image.Rect(0, 0, cardWide, cardHigh), cardPalette(marks))
	for _, m := range marks {
		ink := image.NewUniform(m.colour)
		if m.text == "" {
			draw.Draw(canvas, image.Rect(m.x, m.y, m.x+m.w, m.y+m.h), ink, image.Point{}, draw.Src)
			continue
		}
		d := font.Drawer{Dst: canvas, Src: ink, Face: faces.of(m.size, m.bold), Dot: fixed.P(m.x, m.y)}
		d.DrawString(plainSpaces(m.text))
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&b, canvas); err != nil {
		return nil, fmt.Errorf("card: %w", err)
	}
	return b.Bytes(), nil
}

package exports

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestQR(t *testing.T) {
	const url = "https://diagnostic.exemple.fr/r/dole-2026-h?relais=pharmacie&lang=fr"
	svg, err := QR(url)
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(url, qr.Q)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("its black modules are those of the code, inside a quiet zone", func(t *testing.T) {
		side := code.Size + 2*quietZone
		black := make([]bool, side*side)
		for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`).FindAllStringSubmatch(string(svg), -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			n, _ := strconv.Atoi(m[3])
			for i := range n {
				black[y*side+x+i] = true
			}
		}
		for y := range side {
			for x := range side {
				if black[y*side+x] != code.Black(x-quietZone, y-quietZone) {
					t.Fatalf("module %d, %d differs", x, y)
				}
			}
		}
	})
	t.Run("it is an image with a name", func(t *testing.T) {
		var image struct {
			Role  string `xml:"role,attr"`
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal(svg, &image); err != nil || image.Role != "img" || image.Title != "QR code : "+url {
			t.Errorf("%+v, %v", image, err)
		}
	})
	t.Run("an address that is too long is refused", func(t *testing.T) {
		if _, err := QR(strings.Repeat("é", 4000)); err == nil {
			t.Error("no error")
		}
	})
}

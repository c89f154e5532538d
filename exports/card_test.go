package exports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"diapason/surveys"
)

func aCard() Card {
	return Card{
		Place: "Diagnostic partagé de santé – Creusot Montceau, 2026", Number: "29\u202f%", Says: "des habitants qui ont répondu",
		Title: "Renoncement à des soins", Base: "Sur environ 570 réponses", Source: "Enquêtes auprès des publics : habitants, professionnels et associations",
		Audience: surveys.Habitants, Demo: true,
	}
}

func TestACardSaysItsNumberItsBaseAndItsSource(t *testing.T) {
	svg, err := aCard().SVG()
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{"29\u202f%", "habitants qui ont répondu", "Renoncement à des soins", "Sur environ 570 réponses", "Enquêtes auprès", "Réponses de volontaires", "démonstration"} {
		if !strings.Contains(string(svg), said) {
			t.Errorf("the card does not say %q", said)
		}
	}
	if bytes.Contains(svg, []byte("style=")) {
		t.Error("a strict policy refuses the styles written in the card")
	}
}

func TestHostileWordsOnACardStayWords(t *testing.T) {
	c := aCard()
	c.Title = `<script>alert(1)</script>" onload="x` + "\x00 &amp; ]]>"
	c.Lines = []string{"<img src=x>", strings.Repeat("très long ", 80), strings.Repeat("x", 900), ""}
	svg, err := c.SVG()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(svg, []byte("<script")) || bytes.Contains(svg, []byte("<img")) {
		t.Error("words became elements")
	}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the card is no XML: %v", err)
		}
	}
	if _, err := c.PNG(); err != nil {
		t.Error(err)
	}
}

func TestACardIsAnImageThatNetworksShow(t *testing.T) {
	lines := aCard()
	lines.Number, lines.Says, lines.Title = "", "", "Les trois premières priorités des habitants"
	lines.Lines = []string{"Trouver un médecin ou un soignant près de chez soi", "Être bien suivi entre le médecin, l’hôpital et la maison", "Dépister et soigner les cancers"}
	for name, c := range map[string]Card{"number": aCard(), "lines": lines} {
		body, err := c.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if folder := os.Getenv("CARDS"); folder != "" { // to look at
			_ = os.WriteFile(folder+"/"+name+".png", body, 0o600)
		}
		config, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil || config.Width != 1200 || config.Height != 630 {
			t.Errorf("%s: %d × %d, %v", name, config.Width, config.Height, err)
		}
		if len(body) > 100<<10 {
			t.Errorf("%s weighs %d bytes", name, len(body))
		}
	}
}

func TestNothingOnACardRunsIntoItsFoot(t *testing.T) {
	c := aCard()
	c.Title = strings.Repeat("Un sujet dont le nom est long ", 9)
	marks, err := c.layout()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if m.text != "" && m.size > 30 && m.y > cardHigh-138 {
			t.Errorf("%q stands at %d, on the foot", m.text, m.y)
		}
	}
}

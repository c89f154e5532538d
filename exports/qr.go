package exports

import (
	"bytes"
	"fmt"
	"html"

	"rsc.io/qr"
)

// quietZone is the white border, in modules, that ISO/IEC 18004 asks for.
const quietZone = 4

// QR draws an address as a QR code: an SVG of crisp modules with its quiet
// zone, as large as the page makes it. A quarter of the code may be torn or
// stained (level Q): posters live outside. An address too long for a code is
// an error.
func QR(url string) (svg []byte, err error) {
	code, err := qr.Encode(url, qr.Q)
	if err != nil {
		return nil, fmt.Errorf("QR code of %q: %w; use a shorter address", url, err)
	}
	side := code.Size + 2*quietZone
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" shape-rendering="crispEdges">`, side, side)
	fmt.Fprintf(&b, `<title>QR code : %s</title><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, html.EscapeString(url), side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; {
			n := run(code, x, y)
			if n > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+quietZone, y+quietZone, n, n)
			}
			x += max(n, 1)
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}

// run is how many modules are black from (x, y) to the right.
func run(code *qr.Code, x, y int) int {
	n := 0
	for x+n < code.Size && code.Black(x+n, y) {
		n++
	}
	return n
}

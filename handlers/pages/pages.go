// Package pages draws what people see: one struct for each page, so that the
// compiler knows what a page needs, and one embedded template beside it.
package pages

import (
	"embed"
	"fmt"
	"html/template"
	"io"

	"diapason/static"
)

//go:embed *.html
var templates embed.FS

// functions are what every template may call.
var functions = template.FuncMap{
	"asset": static.URL,
	"with2": func(page, item any) pair { return pair{page, item} },
}

// pair hands a nested template the page along with the item it draws.
type pair struct{ Page, Item any }

// parse reads a page's templates over the layout. A template that does not
// parse is a fault of the build, found by any test.
func parse(names ...string) *template.Template {
	files := append([]string{"layout.html"}, names...)
	return template.Must(template.New("layout.html").Funcs(functions).ParseFS(templates, files...))
}

// draw writes a page.
func draw(w io.Writer, t *template.Template, page any) error {
	if err := t.ExecuteTemplate(w, "layout", page); err != nil {
		return fmt.Errorf("draw page: %w", err)
	}
	return nil
}

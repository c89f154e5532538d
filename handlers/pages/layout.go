package pages

// Layout is what stands around the content of every page. Pages embed it.
type Layout struct {
	Title string
	// Lang is the language code of the page; "" is French.
	Lang string
	// About is what search engines and previews say of the page; "" says what
	// the site is.
	About string
	// Audience colours the page: "habitants", "professionnels"… or nothing.
	Audience string
	// Place is whose page it is, beside the product's name: the territory.
	Place string
	// Demo shows that the answers behind the page are invented.
	Demo bool
	// Wide pages use the whole width of a desk's screen: tables and charts.
	Wide bool
	// Bare pages have no links to elsewhere in their header: nothing takes
	// somebody who answers away from the questions.
	Bare bool
	// Styles and Scripts are the assets this page adds to the common ones.
	Styles, Scripts []string
}

// T is the interface text of a key in the language of the page; {0}, {1}… in
// it become the arguments.
func (l Layout) T(key string, args ...any) string { return Translate(l.Lang, key, args...) }

// HTMLLang is the language code of the page, never empty.
func (l Layout) HTMLLang() string {
	if l.Lang == "" {
		return DefaultLanguage
	}
	return l.Lang
}

// Dir is the direction the language is written in.
func (l Layout) Dir() string { return Direction(l.HTMLLang()) }

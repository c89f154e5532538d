package exports

import (
	"fmt"
	"io"
	"strings"
	"time"

	"diapason/surveys/report"
)

const (
	wordTypes  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relsPrefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`
)

// save writes the package: the parts and what leads from one to the other.
func (d *document) save(w io.Writer) error {
	var types, links strings.Builder
	parts := []entryXML{
		{"word/document.xml", []byte(d.body())},
		{"word/styles.xml", []byte(xmlHead + wordStyles())},
		{"word/settings.xml", []byte(xmlHead + wordSettings)},
		{"word/header1.xml", []byte(xmlHead + d.header())},
		{"word/footer1.xml", []byte(xmlHead + wordFooter)},
		{"docProps/core.xml", []byte(xmlHead + d.core())},
		{"docProps/app.xml", []byte(xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Diapason</Application><Company>` + escapeXML(d.report.Controller) + `</Company></Properties>`)},
	}
	for _, part := range [][3]string{
		{"rIdS", "styles", "styles.xml"}, {"rIdP", "settings", "settings.xml"},
		{"rIdH", "header", "header1.xml"}, {"rIdF", "footer", "footer1.xml"},
	} {
		fmt.Fprintf(&links, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, part[0], relsPrefix, part[1], part[2])
		fmt.Fprintf(&types, `<Override PartName="/word/%s" ContentType="%s%s+xml"/>`, part[2], wordTypes, part[1])
	}
	for i, chart := range d.charts {
		n := i + 1
		fmt.Fprintf(&links, `<Relationship Id="rIdC%d" Type="%schart" Target="charts/chart%[1]d.xml"/>`, n, relsPrefix)
		fmt.Fprintf(&types, `<Override PartName="/word/charts/chart%d.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`, n)
		parts = append(parts,
			entryXML{fmt.Sprintf("word/charts/chart%d.xml", n), chart.drawing},
			entryXML{fmt.Sprintf("word/charts/_rels/chart%d.xml.rels", n), relationships(fmt.Sprintf(`<Relationship Id="rId1" Type="%spackage" Target="../embeddings/donnees%d.xlsx"/>`, relsPrefix, n))},
			entryXML{fmt.Sprintf("word/embeddings/donnees%d.xlsx", n), chart.data})
	}
	head := []entryXML{
		{"[Content_Types].xml", []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/><Override PartName="/word/document.xml" ContentType="` + wordTypes + `document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>` + types.String() + `</Types>`)},
		{"_rels/.rels", relationships(`<Relationship Id="rId1" Type="` + relsPrefix + `officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="` + relsPrefix + `extended-properties" Target="docProps/app.xml"/>`)},
		{"word/_rels/document.xml.rels", relationships(links.String())},
	}
	return writeZip(w, append(head, parts...))
}

func relationships(links string) []byte {
	return []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + links + `</Relationships>`)
}

// body is the main part. The contents stand before the first heading, where the
// cover ends.
func (d *document) body() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document ` + wordSpaces + `><w:body>`)
	for i := range d.sections {
		text := d.sections[i].String()
		if i == 0 {
			cover, rest, _ := strings.Cut(text, `<w:p><w:pPr><w:pStyle w:val="Titre1"/>`)
			text = cover + d.tableOfContents() + `<w:p><w:pPr><w:pStyle w:val="Titre1"/>` + rest
		}
		b.WriteString(text)
		pages := pagesXML(d.sections[i].wide, i == 0)
		if i < len(d.sections)-1 {
			pages = `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + pages + `</w:pPr></w:p>`
		}
		if i == len(d.sections)-1 {
			b.WriteString(`<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr></w:p>`) // a table never ends a document
		}
		b.WriteString(pages)
	}
	b.WriteString(`</w:body></w:document>`)
	return b.String()
}

// pagesXML says how the pages of a section stand; the cover has neither header
// nor footer.
func pagesXML(wide, first bool) string {
	width, height, orient, title := pageShort, pageLong, "", ""
	if wide {
		width, height, orient = pageLong, pageShort, ` w:orient="landscape"`
	}
	if first {
		title = `<w:titlePg/>`
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/><w:type w:val="nextPage"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%[4]d" w:right="%[4]d" w:bottom="%[4]d" w:left="%[4]d" w:header="567" w:footer="567" w:gutter="0"/>%s</w:sectPr>`,
		width, height, orient, pageMargin, title)
}

// tableOfContents is Word's own, filled: titles are there before it is brought
// up to date, page numbers, which only Word knows, afterwards.
func (d *document) tableOfContents() string {
	var w wordText
	w.paragraph("TitreSommaire", "", phrase{text: "Sommaire"})
	w.paragraph("Note", "", phrase{text: "Pour les numéros de page : clic droit sur le sommaire, puis « Mettre à jour les champs »."})
	for i, h := range d.contents {
		begin, end := "", ""
		if i == 0 {
			begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
		}
		if i == len(d.contents)-1 {
			end = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		link := fmt.Sprintf(`<w:hyperlink w:anchor="%s" w:history="1">%s</w:hyperlink>`, h.mark, runXML(phrase{text: h.title}))
		w.paragraph(fmt.Sprintf("TM%d", h.level), "", phrase{raw: begin + link + end})
	}
	return w.String()
}

func (d *document) header() string {
	var w wordText
	says := d.report.Title
	if d.report.View == report.Work {
		says += " – document de travail, ne pas diffuser"
	}
	runs := []phrase{{text: says}}
	if d.report.Demo {
		runs = append(runs, phrase{text: " – " + report.DemoNotice, bold: true})
	}
	w.paragraph("Entete", "", runs...)
	return `<w:hdr ` + wordSpaces + `>` + w.String() + `</w:hdr>`
}

var wordFooter = `<w:ftr ` + wordSpaces + `><w:p><w:pPr><w:pStyle w:val="Pieddepage"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r>` +
	computed("PAGE", "1") + `<w:r><w:t xml:space="preserve"> / </w:t></w:r>` + computed("NUMPAGES", "1") + `</w:p></w:ftr>`

func (d *document) core() string {
	r := d.report
	made := r.Made.UTC().Format(time.RFC3339)
	description := fmt.Sprintf("Diagnostic partagé de santé, édition %s. Vue : %s.", r.Edition, viewLabel(r.View))
	if r.Demo {
		description = report.DemoNotice + ". " + description
	}
	return fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:subject>%s</dc:subject><dc:creator>%s</dc:creator><dc:description>%s</dc:description><cp:keywords>diagnostic partagé, contrat local de santé</cp:keywords><cp:category>%s</cp:category><dc:language>fr-FR</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%[6]s</dcterms:modified></cp:coreProperties>`,
		escapeXML(r.Title), escapeXML(r.Territory), escapeXML(r.Controller), escapeXML(description), escapeXML(viewLabel(r.View)), made)
}

// wordSettings: Word of 2013 and after, French.
const wordSettings = `<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`

// A wordStyle is one style. Word shows built-in names in the reader's own
// language (« heading 1 » is « Titre 1 »); ours are in French.
type wordStyle struct{ id, name, after, paragraph, letters string }

// wordStyles is the style sheet. Sizes are in half points, spaces in twentieths
// of a point.
func wordStyles() string {
	var s strings.Builder
	s.WriteString(`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="` + typeface + `" w:hAnsi="` + typeface + `" w:eastAsia="` + typeface + `" w:cs="` + typeface + `"/><w:color w:val="` + ink + `"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	s.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableauNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, style := range []wordStyle{
		{"Titre", "Title", "Soustitre", `<w:spacing w:before="120" w:after="240" w:line="240" w:lineRule="auto"/>`, bigLetters(60, neutral)},
		{"Soustitre", "Subtitle", "Normal", `<w:spacing w:after="480"/>`, `<w:color w:val="` + muted + `"/><w:sz w:val="32"/><w:szCs w:val="32"/>`},
		{"Titre1", "heading 1", "Normal", `<w:keepNext/><w:keepLines/><w:pageBreakBefore/><w:pBdr><w:bottom w:val="single" w:sz="8" w:space="4" w:color="` + rule + `"/></w:pBdr><w:spacing w:after="240" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="0"/>`, bigLetters(40, neutral)},
		{"Titre2", "heading 2", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="120" w:line="240" w:lineRule="auto"/><w:outlineLvl w:val="1"/>`, bigLetters(28, ink)},
		{"TM1", "toc 1", "Normal", `<w:spacing w:before="80" w:after="20"/>`, `<w:b/><w:bCs/>`},
		{"TM2", "toc 2", "Normal", `<w:spacing w:after="0"/><w:ind w:left="284"/>`, ""},
		{"TitreSommaire", "TOC Heading", "Normal", `<w:keepNext/><w:pageBreakBefore/><w:spacing w:after="120"/>`, bigLetters(40, neutral)},
		{"Lgende", "caption", "Normal", `<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:bCs/><w:sz w:val="20"/><w:szCs w:val="20"/>`},
		{"Entete", "header", "", `<w:spacing w:after="0"/>`, `<w:color w:val="` + muted + `"/><w:sz w:val="16"/><w:szCs w:val="16"/>`},
		{"Pieddepage", "footer", "", `<w:spacing w:after="0"/><w:jc w:val="right"/>`, `<w:color w:val="` + muted + `"/><w:sz w:val="16"/><w:szCs w:val="16"/>`},
		{"Surtitre", "Surtitre", "Titre", `<w:spacing w:before="2400" w:after="0"/>`, `<w:b/><w:bCs/><w:color w:val="` + muted + `"/><w:sz w:val="24"/><w:szCs w:val="24"/>`},
		{"Fiche", "Fiche", "", `<w:spacing w:after="60"/>`, `<w:sz w:val="22"/><w:szCs w:val="22"/>`},
		{"Avertissement", "Avertissement", "Normal", `<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="` + demoFill + `"/><w:bottom w:val="single" w:sz="4" w:space="6" w:color="` + demoFill + `"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="` + demoFill + `"/><w:spacing w:after="360"/>`, `<w:b/><w:bCs/><w:color w:val="` + demoInk + `"/>`},
		{"Chapeau", "Chapeau", "Normal", `<w:spacing w:after="200"/>`, `<w:i/><w:iCs/><w:color w:val="` + muted + `"/><w:sz w:val="24"/><w:szCs w:val="24"/>`},
		{"Graphique", "Graphique", "", `<w:keepNext/><w:spacing w:before="0" w:after="80" w:line="240" w:lineRule="auto"/>`, ""},
		{"Entte", "En-tête de tableau", "", `<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>`, `<w:b/><w:bCs/><w:sz w:val="16"/><w:szCs w:val="16"/>`},
		{"Cellule", "Cellule de tableau", "", `<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="17"/><w:szCs w:val="17"/>`},
		{"CelluleSolidaire", "Cellule avec la suivante", "", `<w:keepNext/><w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>`, `<w:sz w:val="17"/><w:szCs w:val="17"/>`},
		{"Note", "Note de tableau", "", `<w:spacing w:before="40" w:after="0" w:line="240" w:lineRule="auto"/>`, `<w:color w:val="` + muted + `"/><w:sz w:val="16"/><w:szCs w:val="16"/>`},
	} {
		s.WriteString(style.xml())
	}
	line := func(edge, colour string) string {
		return fmt.Sprintf(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="%s"/>`, edge, colour)
	}
	s.WriteString(`<w:style w:type="table" w:customStyle="1" w:styleId="TableauDiapason"><w:name w:val="Tableau Diapason"/><w:basedOn w:val="TableauNormal"/><w:tblPr><w:tblBorders>` +
		line("top", rule) + line("bottom", rule) + line("insideH", hairline) +
		`</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return s.String()
}

func bigLetters(size int, colour string) string {
	return fmt.Sprintf(`<w:b/><w:bCs/><w:color w:val="%s"/><w:sz w:val="%d"/><w:szCs w:val="%[2]d"/>`, colour, size)
}

// builtIn are the styles that Word knows by itself.
var builtIn = map[string]bool{"Title": true, "Subtitle": true, "heading 1": true, "heading 2": true, "toc 1": true,
	"toc 2": true, "TOC Heading": true, "caption": true, "header": true, "footer": true}

func (s wordStyle) xml() string {
	custom, next := ` w:customStyle="1"`, ""
	if builtIn[s.name] {
		custom = ""
	}
	if s.after != "" {
		next = `<w:next w:val="` + s.after + `"/>`
	}
	return fmt.Sprintf(`<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>%s<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`,
		custom, s.id, s.name, next, s.paragraph, s.letters)
}

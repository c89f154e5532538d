package pages

import "diapason/surveys"

// A WritingFrame is what the pages about one questionnaire share: whose it is,
// and the way from writing to publishing.
type WritingFrame struct {
	TeamFrame
	Survey surveys.Survey
	// Base is the address of the questionnaire's pages.
	Base string
	// Revision is that of the manuscript shown.
	Revision int64
	Steps    []TeamTab
}

// dress gives the layout what the pages of a questionnaire have in common.
func (f *WritingFrame) dress() {
	f.TeamFrame.dress()
	f.Styles = append(f.Styles, "writing.css")
}

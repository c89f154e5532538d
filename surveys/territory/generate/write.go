package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// layout is the first word of the file; territory.Decode describes the rest.
const layout = "diapason-territory-1"

// write puts s in the layout that territory.Decode reads. No time, no file name
// and nothing of this machine goes into the file.
func write(w io.Writer, s *source) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := zip.Write(s.text()); err != nil {
		return err
	}
	return zip.Close()
}

func (s *source) text() []byte {
	var text bytes.Buffer
	line := func(fields ...string) { fmt.Fprintln(&text, strings.Join(fields, "\t")) }

	line(layout, s.name)
	line("regions", strconv.Itoa(len(s.regions)))
	for _, r := range s.regions {
		line(r.Code, r.Name)
	}
	line("departments", strconv.Itoa(len(s.departments)))
	for _, d := range s.departments {
		line(d.Code, d.Name, d.Region)
	}
	line("groups", strconv.Itoa(len(s.groups)))
	for _, g := range s.groups {
		line(g.Code, g.Kind, g.Name)
	}
	communes, former := s.today(), s.former()
	epci, ept := s.membership()
	line("communes", strconv.Itoa(len(communes)))
	for _, c := range communes {
		line(c.Code, c.Name, strings.Join(c.PostalCodes, " "), strconv.Itoa(c.Population),
			c.Department, epci[c.Code], ept[c.Code], strings.Join(former[c.Code], "|"))
	}
	return text.Bytes()
}

// Package static holds the style sheets, scripts and icons of every page, as
// they are read and mended; nothing has to be built before they are served.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
)

//go:embed *
var files embed.FS

// types are the kinds of file that are served; any other stays here.
var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".woff2":       "font/woff2",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
}

// Prefix begins the address of every asset.
const Prefix = "/static/"

// version changes with any byte of any asset. All share one, so that a script
// imports its neighbour by a plain relative name.
var version = digest()

// Version is the part of an asset's address that changes with the content.
func Version() string { return version }

// URL is the address of an asset, good for ever as long as the content stays.
func URL(name string) string { return Prefix + version + "/" + name }

// Read returns the content of an asset and its media type; false when there is
// no such asset.
func Read(name string) (body []byte, mediaType string, ok bool) {
	mediaType, served := types[path.Ext(name)]
	if !served {
		return nil, "", false
	}
	body, err := files.ReadFile(name)
	return body, mediaType, err == nil
}

// Names lists every asset, in order.
func Names() []string {
	var names []string
	// An embedded tree reads without error.
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if _, served := types[path.Ext(name)]; err == nil && !d.IsDir() && served {
			names = append(names, name)
		}
		return err
	})
	return names
}

func digest() string {
	h := sha256.New()
	for _, name := range Names() {
		body, _, _ := Read(name)
		h.Write([]byte(name))
		h.Write(body)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

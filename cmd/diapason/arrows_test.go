package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows is the plan of the house: which rooms each room may import, and which
// outside libraries are its own business.
var arrows = map[string]struct{ rooms, libraries []string }{
	"cmd/diapason":               {rooms: []string{"handlers", "handlers/pages", "exports", "surveys", "surveys/expr", "surveys/xlsform", "surveys/territory", "surveys/tally", "surveys/weights", "surveys/report", "surveys/verbatims", "surveys/library", "surveys/boltstore", "surveys/mongostore", "static"}, libraries: []string{"github.com/urfave/cli/v3", "github.com/schollz/progressbar/v3", "github.com/valyala/fasthttp", "golang.org/x/term"}},
	"handlers":                   {rooms: []string{"handlers/pages", "exports", "static", "surveys", "surveys/expr", "surveys/xlsform", "surveys/territory", "surveys/tally", "surveys/weights", "surveys/report", "surveys/verbatims", "surveys/library", "surveys/authoring"}, libraries: []string{"github.com/gofiber/fiber/v3", "github.com/valyala/fasthttp", "github.com/alexedwards/argon2id", "github.com/andybalholm/brotli", "github.com/klauspost/compress"}},
	"handlers/pages":             {rooms: []string{"surveys", "surveys/report", "surveys/authoring", "static"}, libraries: []string{"golang.org/x/text"}},
	"exports":                    {rooms: []string{"surveys", "surveys/authoring", "surveys/report", "surveys/tally", "surveys/xlsform"}, libraries: []string{"github.com/xuri/excelize/v2", "github.com/klauspost/compress", "rsc.io/qr", "golang.org/x/image"}},
	"static":                     {},
	"surveys":                    {rooms: []string{"surveys/expr"}, libraries: []string{"github.com/google/uuid", "github.com/tyler-smith/go-bip39/wordlists", "golang.org/x/text", "go.mongodb.org/mongo-driver/v2/bson", "go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"}},
	"surveys/expr":               {},
	"surveys/authoring":          {rooms: []string{"surveys", "surveys/expr"}},
	"surveys/weights":            {libraries: []string{"gonum.org/v1/gonum"}},
	"surveys/territory":          {libraries: []string{"golang.org/x/text"}},
	"surveys/territory/generate": {rooms: []string{"surveys/territory"}},
	"surveys/xlsform":            {rooms: []string{"surveys"}, libraries: []string{"github.com/xuri/excelize/v2", "golang.org/x/text"}},
	"surveys/library":            {rooms: []string{"surveys", "surveys/xlsform", "surveys/territory"}, libraries: []string{"golang.org/x/text"}},
	"surveys/tally":              {rooms: []string{"surveys"}, libraries: []string{"go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"}},
	"surveys/report":             {rooms: []string{"surveys", "surveys/tally", "surveys/weights", "surveys/territory", "surveys/verbatims"}},
	"surveys/verbatims":          {rooms: []string{"surveys"}},
	"surveys/boltstore":          {rooms: []string{"surveys"}, libraries: []string{"go.etcd.io/bbolt", "go.mongodb.org/mongo-driver/v2/bson", "go.mongodb.org/mongo-driver/v2/x/bsonx/bsoncore"}},
	"surveys/mongostore":         {rooms: []string{"surveys"}, libraries: []string{"go.mongodb.org/mongo-driver/v2"}},
	"surveys/storetest":          {rooms: []string{"surveys", "surveys/library"}, libraries: []string{"go.mongodb.org/mongo-driver/v2/bson"}},
}

func TestTheRoomsImportOnlyWhatThePlanAllows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "diapason/...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		room := strings.TrimPrefix(words[0], "diapason/")
		allowed, known := arrows[room]
		if !known {
			t.Errorf("%s is not a room of the plan", room)
			continue
		}
		for _, imported := range words[1:] {
			if inner, ours := strings.CutPrefix(imported, "diapason/"); ours {
				if !slices.Contains(allowed.rooms, inner) {
					t.Errorf("%s imports %s: the plan has no such arrow", room, inner)
				}
			} else if outside(imported) && !slices.ContainsFunc(allowed.libraries, within(imported)) {
				t.Errorf("%s imports %s: that library belongs to another room", room, imported)
			}
		}
	}
}

// outside reports whether a path is not the standard library's: those have no
// dot in their first part.
func outside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

func within(path string) func(string) bool {
	return func(module string) bool { return path == module || strings.HasPrefix(path, module+"/") }
}

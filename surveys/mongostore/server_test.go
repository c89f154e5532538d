package mongostore_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// uriVariable names the server to test with. Without it, the tests build and
// start testserver.
const uriVariable = "MONGODB_URI"

// server is the address of the server, or why there is none.
var server struct {
	uri     string
	missing error
}

func TestMain(m *testing.M) {
	stop := func() {}
	if server.uri = os.Getenv(uriVariable); server.uri == "" {
		server.uri, stop, server.missing = startServer()
	}
	code := m.Run()
	stop()
	os.Exit(code)
}

// startServer builds testserver and runs it until stop.
func startServer() (uri string, stop func(), err error) {
	folder, err := os.MkdirTemp("", "mongostore-")
	if err != nil {
		return "", func() {}, err
	}
	remove := func() { os.RemoveAll(folder) }
	program := filepath.Join(folder, "testserver")
	build := exec.Command("go", "build", "-C", "testserver", "-tags", "ferretdb_no_postgresql", "-o", program, ".")
	if output, err := build.CombinedOutput(); err != nil {
		return "", remove, fmt.Errorf("building testserver: %w\n%s", err, output)
	}
	command := exec.Command(program)
	command.Stderr = os.Stderr
	input, err := command.StdinPipe()
	if err != nil {
		return "", remove, err
	}
	output, err := command.StdoutPipe()
	if err != nil {
		return "", remove, err
	}
	if err := command.Start(); err != nil {
		return "", remove, err
	}
	stop = func() {
		input.Close() // it stops by itself
		command.Wait()
		remove()
	}
	uri, err = bufio.NewReader(output).ReadString('\n')
	return strings.TrimSpace(uri), stop, err
}

// newDatabase is the address of a database that is dropped after the test.
func newDatabase(t *testing.T) string {
	t.Helper()
	if server.missing != nil {
		t.Skipf("no server: set %s to a MongoDB, or let Go download the modules of ./testserver: %v", uriVariable, server.missing)
	}
	uri := withDatabase(server.uri, "diapason_"+strings.ToLower(rand.Text()))
	t.Cleanup(func() { drop(t, uri) })
	return uri
}

// withDatabase puts the name of a database into an address.
func withDatabase(uri, name string) string {
	scheme, rest, _ := strings.Cut(uri, "://")
	rest, query, hasQuery := strings.Cut(rest, "?")
	hosts, _, _ := strings.Cut(rest, "/")
	uri = scheme + "://" + hosts + "/" + name
	if hasQuery {
		uri += "?" + query
	}
	return uri
}

func drop(t *testing.T, uri string) {
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		t.Error(err)
		return
	}
	defer client.Disconnect(context.Background())
	name := uri[strings.LastIndex(uri, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	if err := client.Database(name).Drop(context.Background()); err != nil {
		t.Error(err)
	}
}

// A way leads to a server and can be cut.
type way struct {
	uri      string
	listener net.Listener
	ends     chan struct{}
}

func newWay(t *testing.T, uri string) *way {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(uri, "://")
	host, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut(path, "?")
	if !strings.HasPrefix(host, "127.0.0.1:") {
		t.Skip("only for a server that stands alone on this machine: unset " + uriVariable + " to run this")
	}
	w := &way{
		uri:      "mongodb://" + listener.Addr().String() + "/" + path + "?directConnection=true&serverSelectionTimeoutMS=200",
		listener: listener, ends: make(chan struct{}),
	}
	go w.carry(host)
	t.Cleanup(w.cut)
	return w
}

func (w *way) carry(host string) {
	for {
		from, err := w.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", host)
		if err != nil {
			from.Close()
			continue
		}
		go io.Copy(to, from)
		go io.Copy(from, to)
		go func() {
			<-w.ends
			from.Close()
			to.Close()
		}()
	}
}

// cut ends every connection and accepts no more.
func (w *way) cut() {
	w.listener.Close()
	select {
	case <-w.ends:
	default:
		close(w.ends)
	}
}

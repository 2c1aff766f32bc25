package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// The embedded file belongs to one process, the server. Commands that look into
// it while the server runs ask it over a socket beside the file; only the
// file's owner may connect. They speak HTTP and JSON: each question has a route,
// each answer is JSON, or a JSON value a line when there may be many; an answer
// that breaks off is no answer. What goes wrong is told in [refusal].

// socketSuffix follows the name of the file.
const socketSuffix = ".sock"

// storeFile is the path of the embedded file, when the URL names one.
func storeFile(url string) (path string, embedded bool) { return strings.CutPrefix(url, "file:") }

// refusal is the body of an answer that is not 200.
type refusal struct {
	Error string `json:"error"`
}

// listenSocket opens the socket beside the file. Whoever holds the file may
// remove a socket that is there: its server is dead. It gets its mode before
// it gets its name, so that nobody else can connect for a moment.
func listenSocket(file string) (net.Listener, error) {
	path := file + socketSuffix
	dir, err := os.MkdirTemp(filepath.Dir(path), ".s")
	if err != nil {
		return nil, fmt.Errorf("open the socket: %w", err)
	}
	defer os.RemoveAll(dir)
	early := filepath.Join(dir, "s")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: early, Net: "unix"})
	if err != nil {
		return nil, fmt.Errorf("open the socket: %w", err)
	}
	listener.SetUnlinkOnClose(false) // its name is not this one for long
	if err := name(early, path); err != nil {
		return nil, errors.Join(fmt.Errorf("open the socket: %w", err), listener.Close())
	}
	return &namedListener{listener, path}, nil
}

// name gives the socket its mode, then its name.
func name(early, path string) error {
	if err := free(path); err != nil {
		return err
	}
	if err := os.Chmod(early, 0o600); err != nil {
		return err
	}
	return os.Rename(early, path)
}

// free refuses a name that is taken by something else than a socket.
func free(path string) error {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s is in the way", path)
	}
	return nil
}

// namedListener removes its name when it is closed.
type namedListener struct {
	net.Listener
	path string
}

// Close stops listening.
func (l *namedListener) Close() error {
	_ = os.Remove(l.path) // it is gone when it was closed before
	return l.Listener.Close()
}

// serveSocket answers questions until the result is called, which lets those
// under way end. Without a socket the server goes on all the same.
func (srv *server) serveSocket(ctx context.Context) (end func()) {
	file, embedded := storeFile(srv.settings.StoreURL)
	if !embedded {
		return func() {}
	}
	listener, err := listenSocket(file)
	if err != nil {
		srv.log.Warn("no socket: shirube outbox and cases cannot ask this server", "error", err)
		return func() {}
	}
	mux := http.NewServeMux()
	outboxRoutes(mux, srv.store)
	reportRoutes(mux, srv.drift)
	web := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(srv.log.Handler(), slog.LevelDebug)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = web.Serve(listener) // ends when it is shut down, and only then
	}()
	return func() {
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), readyWithin)
		defer stop()
		_ = web.Shutdown(last)
		_ = web.Close() // what has not ended by then is cut off
		<-done
	}
}

// office is a running server, asked over its socket.
type office struct{ client *http.Client }

// callOffice finds the server that holds the file; ok is false when there is
// none.
func callOffice(ctx context.Context, file string) (o office, ok bool) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", file+socketSuffix)
	}
	conn, err := dial(ctx, "", "")
	if err != nil {
		return office{}, false
	}
	_ = conn.Close()
	return office{&http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}}, true
}

// ask sends a question and returns the answer's body, which the caller closes.
func (o office) ask(ctx context.Context, method, path string, question any) (io.ReadCloser, error) {
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://shirube"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	answer, err := o.client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask the running server: %w", err)
	}
	if answer.StatusCode == http.StatusOK {
		return answer.Body, nil
	}
	defer answer.Body.Close()
	var why refusal
	if json.NewDecoder(answer.Body).Decode(&why) != nil {
		why.Error = "it is of another version (" + answer.Status + "); restart it"
	}
	return nil, errors.New("the running server: " + why.Error)
}

// answerJSON is an answer of one value.
func answerJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // the other side is gone
}

// Package redistest starts real Redis servers for tests and benchmarks, on
// loopback only. It must not know what is stored in them.
package redistest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ErrMissing is the error when there is no redis-server to be started.
var ErrMissing = errors.New("redis-server is not installed (Debian: apt-get install redis-server, macOS: brew install redis)")

// Durable are the settings with which every answered write is on the disk.
func Durable() []string { return []string{"--appendonly", "yes", "--appendfsync", "always"} }

// Start starts a server for one test and returns its URL. It keeps nothing on
// the disk unless the settings, in the form of redis-server's command line, say
// so. When it cannot start, the test fails; it never skips.
func Start(t testing.TB, settings ...string) (url string) {
	t.Helper()
	s, err := Launch(t.TempDir(), settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Kill(); err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

// Sentinel starts a sentinel that watches the server at addr under the name
// "mymaster", and returns its host and port. The lines go into its
// configuration.
func Sentinel(t testing.TB, addr string, lines ...string) string {
	t.Helper()
	dir := t.TempDir()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	lines = append([]string{"sentinel monitor mymaster " + host + " " + port + " 1"}, lines...)
	file := filepath.Join(dir, "sentinel.conf")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(Start(t, file, "--sentinel"), "redis://")
}

// Server is a server that can be killed and started again.
type Server struct {
	port     int
	settings []string
	cmd      *exec.Cmd
	alive    io.Closer // the guard's standard input
	out      io.ReadCloser
	drained  chan struct{}
}

// guard starts the server and kills it when its standard input ends: when we
// want it to, and also when this process ends without a chance to say so. The
// server alone holds the log, so that the log's end is the server's.
const guard = `"$@" & exec >/dev/null; cat; kill -9 $!; wait`

// Launch starts a server on a free port with its files in dir. The caller
// kills it.
func Launch(dir string, settings ...string) (*Server, error) {
	const tries = 10 // somebody else may take the port before the server does
	var err error
	for range tries {
		var port int
		if port, err = freePort(); err != nil {
			return nil, err
		}
		s := &Server{port: port, settings: append(slices.Clone(settings), "--dir", dir)}
		if err = s.Start(); err == nil {
			return s, nil
		}
		if errors.Is(err, ErrMissing) {
			break
		}
	}
	return nil, err
}

// URL is where the server answers; it stays the same after a restart.
func (s *Server) URL() string { return "redis://" + s.Addr() }

// Addr is its host and port.
func (s *Server) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// Start starts the server again on the same files, and returns when it
// answers. Launch has done so for the first time.
func (s *Server) Start() error {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return ErrMissing
	}
	args := append([]string{"-c", guard, "guard", path}, s.settings...)
	args = append(args, "--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--save", "")
	s.cmd = exec.Command("/bin/sh", args...)
	s.alive, err = s.cmd.StdinPipe()
	if err == nil {
		s.out, err = s.cmd.StdoutPipe()
	}
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		return fmt.Errorf("start redis: %w", err)
	}
	s.drained = make(chan struct{})
	return s.ready()
}

// ready reads the server's log until it says that it answers. The rest of the
// log is read and dropped, so that the server never waits for us.
func (s *Server) ready() error {
	var said []string
	log := bufio.NewScanner(s.out)
	for log.Scan() {
		said = append(said, log.Text())
		if strings.Contains(log.Text(), "Ready to accept connections") || strings.Contains(log.Text(), "Sentinel ID is") {
			go func() {
				defer close(s.drained)
				_, _ = io.Copy(io.Discard, s.out)
			}()
			return nil
		}
	}
	close(s.drained)
	return errors.Join(fmt.Errorf("redis did not start:\n%s", strings.Join(said, "\n")), s.Kill())
}

// Kill ends the server at once, as kill -9 does, and waits for its end. It may
// be started again afterwards.
func (s *Server) Kill() error {
	if err := s.alive.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("kill redis: %w", err)
	}
	<-s.drained
	var ended *exec.ExitError
	if err := s.cmd.Wait(); err != nil && !errors.As(err, &ended) {
		return fmt.Errorf("kill redis: %w", err)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a port: %w", err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

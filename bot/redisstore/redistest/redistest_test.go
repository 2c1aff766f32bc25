package redistest_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/shirube/shirube/bot/redisstore/redistest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestStart(t *testing.T) {
	t.Parallel()
	addr := strings.TrimPrefix(redistest.Start(t), "redis://")
	if got := ask(t, addr, "PING"); got != "+PONG" {
		t.Errorf("the server says %q", got)
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()
	s, err := redistest.Launch(t.TempDir(), redistest.Durable()...)
	if err != nil {
		t.Fatal(err)
	}
	ask(t, s.Addr(), "SET a 1")
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, s.Addr(), "EXISTS a"); got != ":1" {
		t.Errorf("after a kill the server says %q", got)
	}
	if err := s.Kill(); err != nil {
		t.Fatal(err)
	}
}

func TestBadSetting(t *testing.T) {
	t.Parallel()
	if _, err := redistest.Launch(t.TempDir(), "--no-such-setting", "1"); err == nil || !strings.Contains(err.Error(), "redis did not start") {
		t.Errorf("got error %v", err)
	}
}

// TestMissing has no redis-server in its path.
func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := redistest.Launch(t.TempDir()); !errors.Is(err, redistest.ErrMissing) {
		t.Errorf("got error %v, want %v", err, redistest.ErrMissing)
	}
}

// ask sends one command and returns the first line of the answer.
func ask(t *testing.T, addr, command string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

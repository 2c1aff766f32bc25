package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// journal is a log that may be read while it is written.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, strings.TrimSpace(string(p)))
	return len(p), nil
}

// String is all of it.
func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return strings.Join(j.lines, "\n")
}

// told are the messages of the lines so far.
func (j *journal) told() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var messages []string
	for _, line := range j.lines {
		_, message, _ := strings.Cut(line, "msg=")
		message, _, _ = strings.Cut(message, " error=")
		messages = append(messages, strings.Trim(message, `"`))
	}
	return messages
}

// stand is a server in this process, on a Redis that a test can spoil, and with
// a workspace to talk to.
type stand struct {
	t     *testing.T
	slack *workspace
	log   *journal
	base  string
}

// newStand serves the counting flow.
func newStand(t *testing.T, storeURL string) *stand {
	t.Helper()
	st := &stand{t: t, slack: newWorkspace(t), log: &journal{}}
	vars := counting(st.slack, storeURL)
	s, err := readSettings(vars)
	if err != nil {
		t.Fatal(err)
	}
	srv, err := newServer(s, world{stdio: stdio{Err: st.log}, Vars: vars, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(srv.mux)
	st.base = web.URL
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- srv.worker.Run(ctx) }()
	t.Cleanup(func() {
		web.Close()
		stop()
		<-ended
		_ = srv.close.Close()
	})
	return st
}

// counting are the settings of a server with the flow that counts.
func counting(w *workspace, storeURL string) map[string]string {
	return map[string]string{
		"CONTENT_DIR": "../../testdata/counting", "STORE_URL": storeURL, "DISTRIBUTOR": "slack:C9",
		"SLACK_SIGNING_SECRET": signingSecret, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": w.api(), "SLACK_BURST": "1000",
	}
}

// ready waits until /readyz says what is wanted.
func (st *stand) ready(want int) {
	st.t.Helper()
	until(st.t, fmt.Sprint("/readyz is ", want), func() bool { return look(st.base+"/readyz") == want })
}

// until waits for something, and asks for it now and then.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for late := time.After(30 * time.Second); !so(); {
		select {
		case <-late:
			t.Fatalf("in vain waited until %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// database is a Redis, the way to it, and somebody who may set it.
type database struct {
	server *redistest.Server
	strait *strait
	admin  *redis.Client
}

func newDatabase(t *testing.T) *database {
	t.Helper()
	server, err := redistest.Launch(t.TempDir(), redistest.Durable()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Kill() })
	admin := redis.NewClient(&redis.Options{Addr: server.Addr(), PoolSize: 1})
	t.Cleanup(func() { _ = admin.Close() })
	return &database{server: server, strait: newStrait(t, server.Addr()), admin: admin}
}

// do gives a command; what is wrong with it shows in what follows.
func (s *database) do(args ...any) error { return s.admin.Do(context.Background(), args...).Err() }

// TestStoreFaults spoils the store and mends it: meanwhile platforms are told to
// deliver again, and afterwards all goes on as if nothing had been.
func TestStoreFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ spoil, mend func(*database) error }{
		"away": {
			func(s *database) error { return s.server.Kill() },
			func(s *database) error { return s.server.Start() },
		},
		"silent": {
			func(s *database) error { s.strait.hold(); return nil },
			func(s *database) error { s.strait.open(); return nil },
		},
		"full": {
			func(s *database) error { return s.do("config", "set", "maxmemory", "1") },
			func(s *database) error { return s.do("config", "set", "maxmemory", "0") },
		},
		"read-only": {
			func(s *database) error { return s.do("replicaof", "127.0.0.1", "1") },
			func(s *database) error { return s.do("replicaof", "no", "one") },
		},
		"without its replica": {
			func(s *database) error { return s.do("config", "set", "min-replicas-to-write", "1") },
			func(s *database) error { return s.do("config", "set", "min-replicas-to-write", "0") },
		},
		"paused": {
			func(s *database) error { return s.do("client", "pause", "60000", "write") },
			func(s *database) error { return s.do("client", "unpause") },
		},
		"with another password": {
			func(s *database) error {
				err := s.do("config", "set", "requirepass", "other")
				s.strait.cut()
				return err
			},
			func(s *database) error { return s.do("config", "set", "requirepass", "") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newDatabase(t)
			st := newStand(t, "redis://"+s.strait.addr())
			st.say(1, http.StatusOK)
			st.slack.heard(t, "D1", 1)
			if err := c.spoil(s); err != nil {
				t.Fatal(err)
			}
			st.ready(http.StatusServiceUnavailable)
			before := s.strait.tries.Load()
			st.refuses()
			if tries := s.strait.tries.Load() - before; tries > 300 {
				t.Errorf("%d tries meanwhile: it spins", tries)
			}
			if err := c.mend(s); err != nil {
				t.Fatal(err)
			}
			st.ready(http.StatusOK)
			for n := range 4 {
				st.say(n+1, http.StatusOK)
			}
			st.slack.heard(t, "D1", 4)
			st.slack.heard(t, "C9", 1)
			st.saidOnce(4)
			if want := []string{"store is away; platforms are told to deliver again", "store is back"}; !slices.Equal(st.log.told(), want) {
				t.Errorf("the log says %q, want %q", st.log.told(), want)
			}
		})
	}
}

// say delivers the clerk's n-th message.
func (st *stand) say(n, want int) {
	st.t.Helper()
	if got := knock(st.base, event("1", fmt.Sprint("Ev", n), fmt.Sprint(n))); got != want {
		st.t.Errorf("message %d: status %d, want %d", n, got, want)
	}
}

// refuses delivers while the store is spoilt, and looks at what the server tells
// balancers. It takes a while, so that who spins is seen.
func (st *stand) refuses() {
	st.t.Helper()
	for range 2 {
		st.say(2, http.StatusServiceUnavailable)
		knock(st.base, event("1", "Ev1", "1")) // known already, where the store can be read
		if got := look(st.base + "/healthz"); got != http.StatusOK {
			st.t.Errorf("/healthz is %d", got)
		}
		if got := look(st.base + "/readyz"); got != http.StatusServiceUnavailable {
			st.t.Errorf("/readyz is %d", got)
		}
		<-time.After(time.Second)
	}
}

// saidOnce checks that the clerk was led through so many steps, one after the
// other, and the distributor told at the third.
func (st *stand) saidOnce(steps int) {
	st.t.Helper()
	var want []string
	for n := range steps {
		want = append(want, fmt.Sprintf("手順 %d/40", n+1))
	}
	if got := stepsIn(st.slack.said("D1")); !slices.Equal(got, want) {
		st.t.Errorf("the clerk read %q, want %q", got, want)
	}
	if got := st.slack.said("C9"); len(got) != 1 {
		st.t.Errorf("the distributor read %q, want one notice", got)
	}
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// gateway is a workspace with Slack's end of Socket Mode. It holds up whoever
// asks about a person, so that an event is being taken for as long as a test
// wants.
type gateway struct {
	*workspace
	server *httptest.Server
	opened chan *websocket.Conn
	acks   chan string
	asked  chan struct{}
	hold   chan struct{}
}

func newGateway(t *testing.T) *gateway {
	t.Helper()
	g := &gateway{workspace: newWorkspace(t), opened: make(chan *websocket.Conn, 8), acks: make(chan string, 8), asked: make(chan struct{}, 8), hold: make(chan struct{})}
	g.server = httptest.NewServer(g)
	t.Cleanup(g.server.Close)
	return g
}

func (g *gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/api/apps.connections.open":
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, strings.Replace(g.server.URL, "http", "ws", 1)+"/socket")
	case "/socket":
		g.listen(w, r)
	case "/api/users.info":
		g.asked <- struct{}{}
		<-g.hold
		fallthrough
	default:
		g.workspace.ServeHTTP(w, r)
	}
}

func (g *gateway) listen(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello"}`))
	g.opened <- conn
	for {
		var ack struct {
			ID string `json:"envelope_id"`
		}
		if conn.ReadJSON(&ack) != nil {
			return
		}
		g.acks <- ack.ID
	}
}

// TestStopOverSockets stops the server while an event is being taken: it is
// acknowledged, and its reply said, by this server or the next one.
func TestStopOverSockets(t *testing.T) {
	t.Parallel()
	g := newGateway(t)
	vars := counting(g.workspace, "file:"+filepath.Join(t.TempDir(), "s.db"))
	vars["SLACK_API_URL"], vars["SLACK_APP_TOKEN"], vars["PORT"] = g.server.URL+"/api/", "xapp-1", "0"
	stop, ended := g.serve(t, vars)
	envelope, _ := json.Marshal(map[string]any{"type": "events_api", "envelope_id": "e1", "payload": json.RawMessage(event("1", "Ev1", "1"))})
	if err := (<-g.opened).WriteMessage(websocket.TextMessage, envelope); err != nil {
		t.Fatal(err)
	}
	<-g.asked
	stop()
	close(g.hold)
	select {
	case id := <-g.acks:
		if id != "e1" {
			t.Errorf("acknowledged %q", id)
		}
	case <-time.After(10 * time.Second):
		t.Error("what was being taken is not acknowledged")
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	stop, ended = g.serve(t, vars)
	g.heard(t, "D1", 1)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := stepsIn(g.said("D1")); len(got) != 1 || got[0] != "手順 1/40" {
		t.Errorf("the clerk read %q", got)
	}
}

// serve runs a server in this process until it is stopped.
func (g *gateway) serve(t *testing.T, vars map[string]string) (stop func(), ended <-chan error) {
	t.Helper()
	s, err := readSettings(vars)
	if err != nil {
		t.Fatal(err)
	}
	srv, err := newServer(s, world{stdio: stdio{Err: t.Output()}, Vars: vars, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	end := make(chan error, 1)
	go func() {
		err := srv.run(ctx)
		_ = srv.close.Close()
		end <- err
	}()
	return cancel, end
}

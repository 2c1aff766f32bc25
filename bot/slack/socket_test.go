package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/slack"
)

// gateway is Slack's end of Socket Mode.
type gateway struct {
	mu    sync.Mutex
	acks  chan map[string]any
	opens chan *websocket.Conn
}

// newGateway answers apps.connections.open and takes the connections.
func newGateway(b *bench) *gateway {
	g := &gateway{acks: make(chan map[string]any, 16), opens: make(chan *websocket.Conn, 16)}
	b.answers["apps.connections.open"] = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xapp-1" {
			fmt.Fprint(w, `{"ok":false,"error":"invalid_auth"}`)
			return
		}
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, strings.Replace(b.server.URL, "http", "ws", 1)+"/api/socket")
	}
	b.answers["socket"] = g.serve
	return g
}

func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	g.send(conn, `{"type":"hello","num_connections":1}`)
	g.opens <- conn
	for {
		var ack map[string]any
		if conn.ReadJSON(&ack) != nil {
			return
		}
		g.acks <- ack
	}
}

func (g *gateway) send(conn *websocket.Conn, text string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = conn.WriteMessage(websocket.TextMessage, []byte(text)) // a closed one shows in the test's wait
}

func (g *gateway) ack(t *testing.T) map[string]any {
	t.Helper()
	select {
	case ack := <-g.acks:
		return ack
	case <-time.After(5 * time.Second):
		t.Fatal("no acknowledgement")
		return nil
	}
}

func (g *gateway) open(t *testing.T) *websocket.Conn {
	t.Helper()
	select {
	case conn := <-g.opens:
		return conn
	case <-time.After(10 * time.Second):
		t.Fatal("no connection")
		return nil
	}
}

func TestSockets(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	g := newGateway(b)
	sockets := slack.NewSockets(b.platform, "xapp-1")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- sockets.Run(ctx) }()
	defer func() { stop(); <-ended }()
	first, second := g.open(t), g.open(t)

	event := func(envelope, text string) string {
		return fmt.Sprintf(`{"type":"events_api","envelope_id":%q,"payload":{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":%q,"ts":"1"}}}`, envelope, text)
	}
	// The same event over both connections carries the same id: the store
	// commits it once.
	g.send(first, event("e1", "こんにちは"))
	g.ack(t)
	g.send(second, event("e2", "こんにちは"))
	g.ack(t)
	if len(b.heard) != 2 || b.heard[0].ID != b.heard[1].ID || b.heard[0].Text != "こんにちは" {
		t.Errorf("heard %+v", b.heard)
	}
	if !sockets.Ready() {
		t.Error("not ready with two connections")
	}

	// A command's reply travels in the acknowledgement.
	b.answer = bot.Answer{Say: &bot.Reply{Parts: []bot.Part{{Kind: bot.Do, Phrase: bot.Phrase{Key: "状況です"}}}}}
	g.send(first, `{"type":"slash_commands","envelope_id":"e3","accepts_response_payload":true,"payload":{"team_id":"T1","user_id":"U1","channel_id":"C1","text":"status","trigger_id":"1.1"}}`)
	if ack, _ := json.Marshal(g.ack(t)); !strings.Contains(string(ack), "状況です") || !strings.Contains(string(ack), "ephemeral") {
		t.Errorf("the command is acknowledged with %s", ack)
	}

	// What the SDK does not know is acknowledged, or it would come for ever.
	g.send(first, `{"type":"events_api","envelope_id":"e4","payload":{"type":"event_callback","event":{"type":"sun_eclipsed"}}}`)
	if ack := g.ack(t); ack["envelope_id"] != "e4" {
		t.Errorf("acknowledged %v", ack)
	}

	// What could not be committed is not acknowledged: Slack sends it again.
	b.ears.mu.Lock()
	b.err = errors.New("store is away")
	b.ears.mu.Unlock()
	g.send(second, event("e5", "x"))
	b.waitLog(t, "envelope failed")
	b.ears.mu.Lock()
	b.err = nil
	b.ears.mu.Unlock()
	g.send(second, event("e6", "x"))
	if ack := g.ack(t); ack["envelope_id"] != "e6" {
		t.Errorf("acknowledged %v, want e6 only", ack)
	}

	// A refresh opens another connection while the other one goes on.
	g.send(first, `{"type":"disconnect","reason":"refresh_requested"}`)
	g.open(t)
	if !sockets.Ready() {
		t.Error("not ready during a refresh")
	}
}

// TestSocketsEnd acknowledges what was being taken when the program stops.
func TestSocketsEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	g := newGateway(b)
	began, hold := make(chan struct{}), make(chan struct{})
	b.answers["users.info"] = func(w http.ResponseWriter, _ *http.Request) {
		close(began)
		<-hold
		fmt.Fprint(w, `{"ok":false,"error":"user_not_found"}`)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- slack.NewSockets(b.platform, "xapp-1").Run(ctx) }()
	conn := g.open(t)
	g.send(conn, `{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1"}}}`)
	<-began
	stop()
	close(hold)
	if ack := g.ack(t); ack["envelope_id"] != "e1" {
		t.Errorf("acknowledged %v, want e1", ack)
	}
	<-ended
}

// panics is a handler with a defect.
type panics struct{}

func (panics) Handle(context.Context, bot.Event) (bot.Answer, error) { panic("秘密") }

// TestPanicStaysInItsEvent goes on after a defect, over a socket and over HTTP.
func TestPanicStaysInItsEvent(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(c *slack.Config) { c.Handler = panics{} })
	g := newGateway(b)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- slack.NewSockets(b.platform, "xapp-1").Run(ctx) }()
	defer func() { stop(); <-ended }()
	conn := g.open(t)
	const said = `{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1"}`
	g.send(conn, `{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":`+said+`}}`)
	b.waitLog(t, "envelope failed")
	g.send(conn, `{"type":"events_api","envelope_id":"e2","payload":{"type":"app_rate_limited"}}`)
	if ack := g.ack(t); ack["envelope_id"] != "e2" {
		t.Errorf("acknowledged %v, want e2 only", ack)
	}
	if w := b.event(said); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String()+b.log.String(), "秘密") {
		t.Errorf("status %d: %s%s", w.Code, w.Body, b.log)
	}
}

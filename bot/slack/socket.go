package slack

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// sockets is how many connections are kept open. When Slack refreshes one, the
// other takes the events: there is always an open one before the old closes.
// An event that comes over both is committed once.
const sockets = 2

// Sockets takes events over Socket Mode in place of HTTP.
type Sockets struct {
	platform *Platform
	token    string
	open     atomic.Int32
}

// NewSockets makes the connections' keeper; appToken begins with xapp-.
func NewSockets(p *Platform, appToken string) *Sockets { return &Sockets{platform: p, token: appToken} }

// Ready tells whether a connection is open.
func (s *Sockets) Ready() bool { return s.open.Load() > 0 }

// Run keeps the connections until the context ends.
func (s *Sockets) Run(ctx context.Context) error {
	var running sync.WaitGroup
	for n := range sockets {
		running.Go(func() { s.keep(ctx, n) })
	}
	running.Wait()
	return ctx.Err()
}

// keep runs one connection, and another after it when the SDK gives up.
func (s *Sockets) keep(ctx context.Context, n int) {
	pause := time.Second
	for ctx.Err() == nil {
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return
		}
		s.platform.Log.Warn("slack socket ended", "socket", n, "reason", reason(err))
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Minute)
	}
}

func (s *Sockets) connect(ctx context.Context) error {
	p := s.platform
	quiet := slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug) // the SDK's own log holds what people wrote
	api := slackapi.New("", slackapi.OptionAppLevelToken(s.token), slackapi.OptionAPIURL(p.APIURL), slackapi.OptionHTTPClient(p.HTTP), slackapi.OptionLog(quiet))
	client := socketmode.New(api, socketmode.OptionLog(quiet))
	// The connection stays until what has been taken is acknowledged over it.
	connection, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(connection) }()
	var taking sync.WaitGroup
	defer taking.Wait()
	connected := false
	defer func() {
		if connected {
			s.open.Add(-1)
		}
	}()
	for {
		select {
		case <-ctx.Done():
			taking.Wait()
			<-time.After(writing)
			return ctx.Err()
		case err := <-ended:
			if err == nil {
				err = errors.New("connection closed")
			}
			return err
		case e := <-client.Events:
			switch e.Type {
			case socketmode.EventTypeHello:
				if !connected {
					connected = true
					s.open.Add(1)
				}
			case socketmode.EventTypeDisconnect, socketmode.EventTypeConnecting:
				if connected {
					connected = false
					s.open.Add(-1)
				}
			case socketmode.EventTypeInvalidAuth:
				p.Log.Error("slack refuses the app token")
			case socketmode.EventTypeConnectionError:
				p.Log.Warn("slack socket cannot connect; it is tried again", "reason", cause(e))
			default:
				taking.Go(func() { s.take(ctx, client, e) })
			}
		}
	}
}

// cause is the short reason of a connection that did not come about.
func cause(e socketmode.Event) string {
	failed, ok := e.Data.(*slackapi.ConnectionErrorEvent)
	if !ok {
		return "connection"
	}
	return reason(failed.ErrorObj)
}

// writing is how long the SDK, which writes in a goroutine of its own and tells
// nobody when it has, gets for the last acknowledgements.
const writing = 250 * time.Millisecond

// take works on one envelope and acknowledges it when that is done: one that
// failed is left to be delivered again.
func (s *Sockets) take(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), within)
	defer stop()
	id, reply, err := s.envelope(ctx, e)
	if id == "" {
		return
	}
	if err != nil && !errors.Is(err, errMalformed) {
		s.platform.failed("envelope", string(e.Type), err)
		return
	}
	if err := client.AckCtx(ctx, id, reply); err != nil {
		s.platform.Log.Info("slack envelope not acknowledged", "type", string(e.Type))
	}
}

func (s *Sockets) envelope(ctx context.Context, e socketmode.Event) (id string, reply answer, err error) {
	switch {
	case e.Type == socketmode.EventTypeErrorBadMessage:
		return unknown(e), nil, nil
	case e.Request == nil || e.Request.EnvelopeID == "":
		return "", nil, nil
	}
	reply, err = guarded(func() (answer, error) { return s.payload(ctx, e.Type, e.Request.Payload) })
	return e.Request.EnvelopeID, reply, err
}

func (s *Sockets) payload(ctx context.Context, kind socketmode.EventType, payload []byte) (answer, error) {
	switch kind {
	case socketmode.EventTypeEventsAPI:
		return s.platform.eventRequest(ctx, payload)
	case socketmode.EventTypeInteractive:
		return s.platform.interaction(ctx, payload)
	case socketmode.EventTypeSlashCommand:
		var c command
		if json.Unmarshal(payload, &c) != nil {
			return nil, errMalformed
		}
		return s.platform.command(ctx, c)
	}
	return nil, nil
}

// unknown is the id of an envelope whose content the SDK does not know: it is
// acknowledged, or it would come again and again.
func unknown(e socketmode.Event) string {
	bad, _ := e.Data.(*socketmode.ErrorBadMessage)
	if bad == nil {
		return ""
	}
	var envelope struct {
		ID string `json:"envelope_id"`
	}
	if err := json.Unmarshal(bad.Message, &envelope); err != nil {
		return ""
	}
	return envelope.ID
}

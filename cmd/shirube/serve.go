package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/deliver"
	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/router"
	"github.com/shirube/shirube/bot/slack"
)

type serveCmd struct{}

// Help lists the settings.
func (serveCmd) Help() string { return settingsHelp() }

// errNoPlatform says that there is nothing to serve.
var errNoPlatform = errors.New("no platform is on; set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN, or SLACK_APP_TOKEN and SLACK_BOT_TOKEN, or TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID (shirube serve --help lists all)")

// Run serves until the context ends.
func (serveCmd) Run(ctx context.Context, e world) error {
	s, err := readSettings(e.Vars)
	if err != nil {
		return err
	}
	if s.slack() == slackOff && !s.teams() {
		return errNoPlatform
	}
	srv, err := newServer(s, e)
	if err != nil {
		return err
	}
	defer srv.close.Close()
	debug.FreeOSMemory() // loading takes more than serving
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	var pacing sync.WaitGroup
	defer pacing.Wait()
	paced, end := context.WithCancel(ctx)
	defer end()
	pacing.Go(func() { paceHeap(paced, e.Vars) })
	return srv.run(ctx)
}

// server is the wired house.
type server struct {
	settings settings
	log      *slog.Logger
	store    keeper
	close    io.Closer
	worker   *deliver.Worker
	drift    *drift
	sockets  *slack.Sockets // nil without Socket Mode
	mux      *http.ServeMux
	stopping atomic.Bool // no longer ready
}

func newServer(s settings, e world) (*server, error) {
	files, err := content(e)
	if err != nil {
		return nil, err
	}
	g, err := loadGuide(files)
	if err != nil {
		return nil, err
	}
	if problems := g.mistakes(); len(problems) > 0 {
		return nil, fmt.Errorf("the content is not fit to be served: %w", problems)
	}
	desks, err := s.desks()
	if err != nil {
		return nil, err
	}
	if known := g.catalog.Languages(); !slices.Contains(known, s.DeskLang) {
		return nil, fmt.Errorf("settings: DISTRIBUTOR_LANG is %q; write one of %s", s.DeskLang, strings.Join(known, ", "))
	}
	srv := &server{settings: s, log: s.logger(e.Err), mux: http.NewServeMux()}
	store, closer, err := openStore(s.StoreURL, srv.log)
	if err != nil {
		return nil, err
	}
	srv.store, srv.close = watch(store, srv.log, e.Now), closer
	var told []flow.Desk
	for _, desk := range desks {
		told = append(told, flow.Desk{To: desk, Lang: s.DeskLang})
	}
	machine := g.machine(told)
	srv.drift = newDrift(g.catalog, srv.store, machine.Edition)
	handler := router.New(router.Config{
		Store: srv.store, Player: machine, Now: e.Now,
		Take: func(claims []bot.Claim) { srv.worker.Take(claims) },
	})
	platforms, err := srv.platforms(g, handler, e.Now)
	if err != nil {
		return nil, errors.Join(err, srv.close.Close())
	}
	srv.worker = deliver.New(deliver.Config{
		Outbox: srv.store, Renderer: srv.drift, Platforms: platforms, Handler: handler, Reports: srv.drift, Now: e.Now, Log: srv.log,
		Backoff:  deliver.Backoff{First: time.Second, Longest: 5 * time.Minute, Attempts: 12, Age: 12 * time.Hour, Random: mathrand.Float64},
		Parallel: parallel, Narrow: narrow, Poll: time.Second, Within: doWithin, Grace: sendGrace,
	})
	srv.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	srv.mux.HandleFunc("GET /readyz", srv.ready)
	return srv, nil
}

// parallel is how many effects are under way at once; narrow is how many of them
// may go to one channel.
const (
	parallel = 128
	narrow   = 8
)

// doWithin bounds the whole of one delivery, below the lease: nobody else takes
// an effect over that is still being sent.
const doWithin = 6 * time.Second

// sendTimeout bounds how long a platform may take to answer a call; the whole of
// a delivery is bounded by doWithin.
const sendTimeout = 4 * time.Second

// transport keeps as many connections to a platform as are used at once; the
// standard one keeps two and opens the others anew for every call.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, parallel
	t.ResponseHeaderTimeout = sendTimeout
	return t
}

// platforms wires those that are on.
func (srv *server) platforms(g *guide, handler bot.Handler, now func() time.Time) (on []bot.Platform, err error) {
	if srv.settings.slack() != slackOff {
		platform, err := srv.slack(g, handler, now)
		if err != nil {
			return nil, err
		}
		on = append(on, platform)
	}
	if srv.settings.teams() {
		on = append(on, srv.teams(g, handler, now))
	}
	return on, nil
}

// slack wires the platform Slack.
func (srv *server) slack(g *guide, handler bot.Handler, now func() time.Time) (*slack.Platform, error) {
	s := srv.settings
	client := &http.Client{Transport: transport()}
	line, err := slack.NewLine(sendTimeout)
	if err != nil {
		return nil, err
	}
	config := slack.Config{
		Handler: handler, Threads: srv.store, Tokens: slack.OneToken(s.SlackBotToken), Render: srv.drift.Message,
		Words:  func(lang, key string) string { return g.catalog.Say(lang, bot.Phrase{Key: key}) },
		Secret: s.SlackSigningSecret, APIURL: s.SlackAPIURL, HTTP: client, Line: line, Now: now, Log: srv.log,
		Pace: slack.Pace{PerSecond: s.SlackPace, Burst: s.SlackBurst},
	}
	if s.several() {
		key, _ := s.key() // checked with the settings
		// Installs bound each call themselves: a renewal that is cut off may lose
		// the new token.
		installs, err := slack.NewInstalls(slack.InstallConfig{
			Vault: srv.store, Key: key, ClientID: s.SlackClientID, ClientSecret: s.SlackClientSecret, Scopes: slack.Scopes(),
			APIURL: s.SlackAPIURL, PublicURL: s.PublicURL, HTTP: &http.Client{}, Now: now, Log: srv.log, Random: rand.Reader,
		})
		if err != nil {
			return nil, err
		}
		installs.Routes(srv.mux)
		config.Tokens, config.Revoked = installs, installs.Remove
	}
	platform := slack.New(config)
	if s.slack() == slackSocket {
		srv.sockets = slack.NewSockets(platform, s.SlackAppToken)
	} else {
		platform.Routes(srv.mux)
	}
	return platform, nil
}

// maxHeader is how much is read of a request before anybody asks who sends it;
// the largest there is has a token of 2 KB in it.
const maxHeader = 32 << 10

// run serves until the context ends, then lets what is under way end.
func (srv *server) run(ctx context.Context) error {
	listener, err := net.Listen("tcp", srv.settings.ListenAddr)
	if err != nil {
		return fmt.Errorf("listen on LISTEN_ADDR (or PORT): %w", err)
	}
	web := &http.Server{Handler: srv.mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: maxHeader}
	listening, stopListening := context.WithCancel(ctx)
	defer stopListening()
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	var running, taking sync.WaitGroup
	running.Go(func() { _ = srv.worker.Run(working) }) // ends with the context, and only then
	defer srv.serveSocket(ctx)()
	running.Go(func() { srv.drift.Run(working) })
	if srv.sockets != nil {
		taking.Go(func() { _ = srv.sockets.Run(listening) })
	}
	failed := make(chan error, 1)
	taking.Go(func() {
		if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	})
	srv.log.Info("serving", "address", listener.Addr().String(), "version", versionName())
	select {
	case <-ctx.Done():
		err = srv.leave(failed)
	case err = <-failed:
	}
	stopListening()
	closeWeb(ctx, web)
	taking.Wait() // what was taken is handed on before the worker ends
	stopWorking()
	running.Wait()
	srv.log.Info("stopped")
	return err
}

// readyWithin bounds the look at the store.
const readyWithin = time.Second

// ready tells whether the store answers and the platforms can be heard. Slack
// over HTTP and Teams are heard as soon as this server listens: the keys and the
// token of Teams are fetched when the first request needs them, and until then
// nobody can tell whether Microsoft will give them.
func (srv *server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), readyWithin)
	defer stop()
	if srv.stopping.Load() {
		http.Error(w, "stopping", http.StatusServiceUnavailable)
		return
	}
	if srv.store.Check(ctx) != nil {
		http.Error(w, "store: cannot be written", http.StatusServiceUnavailable)
		return
	}
	if srv.sockets != nil && !srv.sockets.Ready() {
		http.Error(w, "slack: no socket is open", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
}

func (s settings) logger(w io.Writer) *slog.Logger {
	level, _ := s.level() // checked with the settings
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// settingsHelp is a line for every setting.
func settingsHelp() string {
	var b strings.Builder
	b.WriteString("Settings come from the environment:\n\n")
	for _, line := range describeSettings() {
		b.WriteString(line + "\n\n")
	}
	return b.String()
}

package teams

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/shirube/shirube/bot"
)

// scope is what our token is for.
const scope = "https://api.botframework.com/.default"

// tokenMargin is how long before its end a token is renewed; never more than
// half of its life.
const tokenMargin = 5 * time.Minute

// grant fetches our token from the tenant's endpoint and keeps it.
type grant struct {
	config clientcredentials.Config
	http   *http.Client
	now    func() time.Time

	turn  chan struct{} // held while fetching
	mu    sync.Mutex    // guards what follows
	token string
	until time.Time
}

func newGrant(c Config) *grant {
	return &grant{
		http: c.HTTP, now: c.Now, turn: make(chan struct{}, 1),
		config: clientcredentials.Config{
			ClientID: c.AppID, ClientSecret: c.Password, Scopes: []string{scope}, AuthStyle: oauth2.AuthStyleInParams,
			TokenURL: strings.TrimSuffix(c.LoginURL, "/") + "/" + c.Tenant + "/oauth2/v2.0/token",
		},
	}
}

// noToken is every reason why there is none now; what the endpoint said may hold
// a secret and stays here.
func noToken() error { return &bot.SendError{Reason: "token_unavailable", Retryable: true} }

// bearer returns a token that is good for a while.
func (g *grant) bearer(ctx context.Context) (string, error) {
	if token := g.kept(); token != "" {
		return token, nil
	}
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return "", noToken()
	}
	defer func() { <-g.turn }()
	if token := g.kept(); token != "" {
		return token, nil
	}
	asked := g.now()
	got, err := g.config.Token(context.WithValue(ctx, oauth2.HTTPClient, g.http))
	if err != nil || got.AccessToken == "" || !strings.EqualFold(got.Type(), "Bearer") {
		return "", noToken()
	}
	life := lifetime(got)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.token, g.until = got.AccessToken, asked.Add(life-min(tokenMargin, life/2))
	return g.token, nil
}

// lifetime is how long a token is good: a number, or one written as a text. The
// library reads it as well, but by a clock of its own.
func lifetime(got *oauth2.Token) time.Duration {
	seconds, err := strconv.ParseFloat(fmt.Sprint(got.Extra("expires_in")), 64)
	if err != nil || seconds < 0 || seconds > (24*time.Hour).Seconds() {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

func (g *grant) kept() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.now().Before(g.until) {
		return ""
	}
	return g.token
}

// drop forgets a token that was refused.
func (g *grant) drop(token string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.token == token {
		g.token = ""
	}
}

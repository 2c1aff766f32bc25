package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The workspace that everything happens in.
const (
	team   = "T0001"
	desk   = "C0001" // the distributor's channel
	secret = "load"
	token  = "xoxb-load"
)

// patience is how long an answer or a reply is waited for.
const patience = 20 * time.Second

// slack stands in for Slack: it sends signed events to a bot, serves the Web
// API to it, and tells the time between the two.
type slack struct {
	now     func() time.Time
	heard   []chan time.Time // by user: when a message came
	posts   atomic.Int64     // messages to users
	told    atomic.Int64     // messages to the distributor
	strays  atomic.Int64     // messages that nobody waited for
	events  atomic.Int64     // for their ids
	deskFor time.Duration    // how long the distributor's channel takes
	client  *http.Client
	web     *http.Server
	url     string // of the Web API
	bot     string // where the bot hears
}

// open serves the Web API on a free port for so many users.
func open(now func() time.Time, users int) (*slack, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve the Web API: %w", err)
	}
	s := &slack{now: now, heard: make([]chan time.Time, users), client: client64(), url: "http://" + listener.Addr().String() + "/api/"}
	for u := range s.heard {
		s.heard[u] = make(chan time.Time, 1)
	}
	s.web = &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.web.Serve(listener) }() // ends when it is closed
	return s, nil
}

// Close ends the Web API.
func (s *slack) Close() {
	s.client.CloseIdleConnections()
	_ = s.web.Close()
}

// client64 keeps as many connections as are used at once.
func client64() *http.Client {
	return &http.Client{Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 1024}}
}

// ServeHTTP answers the bot's calls.
func (s *slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch strings.TrimPrefix(r.URL.Path, "/api/") {
	case "chat.postMessage":
		s.post(w, r, channelOf(body))
	case "users.info":
		_, _ = io.WriteString(w, `{"ok":true,"user":{"id":"U1","real_name":"見本 太郎","locale":"ja-JP","profile":{}}}`)
	default:
		_, _ = io.WriteString(w, `{"ok":true}`)
	}
}

// channelOf finds the channel, in JSON or in a form, without reading the rest:
// what the driver spends is taken from the measured.
func channelOf(body []byte) string {
	before, after := `"channel":"`, `"`
	if !bytes.HasPrefix(body, []byte("{")) {
		before, after = "channel=", "&"
	}
	_, rest, _ := bytes.Cut(body, []byte(before))
	name, _, _ := bytes.Cut(rest, []byte(after))
	return string(name)
}

func (s *slack) post(w http.ResponseWriter, r *http.Request, channel string) {
	if channel == desk {
		s.told.Add(1)
		pause(r.Context(), s.deskFor)
	}
	at := s.now()
	_, _ = fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":"%d.%06d"}`, channel, at.Unix(), at.Nanosecond()/1000)
	u, err := strconv.Atoi(strings.TrimPrefix(channel, "D"))
	if err != nil || u >= len(s.heard) {
		return
	}
	s.posts.Add(1)
	select {
	case s.heard[u] <- at:
	default:
		s.strays.Add(1)
	}
}

// event is a message a user writes to the bot.
const event = `{"token":"x","team_id":"` + team + `","api_app_id":"A0001","type":"event_callback","event_id":"Ev%09d","event_time":%d,` +
	`"authorizations":[{"team_id":"` + team + `","user_id":"UBOT","is_bot":true}],` +
	`"event":{"type":"message","channel":"D%05d","user":"U%05d","team":"` + team + `","text":%q,"ts":"%[2]d.%06[1]d","event_ts":"%[2]d.%06[1]d",` +
	`"channel_type":"im","client_msg_id":"m%[1]d"}}`

// say sends what a user writes and returns when the bot has acknowledged it.
func (s *slack) say(ctx context.Context, user int, text string) error {
	seconds := s.now().Unix()
	body := fmt.Appendf(nil, event, s.events.Add(1), seconds, user, user, text)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.bot, bytes.NewReader(body))
	if err != nil {
		return err
	}
	stamp := strconv.FormatInt(seconds, 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Slack-Request-Timestamp", stamp)
	request.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot answers %d", response.StatusCode)
	}
	return nil
}

// errLost is an event without a reply.
var errLost = errors.New("there was no reply")

// ask has a user write something, and returns how long it took until it was
// both acknowledged and replied to.
func (s *slack) ask(ctx context.Context, user int, text string) (time.Duration, error) {
	select {
	case <-s.heard[user]: // a second reply to what was said before
	default:
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	start := s.now()
	if err := s.say(ctx, user, text); err != nil {
		return 0, err
	}
	acknowledged := s.now().Sub(start)
	select {
	case at := <-s.heard[user]:
		return max(at.Sub(start), acknowledged), nil
	case <-ctx.Done():
		return 0, errLost
	}
}

// pause waits, but not beyond the context.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// floorCmd runs the floor: the least that can be called the same work. It
// verifies the signature, loads the state, commits the next one by compare and
// set, acknowledges, and posts one message. A post that
// fails is lost. It takes the server's settings.
type floorCmd struct {
	Listen string `env:"LISTEN_ADDR" required:"" help:"where HTTP is served"`
	Store  string `env:"STORE_URL" required:"" help:"redis://…"`
	Secret string `env:"SLACK_SIGNING_SECRET" required:"" help:"checks the signatures"`
	Token  string `env:"SLACK_BOT_TOKEN" required:"" help:"the bot token"`
	API    string `env:"SLACK_API_URL" required:"" help:"Slack's Web API; ends in /api/"`
}

// Run serves until the context ends.
func (c floorCmd) Run(ctx context.Context, _ world) error {
	options, err := redis.ParseURL(c.Store)
	if err != nil {
		return errors.New("STORE_URL is no redis:// URL")
	}
	client := redis.NewClient(options)
	defer func() { _ = client.Close() }()
	f := &floor{floorCmd: c, store: client, commit: redis.NewScript(floorCommit), http: client64()}
	web := &http.Server{Addr: c.Listen, Handler: f.routes(), ReadHeaderTimeout: 5 * time.Second}
	ended := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer ended()
	if err := web.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the floor: %w", err)
	}
	return nil
}

// floorCommit takes the state on from the version it was played from, once for
// every event: 1 done, 0 conflict, -1 duplicate.
const floorCommit = `
if not redis.call('SET', KEYS[2], '', 'NX', 'EX', 86400) then return -1 end
local stored = redis.call('GET', KEYS[1]) or '0 '
if stored:match('^%d+') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1`

type floor struct {
	floorCmd
	store  *redis.Client
	commit *redis.Script
	http   *http.Client
}

func (f *floor) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /slack/events", f.event)
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if f.store.Ping(r.Context()).Err() != nil {
			http.Error(w, "store", http.StatusServiceUnavailable)
		}
	})
	return mux
}

func (f *floor) event(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil || !f.signed(r.Header, body) {
		http.Error(w, "unsigned", http.StatusUnauthorized)
		return
	}
	var e struct {
		ID    string `json:"event_id"`
		Event struct{ User, Channel string }
	}
	if json.Unmarshal(body, &e) != nil {
		http.Error(w, "malformed", http.StatusBadRequest)
		return
	}
	step, err := f.next(r.Context(), e.Event.User, e.ID)
	if err != nil {
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
	go f.post(e.Event.Channel, step)
}

func (f *floor) signed(header http.Header, body []byte) bool {
	mac := hmac.New(sha256.New, []byte(f.Secret))
	mac.Write([]byte("v0:" + header.Get("X-Slack-Request-Timestamp") + ":"))
	mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(want), []byte(header.Get("X-Slack-Signature")))
}

// next takes a user's state one step on.
func (f *floor) next(ctx context.Context, user, event string) (step int, err error) {
	stored, err := f.store.Get(ctx, "state:"+user).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return 0, err
	}
	version, raw, _ := strings.Cut(stored, " ")
	var state struct{ Step int }
	if stored == "" {
		version = "0"
	} else if err := json.Unmarshal([]byte(raw), &state); err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(version)
	if err != nil {
		return 0, err
	}
	state.Step++
	packed, err := json.Marshal(state)
	if err != nil {
		return 0, err
	}
	keys := []string{"state:" + user, "event:" + event}
	return state.Step, f.commit.Run(ctx, f.store, keys, version, strconv.Itoa(n+1)+" "+string(packed)).Err()
}

// message is what the floor says, as a bot in a few lines would make it: a
// title that tells the step, a text, a button.
func (f *floor) message(channel string, step int) []byte {
	title := fmt.Sprintf("手順 %d", step)
	text := func(kind, text string) map[string]any { return map[string]any{"type": kind, "text": text} }
	body, _ := json.Marshal(map[string]any{"channel": channel, "text": title, "blocks": []any{
		map[string]any{"type": "header", "text": text("plain_text", title)},
		map[string]any{"type": "section", "text": text("mrkdwn", "「次へ」を押します。")},
		map[string]any{"type": "actions", "elements": []any{
			map[string]any{"type": "button", "action_id": "next", "text": text("plain_text", "次へ")},
		}},
	}})
	return body
}

func (f *floor) post(channel string, step int) {
	request, err := http.NewRequest(http.MethodPost, f.API+"chat.postMessage", bytes.NewReader(f.message(channel, step)))
	if err != nil {
		return
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("Authorization", "Bearer "+f.Token)
	if response, err := f.http.Do(request); err == nil {
		_, _ = io.Copy(io.Discard, response.Body)
		_ = response.Body.Close()
	}
}

package slack

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// Name is the platform's name in addresses.
const Name = "slack"

// Tokens finds the bot token of a workspace or enterprise.
type Tokens interface {
	// Token returns the bot token for the tenant; an error says that there is
	// none, or that it could not be read now.
	Token(ctx context.Context, tenant string) (string, error)
}

// OneToken is the token of a bot that is installed in one workspace only.
type OneToken string

// Token implements Tokens.
func (t OneToken) Token(context.Context, string) (string, error) { return string(t), nil }

// Config is what the platform works with.
type Config struct {
	Handler bot.Handler
	Threads bot.Threads
	Tokens  Tokens
	Render  func(bot.Effect) bot.Message // puts an answer into words
	Words   Words
	Secret  string       // signs what arrives over HTTP
	APIURL  string       // ends in /api/
	HTTP    *http.Client // for the SDK
	Line    Line         // for messages and people
	Now     func() time.Time
	Log     *slog.Logger
	Pace    Pace
	// Revoked is told when the app was removed from a tenant.
	Revoked func(ctx context.Context, tenant string) error
}

// Platform is Slack. It implements bot.Platform.
type Platform struct {
	Config
	people *people
	pacer  *pacer
	unsent *unsent
}

// New makes the platform.
func New(c Config) *Platform {
	return &Platform{Config: c, people: newPeople(c.Now), pacer: newPacer(c.Pace, c.Now), unsent: &unsent{attempts: map[string]int{}}}
}

// Name implements bot.Platform.
func (p *Platform) Name() string { return Name }

// client is the Web API with the tenant's token. Its own retries are off: only
// the worker retries.
func (p *Platform) client(ctx context.Context, tenant string) (*slackapi.Client, error) {
	token, err := p.Tokens.Token(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return p.api(token), nil
}

func (p *Platform) api(token string) *slackapi.Client {
	return slackapi.New(token, slackapi.OptionAPIURL(p.APIURL), slackapi.OptionHTTPClient(p.HTTP))
}

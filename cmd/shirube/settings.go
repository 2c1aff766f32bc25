package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"github.com/shirube/shirube/bot"
)

// settings are the server's, from the environment. The help lists them with
// their defaults.
type settings struct {
	ListenAddr string `env:"LISTEN_ADDR" help:"where HTTP is served; PORT alone means 127.0.0.1:PORT (default 127.0.0.1:8080)"`
	Port       string `env:"PORT" help:"the port, when LISTEN_ADDR is unset"`
	StoreURL   string `env:"STORE_URL" help:"redis://, rediss://, redis+sentinel://, redis+cluster:// or file:PATH (default file:shirube.db)"`
	RedisURL   string `env:"REDIS_URL" help:"taken when STORE_URL is unset"`
	ContentDir string `env:"CONTENT_DIR" help:"a folder with flows/ and locales/ in place of the embedded ones"`

	SlackSigningSecret string  `env:"SLACK_SIGNING_SECRET" help:"Slack over HTTP: checks that requests are Slack's"`
	SlackBotToken      string  `env:"SLACK_BOT_TOKEN" help:"the bot token of the one workspace (xoxb-…)"`
	SlackAppToken      string  `env:"SLACK_APP_TOKEN" help:"set: Socket Mode in place of HTTP (xapp-…)"`
	SlackAPIURL        string  `env:"SLACK_API_URL" envDefault:"https://slack.com/api/" help:"Slack's Web API; ends in /api/"`
	SlackPace          float64 `env:"SLACK_PACE" envDefault:"1" help:"messages a second to one channel"`
	SlackBurst         int     `env:"SLACK_BURST" envDefault:"20" help:"messages to one channel at once, before the pace holds"`
	SlackClientID      string  `env:"SLACK_CLIENT_ID" help:"several workspaces: the app's client id"`
	SlackClientSecret  string  `env:"SLACK_CLIENT_SECRET" help:"several workspaces: the app's client secret"`
	PublicURL          string  `env:"PUBLIC_URL" help:"several workspaces: https://… where the bot is reached; by default what the request says"`
	SecretKey          string  `env:"SECRET_KEY" help:"several workspaces: 32 bytes in base64 that seal the tokens at rest"`

	Distributor []string      `env:"DISTRIBUTOR" help:"where the distributor reads: slack:T0123/C0123 (T0123/ may be left out with one workspace); several with commas"`
	DeskLang    string        `env:"DISTRIBUTOR_LANG" envDefault:"ja" help:"the distributor's language"`
	DrainDelay  time.Duration `env:"DRAIN_DELAY" envDefault:"2s" help:"how long requests are still taken after SIGTERM, when /readyz is red already; for balancers to see it; not with a file: store"`

	LogLevel  string `env:"LOG_LEVEL" envDefault:"info" help:"debug, info, warn or error"`
	LogFormat string `env:"LOG_FORMAT" envDefault:"text" help:"text or json"`
}

// readSettings reads the settings and refuses what it does not know: a name
// with a slip of the pen would otherwise be ignored.
func readSettings(vars map[string]string) (settings, error) {
	var s settings
	if err := env.ParseWithOptions(&s, env.Options{Environment: vars}); err != nil {
		return s, errors.New("settings: " + malformed(err))
	}
	known := settingNames()
	for name := range vars {
		ours := strings.HasPrefix(name, "SLACK_") || strings.HasPrefix(name, "DISTRIBUTOR") || strings.HasPrefix(name, "TEAMS_")
		if ours && !slices.Contains(known, name) {
			return s, fmt.Errorf("settings: %s is no setting of this program; correct its name or unset it (shirube serve --help lists all)", name)
		}
	}
	s.StoreURL = storeURL(s.StoreURL, s.RedisURL)
	if s.ListenAddr == "" {
		s.ListenAddr = "127.0.0.1:8080"
		if s.Port != "" {
			s.ListenAddr = "127.0.0.1:" + s.Port
		}
	}
	return s, s.check()
}

// malformed names the setting that could not be read.
func malformed(err error) string {
	kind := reflect.TypeFor[settings]()
	for i := range kind.NumField() {
		if strings.Contains(err.Error(), `"`+kind.Field(i).Name+`"`) {
			return kind.Field(i).Tag.Get("env") + " is malformed; it takes a " + strings.NewReplacer("float64", "number", "time.Duration", "duration such as 2s").Replace(kind.Field(i).Type.String())
		}
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

func settingNames() []string {
	var names []string
	fields, _ := env.GetFieldParams(&settings{}) // fails for no pointer to a struct only
	for _, f := range fields {
		names = append(names, f.Key)
	}
	return names
}

func (s settings) check() error {
	if base, err := url.Parse(s.SlackAPIURL); err != nil || base.Host == "" || !strings.HasSuffix(base.Path, "/api/") {
		return errors.New("settings: SLACK_API_URL must be a URL that ends in /api/")
	}
	if s.SlackPace <= 0 || s.SlackBurst < 1 {
		return errors.New("settings: SLACK_PACE must be more than 0 and SLACK_BURST at least 1")
	}
	if s.DrainDelay < 0 || s.DrainDelay > time.Minute {
		return errors.New("settings: DRAIN_DELAY must be from 0s to 1m")
	}
	if _, err := s.level(); err != nil {
		return err
	}
	if s.LogFormat != "text" && s.LogFormat != "json" {
		return fmt.Errorf("settings: LOG_FORMAT is %q; write text or json", s.LogFormat)
	}
	if _, err := s.key(); err != nil {
		return err
	}
	if _, err := s.desks(); err != nil {
		return err
	}
	return s.checkSlack()
}

// slackWay is how Slack is reached.
type slackWay int

const (
	slackOff slackWay = iota
	slackHTTP
	slackSocket
)

// slack tells how Slack is reached by what is set.
func (s settings) slack() slackWay {
	switch {
	case s.SlackAppToken != "":
		return slackSocket
	case s.SlackSigningSecret != "" || s.SlackBotToken != "" || s.SlackClientID != "" || s.SlackClientSecret != "":
		return slackHTTP
	}
	return slackOff
}

// several tells whether the app is installed in workspaces by OAuth.
func (s settings) several() bool { return s.SlackClientID != "" || s.SlackClientSecret != "" }

func (s settings) checkSlack() error {
	missing := func(name, why string) error {
		return fmt.Errorf("settings: %s is missing; %s", name, why)
	}
	switch {
	case s.slack() == slackOff:
		return nil
	case s.slack() == slackHTTP && s.SlackSigningSecret == "":
		return missing("SLACK_SIGNING_SECRET", "Slack over HTTP needs it to check requests")
	case s.several() && s.SlackClientID == "":
		return missing("SLACK_CLIENT_ID", "installation in several workspaces needs it")
	case s.several() && s.SlackClientSecret == "":
		return missing("SLACK_CLIENT_SECRET", "installation in several workspaces needs it")
	case s.several() && s.SecretKey == "":
		return missing("SECRET_KEY", "tokens are kept sealed with it; make one with: openssl rand -base64 32")
	case !s.several() && s.SlackBotToken == "":
		return missing("SLACK_BOT_TOKEN", "without it nothing can be said (or set SLACK_CLIENT_ID for several workspaces)")
	}
	return nil
}

// key is the key that seals tokens, nil when it is unset.
func (s settings) key() ([]byte, error) {
	if s.SecretKey == "" {
		return nil, nil
	}
	key, err := base64.StdEncoding.DecodeString(s.SecretKey)
	if err != nil || len(key) != 32 {
		return nil, errors.New("settings: SECRET_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32")
	}
	return key, nil
}

// desks are the distributor's channels.
func (s settings) desks() ([]bot.Address, error) {
	var desks []bot.Address
	for _, text := range s.Distributor {
		platform, place, found := strings.Cut(strings.TrimSpace(text), ":")
		tenant, channel, both := strings.Cut(place, "/")
		if !both {
			tenant, channel = "", place
		}
		if !found || platform != "slack" || channel == "" {
			return nil, fmt.Errorf("settings: DISTRIBUTOR %q is no place; write slack:T0123/C0123", text)
		}
		if tenant == "" && s.several() {
			return nil, fmt.Errorf("settings: DISTRIBUTOR %q needs the workspace with several of them; write slack:T0123/%s", text, channel)
		}
		desks = append(desks, bot.Address{Platform: platform, Tenant: tenant, Channel: channel})
	}
	return desks, nil
}

func (s settings) level() (level slog.Level, err error) {
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		return level, fmt.Errorf("settings: LOG_LEVEL is %q; write debug, info, warn or error", s.LogLevel)
	}
	return level, nil
}

// describeSettings is a line for each setting, in their order.
func describeSettings() []string {
	var lines []string
	kind := reflect.TypeFor[settings]()
	for i := range kind.NumField() {
		tag := kind.Field(i).Tag
		line := tag.Get("env") + ": " + tag.Get("help")
		if preset := tag.Get("envDefault"); preset != "" {
			line += " (default " + preset + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

package teams

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/infracloudio/msbotbuilder-go/connector/auth"
	"github.com/infracloudio/msbotbuilder-go/core"

	"github.com/shirube/shirube/bot"
)

// Name is the platform's name in addresses.
const Name = "teams"

// Config is what the platform works with.
type Config struct {
	Handler    bot.Handler
	Threads    bot.Threads
	References bot.References
	Render     func(bot.Effect) bot.Message // puts an answer into words
	Words      Words
	AppID      string
	Password   string
	Tenant     string   // of the app; its people are served
	Tenants    []string // served beside it; "*" is all
	Hosts      []string // a service may name; "*.example.com" is every host below
	OpenIDURL  string   // the metadata document of the keys
	LoginURL   string   // the base of <tenant>/oauth2/v2.0/token
	// Patience is how long an installation that does not say the language waits
	// for its other half, which does.
	Patience time.Duration
	HTTP     *http.Client
	Now      func() time.Time
	Log      *slog.Logger
}

// Patience is what two activities of one installation are apart at most, as a
// rule.
const Patience = 1500 * time.Millisecond

// Hosts are Microsoft's connector services for Teams.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
func Hosts() []string {
	return []string{"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"}
}

// allowedTenants are all tenants that are served.
func (c Config) allowedTenants() []string {
	all := []string{strings.ToLower(c.Tenant)}
	for _, tenant := range c.Tenants {
		all = append(all, strings.ToLower(tenant))
	}
	return all
}

// Platform is Microsoft Teams. It implements bot.Platform.
type Platform struct {
	Config
	setting   core.AdapterSetting
	validator *validator
	grant     *grant
}

// New makes the platform. Nothing is fetched until it is needed.
func New(c Config) *Platform {
	client := *c.HTTP
	// A redirect could lead our token astray; none of the services needs one.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.HTTP = &client
	return &Platform{
		Config: c, validator: newValidator(c), grant: newGrant(c),
		setting: core.AdapterSetting{AppID: c.AppID, ChannelService: auth.ChannelService, CredentialProvider: auth.SimpleCredentialProvider{AppID: c.AppID}},
	}
}

// Name implements bot.Platform.
func (p *Platform) Name() string { return Name }

// adapter is msbotbuilder-go's, with our own check in and our own way out.
func (p *Platform) adapter(out *connector) core.Adapter {
	return &core.BotFrameworkAdapter{AdapterSetting: p.setting, TokenValidator: p.validator, Client: out}
}

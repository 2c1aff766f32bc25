package teams

import (
	"context"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/infracloudio/msbotbuilder-go/connector/auth"
	teamsapi "github.com/infracloudio/msbotbuilder-go/schema"
)

// The rules for the token of an incoming request.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
const (
	issuer = "https://api.botframework.com"
	leeway = 5 * time.Minute
)

// refusal is why a request is not served. It names a rule, never a value.
type refusal struct {
	rule      string
	forbidden bool // the token is good, but not for this
}

func (r *refusal) Error() string { return "request refused: " + r.rule }

func unauthorized(rule string) error { return &refusal{rule: rule} }

func forbidden(rule string) error { return &refusal{rule: rule, forbidden: true} }

// validator checks who sends. It is the adapter's auth.TokenValidator, and it
// has no way to be switched off.
type validator struct {
	appID   string
	tenants []string // "*" is all
	hosts   []string
	keys    *keySet
	parser  *jwt.Parser
}

var _ auth.TokenValidator = (*validator)(nil)

func newValidator(c Config) *validator {
	return &validator{
		appID: c.AppID, tenants: c.allowedTenants(), hosts: c.Hosts, keys: newKeySet(c.OpenIDURL, c.HTTP, c.Now),
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer(issuer), jwt.WithExpirationRequired(),
			jwt.WithLeeway(leeway), jwt.WithTimeFunc(c.Now), jwt.WithStrictDecoding()),
	}
}

// AuthenticateRequest implements auth.TokenValidator; what identifies the bot is
// its own app id, whatever the caller hands in.
func (v *validator) AuthenticateRequest(ctx context.Context, a teamsapi.Activity, header string, _ auth.CredentialProvider, _ string) (auth.ClaimsIdentity, error) {
	raw, err := bearer(header)
	if err != nil {
		return nil, err
	}
	var key signKey
	claims := jwt.MapClaims{}
	_, err = v.parser.ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		key, err = v.keys.key(ctx, id)
		return key.public, err
	})
	if err != nil {
		return nil, unauthorized(rule(err))
	}
	if aud, single := claims["aud"].(string); !single || aud != v.appID {
		return nil, unauthorized("token is for somebody else")
	}
	if service, _ := claims["serviceurl"].(string); service == "" || service != a.ServiceURL {
		return nil, unauthorized("token is for another service")
	}
	if a.ChannelID == "" || !slices.Contains(key.endorsements, a.ChannelID) {
		return nil, unauthorized("key is not endorsed for the channel")
	}
	return auth.NewClaimIdentity(claims, true), v.allow(a)
}

// bearer is the token of the header.
func bearer(header string) (string, error) {
	scheme, raw, _ := strings.Cut(strings.TrimSpace(header), " ")
	if raw = strings.TrimSpace(raw); !strings.EqualFold(scheme, "Bearer") || raw == "" {
		return "", unauthorized("no bearer token")
	}
	return raw, nil
}

// rule names which rule a token breaks, without a word of it.
func rule(err error) string {
	for _, known := range []error{
		errNoKey, jwt.ErrTokenExpired, jwt.ErrTokenNotValidYet, jwt.ErrTokenInvalidIssuer,
		jwt.ErrTokenRequiredClaimMissing, jwt.ErrTokenSignatureInvalid, jwt.ErrTokenMalformed,
	} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "token is not valid"
}

// allow tells whether a verified sender may speak here: its tenant is served,
// and its service is one that may be told our token.
func (v *validator) allow(a teamsapi.Activity) error {
	if !v.serves(a.Conversation.TenantID) || !v.serves(channelTenant(a)) || tenantOf(a) == "" && !slices.Contains(v.tenants, "*") {
		return forbidden("tenant is not served")
	}
	if !trusted(a.ServiceURL, v.hosts) {
		return forbidden("service host is not allowed")
	}
	return nil
}

// serves tells whether a tenant is served, where one is named.
func (v *validator) serves(tenant string) bool {
	return tenant == "" || slices.Contains(v.tenants, "*") || slices.Contains(v.tenants, strings.ToLower(tenant))
}

// tenantOf is whose Teams an activity comes from.
func tenantOf(a teamsapi.Activity) string {
	if a.Conversation.TenantID != "" {
		return strings.ToLower(a.Conversation.TenantID)
	}
	return strings.ToLower(channelTenant(a))
}

func channelTenant(a teamsapi.Activity) string {
	tenant, _ := a.ChannelData["tenant"].(map[string]any)
	id, _ := tenant["id"].(string)
	return id
}

// trusted tells whether our token may go to a service: a host of the list, and
// encrypted unless it is this machine. A host of the list may begin with "*."
// and may name its port.
func trusted(service string, hosts []string) bool {
	u, err := url.Parse(service)
	if err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Hostname() == "" {
		return false
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return false
	}
	return slices.ContainsFunc(hosts, func(host string) bool {
		if domain, wild := strings.CutPrefix(host, "*"); wild {
			return strings.HasPrefix(domain, ".") && strings.HasSuffix(strings.ToLower(u.Hostname()), strings.ToLower(domain))
		}
		return strings.EqualFold(host, u.Hostname()) || strings.EqualFold(host, u.Host)
	})
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

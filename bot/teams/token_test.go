package teams_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

// signed is a token by another method or key id.
func signed(method jwt.SigningMethod, kid string, claims jwt.MapClaims, key any) string {
	token := jwt.NewWithClaims(method, claims)
	token.Header["kid"] = kid
	text, err := token.SignedString(key)
	if err != nil {
		panic(err)
	}
	return "Bearer " + text
}

// TestTokenRules refuses a token for each rule by itself, and takes the same one
// that keeps it.
func TestTokenRules(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	claim := func(name string, value any) string {
		claims := b.Claims()
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
		return "Bearer " + b.Sign(claims)
	}
	at := func(by time.Duration) int64 { return b.now().Add(by).Unix() }
	good := b.Sign(b.Claims())
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public := []byte(teamstest.JWK(&b.Key.PublicKey, teamstest.KeyID, "msteams"))
	for name, c := range map[string]struct {
		header string
		want   int
	}{
		"good":                   {"Bearer " + good, 200},
		"no header":              {"", 401},
		"another scheme":         {"Basic " + good, 401},
		"no token":               {"Bearer ", 401},
		"no scheme":              {good, 401},
		"not a token":            {"Bearer a.b.c", 401},
		"no exp":                 {claim("exp", nil), 401},
		"expired":                {claim("exp", at(-5*time.Minute-time.Second)), 401},
		"expired within leeway":  {claim("exp", at(-4*time.Minute)), 200},
		"not yet valid":          {claim("nbf", at(5*time.Minute+time.Second)), 401},
		"soon valid":             {claim("nbf", at(4*time.Minute)), 200},
		"wrong aud":              {claim("aud", "somebody"), 401},
		"array aud":              {claim("aud", []string{teamstest.AppID}), 401},
		"array aud with others":  {claim("aud", []string{"somebody", teamstest.AppID}), 401},
		"no aud":                 {claim("aud", nil), 401},
		"wrong iss":              {claim("iss", "https://sts.windows.net/x/"), 401},
		"iss with a slash":       {claim("iss", "https://api.botframework.com/"), 401},
		"no iss":                 {claim("iss", nil), 401},
		"no serviceurl":          {claim("serviceurl", nil), 401},
		"another serviceurl":     {claim("serviceurl", b.URL()+"/"), 401},
		"serviceurl no text":     {claim("serviceurl", 1), 401},
		"key not endorsed":       {signed(jwt.SigningMethodRS256, "other-channel", b.Claims(), b.Key), 401},
		"alg none":               {signed(jwt.SigningMethodNone, teamstest.KeyID, b.Claims(), jwt.UnsafeAllowNoneSignatureType), 401},
		"HS256 by public key":    {signed(jwt.SigningMethodHS256, teamstest.KeyID, b.Claims(), public), 401},
		"RS512":                  {signed(jwt.SigningMethodRS512, teamstest.KeyID, b.Claims(), b.Key), 401},
		"somebody else's key":    {signed(jwt.SigningMethodRS256, teamstest.KeyID, b.Claims(), stranger), 401},
		"unknown kid":            {signed(jwt.SigningMethodRS256, "unknown", b.Claims(), b.Key), 401},
		"a token that is cut":    {"Bearer " + good[:len(good)-8], 401},
		"a token that is longer": {"Bearer " + good + "AAAA", 401},
	} {
		t.Run(name, func(t *testing.T) {
			w := b.Post(b.mux, b.Activity("message", name, map[string]any{"text": "hi"}), c.header)
			if w.Code != c.want {
				t.Errorf("status %d, want %d", w.Code, c.want)
			}
		})
	}
	for _, e := range b.heard() {
		if !strings.HasSuffix(e.ID, ":good") && !strings.Contains(e.ID, "leeway") && !strings.Contains(e.ID, "soon") {
			t.Errorf("heard %s", e.ID)
		}
	}
	if strings.Contains(b.log.String(), good[:20]) {
		t.Error("a token is in the log")
	}
}

// TestAllowed refuses a good token for a tenant or a service that is not served.
func TestAllowed(t *testing.T) {
	t.Parallel()
	other := map[string]any{"conversation": map[string]any{"id": "a:2", "tenantId": "OTHER-1"}, "channelData": nil}
	nowhere := map[string]any{"conversation": map[string]any{"id": "a:2"}, "channelData": nil}
	for name, c := range map[string]struct {
		tenants, hosts []string
		more           map[string]any
		want           int
	}{
		"own tenant":            {nil, nil, nil, 200},
		"another tenant":        {nil, nil, other, 403},
		"no tenant":             {nil, nil, nowhere, 403},
		"an allowed one":        {[]string{"other-1"}, nil, other, 200},
		"all":                   {[]string{"*"}, nil, other, 200},
		"by its channel data":   {nil, nil, map[string]any{"conversation": map[string]any{"id": "a:2"}}, 200},
		"two that differ":       {nil, nil, map[string]any{"channelData": map[string]any{"tenant": map[string]any{"id": "other"}}}, 403},
		"another host":          {nil, []string{"smba.trafficmanager.net"}, nil, 403},
		"a host that ends so":   {nil, []string{"0.0.1"}, nil, 403},
		"a host below":          {nil, []string{"*.0.0.1"}, nil, 200},
		"the host and its port": {nil, []string{"here"}, nil, 200},
		"another port":          {nil, []string{"127.0.0.1:1"}, nil, 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, func(config *teams.Config) {
				config.Tenants = c.tenants
				if c.hosts != nil {
					config.Hosts = c.hosts
				}
				if name == "the host and its port" {
					config.Hosts = []string{strings.TrimPrefix(config.LoginURL, "http://")}
				}
			})
			if code, _ := b.deliver("message", "1", merged(map[string]any{"text": "hi"}, c.more)); code != c.want || len(b.heard()) != map[bool]int{true: 1}[c.want == 200] {
				t.Errorf("status %d, heard %v; want %d", code, b.heard(), c.want)
			}
		})
	}
}

func merged(all ...map[string]any) map[string]any {
	whole := map[string]any{}
	for _, each := range all {
		for name, value := range each {
			whole[name] = value
		}
	}
	return whole
}

// TestServiceMustBeSafe refuses services our token must not go to, also when the
// token names them.
func TestServiceMustBeSafe(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(c *teams.Config) { c.Hosts = []string{"smba.trafficmanager.net", "*.example.com"} })
	for service, want := range map[string]int{
		"https://smba.trafficmanager.net/jp/":             200,
		"https://a.example.com/":                          200,
		"http://smba.trafficmanager.net/jp/":              403,
		"https://smba.trafficmanager.net.evil.test/":      403,
		"https://smba.trafficmanager.net@evil.test/":      403,
		"https://evil.test/?smba.trafficmanager.net":      403,
		"https://smba.trafficmanager.net/?x=1":            403,
		"https://example.com/":                            403,
		"https://badexample.com/":                         403,
		"ftp://smba.trafficmanager.net/":                  403,
		"//smba.trafficmanager.net/":                      403,
		"https://user:pw@smba.trafficmanager.net/":        403,
		"https://smba.trafficmanager.net\\@evil.test/jp/": 403,
	} {
		claims := b.Claims()
		claims["serviceurl"] = service
		w := b.Post(b.mux, b.Activity("message", service, map[string]any{"text": "hi", "serviceUrl": service}), "Bearer "+b.Sign(claims))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", service, w.Code, want)
		}
	}
}

// try sends one message with a key id and tells the status.
func (b *bench) try(kid string) int {
	header := signed(jwt.SigningMethodRS256, kid, b.Claims(), b.Key)
	return b.Post(b.mux, b.Activity("message", fmt.Sprint(b.now()), map[string]any{"text": "hi"}), header).Code
}

func (b *bench) fetched(t *testing.T, want int) {
	t.Helper()
	b.Lock()
	defer b.Unlock()
	if b.Fetches != want {
		t.Errorf("the keys were fetched %d times, want %d", b.Fetches, want)
	}
}

func TestKeysAreKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for range 3 {
		if code := b.try(teamstest.KeyID); code != 200 {
			t.Fatalf("status %d", code)
		}
	}
	b.fetched(t, 1)
	for range 3 { // made-up ids cost nothing
		if code := b.try("made-up"); code != 401 {
			t.Fatalf("unknown key: status %d", code)
		}
	}
	b.fetched(t, 1)
	b.advance(time.Minute)
	b.try("made-up")
	b.try("made-up-2")
	b.fetched(t, 2)
	b.advance(24*time.Hour - time.Second)
	b.try(teamstest.KeyID)
	b.fetched(t, 2)
	b.advance(time.Second)
	b.try(teamstest.KeyID)
	b.fetched(t, 3)
}

func TestKeyIsRotated(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.try(teamstest.KeyID)
	fresh, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	b.advance(time.Minute)
	b.Lock()
	b.Keys = func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"jwks_uri":%q,"keys":[%s]}`, b.Metadata(), teamstest.JWK(&fresh.PublicKey, "key-2", "msteams"))
	}
	b.Unlock()
	header := signed(jwt.SigningMethodRS256, "key-2", b.Claims(), fresh)
	if w := b.Post(b.mux, b.Activity("message", "1", map[string]any{"text": "hi"}), header); w.Code != 200 {
		t.Errorf("signed by the new key: status %d", w.Code)
	}
	b.fetched(t, 3) // one document names itself
	if code := b.try(teamstest.KeyID); code != 401 {
		t.Errorf("signed by the key that is gone: status %d", code)
	}
}

func TestMetadataDown(t *testing.T) {
	t.Parallel()
	down := func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "<html>down</html>", http.StatusServiceUnavailable)
	}
	b := newBench(t)
	b.Keys = down
	if code := b.try(teamstest.KeyID); code != 401 {
		t.Errorf("without keys: status %d", code)
	}
	b.try(teamstest.KeyID)
	b.fetched(t, 1)
	b.Lock()
	b.Keys = nil
	b.Unlock()
	b.advance(5 * time.Second)
	if code := b.try(teamstest.KeyID); code != 200 {
		t.Errorf("after it came back: status %d", code)
	}
	b.Lock()
	b.Keys = down
	b.Unlock()
	b.advance(30 * time.Hour)
	for range 2 {
		if code := b.try(teamstest.KeyID); code != 200 {
			t.Errorf("with old keys: status %d", code)
		}
	}
	b.fetched(t, 3)
}

// TestKeysThatAreNone takes none of what is no key, and does not panic.
func TestKeysThatAreNone(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"html": "<html>", "nothing": "{}", "a list": "[]", "no keys": `{"jwks_uri":"%s","keys":[]}`,
		"a short key":    `{"jwks_uri":"%s","keys":[{"kty":"RSA","kid":"key-1","n":"AQAB","e":"AQAB","endorsements":["msteams"]}]}`,
		"no exponent":    `{"jwks_uri":"%s","keys":[{"kty":"RSA","kid":"key-1","n":"AQAB","e":"","endorsements":["msteams"]}]}`,
		"another kind":   `{"jwks_uri":"%s","keys":[{"kty":"oct","kid":"key-1","k":"AQAB"}]}`,
		"an odd address": `{"jwks_uri":":%s","keys":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.Keys = func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, strings.ReplaceAll(answer, "%s", b.Metadata()))
			}
			if code := b.try(teamstest.KeyID); code != 401 {
				t.Errorf("status %d", code)
			}
		})
	}
}

// Package teamstest is Microsoft's side of Teams for tests, on loopback only: the
// keys and tokens of its identity service, and a connector that notes what is
// sent. It must not know what the bot says.
package teamstest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// What the service knows of the bot and its people.
const (
	AppID    = "11111111-2222-3333-4444-555555555555"
	Password = "teams-client-secret"
	Tenant   = "aaaaaaaa-0000-4000-8000-000000000001"
	BotID    = "28:" + AppID
	KeyID    = "key-1"
)

// Sent is one call of the connector with its JSON.
type Sent struct {
	Method       string
	Conversation string // the conversation's id; empty when one is to be made
	Activity     string // the id of the activity that is replaced
	ID           string // the id it was given
	Body         string
}

// Service is Microsoft's side. The fields may be changed between requests, under
// Lock.
type Service struct {
	sync.Mutex
	Server *httptest.Server
	Key    *rsa.PrivateKey
	Sent   []Sent
	// Fetches counts how often the metadata document was read, Grants how often
	// a token was asked for.
	Fetches, Grants int
	// Keys, Token and Connector answer in place of the service where they are
	// set.
	Keys, Token, Connector http.HandlerFunc
	// Posted is told of every message that was taken, where it is set.
	Posted chan Sent

	now    func() time.Time
	issued map[string]bool
}

// New starts a service for one test, with a clock for its tokens.
func New(t testing.TB, now func() time.Time) *Service {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{Key: key, now: now, issued: map[string]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metadata", s.metadata)
	mux.HandleFunc("GET /keys", s.keys)
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/token", s.token)
	mux.HandleFunc("/connector/v3/conversations", s.connector)
	mux.HandleFunc("/connector/v3/conversations/{conversation}/activities", s.connector)
	mux.HandleFunc("/connector/v3/conversations/{conversation}/activities/{activity}", s.connector)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Server.Close)
	return s
}

// URL is the connector's, as an activity names it.
func (s *Service) URL() string { return s.Server.URL + "/connector" }

// Metadata is the address of the metadata document.
func (s *Service) Metadata() string { return s.Server.URL + "/metadata" }

func (s *Service) metadata(w http.ResponseWriter, r *http.Request) {
	s.Lock()
	s.Fetches++
	answer := s.Keys
	s.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	fmt.Fprintf(w, `{"issuer":"https://api.botframework.com","jwks_uri":%q}`, s.Server.URL+"/keys")
}

func (s *Service) keys(w http.ResponseWriter, _ *http.Request) {
	s.Lock()
	defer s.Unlock()
	fmt.Fprintf(w, `{"keys":[%s,%s]}`, JWK(&s.Key.PublicKey, KeyID, "msteams"), JWK(&s.Key.PublicKey, "other-channel", "webchat"))
}

// JWK is a public key as a key set has it.
func JWK(key *rsa.PublicKey, id, endorsement string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return fmt.Sprintf(`{"kty":"RSA","use":"sig","kid":%q,"n":%q,"e":%q,"endorsements":[%q]}`,
		id, encode(key.N.Bytes()), encode(big.NewInt(int64(key.E)).Bytes()), endorsement)
}

func (s *Service) token(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm() // also for answers that do not look at it: an end of the connection is noticed then
	s.Lock()
	s.Grants++
	answer := s.Token
	s.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	s.Lock()
	defer s.Unlock()
	switch {
	case r.PathValue("tenant") != Tenant || r.PostFormValue("client_id") != AppID || r.PostFormValue("client_secret") != Password ||
		r.PostFormValue("grant_type") != "client_credentials" || r.PostFormValue("scope") != "https://api.botframework.com/.default":
		http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
	default:
		token := fmt.Sprintf("granted-%d", s.Grants)
		s.issued["Bearer "+token] = true
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"token_type":"Bearer","expires_in":3600,"access_token":%q}`, token)
	}
}

func (s *Service) connector(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	sent := Sent{Method: r.Method, Conversation: r.PathValue("conversation"), Activity: r.PathValue("activity"), Body: string(body)}
	n, answer := s.note(sent, r.Header.Get("Authorization"))
	switch {
	case n == 0:
		http.Error(w, "denied", http.StatusUnauthorized)
		return
	case answer != nil:
		answer(w, r)
		return
	}
	w.WriteHeader(http.StatusCreated)
	id := fmt.Sprintf("sent-%d", n)
	if sent.Conversation == "" {
		id = "a:made"
	}
	fmt.Fprintf(w, `{"id":%q}`, id)
	if sent.ID = id; s.Posted != nil && sent.Conversation != "" && sent.Method == http.MethodPost {
		s.Posted <- sent
	}
}

// note counts a call with a token of ours; others are 0.
func (s *Service) note(sent Sent, authorization string) (n int, answer http.HandlerFunc) {
	s.Lock()
	defer s.Unlock()
	if !s.issued[authorization] {
		return 0, nil
	}
	s.Sent = append(s.Sent, sent)
	return len(s.Sent), s.Connector
}

// Calls are what was sent so far.
func (s *Service) Calls() []Sent {
	s.Lock()
	defer s.Unlock()
	return append([]Sent(nil), s.Sent...)
}

// Claims are those of a good token.
func (s *Service) Claims() jwt.MapClaims {
	now := s.now()
	return jwt.MapClaims{
		"iss": "https://api.botframework.com", "aud": AppID, "serviceurl": s.URL(),
		"nbf": now.Add(-time.Minute).Unix(), "exp": now.Add(time.Hour).Unix(),
	}
}

// Sign is a token with these claims.
func (s *Service) Sign(claims jwt.MapClaims) string {
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	token.Header["kid"] = KeyID
	s.Lock()
	defer s.Unlock()
	signed, err := token.SignedString(s.Key)
	if err != nil {
		panic(err) // of a key this package made
	}
	return signed
}

// Activity is an activity of a person in their direct chat; more is laid over it.
func (s *Service) Activity(kind, id string, more map[string]any) map[string]any {
	a := map[string]any{
		"type": kind, "id": id, "channelId": "msteams", "serviceUrl": s.URL(), "locale": "ja-JP",
		"timestamp": s.now().UTC().Format(time.RFC3339Nano),
		"from":      map[string]any{"id": "29:u1", "aadObjectId": "user-1", "name": "山田 太郎"},
		"recipient": map[string]any{"id": BotID, "name": "しるべ"},
		"conversation": map[string]any{
			"id": "a:1", "conversationType": "personal", "tenantId": Tenant,
		},
		"channelData": map[string]any{"tenant": map[string]any{"id": Tenant}},
	}
	for name, value := range more {
		if a[name] = value; value == nil {
			delete(a, name)
		}
	}
	return a
}

// Channel is the conversation of a post in a team's channel.
func Channel(channel, post string) map[string]any {
	return map[string]any{"id": channel + ";messageid=" + post, "conversationType": "channel", "isGroup": true, "tenantId": Tenant}
}

// Deliver posts an activity with a good token.
func (s *Service) Deliver(to http.Handler, activity map[string]any) *httptest.ResponseRecorder {
	return s.Post(to, activity, "Bearer "+s.Sign(s.Claims()))
}

// Post posts an activity with this header.
func (s *Service) Post(to http.Handler, activity any, authorization string) *httptest.ResponseRecorder {
	body, is := activity.(string)
	if !is {
		data, err := json.Marshal(activity)
		if err != nil {
			panic(err) // of values this package made
		}
		body = string(data)
	}
	r := httptest.NewRequest(http.MethodPost, "/api/messages", strings.NewReader(body))
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	to.ServeHTTP(w, r)
	return w
}

package redisstore

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ErrURL is the error of [Dial] when it cannot read the URL. The text says what
// is wrong and never repeats a part of the URL that may be a password.
var ErrURL = errors.New("bad redis URL")

// Dial makes the client for a URL. It does not connect yet.
//
//	redis://user:password@host:6379/0
//	rediss://…                                    with TLS
//	redis+sentinel://host:26379,host:26379/master?db=0
//	redis+cluster://host:6379,host:6379           rediss+… with TLS
//
// User and password are those of the Redis servers; the sentinels' own are
// sentinel_username and sentinel_password behind the question mark. Special
// characters in them are percent-encoded. Other options are go-redis's, such as
// pool_size=20 or read_timeout=3s.
func Dial(raw string) (redis.UniversalClient, error) {
	t, err := parse(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrURL, err)
	}
	client, err := t.client()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrURL, err)
	}
	return client, nil
}

// target is a URL in its parts.
type target struct {
	kind  string // "", "sentinel" or "cluster"
	tls   bool
	user  *url.Userinfo
	hosts []string // each host:port
	path  string   // without the slash: database or master
	query url.Values
}

// parse takes a URL to pieces. It is not net/url's business: that refuses
// several hosts, and repeats the URL in its errors.
func parse(raw string) (target, error) {
	scheme, rest, _ := strings.Cut(raw, "://")
	var t target
	scheme, t.kind, _ = strings.Cut(scheme, "+")
	t.tls = scheme == "rediss"
	known := t.kind == "" || t.kind == "sentinel" || t.kind == "cluster"
	if scheme != "redis" && scheme != "rediss" || !known || strings.HasPrefix(raw, scheme+"+:") {
		return t, errors.New("it must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://")
	}
	authority, tail := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority, tail = rest[:i], rest[i:]
	}
	if strings.Contains(tail, "@") {
		return t, errors.New("special characters in the password, such as / ? # @, must be percent-encoded")
	}
	if err := t.login(&authority); err != nil {
		return t, err
	}
	if err := t.places(authority); err != nil {
		return t, err
	}
	return t, t.rest(tail)
}

// login takes user and password off the authority.
func (t *target) login(authority *string) error {
	i := strings.LastIndex(*authority, "@")
	if i < 0 {
		return nil
	}
	u, err := url.Parse("redis://" + (*authority)[:i+1] + "host")
	if err != nil {
		return errors.New("special characters in the password, such as / ? # @, must be percent-encoded")
	}
	t.user, *authority = u.User, (*authority)[i+1:]
	return nil
}

// places splits the hosts.
func (t *target) places(authority string) error {
	port := "6379"
	if t.kind == "sentinel" {
		port = "26379"
	}
	for place := range strings.SplitSeq(authority, ",") {
		host, p, err := net.SplitHostPort(place)
		if err != nil {
			host, p, err = net.SplitHostPort(place + ":" + port)
		}
		if n, bad := strconv.ParseUint(p, 10, 16); err != nil || bad != nil || n == 0 || host == "" {
			return errors.New("where a server should stand there is no host:port")
		}
		t.hosts = append(t.hosts, net.JoinHostPort(host, p))
	}
	if t.kind == "" && len(t.hosts) > 1 {
		return errors.New("several servers need redis+sentinel:// or redis+cluster://")
	}
	return nil
}

// rest reads the path and the options.
func (t *target) rest(tail string) error {
	tail, fragment, _ := strings.Cut(tail, "#")
	path, query, _ := strings.Cut(tail, "?")
	t.path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	var err error
	if t.query, err = url.ParseQuery(query); err != nil || fragment != "" {
		return errors.New("what follows the question mark are not options")
	}
	for _, name := range []string{
		"username", "password", "addr", "master_name", // have their place before
		"read_only", "replica_only", "route_by_latency", "route_randomly", // what was written must be read
	} {
		if t.query.Has(name) {
			return errors.New("there is no option " + name)
		}
	}
	return t.named()
}

// named checks what stands after the hosts.
func (t *target) named() error {
	number := regexp.MustCompile(`^\d{0,4}$`).MatchString(t.path)
	switch {
	case t.kind == "" && !number:
		return errors.New("the database after the last slash must be a number")
	case t.kind == "cluster" && t.path != "" && t.path != "0":
		return errors.New("a cluster has no databases: nothing may follow the hosts")
	case t.kind == "sentinel" && !regexp.MustCompile(`^[\w.-]+$`).MatchString(t.path):
		return errors.New("the master's name is missing after the hosts, as in /mymaster")
	}
	return nil
}

// client hands the parts to go-redis. Its parsers never see user and password.
func (t target) client() (redis.UniversalClient, error) {
	switch t.kind {
	case "sentinel":
		return t.failover()
	case "cluster":
		return t.cluster()
	}
	o, err := redis.ParseURL(t.plain(t.path))
	if err != nil {
		return nil, err
	}
	o.Username, o.Password = t.credentials()
	o.ContextTimeoutEnabled = true
	o.ReadTimeout = t.patience(o.ReadTimeout)
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return redis.NewClient(o), nil
}

func (t target) cluster() (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(t.plain(""))
	if err != nil {
		return nil, err
	}
	o.Username, o.Password = t.credentials()
	o.ContextTimeoutEnabled = true
	o.ReadTimeout = t.patience(o.ReadTimeout)
	if o.TLSConfig != nil {
		o.TLSConfig.ServerName = "" // each server's own
	}
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return redis.NewClusterClient(o), nil
}

func (t target) failover() (redis.UniversalClient, error) {
	user, password := t.query.Get("sentinel_username"), t.query.Get("sentinel_password")
	t.query.Del("sentinel_username")
	t.query.Del("sentinel_password")
	o, err := redis.ParseFailoverURL(t.plain(""))
	if err != nil {
		return nil, err
	}
	o.MasterName, o.SentinelUsername, o.SentinelPassword = t.path, user, password
	o.Username, o.Password = t.credentials()
	o.ContextTimeoutEnabled = true
	o.ReadTimeout = t.patience(o.ReadTimeout)
	if o.TLSConfig != nil {
		o.TLSConfig.ServerName = "" // each server's own
	}
	return redis.NewFailoverClient(o), nil
}

// patience is how long an answer is waited for: a platform waits 3 seconds for
// its own.
func (t target) patience(set time.Duration) time.Duration {
	if t.query.Has("read_timeout") {
		return set
	}
	return 2 * time.Second
}

// plain is the URL as go-redis has it, with the further hosts as options.
func (t target) plain(path string) string {
	u := url.URL{Scheme: "redis", Host: t.hosts[0], Path: "/" + path}
	if t.tls {
		u.Scheme = "rediss"
	}
	for _, host := range t.hosts[1:] {
		t.query.Add("addr", host)
	}
	u.RawQuery = t.query.Encode()
	return u.String()
}

func (t target) credentials() (user, password string) {
	password, _ = t.user.Password()
	return t.user.Username(), password
}

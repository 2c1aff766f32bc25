package redisstore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
	"github.com/shirube/shirube/bot/redisstore"
	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// TestDial reads URLs of every kind and looks at the clients that come out.
func TestDial(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"redis://localhost":                              "localhost:6379 0 : tls=false",
		"redis://[::1]:7000":                             "[::1]:7000 0 : tls=false",
		"redis://:p%40ss%2F%3F@h:7000/3":                 "h:7000 3 :p@ss/? tls=false",
		"redis://:p@ss@h:7000":                           "h:7000 0 :p@ss tls=false",
		"redis://bot:pass@h/?pool_size=7":                "h:6379 0 bot:pass tls=false",
		"rediss://bot:pass@h:7000/1":                     "h:7000 1 bot:pass tls=true",
		"redis+cluster://a:1,b,[::1]:3":                  "[a:1 b:6379 [::1]:3] : tls=false",
		"redis+cluster://u:p%2C@a:1,b:2/0":               "[a:1 b:2] u:p, tls=false",
		"rediss+cluster://u:p@a:1?read_timeout=1s":       "[a:1] u:p tls=true",
		"redis+sentinel://a:1,b/mymaster":                "FailoverClient 0 : tls=false",
		"redis+sentinel://u:p@a:1,b:2/my.master-1?db=2":  "FailoverClient 2 u:p tls=false",
		"rediss+sentinel://u:p@a/m?sentinel_password=pw": "FailoverClient 0 u:p tls=true",
	} {
		client, err := redisstore.Dial(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if d := cmp.Diff(want, describe(client)); d != "" {
			t.Errorf("%s (-want +got):\n%s", raw, d)
		}
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	}
}

func describe(client redis.UniversalClient) string {
	switch c := client.(type) {
	case *redis.Client:
		o := c.Options()
		return fmt.Sprintf("%s %d %s:%s tls=%v", o.Addr, o.DB, o.Username, o.Password, o.TLSConfig != nil)
	case *redis.ClusterClient:
		o := c.Options()
		return fmt.Sprintf("%v %s:%s tls=%v", o.Addrs, o.Username, o.Password, o.TLSConfig != nil)
	}
	return fmt.Sprintf("%T", client)
}

// TestDialRefused says what is wrong, and never what the password is.
func TestDialRefused(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"":                                                 "must begin with",
		"localhost:6379":                                   "must begin with",
		"http://:secret@h":                                 "must begin with",
		"redis+:secret@h":                                  "must begin with",
		"redis+://:secret@h":                               "must begin with",
		"redis+ring://:secret@h":                           "must begin with",
		"redis://":                                         "no host:port",
		"redis://:secret@":                                 "no host:port",
		"redis://:secret@h:port":                           "no host:port",
		"redis://:secret@h:0":                              "no host:port",
		"redis://:secret@h:70000":                          "no host:port",
		"redis://secret:secret:secret":                     "no host:port",
		"redis://:secret@a,b":                              "redis+sentinel:// or redis+cluster://",
		"redis://:sec/secret@h":                            "percent-encoded",
		"redis://:6379?secret@h":                           "percent-encoded",
		"redis://:6379/secret@h":                           "percent-encoded",
		"redis://:secret%zz@h":                             "percent-encoded",
		"redis://:secret@h/db":                             "must be a number",
		"redis://:secret@h/1/2":                            "must be a number",
		"redis://:secret@h?read_timeout=x":                 "read_timeout",
		"redis://:secret@h?colour=red":                     "colour",
		"redis://h?password=secret":                        "no option password",
		"redis://:secret@h#x":                              "not options",
		"redis://:secret@h?a=%zz":                          "not options",
		"redis+cluster://:secret@a:1,b:2/3":                "no databases",
		"redis+cluster://:secret@a:1,":                     "no host:port",
		"redis+cluster://:secret@a?read_only=true":         "no option read_only",
		"redis+sentinel://:secret@a:1":                     "master's name",
		"redis+sentinel://:secret@a/m?db=x":                "database number",
		"redis+sentinel://a/m?sentinel_password=secret&x=": "x",
	} {
		client, err := redisstore.Dial(raw)
		if client != nil || !errors.Is(err, redisstore.ErrURL) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got error %v, want %q in it", raw, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells the password: %v", raw, err)
		}
	}
}

// FuzzDial looks for URLs that end the program.
func FuzzDial(f *testing.F) {
	f.Add("redis://u:p@h:1/2?pool_size=3")
	f.Add("rediss+sentinel://u:p@h:1,g/m?db=3")
	f.Add("redis+cluster://[::1]:1,h")
	f.Fuzz(func(t *testing.T, raw string) {
		client, err := redisstore.Dial(raw)
		if (client == nil) != (err != nil) {
			t.Errorf("client %v and error %v", client, err)
		}
		if client != nil {
			_ = client.Close()
		}
	})
}

// TestDialServer connects with a password, and without it finds an error that
// does not tell it.
func TestDialServer(t *testing.T) {
	t.Parallel()
	url := redistest.Start(t, "--requirepass", "s/e:c?ret@")
	with := func(login string) error {
		client, err := redisstore.Dial(strings.Replace(url, "://", "://"+login, 1))
		if err != nil {
			return err
		}
		defer func() { _ = client.Close() }()
		_, err = open(t, client, 0).Load(t.Context(), "slack:T1:U1")
		return err
	}
	if err := with(":s%2Fe%3Ac%3Fret%40@"); err != nil {
		t.Error(err)
	}
	for _, login := range []string{"", ":wrong-secret@"} {
		if err := with(login); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("login %q: got error %v", login, err)
		}
	}
}

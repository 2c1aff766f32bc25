package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSecretsLeaveNoTrace tells the server secrets all along the way, and looks
// for them in its store, in its log at the finest level, and in all that it sent.
func TestSecretsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	sent := &journal{}
	replies := make(chan struct{}, 1000)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(sent, r.Body)
		fmt.Fprint(w, `{"ok":true,"channel":"D1","ts":"1.5","user":{"real_name":"山田","locale":"ja-JP"}}`)
		if strings.HasSuffix(r.URL.Path, "chat.postMessage") {
			replies <- struct{}{}
		}
	}))
	defer api.Close()
	file := filepath.Join(t.TempDir(), "s.db")
	r := newReplica(t, map[string]string{
		"SLACK_SIGNING_SECRET": signingSecret, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": api.URL + "/api/", "STORE_URL": "file:" + file,
		"DISTRIBUTOR": "slack:C1", "LOG_LEVEL": "debug", "SLACK_PACE": "1000", "SLACK_BURST": "1000",
	})
	for tries := 0; !r.ready(); tries++ {
		if tries > 300 {
			t.Fatalf("the server is not ready: %s", r.log)
		}
		time.Sleep(50 * time.Millisecond)
	}
	rng := rand.New(rand.NewPCG(7, 7))
	var secrets []string
	for user := range 4 {
		for n := range 30 {
			text := "次へ"
			if n%2 == 1 {
				secret, told := confide(rng)
				secrets, text = append(secrets, secret), told
			}
			if got := knock(r.base, event(fmt.Sprint(user), fmt.Sprintf("E%d-%d", user, n), text)); got != http.StatusOK {
				t.Fatalf("status %d: %s", got, r.log)
			}
			select {
			case <-replies:
			case <-time.After(20 * time.Second):
				t.Fatalf("no reply to %q: %s", text, r.log)
			}
		}
	}
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(stored, []byte("slack:T1:U0")) || !strings.Contains(sent.String(), "D0") {
		t.Fatal("nothing was stored or sent that could be looked at")
	}
	for _, secret := range secrets {
		for where, what := range map[string]string{"the store": string(stored), "the log": r.log.String(), "what was sent": sent.String()} {
			if strings.Contains(what, secret) {
				t.Errorf("%q is in %s", secret, where)
			}
		}
	}
}

// confide draws a secret and a message with it.
func confide(rng *rand.Rand) (secret, text string) {
	digits := func(n int) string {
		var d strings.Builder
		for range n {
			d.WriteByte(byte('1' + rng.IntN(9)))
		}
		return d.String()
	}
	one := func(of ...string) string { return of[rng.IntN(len(of))] }
	switch rng.IntN(3) {
	case 0:
		secret, text = one("4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005", "4012888888881881"), one("カード番号は %s です", "%s で通りますか", "card %s")
	case 1:
		secret, text = digits(6), one("認証コードは %s です", "コード：%s", "the verification code is %s", "SMSで%sと届きました。コードはこれですか")
	default:
		secret, text = "Xq"+digits(5)+one("!", "#", "%")+"zK", one("パスワードは%sです", "pw: %s", "仮パスワード\n%s", "My password is %s", "パスワード「%s」で入れません")
	}
	return secret, strings.Replace(text, "%s", secret, 1)
}

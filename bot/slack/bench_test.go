package slack_test

import (
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"github.com/shirube/shirube/bot/slack"
)

// wordless answers every call at once, without a network.
type wordless struct{}

func (wordless) DoDeadline(_ *fasthttp.Request, response *fasthttp.Response, _ time.Time) error {
	response.SetBodyString(`{"ok":true,"channel":"D1","ts":"1.5"}`)
	return nil
}

// BenchmarkSend lays a message out and sends it nowhere.
func BenchmarkSend(b *testing.B) {
	platform := slack.New(slack.Config{
		Tokens: slack.OneToken(token), APIURL: "http://127.0.0.1/api/", Line: slack.Line{HTTP: wordless{}, Timeout: time.Second}, Now: now,
		Pace: slack.Pace{PerSecond: 1e9, Burst: 1e9}, Words: func(_, key string) string { return key },
	})
	m := messages()["step"]
	m.Attempt = 1
	b.ReportAllocs()
	for b.Loop() {
		if _, err := platform.Send(b.Context(), m); err != nil {
			b.Fatal(err)
		}
	}
}

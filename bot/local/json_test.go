package local_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/local"
)

// echo is a handler that shows every event as a message.
type echo struct{ screen local.Screen }

func (h *echo) Handle(_ context.Context, e bot.Event) (bot.Answer, error) {
	text := fmt.Sprintf("%s|%s|%s", e.Kind, e.Text, e.Choice)
	if len(text) > 60 {
		text = fmt.Sprintf("%d bytes", len(e.Text))
	}
	if e.Kind == bot.Ordered {
		return bot.Answer{Say: &bot.Reply{Step: "s.ordered"}}, nil
	}
	to := e.From
	return bot.Answer{}, h.screen.Show(bot.Message{
		To: to, Step: "s.one", Parts: []bot.MessagePart{{Kind: bot.Do, Text: text}},
		Buttons: []bot.Button{{ID: "b1", Label: "できました"}}, Progress: bot.Progress{Done: 1, Total: 2},
	})
}

func chat(screen local.Screen, clock *local.Clock) *local.Chat {
	n := 0
	return &local.Chat{
		Handler: &echo{screen}, Clock: clock,
		Drain: func(context.Context) error { return nil },
		Where: func(context.Context) (string, bool, error) { return "s.one", false, nil },
		Render: func(e bot.Effect) bot.Message {
			return bot.Message{To: e.To, Step: e.Say.Step, Parts: []bot.MessagePart{{Text: "answer"}}}
		},
		Keep: func(*local.Clock) error { return nil },
		Travel: func(now time.Time, span string) (time.Time, error) {
			d, err := time.ParseDuration(span)
			return now.Add(d), err
		},
		NewID: func() string { n++; return fmt.Sprint(n) },
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	const end = `{"end":true,"step":"s.one","done":false}`
	message := func(to, text string) string {
		return fmt.Sprintf(`{"to":%q,"text":%q,"buttons":[{"id":"b1","label":"できました"}],"step":"s.one","progress":{"done":1,"total":2},"edit":false}`, to, text)
	}
	for _, c := range []struct {
		in   string
		want []string
	}{
		{`{"say":"こんにちは"}`, []string{message("user", "said|こんにちは|"), end}},
		{`{"press":"b1"}`, []string{message("user", "pressed||b1"), end}},
		{`{"staff":"はい"}`, []string{message("distributor", "answered|はい|"), end}},
		{`{"slash":"status"}`, []string{`{"to":"user","text":"answer","buttons":[],"step":"s.ordered","edit":false}`, end}},
		{`{"advance":"24h"}`, []string{end}},
		{`{"advance":"soon"}`, []string{`{"error":"time: invalid duration \"soon\""}`, end}},
		{`{"dance":1}`, []string{`{"error":"the object needs one of say, press, advance, staff, slash"}`, end}},
		{`hello`, []string{`{"error":"write one JSON object a line, such as {\"say\":\"こんにちは\"}"}`, end}},
		{`{"say":"` + strings.Repeat("あ", 34_000) + `"}`, []string{message("user", "102000 bytes"), end}},
		{strings.Repeat("x", 2<<20), []string{`{"error":"the line is too long: 1 MiB at most"}`, end}},
	} {
		t.Run(c.in[:min(20, len(c.in))], func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			screen := local.NewJSON(&out)
			clock := local.NewFrozenClock(time.Unix(0, 0))
			if err := screen.Run(t.Context(), strings.NewReader(c.in+"\n"), chat(screen, clock)); err != nil {
				t.Fatal(err)
			}
			got := strings.Split(strings.TrimSpace(out.String()), "\n")
			want := append([]string{message("user", "opened||")}, c.want...)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// broken is a screen nobody can see.
type broken struct{}

func (broken) Show(bot.Message) error { return errors.New("no terminal") }

func TestScreenFailureIsRetryable(t *testing.T) {
	t.Parallel()
	_, err := local.Platform{Screen: broken{}}.Send(t.Context(), bot.Message{})
	if refusal := (*bot.SendError)(nil); !errors.As(err, &refusal) || !refusal.Retryable {
		t.Errorf("Send = %v, want a retryable SendError", err)
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`{"say":"a"}`))
	f.Add([]byte("{\"press\":\"\\ud800\"}\n\xff\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var out bytes.Buffer
		screen := local.NewJSON(&out)
		if err := screen.Run(t.Context(), bytes.NewReader(in), chat(screen, local.NewFrozenClock(time.Unix(0, 0)))); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(out.Bytes()) {
			if !json.Valid(line) {
				t.Errorf("not JSON: %q", line)
			}
		}
	})
}

package teams_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/teams"
	"github.com/shirube/shirube/bot/teams/teamstest"
)

func mention(text string) map[string]any {
	return map[string]any{"text": text, "entities": []any{
		map[string]any{"type": "clientInfo", "locale": "ja-JP"},
		map[string]any{"type": "mention", "text": "<at>しるべ</at>", "mentioned": map[string]any{"id": teamstest.BotID, "name": "しるべ"}},
	}}
}

func TestSaid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		more map[string]any
		want string
	}{
		"plain":                  {map[string]any{"text": " 状況 "}, "状況"},
		"escaped":                {map[string]any{"text": "A&amp;B&nbsp;&lt;株&gt;"}, "A&B <株>"},
		"a mention in a chat":    {mention("<at>しるべ</at> 状況"), "状況"},
		"two mentions":           {mention("<at>しるべ</at>&nbsp;<at>しるべ</at> 状況"), "状況"},
		"somebody else's":        {mention("<at>しるべ</at> <at>佐藤</at> です"), "佐藤 です"},
		"no recipient":           {merged(mention("<at>しるべ</at> 状況"), map[string]any{"recipient": nil}), "状況"},
		"a value that is a text": {map[string]any{"text": "はい", "value": "x"}, "はい"},
		"a value of another's":   {map[string]any{"text": "はい", "value": map[string]any{"x": 1}}, "はい"},
		"an empty time stamp":    {map[string]any{"text": "はい", "timestamp": "", "localTimestamp": ""}, "はい"},
		"odd fields":             {map[string]any{"text": "はい", "entities": "x", "attachments": 1, "importance": []int{1}}, "はい"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if code, body := b.deliver("message", "m1", c.more); code != 200 || body != "" {
				t.Fatalf("%d %s", code, body)
			}
			heard := b.heard()
			if len(heard) != 1 || heard[0].Text != c.want {
				t.Fatalf("heard %+v, want %q", heard, c.want)
			}
			want := bot.Event{
				ID: "message:a:1:m1", Session: "teams:" + teamstest.Tenant + ":user-1", At: b.now(), From: clerkAt(), Kind: bot.Said, Text: c.want,
				Name: "山田 太郎", Lang: "ja-JP",
			}
			if heard[0] != want {
				t.Errorf("heard %+v, want %+v", heard[0], want)
			}
		})
	}
}

// TestFieldsThatAreMissing survives what some clients leave out.
func TestFieldsThatAreMissing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, field := range []string{"recipient", "locale", "timestamp", "id", "channelData", "entities", "from", "conversation"} {
		code, _ := b.deliver("message", "m", map[string]any{"text": "はい", field: nil})
		if field == "conversation" && code != 200 || field != "conversation" && code != 200 {
			t.Errorf("without %s: status %d", field, code)
		}
	}
	if n := len(b.heard()); n != 6 {
		t.Errorf("heard %d, want all but those from nobody and nowhere", n)
	}
	if id := b.heard()[3].ID; id == "message:a:1:" {
		t.Errorf("without an id the event is %q", id)
	}
	// The same person from a client that does not say who that is.
	b.deliver("message", "m9", map[string]any{"text": "はい", "from": map[string]any{"id": "29:u1"}})
	if last := b.heard()[6]; last.Session != "teams:"+teamstest.Tenant+":user-1" {
		t.Errorf("the session is %s", last.Session)
	}
	b.deliver("message", "m10", map[string]any{
		"text": "はい", "from": map[string]any{"id": "29:u2"}, "conversation": map[string]any{"id": "a:2", "tenantId": teamstest.Tenant},
	})
	if last := b.heard()[7]; last.Session != "teams:"+teamstest.Tenant+":29:u2" {
		t.Errorf("the session is %s", last.Session)
	}
}

func TestKindsWithoutAnEar(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, kind := range []string{"messageReaction", "typing", "event", "messageUpdate", "messageDelete", "endOfConversation", "handoff", "", "neverHeardOf"} {
		if code, _ := b.deliver(kind, "k", map[string]any{"reactionsAdded": []any{map[string]any{"type": "like"}}}); code != 200 {
			t.Errorf("%q: status %d", kind, code)
		}
	}
	if code, body := b.deliver("invoke", "i", map[string]any{"name": "task/fetch"}); code != 200 || strings.TrimSpace(body) != "{}" {
		t.Errorf("another invoke: %d %s", code, body)
	}
	if n := len(b.heard()); n != 0 {
		t.Errorf("heard %d", n)
	}
}

func TestMalformed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	fields := map[string]int{} // each would cost anybody's request some time
	for n := range 1000 {
		fields[fmt.Sprint(n)] = n
	}
	if w := b.Post(b.mux, fields, "Bearer x"); w.Code != 400 {
		t.Errorf("a thousand fields: status %d", w.Code)
	}
	good := "Bearer " + b.Sign(b.Claims())
	for body, want := range map[string]int{
		"{": 400, "[]": 400, "null": 400, `"x"`: 400, "{}": 401, `{"type":5}`: 401,
		`{"text":"` + strings.Repeat("a", 256<<10) + `"}`: 413,
	} {
		if w := b.Post(b.mux, body, good); w.Code != want {
			t.Errorf("%.20s: status %d, want %d", body, w.Code, want)
		}
	}
	r := httptest.NewRequest("GET", "/api/messages", nil)
	w := httptest.NewRecorder()
	if b.mux.ServeHTTP(w, r); w.Code != 405 {
		t.Errorf("GET: status %d", w.Code)
	}
}

// panics is a handler with a defect.
type panics struct{}

func (panics) Handle(context.Context, bot.Event) (bot.Answer, error) { panic("秘密") }

func TestPanicStaysInItsRequest(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(c *teams.Config) { c.Handler = panics{} })
	if code, body := b.deliver("message", "m", map[string]any{"text": "hi"}); code != 500 || strings.Contains(body+b.log.String(), "秘密") {
		t.Errorf("status %d: %s%s", code, body, b.log)
	}
}

func TestWhenTheStoreIsAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.err = errors.New("away: 秘密")
	if code, _ := b.deliver("message", "m", map[string]any{"text": "hi"}); code != 503 {
		t.Errorf("status %d, want 503", code)
	}
	b.err = nil
	b.shelf.err = errors.New("away")
	if code, _ := b.deliver("message", "m", map[string]any{"text": "hi"}); code != 503 {
		t.Errorf("status %d, want 503", code)
	}
	b.shelf.err = nil
	if code, _ := b.deliver("message", "m", map[string]any{"text": "hi"}); code != 200 || b.heard()[0].ID != "message:a:1:m" {
		t.Errorf("status %d, heard %v", code, b.heard())
	}
}

// install is what arrives when the bot is added.
func (b *bench) install(t *testing.T, update, installation map[string]any) {
	t.Helper()
	members := map[string]any{"membersAdded": []any{map[string]any{"id": "29:u1"}, map[string]any{"id": teamstest.BotID}}, "locale": nil}
	if code, _ := b.deliver("conversationUpdate", "c1", merged(members, update)); code != 200 {
		t.Errorf("status %d", code)
	}
	if code, _ := b.deliver("installationUpdate", "i1", merged(map[string]any{"action": "add"}, installation)); code != 200 {
		t.Errorf("status %d", code)
	}
}

func TestInstallGreetsOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.install(t, nil, nil)
	b.deliver("installationUpdate", "i1", map[string]any{"action": "add"}) // it comes again
	heard := b.heard()
	if len(heard) != 3 || heard[0].Kind != bot.Opened || heard[0].ID != heard[1].ID || heard[0].ID != heard[2].ID || heard[1].Lang != "ja-JP" {
		t.Fatalf("heard %+v; want one event id", heard)
	}
	b.advance(time.Minute)
	b.deliver("conversationUpdate", "c2", map[string]any{"membersRemoved": []any{map[string]any{"id": teamstest.BotID}}})
	b.deliver("installationUpdate", "i2", map[string]any{"action": "remove"})
	b.advance(time.Minute)
	b.install(t, nil, nil)
	if again := b.heard(); len(again) != 5 || again[3].ID == heard[0].ID || again[3].ID != again[4].ID {
		t.Errorf("added again: heard %+v", again[3:])
	}
	b.deliver("conversationUpdate", "c3", map[string]any{"membersAdded": []any{map[string]any{"id": "29:u7"}}})
	b.deliver("conversationUpdate", "c4", map[string]any{"topicName": "x"})
	b.install(t, map[string]any{"conversation": teamstest.Channel("19:c@thread.tacv2", "1")}, map[string]any{"conversation": teamstest.Channel("19:c@thread.tacv2", "1")})
	if n := len(b.heard()); n != 5 {
		t.Errorf("greeted %d times, want no more for others and for teams", n)
	}
}

func TestUninstallDropsTheReference(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]func(b *bench) (int, string){
		"members": func(b *bench) (int, string) {
			return b.deliver("conversationUpdate", "c", map[string]any{"membersRemoved": []any{map[string]any{"id": teamstest.BotID}}})
		},
		"installation": func(b *bench) (int, string) {
			return b.deliver("installationUpdate", "i", map[string]any{"action": "remove"})
		},
		"nobody named": func(b *bench) (int, string) {
			return b.deliver("installationUpdate", "i", map[string]any{"action": "remove", "from": map[string]any{"id": "29:u1"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.deliver("message", "m", map[string]any{"text": "hi"})
			b.advance(time.Second)
			if code, _ := gone(b); code != 200 {
				t.Fatalf("status %d", code)
			}
			for at, r := range b.shelf.kept {
				if (at.User != "" || at.Channel != "") && (r.Closed == "" || r.Service != "" || r.Channel != "") {
					t.Errorf("kept %+v", r)
				}
			}
			_, err := b.platform.Send(t.Context(), message(clerkAt()))
			if refused := (*bot.SendError)(nil); !errors.As(err, &refused) || refused.Retryable || refused.Reason != "blocked_or_uninstalled" || len(b.Calls()) != 0 {
				t.Errorf("a send gives %v, %d calls", err, len(b.Calls()))
			}
		})
	}
}

func TestNewestServiceIsKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	say := func(service string, at time.Time) {
		claims := b.Claims()
		claims["serviceurl"] = service
		w := b.Post(b.mux, b.Activity("message", service, map[string]any{"text": "hi", "serviceUrl": service, "timestamp": at}), "Bearer "+b.Sign(claims))
		if w.Code != 200 {
			t.Fatalf("status %d", w.Code)
		}
	}
	is := func(want string) {
		t.Helper()
		if got := b.shelf.kept[bot.Address{Platform: "teams", Tenant: teamstest.Tenant, User: "user-1"}]; got.Service != want || got.Channel != "a:1" {
			t.Errorf("kept %+v, want %s", got, want)
		}
	}
	at := b.now()
	say("http://127.0.0.1:1/a", at.Add(-time.Minute))
	is("http://127.0.0.1:1/a")
	say("http://127.0.0.1:1/b", at)
	is("http://127.0.0.1:1/b")
	say("http://127.0.0.1:1/a", at.Add(-time.Minute)) // it comes late
	is("http://127.0.0.1:1/b")
}

func group() map[string]any {
	return map[string]any{"conversation": map[string]any{"id": "19:g@thread.v2", "conversationType": "groupChat", "isGroup": true, "tenantId": teamstest.Tenant}}
}

// TestWhereOthersReadAlong listens to what is for the bot only, and answers there.
func TestWhereOthersReadAlong(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	channel := map[string]any{"conversation": teamstest.Channel("19:c@thread.tacv2", "77")}
	for _, where := range []map[string]any{group(), channel} {
		if code, _ := b.deliver("message", "m1", merged(where, map[string]any{"text": "お昼どうする"})); code != 200 {
			t.Errorf("status %d", code)
		}
		b.deliver("message", "m2", merged(where, mention("<at>しるべ</at> 状況")))
	}
	heard := b.heard()
	if len(heard) != 2 {
		t.Fatalf("heard %+v", heard)
	}
	for i, want := range []bot.Address{
		{Platform: "teams", Tenant: teamstest.Tenant, Channel: "19:g@thread.v2", User: "user-1"},
		{Platform: "teams", Tenant: teamstest.Tenant, Channel: "19:c@thread.tacv2", Thread: "77", User: "user-1"},
	} {
		if heard[i].From != want || heard[i].Text != "状況" || !heard[i].Public || heard[i].Session != "teams:"+teamstest.Tenant+":user-1" {
			t.Errorf("heard %+v", heard[i])
		}
		if r, err := b.platform.Send(t.Context(), message(want)); err != nil || r.ID == "" {
			t.Errorf("reply: %+v %v", r, err)
		}
	}
	calls := b.Calls()
	if len(calls) != 2 || calls[0].Conversation != "19:g@thread.v2" || calls[1].Conversation != "19:c@thread.tacv2;messageid=77" {
		t.Errorf("sent %+v", calls)
	}
}

// TestStaffAnswers takes a reply in the thread of a notice, with and without a
// mention, and no other for one.
func TestStaffAnswers(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	thread := map[string]any{"conversation": teamstest.Channel(desk, "100")}
	b.deliver("message", "m1", merged(thread, mention("<at>しるべ</at> 確認しました")))
	b.deliver("message", "m2", merged(thread, map[string]any{"text": "続きです"}))
	b.deliver("message", "m3", merged(thread, mention("<at>しるべ</at>")))
	b.deliver("message", "m4", map[string]any{"text": "別の話", "conversation": teamstest.Channel(desk, "200")})
	heard := b.heard()
	if len(heard) != 2 {
		t.Fatalf("heard %+v", heard)
	}
	for i, text := range []string{"確認しました", "続きです"} {
		e := heard[i]
		if e.Kind != bot.Answered || e.Session != "slack:T1:U1" || e.Text != text || e.Public || e.From.Thread != "100" || e.From.User != "user-1" {
			t.Errorf("heard %+v", e)
		}
	}
}

// execute is an invoke of a button with its data.
func execute(data any) map[string]any {
	return map[string]any{"name": "adaptiveCard/action", "replyToId": "sent-1", "value": map[string]any{
		"action": map[string]any{"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}}
}

type invokeAnswer struct {
	StatusCode int
	Type       string
	Value      json.RawMessage
}

func (b *bench) invoke(t *testing.T, id string, data any) invokeAnswer {
	t.Helper()
	code, body := b.deliver("invoke", id, execute(data))
	var answer invokeAnswer
	if err := json.Unmarshal([]byte(body), &answer); err != nil || code != 200 {
		t.Fatalf("%d %s: %v", code, body, err)
	}
	return answer
}

const cardType = "application/vnd.microsoft.card.adaptive"

func TestExecute(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.deliver("message", "m", map[string]any{"text": "hi"})
	if _, err := b.platform.Send(t.Context(), message(clerkAt())); err != nil {
		t.Fatal(err)
	}
	data := pressData(t, b.Calls()[0].Body)
	for range 2 { // it comes again
		answer := b.invoke(t, "f:1", data)
		if answer.StatusCode != 200 || answer.Type != cardType || !strings.Contains(string(answer.Value), "▸ できました") ||
			!strings.Contains(string(answer.Value), "本文") || strings.Contains(string(answer.Value), "Action.Execute") {
			t.Errorf("answer %+v", answer)
		}
	}
	heard := b.heard()
	if len(heard) != 3 || heard[1].Kind != bot.Pressed || heard[1].Choice != "step:done:1:x" || heard[1].ID != heard[2].ID {
		t.Errorf("heard %+v", heard)
	}
	if answer := b.invoke(t, "f:2", map[string]any{"x": 1}); answer.StatusCode != 400 || answer.Type != "application/vnd.microsoft.error" {
		t.Errorf("another's data: %+v", answer)
	}
	b.err = errors.New("away")
	if answer := b.invoke(t, "f:3", data); answer.StatusCode != 200 || answer.Type != "application/vnd.microsoft.activity.message" || string(answer.Value) != `"busy"` {
		t.Errorf("with the store away: %+v", answer)
	}
}

func TestForm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	form := map[string]any{"ask": "step:form:1:x", "label": "送る", "answer": "12345"}
	b.answer = bot.Answer{Lang: "ja", Say: &bot.Reply{Parts: []bot.Part{{Kind: bot.Notice, Phrase: bot.Phrase{Key: "桁数が合いません。"}}}}}
	if answer := b.invoke(t, "f:1", form); answer.Type != cardType || !strings.Contains(string(answer.Value), "桁数が合いません。") {
		t.Errorf("refused form: %+v", answer)
	}
	b.answer = bot.Answer{}
	b.invoke(t, "f:2", form)
	if e := b.heard()[1]; e.Kind != bot.Filled || e.Choice != "step:form:1:x" || e.Text != "12345" {
		t.Errorf("heard %+v", e)
	}
}

// TestSubmit is a press from a client that knows no better: a message with a
// value and no text.
func TestSubmit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	submit := map[string]any{"replyToId": "sent-9", "value": map[string]any{"choice": "step:done:1:x", "label": "できました"}}
	if code, _ := b.deliver("message", "m1", submit); code != 200 {
		t.Fatalf("status %d", code)
	}
	if e := b.heard()[0]; e.Kind != bot.Pressed || e.Choice != "step:done:1:x" {
		t.Errorf("heard %+v", e)
	}
	calls := b.Calls()
	if len(calls) != 1 || calls[0].Method != "PUT" || calls[0].Activity != "sent-9" || !strings.Contains(calls[0].Body, "▸ できました") {
		t.Errorf("sent %+v", calls)
	}
	b.Lock()
	b.Connector = status(500)
	b.Unlock()
	if code, _ := b.deliver("message", "m2", submit); code != 200 {
		t.Errorf("when the card cannot be replaced: status %d", code)
	}
	b.answer = bot.Answer{Say: &bot.Reply{Title: bot.Phrase{Key: "違います"}}}
	if code, _ := b.deliver("message", "m3", submit); code != 503 {
		t.Errorf("when a refusal cannot be said: status %d", code)
	}
	b.Lock()
	b.Connector, b.Sent = nil, nil
	b.Unlock()
	delete(submit, "replyToId")
	if code, _ := b.deliver("message", "m3", submit); code != 200 || !strings.Contains(b.Calls()[0].Body, "違います") || b.Calls()[0].Method != "POST" {
		t.Errorf("status %d, sent %+v", code, b.Calls())
	}
}

// TestSubmitWhereOthersReadAlong leaves the card alone: what a press carries is not
// shown to others as the bot's words, and another clerk's buttons stay.
func TestSubmitWhereOthersReadAlong(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	forged := merged(group(), map[string]any{"replyToId": "sent-9", "value": map[string]any{
		"choice": "x", "label": "できました", "card": map[string]any{"title": "至急", "links": []string{"https://evil.example/"}},
	}})
	b.deliver("message", "m1", forged)
	b.answer = bot.Answer{Say: &bot.Reply{Title: bot.Phrase{Key: "違います"}}}
	b.deliver("message", "m2", forged)
	calls := b.Calls()
	if len(b.heard()) != 2 || len(calls) != 1 || calls[0].Method != "POST" || strings.Contains(calls[0].Body, "evil") {
		t.Errorf("sent %+v", calls)
	}
}

// FuzzActivity takes anything that is signed without failing.
func FuzzActivity(f *testing.F) {
	b := newBench(f)
	good := "Bearer " + b.Sign(b.Claims())
	for _, more := range []map[string]any{{"text": "状況"}, mention("<at>しるべ</at> x"), execute(map[string]any{"choice": "a", "card": map[string]any{"parts": []any{}}}), group()} {
		seed, _ := json.Marshal(more)
		f.Add("message", string(seed))
		f.Add("invoke", string(seed))
	}
	f.Add("conversationUpdate", `{"membersAdded":[{"id":"x"}],"value":[],"channelData":"x"}`)
	f.Fuzz(func(t *testing.T, kind, more string) {
		a := b.Activity(kind, "1", nil)
		_ = json.Unmarshal([]byte(more), &a)
		if a == nil {
			return
		}
		a["serviceUrl"], a["channelId"] = b.URL(), "msteams"
		if w := b.Post(b.mux, a, good); w.Code != 200 && w.Code != 403 && w.Code != 400 {
			t.Errorf("status %d: %s", w.Code, more)
		}
		if w := b.Post(b.mux, more, good); w.Code/100 != 2 && w.Code/100 != 4 {
			t.Errorf("status %d: %s", w.Code, more)
		}
	})
}

package teams

import (
	"encoding/json"
	"errors"
	"html"
	"slices"
	"strings"

	teamsapi "github.com/infracloudio/msbotbuilder-go/schema"
)

// errMalformed is a request that is not what Teams sends.
var errMalformed = errors.New("request is malformed")

// activity is what arrived: the adapter's, and what its schema cannot hold.
type activity struct {
	teamsapi.Activity
	mentions []mention
	value    json.RawMessage
}

// mention is an entity of a text that names somebody.
type mention struct {
	Type      string
	Text      string // as it stands in the activity's text
	Mentioned struct{ ID string }
}

// maxNames is how many fields an activity may have; Teams sends about twenty.
// Each is looked at before it is known who sends.
const maxNames = 200

// fitting is an activity's JSON without the fields that the adapter's schema
// does not take, such as a value that is no object or an empty time stamp: one
// of them would lose the whole activity.
func fitting(body []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil || len(fields) > maxNames {
		return nil, errMalformed
	}
	for name, value := range fields {
		alone, err := json.Marshal(map[string]json.RawMessage{name: value})
		if err != nil || json.Unmarshal(alone, &teamsapi.Activity{}) != nil {
			delete(fields, name)
		}
	}
	return json.Marshal(fields)
}

// withRest adds what the schema lost to an activity that was verified.
func withRest(a teamsapi.Activity, body []byte) activity {
	var rest struct {
		Entities json.RawMessage
		Value    json.RawMessage
	}
	_ = json.Unmarshal(body, &rest) // it was read before; what does not fit is left out
	whole := activity{Activity: a, value: rest.Value}
	_ = json.Unmarshal(rest.Entities, &whole.mentions)
	return whole
}

// botIDs are the names of the bot in a conversation. Some clients do not say to
// whom they speak.
func (p *Platform) botIDs(a activity) []string {
	ids := []string{"28:" + p.AppID, p.AppID}
	if a.Recipient.ID != "" {
		ids = append(ids, a.Recipient.ID)
	}
	return ids
}

// said is the text as the person wrote it to the bot, and whether the bot was
// mentioned: its own name is no part of an answer.
func (p *Platform) said(a activity) (text string, mentioned bool) {
	text = a.Text
	for _, m := range a.mentions {
		if strings.EqualFold(m.Type, "mention") && slices.Contains(p.botIDs(a), m.Mentioned.ID) {
			mentioned = true
			if m.Text != "" {
				text = strings.ReplaceAll(text, m.Text, " ")
			}
		}
	}
	text = strings.NewReplacer("<at>", "", "</at>", "", "\r\n", "\n").Replace(text) // others keep their names
	text = strings.ReplaceAll(html.UnescapeString(text), "\u00a0", " ")
	return strings.TrimSpace(text), mentioned || a.Recipient.ID == "" && len(a.mentions) > 0
}

// place takes a conversation's id apart: the channel, and the post a thread
// hangs on.
func place(conversation string) (channel, thread string) {
	channel, rest, _ := strings.Cut(conversation, ";")
	for part := range strings.SplitSeq(rest, ";") {
		if id, found := strings.CutPrefix(part, "messageid="); found {
			thread = id
		}
	}
	return channel, thread
}

// conversation is the id of a place; the reverse of place.
func conversation(channel, thread string) string {
	if thread == "" {
		return channel
	}
	return channel + ";messageid=" + thread
}

// shared tells whether others read along.
func shared(a activity) bool {
	kind := strings.ToLower(a.Conversation.ConversationType)
	return a.Conversation.IsGroup || kind == "channel" || kind == "groupchat"
}

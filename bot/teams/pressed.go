package teams

import (
	"encoding/json"

	"github.com/shirube/shirube/bot"
)

// press is what a button carries and a press brings back: nothing has to be
// remembered meanwhile. Who presses may have changed it; it is believed for the
// look of the card only, the ids are checked by the engine.
type press struct {
	Choice string `json:"choice,omitempty"` // the button's id, or
	Ask    string `json:"ask,omitempty"`    // the form's
	Label  string `json:"label"`
	Answer string `json:"answer,omitempty"` // what was typed into the form
	Card   *kept  `json:"card,omitempty"`
}

// kept is what of a message remains when one of its buttons was pressed.
type kept struct {
	Lang    string      `json:"lang,omitempty"`
	Chapter string      `json:"chapter,omitempty"`
	Title   string      `json:"title,omitempty"`
	Done    int         `json:"done,omitempty"`
	Total   int         `json:"total,omitempty"`
	Parts   [][2]string `json:"parts,omitempty"`  // kind and text
	Fields  [][2]string `json:"fields,omitempty"` // name and value
	Copies  [][2]string `json:"copies,omitempty"` // those that are to be copied
	Links   []string    `json:"links,omitempty"`
}

// maxHead is how long a title may be that every button carries, in characters.
const maxHead = 80

// keep is a message to be carried by its buttons, or only the head of it.
func keep(m bot.Message, c carry) *kept {
	if c == carryNothing {
		return nil
	}
	k := &kept{Lang: m.Lang, Chapter: shorten(m.Chapter, maxHead/2), Title: shorten(m.Title, maxHead), Done: m.Progress.Done, Total: m.Progress.Total}
	if c == carryHead {
		return k
	}
	for _, p := range m.Parts {
		k.Parts = append(k.Parts, [2]string{string(p.Kind), p.Text})
	}
	for _, f := range m.Fields {
		if f.Copy {
			k.Copies = append(k.Copies, [2]string{f.Name, f.Value})
			continue
		}
		k.Fields = append(k.Fields, [2]string{f.Name, f.Value})
	}
	k.Links = m.Links
	return k
}

// head is the part that every press can carry.
func (k *kept) head() *kept {
	if k == nil {
		return nil
	}
	head := *k
	head.Parts, head.Fields, head.Copies, head.Links = nil, nil, nil, nil
	return &head
}

// message is the message again, as far as it was kept.
func (k *kept) message() bot.Message {
	if k == nil {
		return bot.Message{}
	}
	m := bot.Message{Lang: k.Lang, Chapter: k.Chapter, Title: k.Title, Progress: bot.Progress{Done: k.Done, Total: k.Total}, Links: k.Links}
	for _, p := range k.Parts {
		m.Parts = append(m.Parts, bot.MessagePart{Kind: bot.PartKind(p[0]), Text: p[1]})
	}
	for _, f := range k.Fields {
		m.Fields = append(m.Fields, bot.MessageField{Name: f[0], Value: f[1]})
	}
	for _, f := range k.Copies {
		m.Fields = append(m.Fields, bot.MessageField{Name: f[0], Value: f[1], Copy: true})
	}
	return m
}

// pressed is the card that takes the place of one whose button was pressed: the
// same without its buttons, and which one it was.
func pressed(p press) json.RawMessage {
	m := p.Card.message()
	return fit(func(b budget) document {
		doc := content(m, b)
		if m.Title == "" && len(m.Parts) == 0 && len(m.Fields) == 0 && len(m.Links) == 0 {
			doc.Body, doc.FallbackText = nil, ""
			doc.add("", whereabouts(m)...)
		}
		doc.add("Medium", line(textRun{Text: "▸ " + caption(p.Label, maxLabel), Weight: "Bolder", Color: "Accent"}))
		return doc
	})
}

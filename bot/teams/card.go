package teams

import (
	"encoding/json"

	"github.com/shirube/shirube/bot"
)

// contentType is an Adaptive Card's as an attachment and as an invoke's answer.
const contentType = "application/vnd.microsoft.card.adaptive"

// maxCard is how many bytes of JSON a card may have. Teams refuses messages of
// about 100 KB, older clients cards of more than 28 KB.
// https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
const maxCard = 28 << 10

// budget is how much of a message a card shows.
type budget struct {
	runes int // of the parts together, and of the fields
	lines int // a text line is an element of its own
	carry carry
}

// carry is what of the card its buttons carry, to remain when one is pressed.
type carry int

const (
	carryNothing carry = iota
	carryHead
	carryAll
)

// budgets are tried in this order until the card is small enough.
func budgets() []budget {
	return []budget{{4000, 100, carryAll}, {4000, 100, carryHead}, {1500, 50, carryHead}, {300, 10, carryNothing}}
}

// Card is a message as an Adaptive Card 1.5: where the clerk is, the title, what
// is to be done, and the input and the buttons for it. The same message has the
// same card to the byte.
func Card(m bot.Message, words Words) json.RawMessage {
	return fit(func(b budget) document {
		doc := content(m, b)
		if m.Ask != nil {
			doc.Body = append(doc.Body, input(m, words))
		}
		doc.Actions = actions(m, words, b)
		return doc
	})
}

// fit is the largest card that is small enough.
func fit(build func(budget) document) json.RawMessage {
	var data []byte
	for _, b := range budgets() {
		data, _ = json.Marshal(build(b)) // strings and numbers always can be
		if len(data) <= maxCard {
			break
		}
	}
	return data
}

// content is a message without what can be pressed.
func content(m bot.Message, b budget) document {
	doc := document{
		Type: "AdaptiveCard", Schema: schema, Version: "1.5",
		FallbackText: unmarked(shorten(m.Text(), min(b.runes, maxFallback))), Teams: &teamsOnly{Width: "Full"},
	}
	doc.add("", whereabouts(m)...)
	doc.add("Small", heading(m.Title)...)
	room := b
	for _, part := range m.Parts {
		doc.add("Medium", partElements(part, &room)...)
	}
	doc.add("Medium", fieldElements(m.Fields, b)...)
	doc.add("Medium", linkElements(m.Links)...)
	if len(doc.Body) == 0 {
		doc.add("", line(textRun{Text: "…"}))
	}
	return doc
}

// add puts elements below the others, the first of them at a distance.
func (d *document) add(spacing string, elements ...element) {
	if len(elements) > 0 && len(d.Body) > 0 {
		elements[0].Spacing = spacing
	}
	d.Body = append(d.Body, elements...)
}

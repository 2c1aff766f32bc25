package slack

import (
	"slices"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// fieldBlocks lays out named values: those to copy each in a code block of its
// own, whole, the others as lines.
func fieldBlocks(fields []bot.MessageField) []slackapi.Block {
	var blocks []slackapi.Block
	lines := slices.DeleteFunc(slices.Clone(fields), func(f bot.MessageField) bool { return f.Copy })
	if len(lines) > 0 {
		blocks = append(blocks, fieldBlock(lines))
	}
	bold := &slackapi.RichTextSectionTextStyle{Bold: true}
	var pieces []slackapi.RichTextElement
	for _, f := range fields {
		if f.Copy {
			pieces = append(pieces,
				slackapi.NewRichTextSection(slackapi.NewRichTextSectionTextElement(f.Name, bold)),
				&slackapi.RichTextPreformatted{Type: slackapi.RTEPreformatted,
					Elements: []slackapi.RichTextSectionElement{slackapi.NewRichTextSectionTextElement(f.Value, nil)}})
		}
	}
	if len(pieces) > 0 {
		blocks = append(blocks, slackapi.NewRichTextBlock("", pieces...))
	}
	return blocks
}

package slack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	slackapi "github.com/slack-go/slack"

	"github.com/shirube/shirube/bot"
)

// Slack's bounds, in characters and pieces. https://docs.slack.dev/reference/block-kit/blocks
const (
	maxHeader  = 150
	maxRich    = 2900 // of one rich text block; kept below a section's 3000
	maxContext = 500
	maxLabel   = 75
	maxTotal   = 8000 // of the texts; with all the rest Slack refuses at about 13,200
	maxPlain   = 3900 // of the plain text; longer ones are cut in notifications anyway
	maxBlocks  = 50
)

// The block and action ids by which clicks are told apart.
const (
	actionPress = "press" // a choice: "press.0", "press.1", …; the value is the button's id
	actionForm  = "form"  // opens the form of an ask
)

// blocks lays a message out: title, what is to be done, links, buttons, and
// below them where one is.
func (p *Platform) blocks(m bot.Message) []slackapi.Block {
	var blocks []slackapi.Block
	if m.Title != "" {
		blocks = append(blocks, slackapi.NewHeaderBlock(plain(cut(m.Title, maxHeader))))
	}
	room := maxTotal
	for _, part := range m.Parts {
		for i, piece := range split(part.Text, maxRich) {
			if room -= utf8.RuneCountInString(piece); room > 0 && piece != "" {
				headed := i == 0 && (part.Kind == bot.See || part.Kind == bot.Avoid)
				blocks = append(blocks, rich(piece, part.Kind, headed))
			}
		}
	}
	if len(m.Fields) > 0 {
		blocks = append(blocks, fieldBlocks(m.Fields)...)
	}
	if len(m.Links) > 0 {
		blocks = append(blocks, linkBlock(m.Links))
	}
	if actions := p.actions(m); len(actions) > 0 {
		blocks = append(blocks, row[slackapi.BlockElement]{slackapi.MBTAction, "actions", actions})
	}
	if line := whereabouts(m); line != "" {
		blocks = append(blocks, row[*slackapi.TextBlockObject]{slackapi.MBTContext, "where", []*slackapi.TextBlockObject{plain(cut(line, maxContext))}})
	}
	return blocks[:min(len(blocks), maxBlocks)]
}

// rich is a text in which what to press stands out: labels in 「」 are bold, and
// so is the first line when it is a heading. mrkdwn's asterisks do not work
// beside Japanese letters.
func rich(text string, kind bot.PartKind, headed bool) slackapi.Block {
	section := slackapi.NewRichTextSection()
	if head, rest, found := strings.Cut(text, "\n"); headed && found {
		bold := &slackapi.RichTextSectionTextStyle{Bold: true}
		section.Elements = append(section.Elements, slackapi.NewRichTextSectionTextElement(head+"\n", bold))
		text = rest
	}
	section.Elements = append(section.Elements, emphasised(text)...)
	if kind == bot.Notice {
		return slackapi.NewRichTextBlock("", &slackapi.RichTextQuote{Type: slackapi.RTEQuote, Elements: section.Elements})
	}
	return slackapi.NewRichTextBlock("", section)
}

func emphasised(text string) []slackapi.RichTextSectionElement {
	bold := &slackapi.RichTextSectionTextStyle{Bold: true}
	var elements []slackapi.RichTextSectionElement
	add := func(s string, style *slackapi.RichTextSectionTextStyle) {
		if s != "" {
			elements = append(elements, slackapi.NewRichTextSectionTextElement(s, style))
		}
	}
	for text != "" {
		from := strings.Index(text, "「")
		to := strings.Index(text, "」")
		if from < 0 || to < from {
			break
		}
		to += len("」")
		add(text[:from], nil)
		add(text[from:to], bold)
		text = text[to:]
	}
	add(text, nil)
	return elements
}

func fieldBlock(fields []bot.MessageField) slackapi.Block {
	bold := &slackapi.RichTextSectionTextStyle{Bold: true}
	var elements []slackapi.RichTextSectionElement
	for i, f := range fields {
		end := "\n"
		if i == len(fields)-1 {
			end = ""
		}
		elements = append(elements,
			slackapi.NewRichTextSectionTextElement(cut(f.Name, maxRich/len(fields)/2)+" ", bold),
			slackapi.NewRichTextSectionTextElement(" "+cut(f.Value, maxRich/len(fields)/2)+end, nil))
	}
	return slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(elements...))
}

func linkBlock(links []string) slackapi.Block {
	var elements []slackapi.RichTextSectionElement
	for i, url := range links {
		if i > 0 {
			elements = append(elements, slackapi.NewRichTextSectionTextElement("\n", nil))
		}
		elements = append(elements, slackapi.NewRichTextSectionLinkElement(url, url, nil))
	}
	return slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(elements...))
}

func (p *Platform) actions(m bot.Message) []slackapi.BlockElement {
	var actions []slackapi.BlockElement
	if m.Ask != nil {
		button := slackapi.NewButtonBlockElement(actionForm, form{m.Ask.ID, m.Ask.Name, m.Ask.Example, m.Lang}.value(),
			plain(cut(p.Words(m.Lang, WordType), maxLabel)))
		actions = append(actions, button.WithStyle(slackapi.StylePrimary))
	}
	for i, b := range m.Buttons {
		button := slackapi.NewButtonBlockElement(actionPress+"."+strconv.Itoa(i), b.ID, plain(cut(b.Label, maxLabel)))
		switch b.Style {
		case bot.Primary:
			if m.Ask == nil {
				button.WithStyle(slackapi.StylePrimary)
			}
		case bot.Danger:
			button.WithStyle(slackapi.StyleDanger).WithConfirm(p.confirm(m.Lang, b.Label))
		}
		actions = append(actions, button)
	}
	return actions
}

// confirm is Slack's own question before a press that cannot be taken back.
func (p *Platform) confirm(lang, label string) *slackapi.ConfirmationBlockObject {
	return slackapi.NewConfirmationBlockObject(plain(cut(label, 100)), plain(cut(p.Words(lang, WordSure), 300)),
		plain(cut(p.Words(lang, WordYes), 30)), plain(cut(p.Words(lang, WordNo), 30)))
}

// barWidth is the width of the progress bar.
const barWidth = 12

// whereabouts is the chapter and how far the whole has come.
func whereabouts(m bot.Message) string {
	var parts []string
	if m.Chapter != "" {
		parts = append(parts, m.Chapter)
	}
	if m.Progress.Total > 0 {
		full := barWidth * m.Progress.Done / m.Progress.Total
		parts = append(parts, strings.Repeat("▓", full)+strings.Repeat("░", barWidth-full)+"  "+strconv.Itoa(m.Progress.Done)+"/"+strconv.Itoa(m.Progress.Total))
	}
	return strings.Join(parts, "   ")
}

// plain is a plain text; Slack refuses an empty one.
func plain(text string) *slackapi.TextBlockObject {
	if text == "" {
		text = "…"
	}
	return slackapi.NewTextBlockObject(slackapi.PlainTextType, text, false, false)
}

package local

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/shirube/shirube/bot"
)

// Words are the terminal's own sentences in the chat's language.
type Words struct {
	Greeting string // how to use the terminal
	Channel  string // the name of the distributor's lane
	NoNumber string // no button has that number
	Bye      string
	Type     func(example string) string
}

// Terminal shows the chat to a person. It is a Screen.
type Terminal struct {
	out     io.Writer
	words   Words
	buttons []bot.Button // the newest ones, by number
	ask     *bot.Question
}

// NewTerminal makes a terminal that writes to out.
func NewTerminal(out io.Writer, words Words) *Terminal {
	return &Terminal{out: out, words: words}
}

// Show implements Screen.
func (t *Terminal) Show(m bot.Message) error {
	view := laneView(t.words.Channel, m)
	if m.To.User != "" {
		view = clerkView(m)
		if len(m.Buttons) > 0 || m.Ask != nil {
			t.buttons, t.ask = m.Buttons, m.Ask
		}
	}
	_, err := lipgloss.Fprint(t.out, view)
	return err
}

// Run opens the conversation and takes what the person types until the input
// ends, the context does, or /quit.
func (t *Terminal) Run(ctx context.Context, in io.Reader, chat *Chat) error {
	t.print(quietStyle.Render(wrap(t.words.Greeting, columns)) + "\n")
	if err := chat.Open(ctx); err != nil {
		return err
	}
	lines := bufio.NewReaderSize(in, 64<<10)
	for ctx.Err() == nil {
		t.prompt()
		line, err := readLine(lines, maxLine)
		refused := refusal("")
		switch {
		case errors.Is(err, io.EOF) || strings.TrimSpace(string(line)) == "/quit":
			t.print("\n" + t.words.Bye + "\n")
			return nil
		case errors.As(err, &refused):
			err = chat.Say(ctx, strings.Repeat("…", maxLine/3)) // answered as too long
		case err == nil:
			err = t.take(ctx, strings.TrimSpace(string(line)), chat)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Terminal) prompt() {
	if t.ask != nil && t.ask.Example != "" {
		t.print(quietStyle.Render(t.words.Type(t.ask.Example)) + "\n")
	}
	t.print("> ")
}

func (t *Terminal) print(text string) { _, _ = lipgloss.Fprint(t.out, text) }

// take does what a line says: a number presses, a slash commands, anything
// else is said.
func (t *Terminal) take(ctx context.Context, line string, chat *Chat) error {
	if line == "" {
		return nil
	}
	if command, found := strings.CutPrefix(line, "/"); found {
		return t.command(ctx, command, chat)
	}
	n, err := strconv.Atoi(line)
	if err != nil || len(line) > 2 {
		return chat.Say(ctx, line)
	}
	if n < 1 || n > len(t.buttons) {
		t.print(t.words.NoNumber + "\n")
		return nil
	}
	return chat.Press(ctx, t.buttons[n-1].ID)
}

func (t *Terminal) command(ctx context.Context, line string, chat *Chat) error {
	name, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch name {
	case "staff":
		return chat.Staff(ctx, rest)
	case "advance":
		err := chat.Advance(ctx, rest)
		if refused := (refusal("")); errors.As(err, &refused) {
			t.print(string(refused) + "\n")
			return nil
		}
		return err
	case "mpn":
		name = rest
	}
	answer, err := chat.Order(ctx, name)
	if err != nil || answer == nil {
		return err
	}
	return t.Show(*answer)
}

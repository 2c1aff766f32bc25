package local

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/shirube/shirube/bot"
)

// input is one line of the protocol on standard input; exactly one field is
// set.
type input struct {
	Say     *string `json:"say"`
	Press   *string `json:"press"`
	Advance *string `json:"advance"`
	Staff   *string `json:"staff"`
	Slash   *string `json:"slash"`
}

// output is one message on standard output.
type output struct {
	To       string        `json:"to"` // "user" or "distributor"
	Text     string        `json:"text"`
	Buttons  []outButton   `json:"buttons"`
	Step     string        `json:"step"`
	Progress *bot.Progress `json:"progress,omitempty"`
	Ask      *outAsk       `json:"ask,omitempty"`
	Edit     bool          `json:"edit"`
}

type outAsk struct {
	Field   string `json:"field"`
	Example string `json:"example"`
}

type outButton struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// end closes what one input led to.
type end struct {
	End  bool   `json:"end"`
	Step string `json:"step"`
	Done bool   `json:"done"`
}

// fault tells that a line could not be understood; nothing was changed by it.
type fault struct {
	Error string `json:"error"`
}

// JSON writes messages as lines. It is a Screen.
type JSON struct{ enc *json.Encoder }

// NewJSON makes a screen that writes to w.
func NewJSON(w io.Writer) *JSON {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &JSON{enc}
}

// Show implements Screen.
func (j *JSON) Show(m bot.Message) error {
	out := output{To: "user", Text: m.Text(), Buttons: []outButton{}, Step: m.Step}
	if m.To.User == "" {
		out.To = "distributor"
	}
	if m.Progress.Total > 0 {
		out.Progress = &m.Progress
	}
	if m.Ask != nil {
		out.Ask = &outAsk{m.Ask.Field, m.Ask.Example}
	}
	for _, b := range m.Buttons {
		out.Buttons = append(out.Buttons, outButton{b.ID, b.Label})
	}
	return j.enc.Encode(out)
}

// maxLine bounds one line of input; a longer one is skipped with an answer.
const maxLine = 1 << 20

// Run opens the conversation and then takes one object a line until the input
// ends. The opening is not followed by an end line, for there was no input.
func (j *JSON) Run(ctx context.Context, in io.Reader, chat *Chat) error {
	if err := chat.Open(ctx); err != nil {
		return err
	}
	lines := bufio.NewReaderSize(in, 64<<10)
	for {
		line, err := readLine(lines, maxLine)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = j.take(ctx, line, chat)
		}
		if refused := (refusal("")); errors.As(err, &refused) {
			err = j.enc.Encode(fault{string(refused)})
		}
		if err == nil {
			err = j.finish(ctx, chat)
		}
		if err != nil {
			return err
		}
	}
}

func (j *JSON) take(ctx context.Context, line []byte, chat *Chat) error {
	var in input
	if err := json.Unmarshal(line, &in); err != nil {
		return refusal(`write one JSON object a line, such as {"say":"こんにちは"}`)
	}
	switch {
	case in.Say != nil:
		return chat.Say(ctx, *in.Say)
	case in.Press != nil:
		return chat.Press(ctx, *in.Press)
	case in.Staff != nil:
		return chat.Staff(ctx, *in.Staff)
	case in.Slash != nil:
		return j.order(ctx, *in.Slash, chat)
	case in.Advance != nil:
		return chat.Advance(ctx, *in.Advance)
	}
	return refusal("the object needs one of say, press, advance, staff, slash")
}

func (j *JSON) order(ctx context.Context, command string, chat *Chat) error {
	answer, err := chat.Order(ctx, command)
	if err != nil || answer == nil {
		return err
	}
	return j.Show(*answer)
}

func (j *JSON) finish(ctx context.Context, chat *Chat) error {
	step, done, err := chat.Where(ctx)
	if err != nil {
		return err
	}
	return j.enc.Encode(end{true, step, done})
}

// readLine reads one line without its end; a line over the bound is read to
// its end and refused.
func readLine(r *bufio.Reader, bound int) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, more, err := r.ReadLine()
		if err != nil {
			return nil, err
		}
		if long = long || len(line)+len(part) > bound; !long {
			line = append(line, part...)
		}
		if !more {
			break
		}
	}
	if long {
		return nil, refusal("the line is too long: 1 MiB at most")
	}
	return line, nil
}

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/shirube/shirube/bot/flow"
	"github.com/shirube/shirube/bot/japan"
)

type checkCmd struct {
	Email    checkEmailCmd    `cmd:"" help:"Whether a form of the portal takes an e-mail address."`
	Company  checkCompanyCmd  `cmd:"" help:"Other spellings of a company's name, in the order to try."`
	Deadline checkDeadlineCmd `cmd:"" help:"When a review that began at a time is normally over."`
	Secrets  checkSecretsCmd  `cmd:"" help:"A text as it may be kept: without card numbers, codes and passwords."`
}

// checkInput is what is checked: one value, or a line of standard input each.
type checkInput struct {
	Value string `arg:"" optional:"" help:"What to check."`
	Lines bool   `name:"jsonl" help:"Read {\"id\",\"text\"} a line and answer each with its id."`
}

// question is a line of standard input.
type question struct {
	ID     json.RawMessage `json:"id"`
	Text   *string         `json:"text"`
	Field  string          `json:"field"`
	Screen string          `json:"screen"`
}

// identified is what every answer of --jsonl begins with.
type identified struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Error string          `json:"error,omitempty"`
}

// judge answers a question; the answer no comes with errNo, and a question
// that cannot be answered with an error of its own.
type judge func(question, identified) (answer any, err error)

// run answers one value, or every line; in lines the answer no is no failure.
func (c checkInput) run(e world, q question, judge judge) error {
	out := json.NewEncoder(e.Out)
	out.SetEscapeHTML(false)
	if c.Lines {
		return c.runLines(e, out, q, judge)
	}
	if c.Value == "" {
		return errors.New("nothing to check; give a value, or --jsonl and lines on standard input")
	}
	q.Text = &c.Value
	answer, err := judge(q, identified{})
	if err != nil && !errors.Is(err, errNo) {
		return err
	}
	return errors.Join(out.Encode(answer), err)
}

func (c checkInput) runLines(e world, out *json.Encoder, defaults question, judge judge) error {
	const longest = 1 << 20
	lines := bufio.NewScanner(e.In)
	lines.Buffer(nil, longest)
	unread := 0
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		q := defaults
		err := json.Unmarshal(lines.Bytes(), &q)
		if err == nil && q.Text == nil {
			err = errors.New("no text")
		}
		var answer any
		if err == nil {
			answer, err = judge(q, identified{ID: q.ID})
		}
		if err != nil && !errors.Is(err, errNo) { // the text is not repeated: it may be a secret
			unread++
			answer = identified{q.ID, fmt.Sprintf("line %d cannot be checked", n)}
		}
		if err := out.Encode(answer); err != nil {
			return fmt.Errorf("write the answer: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the lines: %w", err)
	}
	if unread > 0 {
		return fmt.Errorf("%d lines could not be checked; each needs an object with \"text\"", unread)
	}
	return nil
}

type checkEmailCmd struct {
	checkInput
	Field string `help:"The field it is for, one of ${enum}; what is forbidden is so for primary-contact only." default:"primary-contact" enum:"primary-contact,account-email,support-email"`
}

type emailAnswer struct {
	identified
	Expect     string `json:"expect"`
	Reason     string `json:"reason,omitempty"`
	Warning    string `json:"warning,omitempty"`
	Normalized string `json:"normalized,omitempty"`
}

// Run answers whether the form takes the address.
func (c checkEmailCmd) Run(e world) error {
	return c.run(e, question{Field: c.Field}, func(q question, who identified) (any, error) {
		switch field := japan.MailField(q.Field); field {
		case japan.PrimaryContact, japan.AccountEmail, japan.SupportEmail:
			a := emailAnswer{identified: who, Expect: "ok"}
			a.Normalized, a.Warning, a.Reason = japan.Mail(*q.Text, field)
			if a.Reason == "" {
				return a, nil
			}
			a.Expect = "reject"
			return a, errNo
		}
		return nil, errors.New("the field is none of primary-contact, account-email, support-email")
	})
}

type checkCompanyCmd struct{ checkInput }

type companyAnswer struct {
	identified
	Suggestions []string `json:"suggestions"`
}

// Run answers the other spellings of a name.
func (c checkCompanyCmd) Run(e world) error {
	return c.run(e, question{}, func(q question, who identified) (any, error) {
		names := japan.Names(*q.Text)
		if len(names) == 0 {
			return companyAnswer{who, []string{}}, errNo
		}
		return companyAnswer{who, names}, nil
	})
}

type checkDeadlineCmd struct{ checkInput }

type deadlineAnswer struct {
	identified
	Earliest string `json:"earliest"`
	Latest   string `json:"latest"`
}

// Run answers the days a review is normally over.
func (c checkDeadlineCmd) Run(e world) error {
	cal := japan.NewCalendar()
	return c.run(e, question{}, func(q question, who identified) (any, error) {
		at, err := time.Parse(time.RFC3339, *q.Text)
		if err != nil {
			return nil, errors.New("this is no time; write it as 2026-12-03T10:00:00+09:00")
		}
		earliest, latest := cal.Review(at)
		return deadlineAnswer{who, earliest.Format(time.DateOnly), latest.Format(time.DateOnly)}, nil
	})
}

type checkSecretsCmd struct {
	checkInput
	Screen string `help:"The screen the clerk is at; where one asks for a code, numbers are taken for it." placeholder:"ID"`
}

type secretsAnswer struct {
	identified
	Masked string   `json:"masked"`
	Found  []string `json:"found"`
}

// Run answers what may be kept and forwarded of a text.
func (c checkSecretsCmd) Run(e world) error {
	return c.run(e, question{Screen: c.Screen}, func(q question, who identified) (any, error) {
		masked, found := flow.Discreet(*q.Text, q.Screen)
		if found == nil {
			found = []string{}
		}
		return secretsAnswer{who, masked, found}, nil
	})
}

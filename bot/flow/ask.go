package flow

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// The kinds of variables.
const (
	kindCompany   = "company"
	kindPartnerID = "partner_id"
	kindDate      = "date"
	kindPerson    = "person"
	kindText      = "text" // anything

	kindCorporate    = "corporate_number"
	kindPostal       = "postal_code"
	kindAddress      = "address"
	kindPhone        = "phone"
	kindEmail        = "email"         // of the first contact
	kindSupportEmail = "support_email" // of the customers' contact
	kindURL          = "url"
)

// kinds are all kinds of variables.
func kinds() []string {
	return []string{kindCompany, kindPartnerID, kindDate, kindPerson, kindText,
		kindCorporate, kindPostal, kindAddress, kindPhone, kindEmail, kindSupportEmail, kindURL}
}

// answer takes the typed value of the step's variable.
func (sc *scene) answer(typed string) {
	name := sc.step().Ask
	kind := sc.m.book.Vars[name].Kind
	value, reason, usual := sc.parse(kind, typed)
	switch {
	case reason != "":
		sc.wrong(kind, reason)
	case !usual:
		sc.s.Draft = value
		sc.focus(focusDraft)
	default:
		sc.accept(value)
	}
}

// parse reads a value of a kind; usual is false when it should be confirmed.
func (sc *scene) parse(kind, typed string) (value, reason string, usual bool) {
	switch kind {
	case kindPartnerID:
		if global(typed) {
			return "", "global", false
		}
		id, usual, reason := japan.PartnerID(typed)
		return id, reason, usual
	case kindDate:
		day, reason := japan.Day(typed, sc.e.At.In(japan.Tokyo()))
		return day.Format(time.DateOnly), reason, sc.e.At.Sub(day) < maxUsualAge
	case kindPerson:
		value, reason = japan.Person(japan.Bare(typed))
		return value, reason, !sentence(value) && !japan.Formal(value) && !strings.ContainsFunc(value, unicode.IsDigit)
	case kindText:
		runes := []rune(typed)
		return string(runes[:min(len(runes), maxFreeText)]), "", true
	case kindCompany:
		value, reason = japan.Company(japan.Bare(typed))
		full := japan.Spelled(value)
		return full, reason, full == value && japan.Formal(value) && !sentence(value)
	}
	value, warning, reason := read(kind, japan.Bare(typed))
	return value, reason, warning == ""
}

// read reads a value of the company card. One with a warning is confirmed.
func read(kind, typed string) (value, warning, reason string) {
	switch kind {
	case kindCorporate:
		value, reason = japan.CorporateNumber(typed)
	case kindPostal:
		value, reason = japan.Postal(typed)
	case kindAddress:
		return japan.Address(typed)
	case kindPhone:
		return japan.Phone(typed)
	case kindEmail:
		return japan.Mail(typed, japan.PrimaryContact)
	case kindSupportEmail:
		return japan.Mail(typed, japan.SupportEmail)
	case kindURL:
		value, reason = japan.Website(typed)
	}
	return value, "", reason
}

// global tells whether a Partner ID was pasted together with its kind, and the
// kind is the one that is not wanted.
func global(typed string) bool {
	folded := japan.Fold(typed)
	has := func(word string) bool { return strings.Contains(folded, japan.Fold(word)) }
	return (has("グローバル") || has("global")) && !has("ロケーション") && !has("location")
}

// maxFreeText is how many characters of a free text are kept.
const maxFreeText = 200

// sentence tells whether a text reads like something said, not like a name.
func sentence(text string) bool {
	for _, ending := range []string{"ない", "ません", "ます", "ました", "でした", "ください"} {
		if strings.HasSuffix(text, ending) {
			return true
		}
	}
	return strings.ContainsAny(text, "。、？！?!") || utf8.RuneCountInString(text) > maxUsualName
}

// maxUsualAge is how long ago a day may be that is taken unasked: a day without
// a year that was mistyped is read as one of last year.
const maxUsualAge = 90 * 24 * time.Hour

// maxUsualName is the longest name, in characters, that is taken unasked.
const maxUsualName = 40

// wrong says what is the matter with an answer and asks again.
func (sc *scene) wrong(kind, reason string) {
	sc.notice("wrong." + kind + "." + reason)
	sc.show()
}

// accept keeps the answer and goes on.
func (sc *scene) accept(v string) {
	step := sc.step()
	sc.note(step.Ask, v)
	sc.follow("next", step.Next[0])
}

// note keeps a value and says so; characters a form may refuse are named.
func (sc *scene) note(name, v string) {
	sc.s.Vars[name] = v
	sc.notice("ui.noted", key("field", "vars."+name+".name"), value{"value", sc.arg(name, nil)})
	switch sc.m.book.Vars[name].Kind {
	case kindCompany, kindAddress, kindPerson:
		if odds := japan.Odds(v); len(odds) > 0 {
			sc.notice("ui.odd", text("value", arrows(odds)))
		}
	}
}

// arrows lists characters and what people write in their place.
func arrows(odds []japan.Odd) string {
	list := make([]string, len(odds))
	for i, o := range odds {
		list[i] = o.Char
		if o.Usual != "" {
			list[i] += "→" + o.Usual
		}
	}
	return strings.Join(list, ", ")
}

// draftView asks whether an unusual value is meant.
func (sc *scene) draftView() view {
	step := sc.step()
	return view{
		title: step.ID + ".title",
		parts: sc.draftParts(step.Ask),
		hear:  sc.answer,
		choices: []choice{
			{"yes", "options.yes", bot.Primary, func() { sc.accept(sc.s.Draft) }},
			{"retype", "options.retype", bot.Plain, sc.unfocus},
		},
	}
}

// draftParts is the question whether a value is meant.
func (sc *scene) draftParts(name string) []bot.Part {
	kind := sc.m.book.Vars[name].Kind
	if kind == kindCompany && japan.Formal(sc.s.Draft) && !sentence(sc.s.Draft) {
		return sc.part(bot.Do, "ui.draft.spelled", text("value", sc.s.Draft))
	}
	return sc.part(bot.Do, "ui.draft."+kind, text("value", sc.s.Draft))
}

// example is a valid answer for a variable.
func (sc *scene) example(name string) string {
	v := sc.m.book.Vars[name]
	if v.Kind == kindDate {
		return sc.computed("@today")
	}
	return v.Example
}

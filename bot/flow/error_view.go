package flow

import (
	"slices"
	"strconv"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// errorsPage is how many errors a list shows at once.
const errorsPage = maxChoices - 1

// errorsView lists the known errors of the screen, a few at a time.
func (sc *scene) errorsView(which string) view {
	all := sc.m.book.ErrorsAt(sc.step().Screen)
	page, _ := strconv.Atoi(which)
	rest := all[min(page*errorsPage, len(all)):]
	v := view{title: "ui.errors.title", parts: sc.part(bot.Do, "ui.errors.do")}
	for _, e := range rest[:min(errorsPage, len(rest))] {
		v.choices = append(v.choices, choice{"error-" + e.ID, "errors." + e.ID + ".name", bot.Plain,
			func() { sc.focus(focusError + "/" + e.ID) }})
	}
	if len(rest) > errorsPage {
		next := focusErrors + "/" + strconv.Itoa(page+1)
		v.choices = append(v.choices, choice{"more", "options.more", bot.Plain, func() { sc.focus(next) }})
	} else {
		v.choices = append(v.choices, sc.choiceHuman())
	}
	return v
}

// errorView answers a known error with its fix.
func (sc *scene) errorView(id string) view {
	e := sc.m.book.Error(id)
	if e == nil { // a new version may have removed it
		return sc.stepView()
	}
	if e.Offer == offerNames {
		return sc.namesView(e)
	}
	v := view{title: "errors." + id + ".name", body: "errors." + id, links: e.Links}
	if e.Go != "" && e.Go != sc.s.Step {
		v.choices = append(v.choices, choice{"fix", sc.errorLabel(e, "fix"), bot.Primary, func() {
			sc.took(errorWay(e.ID))
			sc.goTo(e.Go)
		}})
	}
	v.choices = append(v.choices, choice{"solved", sc.errorLabel(e, "solved"), bot.Plain, sc.unfocus}, sc.choiceHuman())
	return v
}

// errorLabel is the error's own label of an option, or the one all share.
func (sc *scene) errorLabel(e *KnownError, option string) string {
	if own := "errors." + e.ID + ".options." + option; sc.m.has(own) {
		return own
	}
	return "options." + option
}

// offerNames marks the error whose fix is another spelling of the company.
const offerNames = "company-names"

// The variables of the company's name and of the spelling the forms take, and
// the marks of how many spellings were refused and of what was asked first.
const (
	varCompany = "company"
	varForm    = "company_form"
	markTried  = "tried"
	markAsked  = "asked"
)

// What the clerk said when asked whether the company is registered already.
const (
	askedMaybe = "maybe"
	askedNo    = "no"
)

// candidate is the next spelling to try, empty when there is none left.
func (sc *scene) candidate() string {
	names := japan.Names(sc.s.Vars[varCompany])
	tried, _ := strconv.Atoi(sc.s.Vars[markTried])
	for _, name := range names[min(tried, len(names)):] {
		if name != sc.s.Vars[varForm] { // that one is in the form already
			return name
		}
	}
	return ""
}

func (sc *scene) namesView(e *KnownError) view {
	id := "errors." + e.ID
	v := view{title: id + ".name"}
	switch {
	case sc.s.Vars[markAsked] != askedNo:
		return sc.registeredView(id)
	case sc.s.Vars[varCompany] == "":
		v.parts, v.ask, v.hear = sc.part(bot.Do, id+".unknown"), varCompany, sc.companyTold
		v.choices = []choice{sc.choiceResume(), sc.choiceHuman()}
	case sc.candidate() == "":
		v.parts = sc.part(bot.Do, id+".exhausted")
		v.choices = []choice{{"solved", "options.solved", bot.Plain, sc.unfocus}, sc.choiceHuman()}
	default:
		v.body = id
		v.choices = []choice{
			{"solved", sc.errorLabel(e, "solved"), bot.Primary, sc.spelled},
			{"still", sc.errorLabel(e, "still"), bot.Plain, sc.refused},
			sc.choiceHuman(),
		}
	}
	return v
}

func (sc *scene) companyTold(typed string) {
	name, reason, usual := sc.parse(kindCompany, typed)
	if reason == "" && !usual && (!japan.Formal(name) || sentence(name)) {
		reason = "form"
	}
	if reason != "" {
		sc.wrong(kindCompany, reason)
		return
	}
	sc.s.Vars[varCompany] = name
	sc.focus(sc.s.Focus)
}

// registeredView asks first whether the company may be registered already:
// another spelling would make a second partner of it.
func (sc *scene) registeredView(id string) view {
	v := view{title: id + ".name", parts: sc.part(bot.Do, id+".ask")}
	answer := func(mark string) func() {
		return func() {
			sc.s.Vars[markAsked] = mark
			sc.focus(sc.s.Focus)
		}
	}
	v.choices = []choice{{"unregistered", id + ".options.unregistered", bot.Primary, answer(askedNo)}}
	if sc.s.Vars[markAsked] == askedMaybe {
		v.parts = sc.part(bot.Do, id+".registered")
		v.choices = append(v.choices, choice{choiceResume, "options.resume", bot.Plain, sc.unfocus})
	} else {
		v.choices = append(v.choices, choice{"registered", id + ".options.registered", bot.Plain, answer(askedMaybe)})
	}
	v.choices = append(v.choices, sc.choiceHuman())
	return v
}

// spelled keeps the spelling the form took, for the forms that follow.
func (sc *scene) spelled() {
	sc.s.Vars[varForm] = sc.candidate()
	sc.notice("errors.name-exists.kept")
	sc.unfocus()
}

// refused remembers that a spelling was tried and offers the next.
func (sc *scene) refused() {
	tried := slices.Index(japan.Names(sc.s.Vars[varCompany]), sc.candidate()) + 1
	sc.s.Vars[markTried] = strconv.Itoa(tried)
	sc.focus(sc.s.Focus)
}

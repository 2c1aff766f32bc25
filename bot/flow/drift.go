package flow

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/match"
)

// The portal drifts: its screens change, and the steps know nothing of it. The
// clerks see it first.

// missing opens the view for a screen that is not there or looks otherwise.
func (sc *scene) missing() {
	sc.s.Draft = ""
	sc.focus(focusMissing)
}

func (sc *scene) missingView() view {
	body := sc.s.Step + ".missing"
	if !sc.m.has(body) {
		body = "ui.missing.do"
	}
	return view{
		title: "ui.missing.title", parts: append(sc.part(bot.Do, body), sc.part(bot.Do, "ui.missing.ask")...),
		choices: []choice{sc.choiceResume(), sc.choiceBack(), sc.choiceHuman()},
		hear:    sc.report, first: true,
	}
}

// reportedView is what follows a report; whatever more is seen is added to it.
func (sc *scene) reportedView() view {
	return view{
		title: "ui.missing.title", parts: sc.part(bot.Do, "ui.missing.reported"),
		choices: []choice{sc.choiceResume(), sc.choiceHuman()},
		hear:    sc.report, first: true,
	}
}

// report keeps what the clerk sees with the step as it reads now. A question is
// answered instead.
func (sc *scene) report(seen string) {
	if found := sc.find(); found.Match.Kind == match.Answer && sc.explain(found) {
		return
	}
	// Both were masked; what they make together was not.
	seen, _ = Discreet(strings.TrimSpace(sc.s.Draft+"\n"+seen), sc.step().Screen)
	runes := []rune(seen)
	sc.s.Draft = string(runes[:min(len(runes), bot.MaxReport)])
	sc.effects = append(sc.effects, bot.Effect{Due: sc.e.At, Report: &bot.Report{
		Step: sc.s.Step, Edition: sc.m.Edition(sc.s.Step), Text: sc.s.Draft, At: sc.e.At,
	}})
	sc.notice("ui.missing.thanks")
	sc.focus(focusReported)
}

// withdraw takes back all that the clerk reported.
func (sc *scene) withdraw() {
	sc.effects = append(sc.effects, bot.Effect{Due: sc.e.At, Report: &bot.Report{At: sc.e.At}})
}

// noticeDrift is what the distributor is told when a report confirms another. A
// content folder without it tells nobody.
const noticeDrift = "drift"

// drifted tells the distributor that two clerks found a step otherwise. The one
// whose report it was is not disturbed, and may stand elsewhere by now.
func (sc *scene) drifted() {
	step := sc.m.book.Step(sc.e.Choice)
	if step == nil || !sc.m.has("notify."+noticeDrift) {
		return // removed meanwhile
	}
	said := sc.phrase("notify."+noticeDrift, key("step", step.ID+".title"), text("text", oneLine(sc.text)))
	for _, desk := range sc.m.desks {
		sc.effects = append(sc.effects, bot.Effect{To: desk.To, Lang: desk.Lang, Due: sc.e.At, Say: &bot.Reply{
			Step: step.ID, Parts: []bot.Part{{Kind: bot.Do, Phrase: said}},
		}})
	}
}

// Edition is a fingerprint of what a step says and does, 8 hexadecimal digits:
// another one as soon as its author mends it. It is empty for no step.
func (m *Machine) Edition(step string) string { return m.editions[step] }

func edition(s *Step, lex Lexicon) string {
	sum := sha256.New()
	line := json.NewEncoder(sum) // neither it nor the hash fails
	_ = line.Encode(s)
	for _, key := range lex.Keys() {
		if !strings.HasPrefix(key, s.ID+".") {
			continue
		}
		for _, lang := range lex.Languages() {
			text, _ := lex.Text(lang, key)
			_ = line.Encode([]string{key, lang, text})
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:4])
}

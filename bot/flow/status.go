package flow

import (
	"strconv"
	"time"

	"github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/japan"
)

// status answers with the overview. It changes nothing but what a typed "yes"
// means next.
func (sc *scene) status() {
	sc.said = sc.overview()
	sc.s.Aside = sc.e.Kind == bot.Said
}

// panel keeps the view beside the conversation up to date.
func (sc *scene) panel() {
	to := sc.s.Home
	to.Channel = bot.Panel
	sc.notices = nil
	sc.effects = append(sc.effects, bot.Effect{To: to, Lang: sc.s.Lang, Due: sc.e.At, Say: sc.overview()})
}

// overview tells where the clerk stands, whose turn it is, and which chapters
// are done.
func (sc *scene) overview() *bot.Reply {
	step := sc.step()
	r := sc.reply(view{title: "ui.status.title", choices: []choice{sc.choiceResume()}})
	for _, f := range sc.m.book.chapters() {
		r.Fields = append(r.Fields, bot.Field{Name: sc.phrase("flows." + f.ID + ".name"), Value: sc.phrase(sc.mark(f))})
	}
	add := func(name string, v bot.Phrase) {
		r.Fields = append(r.Fields, bot.Field{Name: sc.phrase("ui.status." + name), Value: v})
	}
	p := sc.m.book.Progress(step.ID)
	add("progress", sc.phrase("ui.status.count", text("value", strconv.Itoa(p.Done)), text("text", strconv.Itoa(p.Total))))
	add("step", sc.phrase(step.ID+".title"))
	add("turn", sc.phrase(turnOf(step)))
	if due := sc.nextReminder(step); !due.IsZero() {
		add("until", sc.phrase("ui.status.day", value{"value", bot.Arg{Day: due.In(japan.Tokyo())}}))
	}
	for _, name := range []string{varCompany, "partner_id"} {
		if value := sc.s.Vars[name]; value != "" {
			r.Fields = append(r.Fields, bot.Field{Name: sc.phrase("vars." + name + ".name"), Value: sc.phrase("ui.value", text("value", value))})
		}
	}
	return r
}

// nextReminder is when a step at which somebody else works is looked at again,
// zero when nothing is waited for.
func (sc *scene) nextReminder(step *Step) time.Time {
	for _, w := range step.Wait {
		if due := w.After.After(sc.waitsFrom(step), sc.m.cal); due.After(sc.e.At) {
			return due
		}
	}
	return time.Time{}
}

// turnOf is whose turn it is at a step.
func turnOf(step *Step) string {
	switch {
	case step.End:
		return "ui.turn.nobody"
	case len(step.Wait) > 0:
		return "ui.turn.microsoft"
	}
	return "ui.turn.clerk"
}

// mark tells whether a chapter lies behind the clerk.
func (sc *scene) mark(f *Flow) string {
	here := sc.step()
	switch {
	case here.End || f.index < here.flow.index:
		return "ui.mark.done"
	case f == here.flow:
		return "ui.mark.now"
	}
	return "ui.mark.todo"
}

// chapters are the flows a clerk goes through from start to end.
func (b *Book) chapters() []*Flow {
	var flows []*Flow
	for _, s := range b.spine {
		if len(flows) == 0 || flows[len(flows)-1] != s.flow {
			flows = append(flows, s.flow)
		}
	}
	return flows
}

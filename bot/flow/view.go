package flow

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/shirube/shirube/bot"
)

// view is what the clerk has before the eyes: a text, its buttons, and what a
// typed answer does.
type view struct {
	title   string
	body    string // the step or error whose texts it shows, or
	parts   []bot.Part
	more    []bot.Part  // said after what is to be done
	fields  []bot.Field // values to copy
	links   []string
	choices []choice
	ask     string            // the variable to be typed
	hear    func(text string) // takes the typed answer
	first   bool              // it is taken before it is searched for something known
}

// choice is a button and what it does.
type choice struct {
	id    string
	label string
	style bot.Style
	act   func()
}

// The views that may lie over a step; after a slash stands which one exactly.
const (
	focusGate     = "gate"
	focusErrors   = "errors"
	focusError    = "error"
	focusStuck    = "stuck"
	focusHelp     = "help"
	focusMissing  = "missing"
	focusReported = "reported"
	focusAlready  = "already"
	focusRestart  = "restart"
	focusForget   = "forget"
	focusLang     = "lang"
	focusDraft    = "draft"
	focusCard     = "card"
	focusPick     = "pick"
	focusScreen   = "screen"
)

func (sc *scene) view() view {
	kind, which, _ := strings.Cut(sc.s.Focus, "/")
	switch kind {
	case focusGate:
		return sc.gateView()
	case focusErrors:
		return sc.errorsView(which)
	case focusError:
		return sc.errorView(which)
	case focusStuck:
		return sc.stuckView()
	case focusHelp:
		return sc.helpView()
	case focusMissing:
		return sc.missingView()
	case focusReported:
		return sc.reportedView()
	case focusAlready:
		return sc.alreadyView()
	case focusRestart:
		return sc.restartView()
	case focusForget:
		return sc.forgetView()
	case focusLang:
		return sc.langView()
	case focusDraft:
		return sc.draftView()
	case focusCard:
		return sc.cardView(which)
	case focusPick:
		return sc.pickView(which)
	case focusScreen:
		return sc.screenView(which)
	}
	return sc.stepView()
}

// reply puts a view into a message, the notices on top.
func (sc *scene) reply(v view) *bot.Reply {
	step := sc.step()
	if v.body != "" {
		v.parts = sc.body(v.body)
	}
	if len(v.more) > 0 {
		v.parts = slices.Insert(v.parts, min(1, len(v.parts)), v.more...)
	}
	r := &bot.Reply{
		Step:     step.ID,
		Chapter:  sc.phrase("flows." + step.flow.ID + ".name"),
		Title:    sc.phrase(v.title),
		Parts:    append(sc.notices, v.parts...),
		Progress: sc.m.book.Progress(step.ID),
	}
	r.Fields = append(r.Fields, v.fields...)
	for _, url := range v.links {
		r.Links = append(r.Links, bot.Link{URL: url})
	}
	if len(v.choices) > 0 {
		r.Options = make([]bot.Option, len(v.choices))
	}
	tail := sc.stamp()
	for i, c := range v.choices {
		r.Options[i] = bot.Option{ID: step.ID + ":" + c.id + tail, Label: sc.phrase(c.label), Style: c.style}
	}
	if v.ask != "" {
		r.Ask = &bot.Ask{
			ID: step.ID + ":" + choiceForm + tail, Field: v.ask, Kind: sc.m.book.Vars[v.ask].Kind,
			Name: sc.phrase("vars." + v.ask + ".name"), Example: sc.example(v.ask),
		}
	}
	return r
}

// part is a text of the view; nothing when the catalogue has none.
func (sc *scene) part(kind bot.PartKind, key string, values ...value) []bot.Part {
	if !sc.m.has(key) {
		return nil
	}
	return []bot.Part{{Kind: kind, Phrase: sc.phrase(key, values...)}}
}

// body is the texts of a step or an error, with their values.
func (sc *scene) body(id string) []bot.Part {
	parts := slices.Clone(sc.m.bodies[id])
	for i := range parts {
		if len(sc.m.args[parts[i].Phrase.Key]) > 0 {
			parts[i].Phrase = sc.phrase(parts[i].Phrase.Key)
		}
	}
	return parts
}

// stamp is the end of a button's id, which is step:choice:moment:owner: where
// it stood, what it does, when and for whom it was made.
func (sc *scene) stamp() string {
	return ":" + strconv.FormatInt(int64(sc.s.Seq), 36) + ":" + owner(sc.s.ID)
}

func owner(session string) string {
	h := fnv.New32a()
	h.Write([]byte(session))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// fill takes the answer a form was sent with, if it is the form of the ask
// before the eyes.
func (sc *scene) fill(id string) {
	if len(sc.secrets) > 0 {
		sc.show()
		return
	}
	if v := sc.view(); v.hear != nil && id == sc.s.Step+":"+choiceForm+sc.stamp() {
		v.hear(sc.text)
		return
	}
	sc.notice("ui.stale")
	sc.show()
}

// press does what a button says, if it is one of the buttons before the eyes.
func (sc *scene) press(token string) {
	parts := strings.Split(token, ":")
	switch {
	case len(parts) != 4:
		sc.notice("ui.stale")
	case parts[3] != owner(sc.s.ID):
		sc.notice("ui.foreign")
	case parts[1] == choiceResume && sc.s.Focus == "": // shows the step, whenever it was made
	case strings.HasSuffix(token, sc.stamp()) && sc.choose(parts[1]):
		return
	default:
		sc.notice("ui.stale")
	}
	sc.show()
}

func (sc *scene) choose(id string) bool {
	for _, c := range sc.view().choices {
		if c.id == id {
			c.act()
			return true
		}
	}
	return false
}

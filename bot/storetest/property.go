package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shirube/shirube/bot"
	"pgregory.net/rapid"
)

// property does whatever comes to mind to a store and to the model, and finds
// no difference.
func property(t *testing.T, open func(t *testing.T) Harness) {
	rapid.Check(t, func(r *rapid.T) {
		p := &pair{ctx: t.Context(), Harness: open(t), model: newModel(), now: morning(), fences: map[string]int64{}}
		r.Repeat(map[string]func(*rapid.T){
			"commit": p.commit, "claim": p.claim, "done": p.done, "retry": p.retry,
			"bury": p.bury, "exhume": p.exhume, "wait": p.wait, "restart": p.restart, "": p.check,
		})
	})
}

// pair is a store and the model that it must be like.
type pair struct {
	Harness
	ctx    context.Context
	model  *model
	now    time.Time
	claims []bot.Claim      // open ones and such that are over
	fences map[string]int64 // the last one of every lane
}

// sessions is few, so that they meet.
func sessions() []string { return []string{"slack:T1:U1", "slack:T1:U1|clock", "teams:T1:U2"} }

func (p *pair) commit(r *rapid.T) {
	id := rapid.SampledFrom(sessions()).Draw(r, "session")
	event := fmt.Sprint("e", rapid.IntRange(0, 20).Draw(r, "event"))
	from := p.model.load(id).Version
	if rapid.IntRange(0, 9).Draw(r, "stale") == 0 {
		from += rapid.SampledFrom([]int64{-1, 1}).Draw(r, "by")
	}
	t := bot.Turn{
		EventID: event, At: p.now, From: from,
		Session: bot.Session{ID: id, Version: from + 1, Step: event},
		Forget:  rapid.IntRange(0, 9).Draw(r, "forget") == 0,
	}
	for i := range rapid.IntRange(0, 3).Draw(r, "effects") {
		e := p.effect(r)
		e.ID, e.Session = bot.EffectID(id, event, i), id
		t.Effects = append(t.Effects, e)
	}
	if from < 0 {
		return
	}
	now := p.upTo(r)
	claims, err := p.Store.Commit(p.ctx, t, now)
	p.same(r, err, p.model.commit(t))
	if err == nil {
		p.handed(r, claims, p.inLanes(p.model.ready(now), t.Effects))
	}
}

// upTo is now, or the zero time: nothing is to be claimed.
func (p *pair) upTo(r *rapid.T) time.Time {
	if rapid.Bool().Draw(r, "take") {
		return p.now
	}
	return time.Time{}
}

// inLanes leaves of what is ready only the lanes of these effects.
func (p *pair) inLanes(ready map[string]*entry, effects []bot.Effect) map[string]*entry {
	wanted := map[string]*entry{}
	for _, e := range effects {
		if head := ready[e.Lane()]; head != nil {
			wanted[e.Lane()] = head
		}
	}
	return wanted
}

// handed checks claims against what must have been claimed, all of it, and has
// the model claim the same.
func (p *pair) handed(r *rapid.T, claims []bot.Claim, ready map[string]*entry) {
	if len(claims) != len(ready) {
		r.Fatalf("handed out %d, want %d", len(claims), len(ready))
	}
	for _, c := range claims {
		p.claimed(r, c, ready)
	}
}

func (p *pair) effect(r *rapid.T) bot.Effect {
	due := p.now.Add(time.Duration(rapid.IntRange(-60, 300).Draw(r, "due")) * time.Second)
	lane := rapid.SampledFrom([]string{"C1", "C2", "clock"}).Draw(r, "lane")
	if lane == "clock" {
		return wake("w", due)
	}
	return say(lane, "a", due)
}

// claim takes as many as there are, or fewer; which of more than the limit
// come first is the store's choice.
func (p *pair) claim(r *rapid.T) {
	limit := rapid.SampledFrom([]int{1, 2, 20}).Draw(r, "limit")
	ready := p.model.ready(p.now)
	claims, err := p.Store.Claim(p.ctx, p.now, limit)
	if err != nil || len(claims) != min(limit, len(ready)) {
		r.Fatalf("claimed %d (error %v), want %d of %d", len(claims), err, limit, len(ready))
	}
	for _, c := range claims {
		p.claimed(r, c, ready)
	}
}

// claimed checks one claim against what may be claimed.
func (p *pair) claimed(r *rapid.T, c bot.Claim, ready map[string]*entry) {
	lane := c.Effect.Lane()
	e := ready[lane]
	if e == nil {
		r.Fatalf("claimed %s, which is not ready", lane)
	}
	delete(ready, lane)
	if d := cmp.Diff(e.effect, c.Effect); d != "" || c.Attempt != e.attempt+1 || c.Fence <= p.fences[lane] || !c.Until.Equal(p.now.Add(Lease)) {
		r.Fatalf("attempt %d fence %d until %v after %d and %d:\n%s", c.Attempt, c.Fence, c.Until, e.attempt, p.fences[lane], d)
	}
	p.model.claim(e, c, p.now.Add(Lease))
	p.fences[lane] = c.Fence
	p.claims = append(p.claims, c)
}

func (p *pair) done(r *rapid.T) {
	var next []bot.Claim
	now := p.upTo(r)
	c, ended := p.end(r, func(c bot.Claim) (err error) {
		next, err = p.Store.Done(p.ctx, c, bot.Receipt{}, now)
		return err
	}, nil)
	if ended {
		p.handed(r, next, p.inLanes(p.model.ready(now), []bot.Effect{c.Effect}))
	}
}

func (p *pair) bury(r *rapid.T) {
	p.end(r, func(c bot.Claim) error { return p.Store.Bury(p.ctx, c, errors.New("no")) },
		func(e *entry) { p.model.bury(e, "no") })
}

// exhume asks for some of the graves, of a session that they need not be of.
func (p *pair) exhume(r *rapid.T) {
	session := rapid.SampledFrom(sessions()).Draw(r, "session")
	var ids []string
	for _, g := range p.model.graves {
		if rapid.Bool().Draw(r, "this") {
			ids = append(ids, g.effect.ID)
		}
	}
	found, err := p.Store.Exhume(p.ctx, session, ids...)
	if want := p.model.exhume(session, ids); err != nil || !slices.Equal(found, want) {
		r.Fatalf("exhumed %v (error %v), want %v", found, err, want)
	}
}

func (p *pair) retry(r *rapid.T) {
	due := p.now.Add(time.Duration(rapid.IntRange(-10, 60).Draw(r, "after")) * time.Second)
	why := &bot.SendError{Reason: "busy", Untried: rapid.Bool().Draw(r, "untried")}
	p.end(r, func(c bot.Claim) error { return p.Store.Retry(p.ctx, c, due, why) }, func(e *entry) {
		e.fence, e.held = 0, due
		if why.Untried {
			e.attempt--
		}
	})
}

// end ends a claim in the store by do and in the model by keep; without keep
// the effect is gone. It tells which, and whether the claim was still open.
func (p *pair) end(r *rapid.T, do func(bot.Claim) error, keep func(*entry)) (c bot.Claim, ended bool) {
	if len(p.claims) == 0 {
		r.Skip("nothing was claimed")
	}
	c = rapid.SampledFrom(p.claims).Draw(r, "claim")
	e := p.model.holder(c)
	want := error(nil)
	if e == nil {
		want = bot.ErrFenced
	}
	p.same(r, do(c), want)
	switch {
	case e == nil:
	case keep == nil:
		p.model.drop(func(other *entry) bool { return other == e })
	default:
		keep(e)
	}
	return c, e != nil
}

func (p *pair) wait(r *rapid.T) {
	p.now = p.now.Add(rapid.SampledFrom([]time.Duration{
		time.Second, 20 * time.Second, Lease, 5 * time.Minute, day - time.Minute,
	}).Draw(r, "for"))
}

func (p *pair) restart(r *rapid.T) {
	if rapid.IntRange(0, 4).Draw(r, "restart") == 0 {
		p.Store = p.Reopen()
	}
}

// same compares what the store answered with what it must answer.
func (p *pair) same(r *rapid.T, got, want error) {
	if !errors.Is(got, want) || want == nil && got != nil {
		r.Fatalf("got error %v, want %v", got, want)
	}
}

// check compares everything that can be seen.
func (p *pair) check(r *rapid.T) {
	for _, id := range sessions() {
		got, err := p.Store.Load(p.ctx, id)
		if d := cmp.Diff(p.model.load(id), got); err != nil || d != "" {
			r.Fatalf("session %s (error %v, -want +got):\n%s", id, err, d)
		}
	}
	all, err := graves(p.ctx, p.Store)
	if d := cmp.Diff(p.model.buried(), all, cmpopts.EquateEmpty()); err != nil || d != "" {
		r.Fatalf("graves (error %v, -want +got):\n%s", err, d)
	}
	want, some := p.model.next()
	got, ok, err := p.Store.Next(p.ctx)
	if err != nil || ok != some || !got.Equal(want) {
		r.Fatalf("next is %v %v (error %v), want %v %v", got, ok, err, want, some)
	}
}

package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	vocabulary "github.com/shirube/shirube/bot"
	"github.com/shirube/shirube/bot/redisstore"
)

// idleCmd measures a server with sessions that only wait for a reminder.
type idleCmd struct {
	Server   string        `default:"bin/shirube" help:"the program, built by make build"`
	Sessions []int         `default:"10000,100000,1000000" help:"how many, one after the other"`
	For      time.Duration `default:"20s" help:"how long each is measured"`
}

// Run fills one Redis, and measures a server on it at each size.
func (c idleCmd) Run(ctx context.Context, w world) error {
	fmt.Fprintln(w.Out, "sessions  Redis a session  server's CPU  Redis's CPU  resident  ready")
	st := &stage{}
	defer func() { st.strike() }()
	var err error
	if st.data, err = newData(); err != nil {
		return err
	}
	empty, filled := st.data.bytes(), 0
	for _, sessions := range c.Sessions {
		if err := fill(ctx, st.data.server.URL(), filled, sessions, w.Now()); err != nil {
			return err
		}
		filled = max(filled, sessions)
		held := float64(st.data.bytes()-empty) / float64(filled)
		next := &stage{data: st.data}
		if next.slack, err = open(w.Now, 1); err != nil {
			return err
		}
		st = next
		if err := st.start(ctx, w, serverBot("server", c.Server, ""), "1"); err != nil {
			return err
		}
		pause(ctx, time.Second) // the start is none of it
		before := st.meter.look()
		pause(ctx, c.For)
		used := st.meter.look().since(before)
		fmt.Fprintf(w.Out, "%8d  %9.0f bytes  %11.2f%%  %10.2f%%  %5.1f MB  %v\n", filled, held,
			100*used.bot.Seconds()/c.For.Seconds(), 100*used.redis.Seconds()/c.For.Seconds(),
			float64(resident(st.meter.bot))/1e6, st.ready.Round(time.Millisecond))
		st.rest()
	}
	return ctx.Err()
}

// fill adds sessions up to a number, each with a reminder that is due in days.
func fill(ctx context.Context, url string, from, to int, now time.Time) error {
	client, err := redisstore.Dial(url)
	if err != nil {
		return err
	}
	defer func() { _ = client.Close() }()
	store, err := redisstore.New(client, 0)
	if err != nil {
		return err
	}
	var failed atomic.Pointer[error]
	var next atomic.Int64
	next.Store(int64(from))
	var writing sync.WaitGroup
	for range 64 {
		writing.Go(func() {
			for n := next.Add(1) - 1; n < int64(to) && failed.Load() == nil; n = next.Add(1) - 1 {
				if _, err := store.Commit(ctx, waiting(n, now), time.Time{}); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	writing.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// waiting is a turn after which a session only waits.
func waiting(n int64, now time.Time) vocabulary.Turn {
	home := vocabulary.Address{Platform: "slack", Tenant: team, Channel: fmt.Sprintf("D%07d", n), User: fmt.Sprintf("U%07d", n)}
	id := home.SessionID()
	event := fmt.Sprint("Ev", n)
	return vocabulary.Turn{
		EventID: event, At: now,
		Session: vocabulary.Session{ID: id, Version: 1, Lang: "ja", Name: "見本 太郎", Home: home, Flow: "review", FlowVersion: 1, Step: "review.wait", Since: now, Visit: 1},
		Effects: []vocabulary.Effect{{
			ID: vocabulary.EffectID(id, event, 0), Session: id, To: home, Lang: "ja",
			Due: now.Add(72*time.Hour + time.Duration(n)*time.Millisecond), Wake: "review.wait/1",
		}},
	}
}

package deliver_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
)

// stock is an outbox that tells that it has more.
type stock struct{ box }

func (s *stock) Next(context.Context) (time.Time, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return noon(), len(s.claims) > 0, nil
}

// TestBacklogIsWorkedOff has far more in the outbox than there is room for: who
// makes room sees to it that the rest is fetched, and nobody has to nudge.
func TestBacklogIsWorkedOff(t *testing.T) {
	t.Parallel()
	const many = 50
	s := &stock{box{done: make(chan string, many)}}
	for n := range many {
		s.claims = append(s.claims, claim(fmt.Sprint(n), fmt.Sprint("c", n)))
	}
	w := worker(&s.box, &bytes.Buffer{}, func(m bot.Message) (bot.Receipt, error) { return bot.Receipt{ID: m.ID}, nil })
	w.Outbox, w.Poll = s, 24*time.Hour
	defer running(t, w)()
	for range many {
		select {
		case <-s.done:
		case <-time.After(10 * time.Second):
			t.Fatal("the rest stays in the outbox")
		}
	}
}

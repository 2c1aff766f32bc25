package slack

import (
	"bytes"
	"context"
	"sync"
	"time"

	"github.com/shirube/shirube/bot"
)

// vaultDouble is a vault in memory that can be made to fail.
type vaultDouble struct {
	mu     sync.Mutex
	kept   map[string][]byte
	reads  int
	broken func(saving bool) error // nil: works
}

func (v *vaultDouble) Sealed(ctx context.Context, name string) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.reads++
	if err := v.works(ctx, false); err != nil {
		return nil, err
	}
	return bytes.Clone(v.kept[name]), nil
}

func (v *vaultDouble) Reseal(ctx context.Context, name string, old, sealed []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.works(ctx, true); err != nil {
		return err
	}
	if !bytes.Equal(v.kept[name], old) || (v.kept[name] == nil) != (old == nil) {
		return bot.ErrConflict
	}
	if v.kept[name] = bytes.Clone(sealed); sealed == nil {
		delete(v.kept, name)
	}
	return nil
}

func (v *vaultDouble) works(ctx context.Context, saving bool) error {
	if v.broken == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	return v.broken(saving)
}

func (v *vaultDouble) breaks(how func(saving bool) error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.broken = how
}

func (v *vaultDouble) names() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.kept)
}

// late is how a vault breaks that others change first, so many times.
func late(times int) func(bool) error {
	return func(saving bool) error {
		if !saving || times == 0 {
			return nil
		}
		times--
		return bot.ErrConflict
	}
}

// clockDouble goes when it is told to.
type clockDouble struct {
	mu sync.Mutex
	at time.Time
}

func (c *clockDouble) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clockDouble) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// logDouble keeps a log, for several at once.
type logDouble struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logDouble) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logDouble) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

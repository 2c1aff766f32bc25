package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/shirube/shirube/bot"
)

// about checks which session the message at the place was about.
func (k *kit) about(at bot.Address, want string) {
	k.Helper()
	if got, err := k.Store.Thread(k.Context(), at); err != nil || got != want {
		k.Fatalf("the message at %v is about %q (error %v), want %q", at, got, err, want)
	}
}

// post says something to a channel and notes its receipt.
func (k *kit) post(session string, e bot.Effect, r bot.Receipt) {
	k.Helper()
	k.commit(k.turn(session, "post"+k.now.String(), k.load(session).Version, e))
	claims := k.claim(1)
	if len(claims) != 1 {
		k.Fatalf("claimed %v", claims)
	}
	if err := Finish(k.Context(), k.Store, claims[0], r); err != nil {
		k.Fatalf("done: %v", err)
	}
}

// thread finds sessions by the messages that went to channels, and by no
// others.
func thread(k *kit) {
	at := bot.Address{Platform: "slack", Tenant: "T1", Channel: "C1", Thread: "17.1"}
	k.about(at, "")
	k.post("slack:T1:U1", say("C1", "a", k.now), bot.Receipt{ID: "17.1"})
	k.post("slack:T1:U2", say("#named", "b", k.now), bot.Receipt{Channel: "C1", ID: "17.2"})
	own := say("D1", "c", k.now)
	own.To.User = "U1"
	k.now = k.now.Add(time.Second)
	k.post("slack:T1:U1", own, bot.Receipt{ID: "17.3"})
	k.now = k.now.Add(time.Second)
	k.post("slack:T1:U1", wake("w", k.now), bot.Receipt{})
	k.Store = k.Reopen()
	k.about(at, "slack:T1:U1")
	for _, other := range []bot.Address{
		{Platform: "teams", Tenant: "T1", Channel: "C1", Thread: "17.1"},
		{Platform: "slack", Tenant: "T2", Channel: "C1", Thread: "17.1"},
		{Platform: "slack", Tenant: "T1", Channel: "C2", Thread: "17.1"},
		{Platform: "slack", Tenant: "T1", Channel: "C1", Thread: ""},
		{Platform: "slack", Tenant: "T1", Channel: "C1:17", Thread: "1"},
		{Platform: "slack", Tenant: "T1", Channel: "#named", Thread: "17.2"},
		{Platform: "slack", Tenant: "T1", Channel: "D1", Thread: "17.3"},
	} {
		k.about(other, "")
	}
	at.User, at.Thread = "U7", "17.2"
	k.about(at, "slack:T1:U2")
}

// threadAgain notes the same message twice, as after a crash between the two.
func threadAgain(k *kit) {
	at := bot.Address{Platform: "slack", Tenant: "T1", Channel: "C1", Thread: "17.1"}
	for range 2 {
		k.now = k.now.Add(day)
		k.post("slack:T1:U1", say("C1", "a", k.now), bot.Receipt{ID: "17.1"})
		k.about(at, "slack:T1:U1")
	}
	k.now = k.now.Add(89 * day)
	k.post("slack:T1:U1", say("C1", "a", k.now), bot.Receipt{ID: "17.2"})
	k.about(at, "slack:T1:U1")
}

// sealed is what the vault has under the name.
func (k *kit) sealed(name string, want []byte) {
	k.Helper()
	if got, err := k.Store.Sealed(k.Context(), name); err != nil || !bytes.Equal(got, want) || (got == nil) != (want == nil) {
		k.Fatalf("%s is %q (error %v), want %q", name, got, err, want)
	}
}

func vault(k *kit) {
	one, two := []byte("\x00one\xff"), []byte("two")
	for _, step := range []struct{ old, new, is []byte }{
		{nil, one, one}, {nil, two, one}, {two, two, one}, {one, two, two}, {one, nil, two}, {two, nil, nil}, {nil, nil, nil},
		{one, two, nil}, {nil, two, two},
	} {
		before, _ := k.Store.Sealed(k.Context(), "slack:T1")
		var want error
		if !bytes.Equal(before, step.old) {
			want = bot.ErrConflict
		}
		if err := k.Store.Reseal(k.Context(), "slack:T1", step.old, step.new); !errors.Is(err, want) {
			k.Fatalf("%q after %q: got error %v, want %v", step.new, step.old, err, want)
		}
		k.sealed("slack:T1", step.is)
		k.sealed("slack:T2", nil)
	}
	k.Store = k.Reopen()
	k.sealed("slack:T1", two)
	over, cancel := context.WithCancel(k.Context())
	cancel()
	if err := k.Store.Reseal(over, "slack:T1", two, one); !errors.Is(err, context.Canceled) {
		k.Errorf("with a context that is over: got error %v", err)
	}
	k.sealed("slack:T1", two)
}

// concurrentVault has many count in one place: no step may be lost.
func concurrentVault(k *kit) {
	const writers, steps = 6, 20
	var wait sync.WaitGroup
	var count atomic.Int64
	for range writers {
		wait.Go(func() {
			for range steps {
				old, err := k.Store.Sealed(k.Context(), "n")
				if err != nil {
					k.Errorf("read: %v", err)
				}
				switch err := k.Store.Reseal(k.Context(), "n", old, append(bytes.Clone(old), '+')); {
				case err == nil:
					count.Add(1)
				case !errors.Is(err, bot.ErrConflict):
					k.Errorf("write: %v", err)
				}
			}
		})
	}
	wait.Wait()
	got, err := k.Store.Sealed(k.Context(), "n")
	if err != nil || int64(len(got)) != count.Load() || len(got) == 0 {
		k.Errorf("%s steps arrived of %d (error %v)", fmt.Sprint(len(got)), count.Load(), err)
	}
}

package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shirube/shirube/bot"
)

// references is every test of references by its name.
func references() map[string]func(*kit) {
	return map[string]func(*kit){"Reference": reference, "ConcurrentReferences": concurrentReferences}
}

// refer writes a reference and checks what is kept then.
func (k *kit) refer(r, want bot.Reference) {
	k.Helper()
	kept, err := k.Store.Refer(k.Context(), r)
	if err != nil {
		k.Fatalf("refer: %v", err)
	}
	if d := cmp.Diff(want, kept); d != "" {
		k.Fatalf("kept (-want +got):\n%s", d)
	}
	k.referred(r.At, want)
}

func (k *kit) referred(at bot.Address, want bot.Reference) {
	k.Helper()
	got, err := k.Store.Reference(k.Context(), at)
	if err != nil {
		k.Fatalf("reference: %v", err)
	}
	if d := cmp.Diff(want, got); d != "" {
		k.Fatalf("reference of %v (-want +got):\n%s", at, d)
	}
}

// reference keeps the newest of a place, and nothing of another.
func reference(k *kit) {
	at := bot.Address{Platform: "teams", Tenant: "T1", User: "U1"}
	first := full[bot.Reference]()
	first.At, first.Closed, first.Seen, first.Since = at, "", k.now, k.now
	k.referred(at, bot.Reference{})
	k.refer(first, first)
	second := first
	second.Service, second.Seen, second.Since = "https://new", k.now.Add(time.Hour), time.Time{}
	want := second
	want.Since = first.Since
	k.refer(second, want)
	k.refer(first, want)
	k.Store = k.Reopen()
	k.referred(at, want)

	closed := bot.Reference{At: at, Closed: "uninstalled", Seen: k.now.Add(2 * time.Hour)}
	want = closed
	want.Since = first.Since
	k.refer(closed, want)
	again := second
	again.Seen = k.now.Add(3 * time.Hour)
	want = again
	want.Since = again.Seen
	k.refer(again, want)
	for _, other := range []bot.Address{
		{Platform: "slack", Tenant: "T1", User: "U1"}, {Platform: "teams", Tenant: "T2", User: "U1"},
		{Platform: "teams", Tenant: "T1", Channel: "U1"}, {Platform: "teams", Tenant: "T1"}, {Platform: "teams", Tenant: "T1:U1"},
	} {
		k.referred(other, bot.Reference{})
	}
	at.Thread = "17"
	k.referred(at, want)

	over, cancel := context.WithCancel(k.Context())
	cancel()
	if _, err := k.Store.Refer(over, again); !errors.Is(err, context.Canceled) {
		k.Errorf("with a context that is over: got error %v", err)
	}
}

// concurrentReferences has many write one place: the newest is kept.
func concurrentReferences(k *kit) {
	at := bot.Address{Platform: "teams", Tenant: "T1", Channel: "C1"}
	const writers, steps = 4, 10
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for s := range steps {
				n := s*writers + (w+s)%writers
				r := bot.Reference{At: at, Service: fmt.Sprint(n), Seen: k.now.Add(time.Duration(n) * time.Second)}
				if _, err := k.Store.Refer(k.Context(), r); err != nil && !errors.Is(err, bot.ErrConflict) {
					k.Errorf("refer: %v", err)
				}
			}
		})
	}
	wait.Wait()
	got, err := k.Store.Reference(k.Context(), at)
	if err != nil || got.Service != fmt.Sprint(writers*steps-1) {
		k.Errorf("kept %+v (error %v), want the newest", got, err)
	}
}

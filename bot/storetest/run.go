// Package storetest holds the one suite that every store must pass: what
// [bot.Store], [bot.Outbox], [bot.Graves], [bot.Threads], [bot.Vault], [bot.Reports]
// and [bot.References] promise, as tests.
// It knows a store only by these interfaces and must not know which one it
// tests.
package storetest

import (
	"maps"
	"testing"
	"time"

	"github.com/shirube/shirube/bot"
)

// Lease is how long the stores under test must lease a claim.
const Lease = 30 * time.Second

// Store is what is tested: all sides of one store.
type Store interface {
	bot.Store
	bot.Outbox
	bot.Graves
	bot.Threads
	bot.Vault
	bot.References
	bot.Reports
}

// Harness is one store with data of its own, empty at first.
type Harness struct {
	Store Store
	// Reopen closes the store and opens another on the same data, as after a
	// restart of the program.
	Reopen func() Store
}

// Run tests the stores that open makes. It calls open once for every test,
// and many times for the property test; open closes what it opened with
// t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) Harness) {
	tests := suite()
	maps.Copy(tests, references())
	maps.Copy(tests, reportSuite())
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(&kit{T: t, Harness: open(t), now: morning()})
		})
	}
	t.Run("Model", func(t *testing.T) {
		t.Parallel()
		property(t, open)
	})
}

// suite is every test by its name, but for those of reports.
//
//nolint:funlen // a test a line
func suite() map[string]func(*kit) {
	return map[string]func(*kit){
		"LoadNone":        loadNone,
		"CommitAndLoad":   commitAndLoad,
		"RoundTrip":       roundTrip,
		"Conflict":        conflict,
		"Malformed":       malformed,
		"ConcurrentTurns": concurrentTurns,
		"Cancelled":       cancelled,

		"Duplicate":            duplicate,
		"DuplicateAfterMore":   duplicateAfterMore,
		"DuplicateAfterForget": duplicateAfterForget,
		"DuplicateForgotten":   duplicateForgotten,
		"RefusedLeavesNothing": refusedLeavesNothing,
		"RefusedMayComeAgain":  refusedMayComeAgain,

		"LaneOrder":          laneOrder,
		"LanesAreFree":       lanesAreFree,
		"EarlierGoesFirst":   earlierGoesFirst,
		"NotBeforeDue":       notBeforeDue,
		"FinerThanClock":     finerThanClock,
		"Limit":              limit,
		"Next":               next,
		"ConcurrentClaims":   concurrentClaims,
		"ClaimsWhileWriting": claimsWhileWriting,

		"CommitTakes":        commitTakes,
		"CommitTakesEarlier": commitTakesEarlier,
		"TakenComesAgain":    takenComesAgain,
		"ForgetTakes":        forgetTakes,
		"Untried":            untried,

		"LeaseRunsOut":     leaseRunsOut,
		"LateWorker":       lateWorker,
		"SlowButAlone":     slowButAlone,
		"OnlyOnce":         onlyOnce,
		"FenceGrows":       fenceGrows,
		"Retry":            retry,
		"RetryBlocks":      retryBlocks,
		"Bury":             bury,
		"Restart":          restart,
		"Forget":           forget,
		"ForgetClaimed":    forgetClaimed,
		"ForgetRefused":    forgetRefused,
		"ForgetAndBack":    forgetAndBack,
		"Buried":           buried,
		"BuriedMany":       buriedMany,
		"Exhume":           exhume,
		"ExhumeOrder":      exhumeOrder,
		"ExhumeBusyLane":   exhumeBusyLane,
		"ExhumeRetried":    exhumeBeforeRetried,
		"ExhumeAgain":      exhumeAgain,
		"ExhumeForgotten":  exhumeForgotten,
		"ConcurrentExhume": concurrentExhume,

		"Thread":          thread,
		"ThreadAgain":     threadAgain,
		"OddNames":        oddNames,
		"ManyEffects":     manyEffects,
		"Vault":           vault,
		"ConcurrentVault": concurrentVault,
	}
}

// morning is when every test begins: a time with every digit the stores keep.
func morning() time.Time { return time.Date(2026, 12, 1, 9, 0, 0, 123456000, time.UTC) }

package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// The heap is small, and to collect it seldom saves a tenth of the time: it is
// let grow to this, or to twice what is in use where that is more.
const (
	heapRoom  = 39 << 20
	heapTimes = 2
)

// paceHeap keeps the collector at that until the context ends. Who sets GOGC or
// GOMEMLIMIT is left alone.
func paceHeap(ctx context.Context, vars map[string]string) {
	if vars["GOGC"] != "" || vars["GOMEMLIMIT"] != "" {
		return
	}
	debug.SetGCPercent(100 * heapTimes * 2) // the limit comes before it
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		metrics.Read(live)
		debug.SetMemoryLimit(max(heapRoom, heapTimes*int64(live[0].Value.Uint64())))
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

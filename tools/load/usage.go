package main

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"
)

// tick is what the kernel counts a process's time in.
const tick = 10 * time.Millisecond

// cpu is how long a process has been running on a processor, all its threads
// together. Where there is no /proc it is 0.
func cpu(pid int) time.Duration {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	raw = raw[bytes.LastIndexByte(raw, ')')+1:] // the name before may hold anything
	fields := strings.Fields(string(raw))
	const user, system = 11, 12 // behind the name
	if len(fields) <= system {
		return 0
	}
	return ticks(fields[user]) + ticks(fields[system])
}

// busy is how long all processors together have been doing something.
func busy() time.Duration {
	raw, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(raw), "\n")
	var sum time.Duration
	for i, field := range strings.Fields(line) {
		const idle, wait, steal = 4, 5, 8
		if i > 0 && i != idle && i != wait && i <= steal {
			sum += ticks(field)
		}
	}
	return sum
}

func ticks(field string) time.Duration {
	n, err := strconv.ParseInt(field, 10, 64)
	if err != nil {
		return 0
	}
	return time.Duration(n) * tick
}

// resident is how many bytes of memory a process holds; 0 without /proc.
func resident(pid int) int64 {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	number, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	kilobytes, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

// spent is what was used between two looks.
type spent struct{ bot, redis, driver, others time.Duration }

// meter looks at the three and at the machine.
type meter struct{ bot, redis, driver int }

func (m meter) look() spent {
	s := spent{bot: cpu(m.bot), redis: cpu(m.redis), driver: cpu(m.driver)}
	s.others = busy() - s.ours()
	return s
}

// ours is what the three used together.
func (s spent) ours() time.Duration { return s.bot + s.redis + s.driver }

func (s spent) since(before spent) spent {
	return spent{s.bot - before.bot, s.redis - before.redis, s.driver - before.driver, s.others - before.others}
}

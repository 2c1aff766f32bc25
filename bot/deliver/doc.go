// Package deliver is the way out, and the clock: it claims effects when they
// are due, puts them into words, sends them, and tries again what failed. It is
// the only place that retries. It must not know steps or platforms.
package deliver

// Package flow holds the procedure as data and plays it: it loads flows from a
// content folder, checks them, draws them, and turns an event and a session
// into the next session and its effects.
//
// Play is pure and total: no clock, no I/O, no randomness; the same session and
// event always make the same turn. The package speaks in keys of the catalogue
// and must not know a language, a platform or a store; what people may type is
// handed in as a [Lexicon].
package flow

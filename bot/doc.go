// Package bot holds the vocabulary of Shirube: the words that every other
// package speaks, and nothing else. It imports the standard library only and
// must not know a platform, a store, a language or the procedure.
//
// One way leads through the program. A platform turns what arrives into an
// [Event]. The router loads the [Session], lets the flow engine play the event
// into a [Turn], and commits that turn in one atomic write. The worker claims
// the turn's [Effect]s when they are due, renders them into [Message]s and
// sends them through the platform. Nothing is sent before it is saved.
package bot

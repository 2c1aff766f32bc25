// Package slack is the platform Slack: it verifies and parses what arrives,
// over HTTP or Socket Mode, into events for a handler, and sends messages as
// blocks. It must not know steps, stores or languages: the sentences it needs
// of its own are handed in as [Words].
//
// What is sent is sent at least once: a message carries its effect's id as
// metadata, and one whose send had no answer is looked up in the channel's
// history before it is sent again. The Home tab is replaced as a whole; the
// answers to commands and clicks travel in the response and are not repeated.
package slack

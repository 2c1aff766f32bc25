// Package local is the platform on one's own machine: a chat in the terminal
// for people, and the same chat as a protocol of JSON lines for programs. It
// must not know steps or stores; it hands events to a handler and shows what
// is sent to it.
package local

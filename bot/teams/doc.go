// Package teams is the platform Microsoft Teams: it checks and parses what
// arrives at /api/messages into events for a handler, and sends messages as
// Adaptive Cards. It must not know steps, stores or languages: the sentences it
// needs of its own are handed in as [Words].
//
// The adapter of msbotbuilder-go stands in the middle; the token check, the
// connector's client and the HTTP handler are this package's own, put into its
// seams. What is sent is sent at least once: Teams lets nobody look up whether a
// message without an answer arrived, so it may come twice. The cards in the
// answers to presses travel in the response and are not repeated.
package teams

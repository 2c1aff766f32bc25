// Package match finds known errors, answers and screens in what a clerk pastes
// or writes: half a message of the portal, with typing and reading errors, in
// Japanese, in English, or in Japanese written in Latin letters.
//
// What is known comes as data from the folder flows/match/ of a content folder.
// Words that mean the same are a concept; an entry says which concepts together
// mean it. A text is folded, the concepts are spotted in it, and every entry is
// weighed in windows of one to three sentences. The screen the clerk stands at
// makes an entry likelier and never excludes one. What was learned of many examples
// then decides together with these patterns: what a text is about, how it is said,
// and which screen it shows.
//
// It knows no session, platform or flow, and keeps no state: a [Matcher] may be
// used by many goroutines at once.
package match

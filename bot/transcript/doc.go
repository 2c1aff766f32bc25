// Package transcript holds conversations as readable text: who says and who
// presses what, what comes back by key and step, and time that passes. A
// transcript is played on a stage and written down again; it holds when the
// text comes out as it was. The package must not know languages or stores.
package transcript

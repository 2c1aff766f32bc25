// Package flows holds the procedure as data: the flows, the known errors, the
// ledger and the transcripts. It holds no code.
package flows

import "embed"

// FS is the folder as it was when the program was built.
//
//go:embed *.yaml match/*.yaml match/learned.bin transcripts
var FS embed.FS

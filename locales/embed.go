// Package locales holds the texts of the bot, one folder a language. It holds
// no code.
package locales

import "embed"

// FS is the folder as it was when the program was built.
//
//go:embed ja en
var FS embed.FS

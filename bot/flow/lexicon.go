package flow

// Lexicon is the catalogue as the engine may see it: which texts there are and
// what they need, never which language a clerk reads.
type Lexicon interface {
	// Languages are the catalogue's languages, the default first.
	Languages() []string
	// Keys are the keys of all texts, sorted.
	Keys() []string
	// Text is the text of a key in one language as it stands in the
	// catalogue, templates included.
	Text(lang, key string) (text string, ok bool)
	// Args are the names of the values that a text needs in any language.
	Args(key string) []string
}

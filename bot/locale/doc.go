// Package locale holds the catalogues of texts and puts replies into words. It
// knows languages and nothing of steps, platforms or stores: keys come in,
// texts go out.
package locale

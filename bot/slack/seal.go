package slack

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// keySize is the size of the key and of those derived from it, in bytes.
const keySize = 32

// derive makes a key for one purpose, so that none serves two.
func derive(key []byte, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, key, nil, "shirube slack "+purpose, keySize)
}

// box seals with AES-256-GCM. What it seals is one byte for the version, the
// nonce, and the rest; it opens under the name it was sealed for only.
type box struct {
	aead   cipher.AEAD
	random io.Reader
}

// sealVersion is the first byte. Another one is another layout or cipher.
const sealVersion = 1

func newBox(key []byte, random io.Reader) (*box, error) {
	derived, err := derive(key, "seal")
	if err != nil {
		return nil, fmt.Errorf("derive the key: %w", err)
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make the cipher: %w", err)
	}
	return &box{aead: aead, random: random}, nil
}

func (b *box) seal(name string, open []byte) ([]byte, error) {
	head := make([]byte, 1+b.aead.NonceSize())
	head[0] = sealVersion
	if _, err := io.ReadFull(b.random, head[1:]); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return b.aead.Seal(head, head[1:], open, []byte(name)), nil
}

// Why something does not open.
var (
	errVersion = errors.New("sealed by another version of the program")
	errSeal    = errors.New("sealed with another key, or damaged")
)

func (b *box) open(name string, sealed []byte) ([]byte, error) {
	head := 1 + b.aead.NonceSize()
	switch {
	case len(sealed) < head:
		return nil, errSeal
	case sealed[0] != sealVersion:
		return nil, errVersion
	}
	open, err := b.aead.Open(nil, sealed[1:head], sealed[head:], []byte(name))
	if err != nil {
		return nil, errSeal
	}
	return open, nil
}

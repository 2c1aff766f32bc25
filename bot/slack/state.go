package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// stateLife is how long somebody may think about an installation.
const stateLife = 10 * time.Minute

// maxUsed bounds what is remembered of used states.
const maxUsed = 10_000

// nonceSize is the size of what is drawn for a state and for its browser.
const nonceSize = 16

// nonce makes a state, or a browser, one of its kind.
type nonce [nonceSize]byte

// states travel through Slack with somebody who installs the app, and show
// afterwards that it was begun here, by the same browser, not long ago. One is
// when it ends (seconds, 8 bytes), a nonce and an HMAC-SHA256 over both and
// the browser's own nonce.
type states struct {
	key    []byte
	random io.Reader
	now    func() time.Time
	mu     sync.Mutex
	used   map[nonce]time.Time // and when it would have ended anyway
}

func newStates(key []byte, random io.Reader, now func() time.Time) (*states, error) {
	derived, err := derive(key, "state")
	if err != nil {
		return nil, fmt.Errorf("derive the key: %w", err)
	}
	return &states{key: derived, random: random, now: now, used: map[nonce]time.Time{}}, nil
}

// issue makes a state and the secret of the browser it is for.
func (s *states) issue() (state, browser string, err error) {
	var drawn [2]nonce
	for n := range drawn {
		if _, err := io.ReadFull(s.random, drawn[n][:]); err != nil {
			return "", "", fmt.Errorf("draw a state: %w", err)
		}
	}
	body := binary.BigEndian.AppendUint64(nil, uint64(s.now().Add(stateLife).Unix()))
	body = append(body, drawn[0][:]...)
	return encoding().EncodeToString(append(body, s.sum(body, drawn[1][:])...)), encoding().EncodeToString(drawn[1][:]), nil
}

// redeem accepts a state once. The error says why not, and nothing of it.
func (s *states) redeem(state, browser string) error {
	if state == "" || browser == "" {
		return errors.New("no state, or no cookie that goes with it")
	}
	raw, err := encoding().DecodeString(state)
	const signed = 8 + nonceSize
	if err != nil || len(raw) != signed+sha256.Size {
		return errors.New("state is malformed")
	}
	secret, err := encoding().DecodeString(browser)
	if err != nil || !hmac.Equal(s.sum(raw[:signed], secret), raw[signed:]) {
		return errors.New("state is not ours, or another browser's")
	}
	ends := time.Unix(int64(binary.BigEndian.Uint64(raw)), 0)
	if !s.now().Before(ends) {
		return errors.New("state has expired")
	}
	if !s.use(nonce(raw[8:signed]), ends) {
		return errors.New("state was used before")
	}
	return nil
}

func (s *states) sum(signed, browser []byte) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write(signed)
	mac.Write(browser)
	return mac.Sum(nil)
}

// use notes a state as used; false when it was already.
func (s *states) use(id nonce, ends time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, end := range s.used {
		if !s.now().Before(end) || len(s.used) >= maxUsed {
			delete(s.used, old)
		}
	}
	_, before := s.used[id]
	s.used[id] = ends
	return !before
}

// encoding takes one spelling only.
func encoding() *base64.Encoding { return base64.RawURLEncoding.Strict() }

package teams

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"sync"
	"time"
)

// How the keys that sign Microsoft's requests are kept.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
const (
	keysFor    = 24 * time.Hour
	keysFloor  = time.Minute     // between two fetches, so that a made-up key id costs nothing
	keysFirst  = 5 * time.Second // the same while there is no key at all
	keysWithin = 4 * time.Second // one fetch, of both documents
	maxKeySet  = 1 << 20
	minKeyBits = 2048
)

// signKey is a key, and the channels it may speak for.
type signKey struct {
	public       *rsa.PublicKey
	endorsements []string
}

// keySet fetches the keys when they are needed and keeps them.
type keySet struct {
	url  string
	http *http.Client
	now  func() time.Time

	turn  chan struct{} // held while fetching
	mu    sync.Mutex    // guards what follows
	byID  map[string]signKey
	until time.Time // the keys are believed without a look
	tried time.Time
}

func newKeySet(url string, client *http.Client, now func() time.Time) *keySet {
	return &keySet{url: url, http: client, now: now, turn: make(chan struct{}, 1)}
}

// errNoKey is a key id nobody knows, or whose set cannot be fetched now.
var errNoKey = errors.New("no such key")

// key finds a key by its id. An old set serves on when a new one cannot be
// fetched.
func (k *keySet) key(ctx context.Context, id string) (signKey, error) {
	found, known, due := k.look(id)
	if !due && known {
		return found, nil
	}
	if !due {
		return signKey{}, errNoKey
	}
	if err := k.renew(ctx, id, known); err != nil && !known {
		return signKey{}, fmt.Errorf("%w: %w", errNoKey, err)
	}
	if found, known, _ = k.look(id); !known {
		return signKey{}, errNoKey
	}
	return found, nil
}

// look tells whether the key is known, and whether it is time to fetch.
func (k *keySet) look(id string) (found signKey, known, due bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, known = k.byID[id]
	now, floor := k.now(), keysFloor
	if len(k.byID) == 0 {
		floor = keysFirst
	}
	wanted := !known || !now.Before(k.until)
	return found, known, wanted && (k.tried.IsZero() || now.Sub(k.tried) >= floor)
}

// renew fetches the set, one request at a time; who has an old key does not
// wait for somebody else's fetch.
func (k *keySet) renew(ctx context.Context, id string, known bool) error {
	ctx, stop := context.WithTimeout(ctx, keysWithin)
	defer stop()
	select {
	case k.turn <- struct{}{}:
	default:
		if known {
			return nil
		}
		select {
		case k.turn <- struct{}{}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	defer func() { <-k.turn }()
	if _, _, due := k.look(id); !due {
		return nil // somebody else was faster
	}
	set, err := k.fetch(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tried = k.now()
	if err != nil {
		return err
	}
	k.byID, k.until = set, k.tried.Add(keysFor)
	return nil
}

// fetch reads the metadata document and the set it names.
func (k *keySet) fetch(ctx context.Context) (map[string]signKey, error) {
	var metadata struct {
		Keys string `json:"jwks_uri"`
	}
	if err := k.read(ctx, k.url, &metadata); err != nil {
		return nil, err
	}
	var set struct {
		Keys []struct {
			Kty, Kid, N, E string
			Endorsements   []string
		}
	}
	if err := k.read(ctx, metadata.Keys, &set); err != nil {
		return nil, err
	}
	byID := map[string]signKey{}
	for _, each := range set.Keys {
		if public := publicKey(each.N, each.E); public != nil && each.Kty == "RSA" && each.Kid != "" {
			byID[each.Kid] = signKey{public, each.Endorsements}
		}
	}
	if len(byID) == 0 {
		return nil, errors.New("the key set is empty")
	}
	return byID, nil
}

func (k *keySet) read(ctx context.Context, url string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return errors.New("the address of the keys is none")
	}
	response, err := k.http.Do(request)
	if err != nil {
		return errors.New("the keys are not reachable")
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the keys were refused with status %d", response.StatusCode)
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, maxKeySet)).Decode(into); err != nil {
		return errors.New("the keys are not readable")
	}
	return nil
}

// publicKey is nil for what is no usable key.
func publicKey(modulus, exponent string) *rsa.PublicKey {
	n, errN := base64.RawURLEncoding.DecodeString(modulus)
	e, errE := base64.RawURLEncoding.DecodeString(exponent)
	if errN != nil || errE != nil || len(e) == 0 || len(e) > 4 {
		return nil
	}
	key := &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if key.N.BitLen() < minKeyBits || key.E < 3 || key.E%2 == 0 {
		return nil
	}
	return key
}

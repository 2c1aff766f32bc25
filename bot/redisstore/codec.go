package redisstore

import (
	"bytes"
	_ "embed" // the dictionary
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/klauspost/compress/flate" // a quarter of the standard one's time
)

// words is what JSON of sessions and effects often contains, the most frequent
// last. It halves what deflate leaves of a session, and to a third what it
// leaves of a reminder. What is stored can only be read with the same words:
// this file must never change. Better words need a mark of their own.
//
//go:embed words.txt
var words []byte

// The first byte of a packed value says how it is packed.
const (
	plain    = 'j' // JSON
	deflated = 'z' // JSON, deflated with words
)

// codec turns values into bytes to be stored. It keeps its readers and writers,
// which are costly to make; writers are large as well, and there are no more
// than can work at once.
type codec struct {
	readers sync.Pool
	writers chan *flate.Writer
}

func newCodec() (*codec, error) {
	c := &codec{writers: make(chan *flate.Writer, runtime.GOMAXPROCS(0))}
	for range cap(c.writers) {
		w, err := flate.NewWriterDict(nil, flate.BestSpeed, words)
		if err != nil {
			return nil, fmt.Errorf("make a deflater: %w", err)
		}
		c.writers <- w
	}
	return c, nil
}

// plain appends the value as JSON, for what does not stay long.
func (c *codec) plain(to []byte, v any) ([]byte, error) {
	out := tail(append(to, plain))
	err := json.NewEncoder(&out).Encode(v)
	return out, err
}

// tail is bytes that can be written to.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p...)
	return len(p), nil
}

// small appends the value in few bytes, for what stays. What is not longer than
// enough is appended as it is.
func (c *codec) small(to []byte, v any, enough int) ([]byte, error) {
	out, err := c.plain(to, v)
	if err != nil || len(out)-len(to) <= enough {
		return out, err
	}
	data := bytes.Clone(out[len(to)+1:])
	packed := tail(append(to, deflated))
	w := <-c.writers
	defer func() { c.writers <- w }()
	w.Reset(&packed)
	_, err = w.Write(data)
	err = errors.Join(err, w.Close())
	return packed, err
}

// unpack reads what plain or small made.
func (c *codec) unpack(data []byte, v any) error {
	if len(data) == 0 {
		return errors.New("stored value is empty")
	}
	switch mark, body := data[0], data[1:]; mark {
	case plain:
		return json.Unmarshal(body, v)
	case deflated:
		return c.inflate(body, v)
	default:
		return fmt.Errorf("stored value is packed in an unknown way (%q)", mark)
	}
}

func (c *codec) inflate(body []byte, v any) error {
	source := bytes.NewReader(body)
	r, ok := c.readers.Get().(io.ReadCloser)
	if !ok {
		r = flate.NewReaderDict(source, words)
	} else if err := r.(flate.Resetter).Reset(source, words); err != nil {
		return err
	}
	defer c.readers.Put(r)
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("inflate stored value: %w", err)
	}
	return json.Unmarshal(data, v)
}

package slack

import (
	"context"
	"time"

	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttpproxy"
)

// Line is what messages are posted through. They are most of what the bot says
// to Slack, and net/http takes twice the time for one: a connection has two
// goroutines there, and a call some sixty allocations.
type Line struct {
	HTTP    Doer
	Timeout time.Duration // of one call
}

// Doer makes one call by its deadline; fasthttp's client is one.
type Doer interface {
	DoDeadline(*fasthttp.Request, *fasthttp.Response, time.Time) error
}

// What a line keeps and takes.
const (
	maxConnections = 256
	keptIdle       = 10 * time.Second // Slack keeps a connection longer
	maxAnswer      = 1 << 20          // Slack repeats the message in it
)

// NewLine makes a line over the network, by the proxy of the environment. It
// never sends a message again on its own: only the worker knows whether it may.
func NewLine(timeout time.Duration) Line {
	return Line{Timeout: timeout, HTTP: &fasthttp.Client{
		Name: "shirube", Dial: fasthttpproxy.FasthttpProxyHTTPDialerTimeout(timeout),
		MaxConnsPerHost: maxConnections, MaxIdleConnDuration: keptIdle, MaxResponseBodySize: maxAnswer,
		RetryIfErr: func(*fasthttp.Request, int, error) (resetTimeout, retry bool) { return false, false },
	}}
}

// Do makes a call, by its own time and the context's. A context that ends
// meanwhile does not break it off.
func (l Line) Do(ctx context.Context, request *fasthttp.Request, response *fasthttp.Response) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	until := time.Now().Add(l.Timeout)
	if end, bounded := ctx.Deadline(); bounded && end.Before(until) {
		until = end
	}
	return l.HTTP.DoDeadline(request, response, until)
}

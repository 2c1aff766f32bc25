package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"
	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttpproxy"
)

// Line is what messages are posted through, and people asked after. That is most
// of what the bot says to Slack, and net/http takes twice the time for it: a
// connection has two goroutines there, and a call some sixty allocations. For
// all else there is the SDK.
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
func NewLine(timeout time.Duration) (Line, error) {
	dialer := fasthttpproxy.Dialer{Timeout: timeout, ConnectTimeout: timeout, DialDualStack: true}
	dial, err := dialer.GetDialFunc(true)
	if err != nil {
		return Line{}, errors.New("the environment's HTTP_PROXY or HTTPS_PROXY is no proxy's address")
	}
	return Line{Timeout: timeout, HTTP: &fasthttp.Client{
		Name: "shirube", Dial: dial, MaxConnsPerHost: maxConnections, MaxIdleConnDuration: keptIdle, MaxResponseBodySize: maxAnswer,
		RetryIfErr: func(*fasthttp.Request, int, error) (resetTimeout, retry bool) { return false, false },
	}}, nil
}

// verdict is what every answer of the Web API says.
type verdict struct {
	OK    bool   `json:"ok"`
	Error string `json:"error"`
}

// err is the SDK's error for an answer that is a refusal.
func (v *verdict) err() error {
	if v.OK {
		return nil
	}
	return slackapi.SlackErrorResponse{Err: v.Error}
}

// call calls a method of the Web API and reads its answer, which embeds a
// verdict. Its errors are the SDK's.
func (l Line) call(ctx context.Context, url, token string, answer interface{ err() error }, write func(*fasthttp.Request) error) error {
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.SetRequestURI(url)
	request.Header.SetMethod(fasthttp.MethodPost)
	request.Header.Set(fasthttp.HeaderAuthorization, "Bearer "+token)
	if err := write(request); err != nil {
		return fmt.Errorf("encode request: %w", err)
	}
	if err := l.do(ctx, request, response); err != nil {
		return fmt.Errorf("call Slack: %w", err)
	}
	switch code := response.StatusCode(); {
	case code == fasthttp.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(string(response.Header.Peek(fasthttp.HeaderRetryAfter)))
		return &slackapi.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	case code != fasthttp.StatusOK:
		return slackapi.StatusCodeError{Code: code}
	}
	if err := json.Unmarshal(response.Body(), answer); err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	return answer.err()
}

// do makes a call, by its own time and the context's. A context that ends
// meanwhile does not break it off.
func (l Line) do(ctx context.Context, request *fasthttp.Request, response *fasthttp.Response) error {
	ctx, stop := context.WithTimeout(ctx, l.Timeout)
	defer stop()
	if err := ctx.Err(); err != nil {
		return err
	}
	until, _ := ctx.Deadline()
	return l.HTTP.DoDeadline(request, response, until)
}

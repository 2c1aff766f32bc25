package main

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// What the end of the server takes at most, one after the other. With the delay
// of 2 seconds before it, and the 2 seconds in which the last deliveries are
// noted, that is less than 10.
const (
	takeGrace = 2500 * time.Millisecond // for requests that are being answered
	sendGrace = 3 * time.Second         // for messages that are being sent
)

// leave tells balancers that the server is about to go, and goes on serving
// until they have seen it. A failure to serve ends that.
func (srv *server) leave(failed <-chan error) error {
	srv.stopping.Store(true)
	delay := srv.settings.drainDelay()
	srv.log.Info("stopping", "delay", delay)
	seen := time.NewTimer(delay)
	defer seen.Stop()
	select {
	case <-seen.C:
		return nil
	case err := <-failed:
		return err
	}
}

// drainDelay is how long the server is taken for ready by a balancer after it
// no longer is. Behind a file there is but one server, and nowhere else to go.
func (s settings) drainDelay() time.Duration {
	if strings.HasPrefix(s.StoreURL, "file:") {
		return 0
	}
	return s.DrainDelay
}

// closeWeb takes no more requests and waits for those that are being answered;
// what has not ended by then is cut off, and delivered again by its platform.
func closeWeb(ctx context.Context, web *http.Server) {
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), takeGrace)
	defer stop()
	if web.Shutdown(last) != nil {
		_ = web.Close()
	}
}

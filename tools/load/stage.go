package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/shirube/shirube/bot/redisstore/redistest"
)

// bot is a program that can be measured.
type bot struct {
	name string
	args []string
	vars []string // in the environment, besides what all get
}

// floorBot is this program as the floor.
func floorBot() (bot, error) {
	self, err := os.Executable()
	return bot{name: "floor", args: []string{self, "floor"}}, err
}

// serverBot is the server on a content folder; without one on its own content.
func serverBot(name, path, content string) bot {
	b := bot{name: name, args: []string{path, "serve"}, vars: []string{"DISTRIBUTOR=slack:" + desk, "DISTRIBUTOR_LANG=ja"}}
	if content != "" {
		b.vars = append(b.vars, "CONTENT_DIR="+content)
	}
	return b
}

// stage is a bot between a Slack and a Redis of its own.
type stage struct {
	slack *slack
	data  *data
	cmd   *exec.Cmd
	// ready is the time from the start of the program to the first 200 of
	// /readyz.
	ready time.Duration
	meter meter
}

// raise starts everything; whoever gets a stage strikes it.
func raise(ctx context.Context, w world, b bot, users int, pace string, settings ...string) (_ *stage, err error) {
	st := &stage{}
	defer func() {
		if err != nil {
			st.strike()
		}
	}()
	if st.data, err = newData(settings...); err != nil {
		return nil, err
	}
	if st.slack, err = open(w.Now, users); err != nil {
		return nil, err
	}
	return st, st.start(ctx, w, b, pace)
}

// start starts the program and waits until it is ready.
func (st *stage) start(ctx context.Context, w world, b bot, pace string) error {
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	st.slack.bot = "http://" + addr + "/slack/events"
	st.cmd = exec.Command(b.args[0], b.args[1:]...)
	st.cmd.Stderr = w.Err
	st.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "LISTEN_ADDR=" + addr, "STORE_URL=" + st.data.server.URL(), "LOG_LEVEL=error",
		"SLACK_SIGNING_SECRET=" + secret, "SLACK_BOT_TOKEN=" + token, "SLACK_API_URL=" + st.slack.url,
		"SLACK_PACE=" + pace, "SLACK_BURST=" + pace,
	}, b.vars...)
	begun := w.Now()
	if err := st.cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", b.name, err)
	}
	st.meter = meter{bot: st.cmd.Process.Pid, redis: st.data.pid, driver: os.Getpid()}
	if err := awaitReady(ctx, "http://"+addr+"/readyz"); err != nil {
		return fmt.Errorf("%s: %w", b.name, err)
	}
	st.ready = w.Now().Sub(begun)
	return nil
}

// awaitReady asks until the answer is 200.
func awaitReady(ctx context.Context, url string) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	for ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			_ = response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		pause(ctx, time.Millisecond)
	}
	return errors.New("it did not become ready")
}

// strike ends everything that was started.
func (st *stage) strike() {
	st.rest()
	if st.data != nil {
		st.data.close()
	}
}

// rest ends all but the data.
func (st *stage) rest() {
	if st.cmd != nil && st.cmd.Process != nil {
		_ = st.cmd.Process.Signal(syscall.SIGTERM)
		late := time.AfterFunc(15*time.Second, func() { _ = st.cmd.Process.Kill() })
		_ = st.cmd.Wait() // how it ended is no figure
		late.Stop()
	}
	st.cmd = nil
	if st.slack != nil {
		st.slack.Close()
	}
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a port: %w", err)
	}
	return l.Addr().String(), l.Close()
}

// data is a Redis server in a folder of its own.
type data struct {
	server *redistest.Server
	client *redis.Client
	dir    string
	pid    int
}

func newData(settings ...string) (*data, error) {
	dir, err := os.MkdirTemp("", "load-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for redis: %w", err)
	}
	server, err := redistest.Launch(dir, settings...)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	d := &data{server: server, dir: dir, client: redis.NewClient(&redis.Options{Addr: server.Addr()})}
	d.pid = int(d.info("server", "process_id"))
	return d, nil
}

func (d *data) close() {
	_ = d.client.Close()
	_ = d.server.Kill()
	_ = os.RemoveAll(d.dir)
}

// info is one number of what the server says about itself; 0 when it does not.
func (d *data) info(section, name string) int64 {
	text, err := d.client.Info(context.Background(), section).Result()
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(text, "\n"+name+":")
	number, _, _ := strings.Cut(rest, "\r")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// bytes is what the server holds without what it has for its connections.
func (d *data) bytes() int64 {
	return d.info("memory", "used_memory") - d.info("memory", "mem_clients_normal")
}

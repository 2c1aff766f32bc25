package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// replica is the server as a process of its own, which can be killed and
// started again at the same address.
type replica struct {
	base string
	env  []string
	log  *journal

	mu  sync.Mutex
	cmd *exec.Cmd // nil while it is dead
}

// newReplica starts a server with these settings.
func newReplica(t *testing.T, vars map[string]string) *replica {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	_ = listener.Close()
	r := &replica{base: fmt.Sprint("http://127.0.0.1:", port), env: append(os.Environ(), "SHIRUBE_TEST_MAIN=1", fmt.Sprint("PORT=", port)), log: &journal{}}
	for name, value := range vars {
		r.env = append(r.env, name+"="+value)
	}
	if err := r.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.kill)
	return r
}

func (r *replica) start() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env, cmd.Stdout, cmd.Stderr = r.env, r.log, r.log
	if err := cmd.Start(); err != nil {
		return err
	}
	r.cmd = cmd
	return nil
}

// ready tells whether the replica says that it is.
func (r *replica) ready() bool { return look(r.base+"/readyz") == http.StatusOK }

// kill ends the replica as kill -9 does.
func (r *replica) kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd != nil {
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
		r.cmd = nil
	}
}

// stop ends the replica as a service manager does: SIGTERM, and SIGKILL 10
// seconds later, which is an error.
func (r *replica) stop() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	cmd := r.cmd
	r.cmd = nil
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	late := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	return cmd.Wait()
}

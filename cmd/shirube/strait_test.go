package main

import (
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// strait is a way to a server on which a test can hold everything up, and which
// counts what goes through.
type strait struct {
	to       string
	listener net.Listener
	tries    atomic.Int64 // connections and what was written over them
	pairs    sync.WaitGroup

	mu   sync.Mutex
	held chan struct{} // closed when nothing is held up
	all  map[net.Conn]bool
}

func newStrait(t *testing.T, to string) *strait {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &strait{to: to, listener: listener, held: make(chan struct{}), all: map[net.Conn]bool{}}
	close(s.held)
	s.pairs.Go(s.accept)
	t.Cleanup(func() {
		_ = listener.Close()
		s.open()
		s.cut()
		s.pairs.Wait()
	})
	return s
}

func (s *strait) addr() string { return s.listener.Addr().String() }

// hold lets nothing through until it is opened.
func (s *strait) hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = make(chan struct{})
}

func (s *strait) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.held:
	default:
		close(s.held)
	}
}

// cut ends all connections.
func (s *strait) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.all {
		_ = conn.Close()
	}
}

func (s *strait) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.tries.Add(1)
		s.pairs.Go(func() { s.pair(conn) })
	}
}

func (s *strait) pair(near net.Conn) {
	defer near.Close()
	far, err := net.Dial("tcp", s.to)
	if err != nil {
		return
	}
	defer far.Close()
	s.mu.Lock()
	s.all[near], s.all[far] = true, true
	s.mu.Unlock()
	var back sync.WaitGroup
	back.Go(func() { s.pass(near, far, false) })
	s.pass(far, near, true)
	back.Wait()
	s.mu.Lock()
	delete(s.all, near)
	delete(s.all, far)
	s.mu.Unlock()
}

// pass copies until one end closes, and closes the other.
func (s *strait) pass(to, from net.Conn, count bool) {
	defer to.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		s.mu.Lock()
		held := s.held
		s.mu.Unlock()
		<-held
		if count && n > 0 {
			s.tries.Add(1)
		}
		if _, bad := to.Write(buffer[:n]); bad != nil || err != nil {
			return
		}
	}
}

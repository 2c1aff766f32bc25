package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain lets the test binary be the program: tests that kill it start it
// again as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("SHIRUBE_TEST_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// message is a line of the protocol.
type message struct {
	To, Text, Step, Error string
	Buttons               []struct{ ID, Label string }
	Ask                   *struct{ Field, Example string }
	Progress              struct{ Done, Total int }
	End, Done             bool
}

// session is a running `shirube try --json`.
type session struct {
	t    *testing.T
	in   io.Writer
	out  *bufio.Scanner
	kill func()
	last message   // the newest message to the clerk
	desk []message // what the distributor was told
	end  message
}

// start runs the program and reads its opening.
func start(t *testing.T, args ...string) *session {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"try", "--json"}, args...)...)
	cmd.Env = append(os.Environ(), "SHIRUBE_TEST_MAIN=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &session{t: t, in: in, out: bufio.NewScanner(out)}
	s.out.Buffer(nil, 1<<20)
	s.kill = sync.OnceFunc(func() { // by the test, and by the timer of a long one
		_ = cmd.Process.Kill() // SIGKILL
		_ = cmd.Wait()
	})
	t.Cleanup(s.kill)
	stuck := time.AfterFunc(time.Minute, s.kill) // a program that says nothing fails the test
	t.Cleanup(func() { stuck.Stop() })
	for s.last.To == "" { // what a killed one had not delivered may come first
		s.read()
	}
	return s
}

// read takes one line.
func (s *session) read() message {
	s.t.Helper()
	if !s.out.Scan() {
		s.t.Fatalf("the program ended: %v", s.out.Err())
	}
	var m message
	if err := json.Unmarshal(s.out.Bytes(), &m); err != nil {
		s.t.Fatalf("not JSON: %s", s.out.Text())
	}
	switch m.To {
	case "user":
		s.last = m
	case "distributor":
		s.desk = append(s.desk, m)
	}
	return m
}

// send gives one input and reads to its end.
func (s *session) send(input map[string]string) {
	s.t.Helper()
	line, _ := json.Marshal(input)
	if _, err := fmt.Fprintf(s.in, "%s\n", line); err != nil {
		s.t.Fatal(err)
	}
	for s.end = s.read(); !s.end.End; s.end = s.read() {
		if s.end.Error != "" {
			s.t.Fatalf("%s was refused: %s", line, s.end.Error)
		}
	}
}

// next takes the first button, or answers what is asked.
func (s *session) next() {
	s.t.Helper()
	switch {
	case len(s.last.Buttons) > 0:
		s.send(map[string]string{"press": s.last.Buttons[0].ID})
	case s.last.Ask != nil:
		s.send(map[string]string{"say": s.last.Ask.Example})
	default:
		s.t.Fatalf("nothing to do at %s", s.last.Step)
	}
}

func TestFirstButtonReachesDone(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"ja", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := start(t, "--locale", lang)
			inputs := 0
			for ; !s.end.Done; inputs++ {
				if inputs == 120 {
					t.Fatalf("at %s after 120 inputs", s.last.Step)
				}
				s.next()
				if strings.Contains(s.last.Text, "{{") || strings.Contains(s.last.Text, "<no value>") {
					t.Errorf("a template shows at %s: %s", s.last.Step, s.last.Text)
				}
			}
			if p := s.last.Progress; p.Done != p.Total || p.Total < 25 {
				t.Errorf("progress at the end is %d/%d", p.Done, p.Total)
			}
			if len(s.desk) < 4 || !strings.Contains(s.desk[len(s.desk)-1].Text, "1234567") {
				t.Errorf("the distributor was told %d times, at last %+v", len(s.desk), s.desk)
			}
			t.Logf("%s: done after %d inputs", lang, inputs)
		})
	}
}

// TestKillAtEveryStep kills the program with SIGKILL after every input; the
// next one goes on where it stood.
func TestKillAtEveryStep(t *testing.T) {
	t.Parallel()
	store := "file:" + filepath.Join(t.TempDir(), "try.db")
	s := start(t, "--store", store)
	for inputs := 0; !s.end.Done; inputs++ {
		if inputs == 120 {
			t.Fatalf("at %s after 120 inputs", s.last.Step)
		}
		s.next()
		stood, text := s.end.Step, s.last.Text
		done := s.end.Done
		s.kill()
		s = start(t, "--store", store)
		s.end.Done = done
		if s.last.Step != stood {
			t.Fatalf("stood at %q (%s), goes on at %q", stood, text, s.last.Step)
		}
	}
}

// TestKillInTheMiddle kills while an input is being worked on: the session is
// either before or after it, and goes on.
func TestKillInTheMiddle(t *testing.T) {
	t.Parallel()
	store := "file:" + filepath.Join(t.TempDir(), "try.db")
	for n := range 20 {
		s := start(t, "--store", store)
		line, _ := json.Marshal(map[string]string{"press": s.last.Buttons[0].ID})
		fmt.Fprintf(s.in, "%s\n", line)
		time.Sleep(time.Duration(n) * time.Millisecond / 2) // spread over the work; nothing is timed
		s.kill()
		if s = start(t, "--store", store); len(s.last.Buttons) == 0 && s.last.Ask == nil {
			t.Fatalf("round %d: no way on at %s", n, s.last.Step)
		}
		s.kill()
	}
}

func TestTravelledClockIsKept(t *testing.T) {
	t.Parallel()
	store := "file:" + filepath.Join(t.TempDir(), "try.db")
	args := []string{"--store", store, "--now", "2026-12-24T10:00:00+09:00"}
	s := start(t, args...)
	for s.last.Step != "review.wait" {
		s.next()
	}
	s.send(map[string]string{"advance": "3bd"})
	reminded := s.last.Text
	s.kill()
	s = start(t, args...)
	s.send(map[string]string{"advance": "1bd"}) // 4 in all: nothing new
	if s.end.Step != "review.wait" {
		t.Fatalf("at %s after 4 business days", s.end.Step)
	}
	s.send(map[string]string{"advance": "2bd"}) // 6 in all: overdue
	if s.end.Step != "review.overdue" || !strings.Contains(reminded, "12月30日(水)") && s.last.Text == reminded {
		t.Errorf("at %s; reminded with %q", s.end.Step, reminded)
	}
	if last := s.desk[len(s.desk)-1]; !strings.Contains(last.Text, "5営業日") {
		t.Errorf("the distributor was told %q", last.Text)
	}
}

func TestStoreInUse(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "try.db")
	start(t, "--store", "file:"+path)
	cmd := exec.Command(os.Args[0], "try", "--json", "--store", "file:"+path)
	cmd.Env = append(os.Environ(), "SHIRUBE_TEST_MAIN=1")
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); err == nil || code != exitUnable || !strings.Contains(string(out), "using") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// TestNowIsKept opens a chat without --now that was once in the future.
func TestNowIsKept(t *testing.T) {
	t.Parallel()
	store := "file:" + filepath.Join(t.TempDir(), "try.db")
	s := start(t, "--store", store, "--now", "2099-12-03T10:00:00+09:00")
	s.next()
	stood := s.end.Step
	s.kill()
	s = start(t, "--store", store)
	if s.last.Step != stood {
		t.Errorf("stood at %q, goes on at %q", stood, s.last.Step)
	}
}

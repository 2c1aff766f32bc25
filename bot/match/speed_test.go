package match_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shirube/shirube/bot/match"
)

// long is a message of 2,000 characters.
func long() string {
	s := strings.Repeat("お世話になっております。会社情報の画面で全部入れて進もうとしたところ、うまくいきませんでした。", 60)
	return string([]rune(s)[:1970]) + "「この名前は既にシステムに存在します」と出ます"
}

// english is one in English.
func english() string {
	return strings.Repeat("I entered everything on the form and pressed the button, but it does not go on. ", 25)
}

// mixed is one of what many people wrote.
func mixed(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/match/tune.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var all []rune
	for line := range bytes.Lines(data) {
		var message struct{ Text string }
		if err := json.Unmarshal(line, &message); err != nil {
			t.Fatal(err)
		}
		all = append(append(all, []rune(message.Text)...), '。')
	}
	return string(all[:2000])
}

func BenchmarkFind(b *testing.B) {
	m := own(b)
	for _, c := range []struct{ name, text string }{{"short", "リセラータブがありません"}, {"2000", long()}, {"english", english()}, {"mixed", mixed(b)}} {
		b.Run(c.name, func(b *testing.B) {
			var all []time.Duration
			b.ReportAllocs()
			for b.Loop() {
				began := time.Now() //nolint:forbidigo // it measures real time
				m.Find(c.text, "maicpp.company")
				all = append(all, time.Since(began)) //nolint:forbidigo // it measures real time
			}
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2]), "p50-ns")
			b.ReportMetric(float64(all[len(all)*99/100]), "p99-ns")
		})
	}
}

// TestFindAtOnce holds that what is found in a text does not hang on those that
// are read before it or at the same time.
func TestFindAtOnce(t *testing.T) {
	t.Parallel()
	texts := []string{"この名前は既にシステムに存在します", "kono namae wa sude ni shisutemu ni sonzai shimasu", "審査 期間", "ありがとうございます", "", long(), english(), mixed(t)}
	want := make([]match.Result, len(texts))
	for i, text := range texts {
		want[i] = own(t).Find(text, "review.wait")
	}
	m := own(t)
	var readers sync.WaitGroup
	for first := range 8 {
		readers.Go(func() {
			for n := range 3 * len(texts) {
				i := (first + n) % len(texts)
				if got := m.Find(texts[i], "review.wait"); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%.40q: got %+v, want %+v", texts[i], got, want[i])
				}
			}
		})
	}
	readers.Wait()
}

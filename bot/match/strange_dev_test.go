package match

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestStrange(t *testing.T) {
	d, _ := Load(os.DirFS("../.."))
	m := New(d, nil)
	f, _ := os.Open("../../testdata/match/tune.jsonl")
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		var x struct {
			ID, Text string
			Want     []string
		}
		json.Unmarshal(sc.Bytes(), &x)
		tt := newText(plain(x.Text))
		h := m.spot(tt)
		for _, at := range m.strangers(tt, h) {
			e := at
			for e < len(tt.runes) && e < at+6 {
				e++
			}
			fmt.Println(len(x.Want) > 0, x.ID, string(tt.runes[at:e]))
		}
	}
}

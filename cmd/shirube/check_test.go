package main

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args []string
		in   string
		code int
		out  string
	}{
		{[]string{"email", "ｔａｒｏ＠shirube.co.jp"}, "", exitDone, `{"expect":"ok","normalized":"taro@shirube.co.jp"}`},
		{[]string{"email", "taro@docomo.ne.jp"}, "", exitNo, `{"expect":"reject","reason":"personal-domain","normalized":"taro@docomo.ne.jp"}`},
		{[]string{"email", "taro@x.onmicrosoft.com"}, "", exitDone, `{"expect":"ok","warning":"onmicrosoft","normalized":"taro@x.onmicrosoft.com"}`},
		{[]string{"email", "taro"}, "", exitNo, `{"expect":"reject","reason":"not-an-email"}`},
		{[]string{"email", "--field", "account-email", "info@gmail.com"}, "", exitDone, `{"expect":"ok","normalized":"info@gmail.com"}`},
		{
			[]string{"email", "--jsonl"}, `{"id":1,"text":"info@shirube.jp"}` + "\n" + `{"id":"b","text":"info@shirube.jp","field":"support-email"}` + "\n",
			exitDone, `{"id":1,"expect":"reject","reason":"forbidden-local-part","normalized":"info@shirube.jp"}` + "\n" +
				`{"id":"b","expect":"ok","normalized":"info@shirube.jp"}`,
		},
		{
			[]string{"email", "--jsonl"}, `{"id":1}` + "\n" + `{"id":2,"text":"taro","field":"x"}` + "\nx\n",
			exitUnable, `{"id":1,"error":"line 1 cannot be checked"}` + "\n" + `{"id":2,"error":"line 2 cannot be checked"}` + "\n" +
				`{"error":"line 3 cannot be checked"}`,
		},
		{[]string{"company", "しるべ商事株式会社"}, "", exitDone, `{"suggestions":["しるべ商事 株式会社","しるべ商事（株）","しるべ商事 （株）","しるべ 商事株式会社"]}`},
		{[]string{"company", "12"}, "", exitNo, `{"suggestions":[]}`},
		{[]string{"deadline", "2026-12-28T15:30:00Z"}, "", exitDone, `{"earliest":"2027-01-06","latest":"2027-01-08"}`},
		{[]string{"deadline", "soon"}, "", exitUnable, ""},
		{[]string{"deadline"}, "", exitUnable, ""},
		{[]string{"secrets", "コードは 123456 です"}, "", exitDone, `{"masked":"コードは ●●●● です","found":["code"]}`},
		{[]string{"secrets", "--screen", "account.phone", "123456"}, "", exitDone, `{"masked":"●●●●","found":["code"]}`},
		{[]string{"secrets", "パートナー ID 1234567"}, "", exitDone, `{"masked":"パートナー ID 1234567","found":[]}`},
		{[]string{"secrets", "--jsonl"}, `{"id":1,"text":"123456","screen":"mfa"}` + "\n", exitDone, `{"id":1,"masked":"●●●●","found":["code"]}`},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			code, out, errs := command(t, nil, tt.in, append([]string{"check"}, tt.args...)...)
			if code != tt.code || strings.TrimSpace(out) != tt.out {
				t.Errorf("exit %d, want %d; said\n%s%s, want\n%s", code, tt.code, out, errs, tt.out)
			}
		})
	}
}

package japan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

// masked is ● in a wanted text.
func masked(want string) string { return strings.ReplaceAll(want, "●", japan.SecretMask) }

func TestSecrets(t *testing.T) {
	t.Parallel()
	card, code, password := japan.SecretCard, japan.SecretCode, japan.SecretPassword
	tests := []struct {
		text, want string
		coded      bool
		found      []string
	}{
		// Cards, as people write them.
		{"カード番号は 4111 1111 1111 1111 です", "カード番号は ● です", false, []string{card}},
		{"４１１１－１１１１－１１１１－１１１１", "●", false, []string{card}},
		{"4111111111111111を入れました", "●を入れました", false, []string{card}},
		{"4111 1111\n1111 1111", "●", false, []string{card}},
		{"3782 822463 10005 と 30569309025904", "● と ●", false, []string{card}},
		{"4111 1111 1111 1111 12/27 CVC 123", "● 12/27 CVC ●", false, []string{card, code}},
		{"4111 1111 1111 1112", "4111 1111 1111 1112", false, nil}, // does not pass Luhn
		{"法人番号 7123456789012", "法人番号 7123456789012", false, nil},
		{"T7123456789012", "T7123456789012", false, nil},
		{"1234567 7654321", "1234567 7654321", false, nil},
		// Codes beside a word for them.
		{"認証コードは 123456 です", "認証コードは ● です", false, []string{code}},
		{"コードが届きました。１２３４５６です", "コードが届きました。●です", false, []string{code}},
		{"123 456 が確認コードです", "● が確認コードです", false, []string{code}},
		{"Use 123456 as your verification code", "Use ● as your verification code", false, []string{code}},
		{"G-123456 is your code", "G-● is your code", false, []string{code}},
		{"OTP:1234", "OTP:●", false, []string{code}},
		{"ワンタイムパスワード 123456", "ワンタイムパスワード ●", false, []string{code}},
		{"電話で聞いたコードは 1234", "電話で聞いたコードは ●", false, []string{code}},
		{"コードを電話で聞いた 123456", "コードを電話で聞いた ●", false, []string{code}},
		{"エラーコード 50126", "エラーコード 50126", true, nil},
		{"AADSTS50011 error code: 50011", "AADSTS50011 error code: 50011", true, nil},
		{"1234567 を入れたらコードが出ません", "1234567 を入れたらコードが出ません", false, nil},
		{"コードは届きません。パートナー ID（ロケーション）は 1234567 です", "コードは届きません。パートナー ID（ロケーション）は 1234567 です", false, nil},
		// Codes where one was asked for.
		{"123456", "●", true, []string{code}},
		{"123456", "123456", false, nil},
		{"12345678 でした", "● でした", true, []string{code}},
		{"パートナー ID 1234567", "パートナー ID 1234567", true, nil},
		{"2026/11/25 20261125 2026年 5000円 1,000円 $4000 〒100-0001", "2026/11/25 20261125 2026年 5000円 1,000円 $4000 〒100-0001", true, nil},
		{"03-1234-5678 090 1234 5678 0312345678 +81 90 1234 5678", "03-1234-5678 090 1234 5678 0312345678 +81 90 1234 5678", true, nil},
		// Passwords, and what people say of them.
		{"パスワードはHunter2!です", "パスワードは●です", false, []string{password}},
		{"ﾊﾟｽﾜｰﾄﾞ：Hunter2", "ﾊﾟｽﾜｰﾄﾞ：●", false, []string{password}},
		{"パスワード（仮）: abcdefg", "パスワード（仮）: ●", false, []string{password}},
		{"pw=abc", "pw=●", false, []string{password}},
		{"ID: taro PW: x9!kkk", "ID: taro PW: ●", false, []string{password}},
		{"パスワード\nAbcd1234", "パスワード\n●", false, []string{password}},
		{"パスワードは「ひみつ の言葉」です", "パスワードは「●」です", false, []string{password}},
		{"パスワード：ひみつのことば", "パスワード：●", false, []string{password}},
		{"パスワードは himitsu", "パスワードは ●", false, []string{password}},
		{"パスワードを Abc123! にしました", "パスワードを ● にしました", false, []string{password}},
		{"My password is hunter2, ok?", "My password is ●, ok?", false, []string{password}},
		{"Abc123! がパスワードです", "● がパスワードです", false, []string{password}},
		{"ＰＡＳＳＷＯＲＤ＝ｈｕｎｔｅｒ２", "ＰＡＳＳＷＯＲＤ＝●", false, []string{password}},
		{"パスワードを忘れました", "パスワードを忘れました", false, nil},
		{"パスワード（Abc123!）で入れません", "パスワード（●）で入れません", false, []string{password}},
		{"パスワードを Abc123! から Xyz789! に変えました", "パスワードを ● から ● に変えました", false, []string{password}},
		{"pw: Abc123! -> Xyz789!", "pw: ●", false, []string{password}},
		{"P/W: Abc123!", "P/W: ●", false, []string{password}},
		{"パスワード：暗証番号1234ひみつ", "パスワード：●", false, []string{code, password}},
		{"回復コード: ABCDE-FGHIJ-KLMNO-PQRS2", "回復コード: ●", false, []string{password}},
		{"クライアント シークレット：abC8Q~xyzXYZ1234567890", "クライアント シークレット：●", false, []string{password}},
		{"CVV2:123", "CVV2:●", false, []string{code}},
		{"cvc2 は 123", "cvc2 は ●", false, []string{code}},
		{"パスワード（必須）を入れました", "パスワード（必須）を入れました", false, nil},
		{"アクセストークンの有効期限が切れました", "アクセストークンの有効期限が切れました", false, nil},
		{"パスワードは8文字以上ですか", "パスワードは8文字以上ですか", false, nil},
		{"パスワードは Microsoft のものですか", "パスワードは Microsoft のものですか", false, nil},
		{"パスワードを2026/11/25に変更しました", "パスワードを2026/11/25に変更しました", false, nil},
		{"パスワードを3回間違えました", "パスワードを3回間違えました", false, nil},
		{"the password is wrong", "the password is wrong", false, nil},
		{"password reset page", "password reset page", false, nil},
		{"パスワードが違います", "パスワードが違います", false, nil},
		{"passport を見せました", "passport を見せました", false, nil},
		{"カードは 5555555555554444、コードは 1234、パスワードは abc123",
			"カードは ●、コードは ●、パスワードは ●", false, []string{card, code, password}},
	}
	for _, tt := range tests {
		got, found := japan.Secrets(tt.text, tt.coded)
		if want := masked(tt.want); got != want || !slices.Equal(found, tt.found) {
			t.Errorf("Secrets(%q, %v) = %q, %q, want %q, %q", tt.text, tt.coded, got, found, want, tt.found)
		}
	}
}

// cardNumber draws a number that passes Luhn's test and is no corporate number.
func cardNumber(t *rapid.T) string {
	n := rapid.SampledFrom([]int{14, 15, 16, 19}).Draw(t, "length")
	digits := []byte(rapid.StringMatching(fmt.Sprintf(`[2-6][0-9]{%d}`, n-2)).Draw(t, "digits") + "0")
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	digits[n-1] = byte('0' + (10-sum%10)%10)
	return string(digits)
}

// TestSecretsNeverShown draws secrets into sentences.
func TestSecretsNeverShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var secret, text string
		coded := false
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			secret = cardNumber(t)
			text = rapid.SampledFrom([]string{"番号 %s", "%sです", "（%s）", "カード:%s、期限は12/27"}).Draw(t, "sentence")
		case 1:
			secret = rapid.StringMatching(`[13-9][0-9]{3,6}`).Draw(t, "code")
			text = rapid.SampledFrom([]string{"コードは%sです", "認証コード：%s", "your code is %s", "%s がコードです"}).Draw(t, "sentence")
		case 2:
			secret = rapid.StringMatching(`[13-9][0-9]{5}`).Draw(t, "code")
			text, coded = rapid.SampledFrom([]string{"%s", "%s です", "届きました %s"}).Draw(t, "sentence"), true
		default:
			secret = rapid.StringMatching(`[a-z]{2,6}[0-9]{2,4}[A-Z!#%&*]{1,4}`).Draw(t, "password")
			text = rapid.SampledFrom([]string{"パスワードは%sです", "PW: %s", "パスワード\n%s", "password is %s", "%s がパスワード"}).Draw(t, "sentence")
		}
		said := strings.Replace(text, "%s", secret, 1)
		got, found := japan.Secrets(said, coded)
		if strings.Contains(got, secret) || len(found) == 0 {
			t.Fatalf("Secrets(%q) = %q, %q", said, got, found)
		}
		if again, _ := japan.Secrets(got, coded); again != got {
			t.Fatalf("masked twice: %q, %q", got, again)
		}
	})
}

// TestNumbersKept draws the numbers of the procedure.
func TestNumbersKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.StringMatching(`[0-9]{12}`).Draw(t, "base")
		kept := rapid.SampledFrom([]string{
			"パートナー ID は " + rapid.StringMatching(`[1-9][0-9]{5,7}`).Draw(t, "partner"),
			"法人番号 " + corporateOf(base),
			"電話 0" + rapid.StringMatching(`[1-9]-[0-9]{4}-[0-9]{4}`).Draw(t, "phone"),
			rapid.StringMatching(`20[0-9]{2}/(0[1-9]|1[0-2])/[0-2][0-9]`).Draw(t, "day"),
			rapid.StringMatching(`[1-9][0-9]{3,7}円`).Draw(t, "amount"),
			"〒" + rapid.StringMatching(`[0-9]{3}-[0-9]{4}`).Draw(t, "postal"),
		}).Draw(t, "text")
		if got, found := japan.Secrets(kept, rapid.Bool().Draw(t, "coded")); got != kept || found != nil {
			t.Fatalf("Secrets(%q) = %q, %q", kept, got, found)
		}
	})
}

// corporateOf puts the check digit before twelve digits.
func corporateOf(base string) string {
	sum := 0
	for i, r := range base {
		sum += int(r-'0') * (1 + (len(base)-1-i)%2)
	}
	return fmt.Sprint(9-sum%9) + base
}

func FuzzSecrets(f *testing.F) {
	for _, seed := range []string{"", "4111 1111 1111 1111", "パスワードは「", "pw=", "コード 123456", "password:\xff\xfe", "パスワード（"} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, coded bool) {
		got, found := japan.Secrets(text, coded)
		if (len(found) == 0) != (got == text) {
			t.Errorf("Secrets(%q) = %q, %q", text, got, found)
		}
	})
}

// BenchmarkSecrets reads 2,000 characters of a clerk's talk.
func BenchmarkSecrets(b *testing.B) {
	text := strings.Repeat("会社情報の画面で電話 03-1234-5678 を入れ、コードを待っています。パスワードは忘れました。", 40)
	b.ReportAllocs()
	for b.Loop() {
		japan.Secrets(text, false)
	}
}

package japan_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shirube/shirube/bot/japan"
)

func TestMail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text, address, warning, reason string
	}{
		{"taro.yamada@shirube.co.jp", "taro.yamada@shirube.co.jp", "", ""},
		{" mailto:Taro@SHIRUBE.co.jp\n", "Taro@shirube.co.jp", "", ""},
		{"ｔａｒｏ＠ｓｈｉｒｕｂｅ．ｃｏ．ｊｐ", "taro@shirube.co.jp", "", ""},
		{"taro@shirube。co。jp", "taro@shirube.co.jp", "", ""},
		{"taro+ms@mail.shirube.jp", "taro+ms@mail.shirube.jp", "", ""},
		{"taro@notgmail.com", "taro@notgmail.com", "", ""},
		{"taro@outlook-shoji.co.jp", "taro@outlook-shoji.co.jp", "", ""},
		{"taro@live-house.jp", "taro@live-house.jp", "", ""},
		{"taro@softbank.jp", "taro@softbank.jp", "", ""}, // the firm itself
		{"taro@shirube.onmicrosoft.com", "taro@shirube.onmicrosoft.com", japan.NoMailbox, ""},

		{"taro@gmail.com", "taro@gmail.com", "", japan.PersonalDomain},
		{"info@gmail.com", "info@gmail.com", "", japan.PersonalDomain},
		{"taro@Hotmail.co.jp", "taro@hotmail.co.jp", "", japan.PersonalDomain},
		{"taro@live.co.uk", "taro@live.co.uk", "", japan.PersonalDomain},
		{"taro@outlook.jp", "taro@outlook.jp", "", japan.PersonalDomain},
		{"taro@yahoo.co.jp", "taro@yahoo.co.jp", "", japan.PersonalDomain},
		{"taro@ymail.ne.jp", "taro@ymail.ne.jp", "", japan.PersonalDomain},
		{"taro@docomo.ne.jp", "taro@docomo.ne.jp", "", japan.PersonalDomain},
		{"taro@ezweb.ne.jp", "taro@ezweb.ne.jp", "", japan.PersonalDomain},
		{"taro@au.com", "taro@au.com", "", japan.PersonalDomain},
		{"taro@i.softbank.jp", "taro@i.softbank.jp", "", japan.PersonalDomain},
		{"taro@jp-t.ne.jp", "taro@jp-t.ne.jp", "", japan.PersonalDomain},
		{"taro@blue.ocn.ne.jp", "taro@blue.ocn.ne.jp", "", japan.PersonalDomain},
		{"taro@mvb.biglobe.ne.jp", "taro@mvb.biglobe.ne.jp", "", japan.PersonalDomain},
		{"taro@mail.goo.ne.jp", "taro@mail.goo.ne.jp", "", japan.PersonalDomain},
		{"taro@icloud.com", "taro@icloud.com", "", japan.PersonalDomain},
		{"taro@proton.me", "taro@proton.me", "", japan.PersonalDomain},

		{"info@shirube.co.jp", "info@shirube.co.jp", "", japan.ForbiddenLocal},
		{"SystemAdmin@shirube.co.jp", "SystemAdmin@shirube.co.jp", "", japan.ForbiddenLocal},
		{"my-email@shirube.co.jp", "my-email@shirube.co.jp", "", japan.ForbiddenLocal},
		{"it.marketing2@shirube.co.jp", "it.marketing2@shirube.co.jp", "", japan.ForbiddenLocal},
		{"information@x.onmicrosoft.com", "information@x.onmicrosoft.com", "", japan.ForbiddenLocal},

		{"", "", "", japan.NotEmail},
		{"taro", "", "", japan.NotEmail},
		{"taro@", "", "", japan.NotEmail},
		{"@shirube.jp", "", "", japan.NotEmail},
		{"taro@shirube", "", "", japan.NotEmail},
		{"taro@@shirube.jp", "", "", japan.NotEmail},
		{"ta ro@shirube.jp", "", "", japan.NotEmail},
		{"taro@shirube..jp", "", "", japan.NotEmail},
		{"taro@-shirube.jp", "", "", japan.NotEmail},
		{"taro@shi_rube.jp", "", "", japan.NotEmail},
		{".taro@shirube.jp", "", "", japan.NotEmail},
		{"ta..ro@shirube.jp", "", "", japan.NotEmail},
		{"山田@shirube.jp", "", "", japan.NotEmail},
		{"taro@しるべ.jp", "", "", japan.NotEmail},
		{"Taro <taro@shirube.jp>", "", "", japan.NotEmail},
		{`"ta ro"@shirube.jp`, "", "", japan.NotEmail},
		{"taro@[192.0.2.1]", "", "", japan.NotEmail},
		{"taro@192.0.2.1", "", "", japan.NotEmail},
		{"taro@shirube.jp, jiro@shirube.jp", "", "", japan.NotEmail},
		{strings.Repeat("a", 65) + "@shirube.jp", "", "", japan.NotEmail},
		{strings.Repeat("a.", 5000) + "@shirube.jp", "", "", japan.NotEmail},
		{"taro\xff@shirube.jp", "", "", japan.NotEmail},
	}
	for _, tt := range tests {
		address, warning, reason := japan.Mail(tt.text, japan.PrimaryContact)
		if address != tt.address || warning != tt.warning || reason != tt.reason {
			t.Errorf("Mail(%q) = %q, %q, %q, want %q, %q, %q", tt.text, address, warning, reason, tt.address, tt.warning, tt.reason)
		}
	}
}

// What is forbidden is so for the first contact only.
func TestMailFields(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text    string
		field   japan.MailField
		warning string
	}{
		{"info@gmail.com", japan.AccountEmail, ""},
		{"info@gmail.com", japan.SupportEmail, japan.PersonalDomain},
		{"info@shirube.co.jp", japan.SupportEmail, ""},
		{"taro@x.onmicrosoft.com", japan.SupportEmail, japan.NoMailbox},
	}
	for _, tt := range tests {
		address, warning, reason := japan.Mail(tt.text, tt.field)
		if address != tt.text || warning != tt.warning || reason != "" {
			t.Errorf("Mail(%q, %s) = %q, %q, %q", tt.text, tt.field, address, warning, reason)
		}
	}
}

func TestMailProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		local := rapid.StringMatching(`[a-z0-9]{1,8}([.+_-][a-z0-9]{1,8})?`).Draw(t, "local")
		domain := rapid.StringMatching(`kk-[a-z0-9]{1,9}\.(co\.jp|jp|com|tokyo)`).Draw(t, "domain")
		text := local + "@" + domain
		address, warning, reason := japan.Mail(text, japan.SupportEmail)
		if address != text || warning != "" || reason != "" {
			t.Fatalf("Mail(%q) = %q, %q, %q", text, address, warning, reason)
		}
		for _, word := range []string{"info", "admin", "email", "marketing"} {
			if _, _, reason := japan.Mail(local+word+"@"+domain, japan.PrimaryContact); reason != japan.ForbiddenLocal {
				t.Fatalf("%s before @%s is taken", local+word, domain)
			}
		}
	})
}

func FuzzMail(f *testing.F) {
	for _, seed := range []string{"taro@shirube.jp", "mailto:", "＠", "a@b.c", "@.\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		address, _, reason := japan.Mail(text, japan.PrimaryContact)
		if (address == "") != (reason == japan.NotEmail) {
			t.Errorf("Mail(%q) = %q, %q", text, address, reason)
		}
		if again, _, _ := japan.Mail(address, japan.PrimaryContact); again != address {
			t.Errorf("Mail(%q) = %q, read again %q", text, address, again)
		}
	})
}

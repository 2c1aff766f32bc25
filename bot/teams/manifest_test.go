package teams

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"
)

func testApp() App {
	commands := []AppCommand{{"状況", "進み具合を見る"}, {"担当者", "上位商流の担当者に知らせる"}}
	return App{
		ID: "11111111-2222-3333-4444-555555555555", URL: "https://bot.example.com:8443/x", Version: "1.2.3", Company: "株式会社しるべ商事", Privacy: "https://example.com/privacy",
		Texts: []AppTexts{
			{Lang: "ja", Name: "しるべ", About: strings.Repeat("案内", 60), Full: "くわしい案内", Commands: commands},
			{Lang: "en", Name: "Shirube", About: "A guide.", Full: "A longer text.", Commands: []AppCommand{{"status", "See your progress"}, {"human", "Ask"}}},
		},
	}
}

// unpacked are the files of a package.
func unpacked(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(in); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestPackage(t *testing.T) {
	t.Parallel()
	data, err := testApp().Package()
	if err != nil {
		t.Fatal(err)
	}
	again, _ := testApp().Package()
	if !bytes.Equal(data, again) {
		t.Error("the same app has two packages")
	}
	files := unpacked(t, data)
	var m struct {
		ID, Version      string
		Developer        struct{ WebsiteURL, PrivacyURL string }
		Description      struct{ Short string }
		Icons            struct{ Color, Outline string }
		ValidDomains     []string
		LocalizationInfo struct {
			DefaultLanguageTag  string
			AdditionalLanguages []struct{ LanguageTag, File string }
		}
		Bots []struct {
			BotID        string
			Scopes       []string
			CommandLists []struct{ Commands []struct{ Title string } }
		}
	}
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	got := []string{
		m.ID, m.Version, m.Bots[0].BotID, strings.Join(m.Bots[0].Scopes, ","), strings.Join(m.ValidDomains, ","), m.Developer.WebsiteURL,
		m.Developer.PrivacyURL, m.LocalizationInfo.DefaultLanguageTag, m.LocalizationInfo.AdditionalLanguages[0].File, m.Bots[0].CommandLists[0].Commands[1].Title,
	}
	want := []string{
		testApp().ID, "1.2.3", testApp().ID, "personal,team", "bot.example.com", "https://bot.example.com:8443/x",
		"https://example.com/privacy", "ja", "en.json", "担当者",
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("manifest\n%q, not\n%q", got, want)
	}
	if n := len([]rune(m.Description.Short)); n != 80 {
		t.Errorf("the short description has %d characters", n)
	}
	var en map[string]string
	if err := json.Unmarshal(files["en.json"], &en); err != nil || en["name.short"] != "Shirube" || en["bots[0].commandLists[0].commands[1].title"] != "human" {
		t.Errorf("en.json %v: %v", en, err)
	}
	for name, size := range map[string]int{m.Icons.Color: 192, m.Icons.Outline: 32} {
		img, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil || img.Bounds() != image.Rect(0, 0, size, size) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOutlineIsWhiteOnNothing holds what Teams asks of the small icon.
func TestOutlineIsWhiteOnNothing(t *testing.T) {
	t.Parallel()
	img := outlineIcon()
	seen := 0
	for y := range outlineSize {
		for x := range outlineSize {
			c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
			if c.A == 0 {
				continue
			}
			seen++
			if c.R != 255 || c.G != 255 || c.B != 255 {
				t.Fatalf("%d,%d is %v", x, y, c)
			}
		}
	}
	if seen < 100 || seen > 500 {
		t.Errorf("%d of 1024 pixels are drawn", seen)
	}
}

func TestPackageRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*App){
		"http":      func(a *App) { a.URL = "http://bot.example.com" },
		"no host":   func(a *App) { a.URL = "https://" },
		"port only": func(a *App) { a.URL = "https://:8443" },
		"no id":     func(a *App) { a.ID = "" },
		"other id":  func(a *App) { a.ID = "shirube" },
		"no texts":  func(a *App) { a.Texts = nil },
	} {
		a := testApp()
		spoil(&a)
		if _, err := a.Package(); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

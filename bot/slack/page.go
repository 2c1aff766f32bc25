package slack

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
)

// page is what somebody who installs the app reads at the end. It is in both
// languages, for nobody knows theirs yet.
type page struct {
	title, text, link       string
	titleJa, textJa, linkJa string
	to                      string // where the link leads; empty: there is none
}

func pageAdded(to string) page {
	return page{
		titleJa: "Slack に追加できました",
		textJa:  "Slack でこのアプリを開き、ひとこと送ってください。案内が始まります。この画面は閉じてかまいません。",
		linkJa:  "Slack で開く",
		title:   "Added to Slack",
		text:    "Open the app in Slack and send any message to begin. You can close this page.",
		link:    "Open in Slack",
		to:      to,
	}
}

func pageDeclined() page {
	return startAgain(page{
		titleJa: "追加を取りやめました",
		textJa:  "何も変わっていません。追加するときは、下のリンクで始めてください。",
		title:   "Nothing was added",
		text:    "Nothing has changed. To add the app, start from the link below.",
	})
}

func pageStale() page {
	return startAgain(page{
		titleJa: "はじめからやり直してください",
		textJa:  "追加の手続きは、始めてから 10 分以内に、同じブラウザーで終えてください。下のリンクでやり直せます。",
		title:   "Please start again",
		text:    "Finish adding the app within 10 minutes, in the browser you started in. Start again from the link below.",
	})
}

func pageFailed() page {
	return startAgain(page{
		titleJa: "追加を終えられませんでした",
		textJa:  "少し待ってから、下のリンクでやり直してください。続くときは、このアプリの担当者に知らせてください。",
		title:   "The app could not be added",
		text:    "Wait a moment and start again from the link below. If it keeps happening, tell the person who runs this app.",
	})
}

// startAgain leads back to the beginning. The link is relative: the server may be
// below a path of a proxy's.
func startAgain(p page) page {
	p.linkJa, p.link, p.to = "はじめからやり直す", "Start again", "install"
	return p
}

const pageStyle = `body{margin:0 auto;max-width:32rem;padding:3rem 1.25rem;font:1rem/1.7 system-ui,sans-serif;color:#1d1c1d;background:#fff}` +
	`h1{font-size:1.25rem;line-height:1.4}section+section{margin-top:2.5rem;padding-top:1rem;border-top:1px solid #ddd}a{color:#0b57a4}` +
	`@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#7db7f0}section+section{border-color:#444}}`

const pageLayout = `<!DOCTYPE html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>%s</title><style>%s</style></head>
<body>
<main>
%s%s</main>
</body>
</html>
`

func pageSection(lang, title, text, link, to string) string {
	body := fmt.Sprintf("<section lang=%q>\n<h1>%s</h1>\n<p>%s</p>\n", lang, html.EscapeString(title), html.EscapeString(text))
	if to != "" {
		body += fmt.Sprintf("<p><a href=\"%s\">%s</a></p>\n", html.EscapeString(to), html.EscapeString(link))
	}
	return body + "</section>\n"
}

func showPage(w http.ResponseWriter, status int, p page) {
	guardPage(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, pageLayout, html.EscapeString(p.titleJa), pageStyle, // a reader that has gone has gone
		pageSection("ja", p.titleJa, p.textJa, p.linkJa, p.to), pageSection("en", p.title, p.text, p.link, p.to))
}

// guardPage keeps what is in the address, a code and a state, from going further,
// and anything from running.
func guardPage(h http.Header) {
	sum := sha256.Sum256([]byte(pageStyle))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
}

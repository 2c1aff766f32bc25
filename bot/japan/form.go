package japan

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// form is a legal form as it is registered.
type form struct {
	full  string
	short string // the customary abbreviation, without its brackets
	usual bool   // whether everybody abbreviates it
	other string // another spelling people use
}

// forms are ordered so that a form comes before those it contains. Where an
// abbreviation stands for several forms, as (社), it is left out.
func forms() []form {
	return []form{
		{full: "株式会社", short: "株", usual: true},
		{full: "有限会社", short: "有", usual: true},
		{full: "合同会社", short: "同"},
		{full: "合資会社", short: "資"},
		{full: "合名会社", short: "名"},
		{full: "相互会社"}, {full: "特定目的会社"},
		{full: "一般社団法人", short: "一社"}, {full: "一般財団法人", short: "一財"},
		{full: "公益社団法人", short: "公社"}, {full: "公益財団法人", short: "公財"},
		{full: "医療法人社団"}, {full: "医療法人財団"}, {full: "社会医療法人"},
		{full: "特定医療法人"}, {full: "医療法人"},
		{full: "社団法人"}, {full: "財団法人"},
		{full: "認定特定非営利活動法人", other: "認定NPO法人"},
		{full: "特定非営利活動法人", short: "特非", other: "NPO法人"},
		{full: "学校法人", short: "学"}, {full: "社会福祉法人", short: "福"},
		{full: "宗教法人"}, {full: "更生保護法人"}, {full: "職業訓練法人"},
		{full: "国立大学法人"}, {full: "公立大学法人"}, {full: "国立研究開発法人"},
		{full: "地方独立行政法人"}, {full: "独立行政法人"},
		{full: "弁護士法人"}, {full: "税理士法人"}, {full: "司法書士法人"},
		{full: "行政書士法人"}, {full: "弁理士法人"}, {full: "特許業務法人"},
		{full: "社会保険労務士法人"}, {full: "土地家屋調査士法人"},
		{full: "有限責任監査法人"}, {full: "監査法人"},
		{full: "有限責任事業組合"}, {full: "投資事業有限責任組合"},
		{full: "農事組合法人"}, {full: "管理組合法人"}, {full: "企業組合"},
		{full: "事業協同組合"}, {full: "農業協同組合"}, {full: "漁業協同組合"},
		{full: "生活協同組合"}, {full: "協同組合連合会"}, {full: "協同組合"},
		{full: "商工組合"}, {full: "信用組合"}, {full: "信用金庫"},
		{full: "商工会議所"}, {full: "商工会"},
	}
}

// formed is a name taken apart around its legal form. One side may be empty:
// 前株 has no head, 後株 no tail.
type formed struct {
	form        form
	head, tail  string
	spaced      bool // a space stood between the form and the name
	abbreviated bool // the form was not spelled out
}

// with puts the name together again around a spelling of its form.
func (n formed) with(form, gap string) string {
	if n.head == "" {
		return form + gap + n.tail
	}
	return n.head + gap + form + n.tail
}

// parse finds the legal form: at the beginning, else at the end, else a
// company's within, where a branch follows.
func parse(text string) (formed, bool) {
	t := align(text)
	for _, find := range []func(form, string) (formed, bool){t.first, t.last, t.within} {
		for _, f := range forms() {
			for _, spelled := range f.spellings() {
				if n, ok := find(f, spelled); ok {
					n.abbreviated = spelled != f.full
					return n, true
				}
			}
		}
	}
	return formed{}, false
}

func (f form) spellings() []string {
	list := []string{f.full}
	if f.short != "" {
		list = append(list, "("+f.short+")")
	}
	if f.other != "" {
		list = append(list, f.other)
	}
	return list
}

// aligned is a text and its NFKC form, in which ㈱ and （株） are (株); at leads
// from each byte there to the one in the text.
type aligned struct {
	text, folded string
	at           []int
}

func align(text string) aligned {
	var b strings.Builder
	var at []int
	for i, r := range text {
		s := norm.NFKC.String(string(r))
		b.WriteString(s)
		for range len(s) {
			at = append(at, i)
		}
	}
	return aligned{text, b.String(), append(at, len(text))}
}

func (t aligned) first(f form, spelled string) (formed, bool) {
	return t.cut(f, 0, len(spelled), strings.HasPrefix(t.folded, spelled))
}

func (t aligned) last(f form, spelled string) (formed, bool) {
	end := len(t.folded)
	return t.cut(f, end-len(spelled), end, strings.HasSuffix(t.folded, spelled))
}

func (t aligned) within(f form, spelled string) (formed, bool) {
	i := strings.Index(t.folded, spelled)
	company := strings.HasSuffix(f.full, "会社")
	return t.cut(f, i, i+len(spelled), i > 0 && company)
}

// cut takes the text apart around the form.
func (t aligned) cut(f form, from, to int, found bool) (formed, bool) {
	if !found {
		return formed{}, false
	}
	before, after := t.text[:t.at[from]], t.text[t.at[to]:]
	n := formed{form: f, head: strings.TrimSpace(before), tail: after}
	if n.head == "" {
		n.tail = strings.TrimSpace(after)
		n.spaced = n.tail != after
	} else {
		n.spaced = n.head != before
	}
	return n, true
}

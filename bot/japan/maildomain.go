package japan

import "strings"

// personalDomain tells whether a domain is of a provider whose addresses
// belong to persons: the review asks for a domain the company owns.
func personalDomain(domain string) bool {
	for name := range strings.FieldsSeq(exactDomains) {
		if domain == name {
			return true
		}
	}
	for name := range strings.FieldsSeq(wholeDomains) {
		if within(domain, name) {
			return true
		}
	}
	brand, country, _ := strings.Cut(domain, ".")
	for name := range strings.FieldsSeq(worldBrands) {
		if brand == name && registry(country) {
			return true
		}
	}
	return false
}

// registry tells an ending under which a provider is in one country.
func registry(end string) bool {
	second, country, found := strings.Cut(end, ".")
	if !found {
		return end == "com" || end == "net" || len(end) == 2
	}
	return len(country) == 2 && (second == "co" || second == "com" || second == "ne")
}

// Brands with a domain in many countries: outlook.jp, yahoo.co.jp, live.co.uk.
const worldBrands = "outlook hotmail live msn yahoo ymail rocketmail gmx aol yandex gmail googlemail icloud protonmail"

// Domains whose subdomains are somebody else's, or the provider's own firm's.
const exactDomains = `
	me.com mac.com au.com goo.jp i.softbank.jp rakuten.jp pm.me proton.me hey.com mail.com email.com
	inbox.com usa.com tuta.io tuta.com zoho.com zoho.jp dream.jp web.de free.fr mail.ru`

// Providers whose subdomains are theirs: mail.goo.ne.jp, mvb.biglobe.ne.jp.
const wholeDomains = `
	docomo.ne.jp mopera.net mopera.ne.jp dwmail.jp
	ezweb.ne.jp auone.jp auone-net.jp uqmobile.jp dion.ne.jp
	softbank.ne.jp vodafone.ne.jp disney.ne.jp disneymobile.ne.jp
	jp-c.ne.jp jp-d.ne.jp jp-h.ne.jp jp-k.ne.jp jp-n.ne.jp jp-q.ne.jp jp-r.ne.jp jp-s.ne.jp jp-t.ne.jp
	ymobile.ne.jp ymobile1.ne.jp y-mobile.ne.jp willcom.com pdx.ne.jp wcm.ne.jp emnet.ne.jp emobile.ne.jp
	rakumail.jp mineo.jp uqwimax.jp
	ybb.ne.jp bbtec.net nifty.com nifty.ne.jp nifmail.jp infoweb.ne.jp ocn.ne.jp biglobe.ne.jp so-net.ne.jp so-net.jp
	plala.or.jp plala.jp odn.ne.jp odn.ad.jp asahi-net.or.jp asahi-net.jp hi-ho.ne.jp hi-ho.jp dti.ne.jp
	wakwak.com sannet.ne.jp iij4u.or.jp iijmio-mail.jp home.ne.jp zaq.ne.jp zaq.jp jcom.zaq.ne.jp itscom.net
	eonet.ne.jp commufa.jp tees.jp pikara.ne.jp bbiq.jp megaegg.ne.jp tiki.ne.jp tnc.ne.jp thn.ne.jp
	t-com.ne.jp enjoy.ne.jp fiberbit.net ctktv.ne.jp ccnw.ne.jp cty-net.ne.jp medias.ne.jp nava21.ne.jp
	infoseek.jp infoseek.to excite.co.jp goo.ne.jp livedoor.com livedoor.jp nate.com sute.jp
	windowslive.com passport.com zohomail.com zohomail.jp protonmail.ch tutanota.com tutanota.de tutamail.com
	fastmail.com fastmail.jp fastmail.fm qq.com foxmail.com 163.com 126.com sina.com sohu.com naver.com daum.net hanmail.net
	comcast.net att.net verizon.net sbcglobal.net btinternet.com t-online.de orange.fr laposte.net
	mailinator.com yopmail.com guerrillamail.com 10minutemail.com`

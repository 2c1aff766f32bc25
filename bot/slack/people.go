package slack

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// person is what Slack knows of somebody: how they are called and which
// language they use.
type person struct {
	name, lang string
	until      time.Time
}

// The cache of people: how long one is believed, and how many are kept.
const (
	knownFor  = 24 * time.Hour
	maxPeople = 10_000
	askWithin = 800 * time.Millisecond // the platform's answer has 3 s in all
)

type people struct {
	mu  sync.Mutex
	now func() time.Time
	by  map[string]person
}

func newPeople(now func() time.Time) *people { return &people{now: now, by: map[string]person{}} }

func (p *people) get(key string) (person, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	who, found := p.by[key]
	return who, found && p.now().Before(who.until)
}

func (p *people) put(key string, who person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for old := range p.by { // any: a map has no order
		if len(p.by) < maxPeople {
			break
		}
		delete(p.by, old)
	}
	who.until = p.now().Add(knownFor)
	p.by[key] = who
}

// person asks Slack who somebody is, once a day. What cannot be learnt now is
// left open; nobody waits for it.
func (p *Platform) person(ctx context.Context, tenant, user string) person {
	key := tenant + "/" + user
	if who, found := p.people.get(key); found {
		return who
	}
	ctx, stop := context.WithTimeout(ctx, askWithin)
	defer stop()
	who, err := p.askPerson(ctx, tenant, user)
	if err != nil {
		p.Log.Info("slack person unknown for now", "reason", sendError(err).Error())
		return person{}
	}
	p.people.put(key, who)
	return who
}

// askPerson asks Slack. https://docs.slack.dev/reference/methods/users.info
func (p *Platform) askPerson(ctx context.Context, tenant, user string) (person, error) {
	token, err := p.Tokens.Token(ctx, tenant)
	if err != nil {
		return person{}, err
	}
	var answer struct {
		verdict
		User struct {
			RealName string `json:"real_name"`
			Locale   string `json:"locale"`
			Profile  struct {
				DisplayName string `json:"display_name"`
				RealName    string `json:"real_name"`
			} `json:"profile"`
		} `json:"user"`
	}
	err = p.Line.call(ctx, p.APIURL+"users.info", token, &answer, func(request *fasthttp.Request) error {
		request.PostArgs().Set("user", user)
		request.PostArgs().Set("include_locale", "true")
		return nil
	})
	u := answer.User
	return person{name: cmp.Or(u.RealName, u.Profile.DisplayName, u.Profile.RealName), lang: strings.ToLower(u.Locale)}, err
}

package slack

import (
	"context"
	"strings"
	"sync"
	"time"
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
	client, err := p.client(ctx, tenant)
	if err != nil {
		return person{}
	}
	info, err := client.GetUserInfoContext(ctx, user)
	if err != nil {
		p.Log.Info("slack person unknown for now", "reason", sendError(err).Error())
		return person{}
	}
	who := person{name: info.RealName, lang: strings.ToLower(info.Locale)}
	for _, name := range []string{info.Profile.DisplayName, info.Profile.RealName} {
		if who.name == "" {
			who.name = name
		}
	}
	p.people.put(key, who)
	return who
}

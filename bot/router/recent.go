package router

import (
	"sync"

	"github.com/shirube/shirube/bot"
)

// maxRecent bounds the sessions that are kept in memory.
const maxRecent = 4096

// recent keeps the sessions that were committed here last, so that the next
// event need not load them. It may be wrong, for another replica may have
// committed since: a commit that is refused says so, and the session is loaded.
type recent struct {
	mu       sync.Mutex
	sessions map[string]bot.Session
}

func (r *recent) get(id string) (bot.Session, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, found := r.sessions[id]
	return s, found
}

// put keeps a session; any other makes room for it.
func (r *recent) put(s bot.Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for other := range r.sessions {
		if len(r.sessions) < maxRecent {
			break
		}
		delete(r.sessions, other)
	}
	r.sessions[s.ID] = s
}

func (r *recent) drop(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sessions, id)
}

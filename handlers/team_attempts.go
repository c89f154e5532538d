package handlers

import (
	"sync"
	"time"
)

// attempts slows down somebody who guesses passwords. It counts by login and
// address together: a colleague behind the same address, or the same login
// from elsewhere, is not held up.
type attempts struct {
	mu    sync.Mutex
	tries map[string]tries
}

type tries struct {
	count int
	last  time.Time
}

// The limits. Five tries are free; then the wait doubles from 15 seconds to 15
// minutes. An hour of quiet forgets.
const (
	freeTries     = 5
	firstWait     = 15 * time.Second
	longestWait   = 15 * time.Minute
	forgetTries   = time.Hour
	maxRemembered = 20_000
)

func newAttempts() *attempts { return &attempts{tries: map[string]tries{}} }

// begin counts one more try, or returns how long to wait before the next. It
// counts before the password is checked: a hundred tries sent at once are a
// hundred tries.
func (a *attempts) begin(key string, now time.Time) (wait time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := a.tries[key]
	if now.Sub(t.last) > forgetTries {
		t = tries{}
	}
	if wait = t.last.Add(waitAfter(t.count)).Sub(now); wait > 0 && t.count >= freeTries {
		return wait
	}
	a.makeRoom(now)
	a.tries[key] = tries{t.count + 1, now}
	return 0
}

// succeed forgets the tries that led to the right password.
func (a *attempts) succeed(key string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.tries, key)
}

// makeRoom bounds the memory: what is old goes first, then anything.
func (a *attempts) makeRoom(now time.Time) {
	if len(a.tries) < maxRemembered {
		return
	}
	for key, t := range a.tries {
		if now.Sub(t.last) > forgetTries {
			delete(a.tries, key)
		}
	}
	for key := range a.tries {
		if len(a.tries) < maxRemembered {
			return
		}
		delete(a.tries, key)
	}
}

func waitAfter(count int) time.Duration {
	if count < freeTries {
		return 0
	}
	wait := firstWait
	for range count - freeTries {
		if wait *= 2; wait >= longestWait {
			return longestWait
		}
	}
	return wait
}

package handlers

import (
	"crypto/rand"
	"fmt"

	"github.com/alexedwards/argon2id"
)

// passwordCost is what OWASP's Password Storage Cheat Sheet asks of argon2id
// at least: 19 MiB, two passes, one lane.
var passwordCost = argon2id.Params{
	Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32,
}

// HashPassword is what an account keeps of a password: an argon2id hash in PHC
// format.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, &passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// hashing bounds how many passwords are checked at a time: each takes 19 MiB.
const hashing = 4

// passwords checks passwords, in as much time for a login nobody has.
type passwords struct {
	decoy string
	slots chan struct{}
}

func newPasswords() (*passwords, error) {
	decoy, err := HashPassword(rand.Text())
	return &passwords{decoy: decoy, slots: make(chan struct{}, hashing)}, err
}

// match reports whether a password is the one of a hash; hash is "" for a
// login that does not exist.
func (p *passwords) match(password, hash string) bool {
	p.slots <- struct{}{}
	defer func() { <-p.slots }()
	known := hash != ""
	if !known {
		hash = p.decoy
	}
	// A hash that cannot be read matches nothing.
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	return same && known && err == nil
}

package surveys

import (
	"context"
	"fmt"
	"sync"
)

// Forms compiles published versions, once each: a published version never
// changes, so what was compiled stays right for ever.
type Forms struct {
	Store Store

	mu       sync.RWMutex
	compiled map[versionKey]*Form
	secret   []byte
}

type versionKey struct {
	survey string
	number int
}

// NewForms makes an empty cache over a store.
func NewForms(store Store) *Forms {
	return &Forms{Store: store, compiled: map[versionKey]*Form{}}
}

// Form returns the compiled version of a survey; ErrNotFound when the survey
// never published that number.
func (f *Forms) Form(ctx context.Context, survey string, version int) (*Form, error) {
	key := versionKey{survey, version}
	f.mu.RLock()
	form, ok := f.compiled[key]
	f.mu.RUnlock()
	if ok {
		return form, nil
	}
	v, err := f.Store.Version(ctx, survey, version)
	if err != nil {
		return nil, err
	}
	form, problems := Compile(&v.Questionnaire)
	if form == nil {
		return nil, fmt.Errorf("version %d of %s no longer compiles: %w", version, survey, problems)
	}
	f.mu.Lock()
	f.compiled[key] = form
	f.mu.Unlock()
	return form, nil
}

// siteSecret reads the store's secret once.
func (f *Forms) siteSecret(ctx context.Context) ([]byte, error) {
	f.mu.RLock()
	secret := f.secret
	f.mu.RUnlock()
	if secret != nil {
		return secret, nil
	}
	secret, err := f.Store.Secret(ctx)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	f.secret = secret
	f.mu.Unlock()
	return secret, nil
}

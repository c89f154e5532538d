package handlers

import "time"

// SetBeat shortens the time between two signs of life of a stream.
func (s *Server) SetBeat(beat time.Duration) { s.pulses.beat = beat }

// Followed is how many topics somebody listens to, and all their listeners.
func (s *Server) Followed() (topics, listeners int) {
	s.pulses.mu.Lock()
	defer s.pulses.mu.Unlock()
	for _, f := range s.pulses.followers {
		listeners += len(f.listeners)
	}
	return len(s.pulses.followers), listeners
}

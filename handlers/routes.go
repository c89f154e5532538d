package handlers

// routes is the map of the site.
func (s *Server) routes() error {
	s.staticRoutes()
	s.respondentRoutes()
	s.apiRoutes()
	s.restitutionRoutes()
	s.tokenAPIRoutes()
	return s.teamRoutes()
}

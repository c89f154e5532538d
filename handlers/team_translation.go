package handlers

// translationRoutes are those of the pages for other languages and for the library's questions.
func (s *Server) translationRoutes() []route {
	return nil
}

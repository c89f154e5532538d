package handlers

// editorRoutes are those of the page where a questionnaire is written.
func (s *Server) editorRoutes() []route {
	return nil
}

package handlers

// questionnaireRoutes are those of the life of a questionnaire: begun, brought in, published, taken out.
func (s *Server) questionnaireRoutes() []route {
	return nil
}

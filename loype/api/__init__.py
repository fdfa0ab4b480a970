"""The stages as JSON for programs: OpenAPI 3.1, tokens or session, problem details."""

package api

// OpenAPI answers the description of this interface.
var OpenAPI = Declaration{ID: "openapi", Function: "reference", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/openapi.json",
		Summary: "This interface as OpenAPI 3.1",
		Detail:  "Made from the same declarations that validate the requests.",
		Status:  200, Media: "application/json", Cache: "public, max-age=300",
	}
}}

// Reference answers the same for people.
var Reference = Declaration{ID: "reference", Function: "reference", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/reference",
		Summary: "This interface as a page to read",
		Detail:  "Without scripts, and without anything from elsewhere.",
		Status:  200, Media: "text/html", Cache: "public, max-age=300",
	}
}}

var referenceOperations = []Declaration{OpenAPI, Reference}

package api

// OpenAPI answers the description of this interface.
var OpenAPI = Operation{
	ID: "openapi", Function: "reference", Method: "GET", Path: "/openapi.json",
	Summary: "This interface as OpenAPI 3.1",
	Detail:  "Made from the same declarations that validate the requests.",
	Status:  200, Media: "application/json", Cache: "public, max-age=300",
}

// Reference answers the same for people.
var Reference = Operation{
	ID: "reference", Function: "reference", Method: "GET", Path: "/reference",
	Summary: "This interface as a page to read",
	Detail:  "Without scripts, and without anything from elsewhere.",
	Status:  200, Media: "text/html", Cache: "public, max-age=300",
}

var referenceOperations = []Operation{OpenAPI, Reference}

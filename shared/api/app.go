package api

import "github.com/iotspot/iotspot/shared/problem"

// OpenApp is the app's page.
var OpenApp = Declaration{ID: "openApp", Function: "app", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/",
		Summary: "The app",
		Detail: "One page, the same for everybody. It asks what it shows of this interface, with the session of its " +
			"user. What is behind the # of an address in it never reaches the server.",
		Encoding: true,
		Status:   200, Media: "text/html", Cache: "no-cache",
	}
}}

// AppWorker is the app's service worker.
var AppWorker = Declaration{ID: "appWorker", Function: "app", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/worker.js",
		Summary:  "What keeps the app's program on the device",
		Detail:   "It keeps program code and images alone, so that the app opens offline and says so. Clause 9.cache.",
		Encoding: true,
		Status:   200, Media: "text/javascript", Cache: "no-cache",
	}
}}

// AppFile is one of its files.
var AppFile = Declaration{ID: "appFile", Function: "app", Make: func() Operation {
	return Operation{
		Method: "GET", Path: "/app/{file}",
		Summary:  "A file of the app",
		Detail:   "Its name changes with its content, so that it can be kept for good.",
		Encoding: true,
		Parameters: []Parameter{Path("file", Pattern("^[A-Za-z0-9_-]{1,60}[.][a-z0-9]{2,12}$",
			"a file that the app's page names"),
			"as the page names it")},
		Status: 200, Media: "*/*", Cache: "public, max-age=31536000, immutable",
		Errors: []problem.Kind{problem.NotFound},
	}
}}

var appOperations = []Declaration{OpenApp, AppWorker, AppFile}

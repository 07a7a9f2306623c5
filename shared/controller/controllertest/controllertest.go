// Package controllertest has a controller for tests.
package controllertest

import "github.com/iotspot/iotspot/shared/controller"

// Example is a controller with everything that one has.
var Example = controller.Controller{
	Name: "Example Controller B.V., Example Street 1, Utrecht", Contact: "privacy@controller.example",
	Support: "support@controller.example", Authority: "Autoriteit Persoonsgegevens",
	AuthorityURL: "https://authority.example", Terms: "https://controller.example/terms",
	Security: "https://controller.example/security", Site: "https://api.example", Region: "eu-west-1",
}

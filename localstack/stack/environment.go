package stack

import (
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/secret"
)

// Who the local stack is.
const (
	sender  = "iotspot <no-reply@iotspot.example>"
	mailSet = "iotspot-mail"
	support = "support@iotspot.example"
)

// Answers is who answers for the data on this machine.
var Answers = controller.Controller{Name: "The local stack of iotspot, this machine",
	Contact: "privacy@iotspot.example",
	Support: support, Authority: "Autoriteit Persoonsgegevens", AuthorityURL: "https://autoriteitpersoonsgegevens.nl",
	Terms: "https://iotspot.example/terms", Security: "https://iotspot.example/security"}

// ConnectorSecret is what a data connector signs with here.
const ConnectorSecret = "the local stack's connector"

// environment is what a function finds: Lambda's own variables, its credentials, where the services are, the
// resources that its rights give, and the configuration that it asks for. Nothing in it says that this is not AWS.
func (s *Stack) environment(f catalog.Function) []string {
	found := []string{
		"AWS_REGION=" + protocol.Region, "AWS_DEFAULT_REGION=" + protocol.Region,
		"AWS_ACCESS_KEY_ID=" + f.Name, "AWS_SECRET_ACCESS_KEY=local", "AWS_SESSION_TOKEN=local",
		"AWS_ENDPOINT_URL=" + s.AWS,
	}
	found = append(found, s.offsetVariable()...)
	for name, value := range f.Environment(s.resource, s.value) {
		found = append(found, name+"="+value)
	}
	return found
}

// resource is what a resource is called: by its plain name, and a queue by its address.
func (s *Stack) resource(resource catalog.Resource) string {
	if s.Queues[string(resource)] != nil {
		return s.AWS + "/" + protocol.Account + "/" + string(resource)
	}
	return string(resource)
}

func (s *Stack) value(variable catalog.Variable) string {
	if variable.IsKey() {
		return s.roots.Value(secret.Purpose(variable))
	}
	switch variable {
	case catalog.PublicURL:
		return s.API
	case catalog.MailFrom:
		return sender
	case catalog.MailSet:
		return mailSet
	case catalog.Support:
		return support
	case catalog.Controller:
		return Answers.Encode()
	case catalog.Connector:
		return ConnectorSecret
	case catalog.DNSServer:
		return s.DNS
	}
	panic("the local stack has no value for " + string(variable))
}

package main

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// A Config is what differs between deployments. It comes from the context: cdk.json, or -c name=value.
type Config struct {
	Stage      string // part of every name, as prod
	Account    string // AWS account; "" is the one of the credentials
	Region     string // one in the EU (8.security)
	Domain     string // mail is sent from an address in it
	Support    string // support address (7.mail)
	Controller string // name and contact of the controller (14.contact)
	PublicURL  string // where the API is reached; "" is API Gateway's own address
	Alarms     string // address that alarms are mailed to; "" is nobody
	Dist       string // folder with a folder for each function, holding its bootstrap
}

// Regions are those of AWS in the EU: what was put there stays there (8.security). London and Zürich are not in the EU.
var Regions = []string{"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"}

var (
	stageForm  = regexp.MustCompile(`^[a-z][a-z0-9]{0,11}$`)
	domainForm = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
)

// configuration reads the context.
func configuration(app awscdk.App) (Config, error) {
	value := func(name string) string {
		text, _ := app.Node().TryGetContext(jsii.String(name)).(string)
		return text
	}
	working, err := os.Getwd()
	if err != nil {
		return Config{}, err
	}
	return Config{
		Stage: value("stage"), Account: value("account"), Region: value("region"), Domain: value("domain"),
		Support: value("support"), Controller: value("controller"), PublicURL: value("publicUrl"), Alarms: value("alarms"),
		Dist: filepath.Join(working, "dist"),
	}, nil
}

// check says everything that is wrong with the configuration at once.
func (c Config) check() error {
	var errs []error
	refuse := func(right bool, format string, args ...any) {
		if !right {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	refuse(stageForm.MatchString(c.Stage), "context stage is %q; accepted: up to 12 letters and digits, as prod", c.Stage)
	refuse(slices.Contains(Regions, c.Region), "context region is %q; accepted: %s", c.Region, strings.Join(Regions, ", "))
	refuse(domainForm.MatchString(c.Domain), "context domain is %q; accepted: a domain such as example.com", c.Domain)
	refuse(c.Controller != "", "context controller is missing: name and contact of the controller")
	_, err := mail.ParseAddress(c.Support)
	refuse(err == nil, "context support is %q; accepted: an e-mail address", c.Support)
	refuse(c.Domain == "" || strings.HasSuffix(c.Support, "@"+c.Domain), "context support is %q; accepted: an address of the context's domain, where mail is received", c.Support)
	address, err := url.Parse(c.PublicURL)
	refuse(c.PublicURL == "" || err == nil && address.Scheme == "https" && address.Host != "", "context publicUrl is %q; accepted: an https address", c.PublicURL)
	for _, f := range catalog.Functions {
		_, err := os.Stat(filepath.Join(c.Dist, f.Name, "bootstrap"))
		refuse(err == nil, "function %s is not built: run scripts/build first", f.Name)
	}
	return errors.Join(errs...)
}

// name is the name of something in this deployment.
func (c Config) name(what string) string { return "iotspot-" + c.Stage + "-" + what }

// sender is the address that all mail comes from.
func (c Config) sender() string { return "no-reply@" + c.Domain }

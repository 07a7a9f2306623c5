package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/controller"
)

// A Config is what differs between deployments. It comes from the context: cdk.json, or -c name=value.
type Config struct {
	Stage     string  // part of every name, as prod
	Account   string  // AWS account; "" is the one of the credentials
	Region    string  // one in the EU (8.security)
	Domain    string  // mail is sent from an address in it
	PublicURL string  // where the API is reached; "" is API Gateway's own address
	Alarms    string  // address that alarms are mailed to; "" is nobody
	Budget    float64 // dollars a month that the account is expected to cost
	Trial     bool    // mail is sent from within SES's sandbox, to proved addresses alone
	Keys      string  // version of the secret with the keys, which a change of keys names; "" is the one in use
	// name of a secret in Secrets Manager: Disruptive Technologies' connectors
	Connector   string
	Certificate string                      // ARN in ACM, in the region, for the host of PublicURL
	Concurrency int                         // of the account: how many functions run at once in it
	Closed      bool                        // for a restore: no function that may use the directory runs
	Restored    map[catalog.Resource]string // names of tables that a restore made, in place of the stack's own
	Controller  controller.Controller       // who answers for the data, and whom people turn to (14.contact)
	Dist        string                      // folder with a folder for each function, holding its bootstrap
}

// Regions are those of AWS in the EU in which SES receives mail: what was put there stays there (8.security), and the
// support address is there too (7.mail). London and Zürich are not in the EU. The endpoints for receiving are listed
// in the AWS General Reference, "Amazon Simple Email Service endpoints and quotas".
var Regions = []string{"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"}

// withoutMail are the others in the EU, of which it is not certain that SES receives mail there.
var withoutMail = []string{"eu-south-1", "eu-south-2"}

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
	budget, err := strconv.ParseFloat(value("budget"), 64)
	if err != nil {
		return Config{}, fmt.Errorf("context budget is %q; accepted: dollars a month, as 50", value("budget"))
	}
	trial, err := strconv.ParseBool(value("trial"))
	if err != nil {
		return Config{}, fmt.Errorf("context trial is %q; accepted: true or false", value("trial"))
	}
	concurrency, err := strconv.Atoi(value("concurrency"))
	if err != nil {
		return Config{}, fmt.Errorf("context concurrency is %q; accepted: the account's limit, as 1000",
			value("concurrency"))
	}
	closed, err := strconv.ParseBool(value("closed"))
	if err != nil {
		return Config{}, fmt.Errorf("context closed is %q; accepted: true or false", value("closed"))
	}
	bases, err := controller.ParseBases(value("bases"))
	if err != nil {
		return Config{}, err
	}
	config := Config{
		Stage: value("stage"), Account: value("account"), Region: value("region"), Domain: value("domain"),
		PublicURL: value("publicUrl"),
		Controller: controller.Controller{Name: value("controller"), Contact: value("contact"),
			Support: value("support"), Authority: value("authority"), AuthorityURL: value("authorityUrl"),
			Terms: value("terms"), Security: value("security"), Processors: value("processors"), Bases: bases},
		Alarms: value("alarms"), Budget: budget, Trial: trial,
		Keys: value("keys"), Connector: value("connector"), Certificate: value("certificate"),
		Concurrency: concurrency, Closed: closed,
		Restored: map[catalog.Resource]string{},
		Dist:     filepath.Join(working, "dist"),
	}
	for _, t := range catalog.Tables {
		if name := value(string(t.Name)); name != "" {
			config.Restored[t.Name] = name
		}
	}
	return config, nil
}

// check says everything that is wrong with the configuration at once.
func (c Config) check() error {
	var errs []error
	refuse := func(right bool, format string, args ...any) {
		if !right {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	refuse(stageForm.MatchString(c.Stage), "context stage is %q; accepted: up to 12 letters and digits, as prod",
		c.Stage)
	refuse(slices.Contains(Regions, c.Region), "context region is %q; accepted: %s", c.Region,
		strings.Join(Regions, ", "))
	refuse(!slices.Contains(withoutMail, c.Region), "context region is %q, where SES is not known to receive mail, "+
		"which the support address needs (7.mail)", c.Region)
	refuse(domainForm.MatchString(c.Domain), "context domain is %q; accepted: a domain such as example.com", c.Domain)
	errs = append(errs, c.Controller.Check())
	refuse(c.Domain == "" || strings.HasSuffix(c.Controller.Support, "@"+c.Domain),
		"context support is %q; accepted: an address of the context's domain, where mail is "+
			"received", c.Controller.Support)
	refuse(c.Domain == "" || !strings.HasSuffix(c.Controller.Contact, "@"+c.Domain), "context contact is %q, in the "+
		"context's domain, which has no mailboxes; accepted: an address where mail is read", c.Controller.Contact)
	address, err := url.Parse(c.PublicURL)
	refuse(c.PublicURL == "" || err == nil && address.Scheme == "https" && address.Host != "",
		"context publicUrl is %q; accepted: an https address", c.PublicURL)
	refuse(c.PublicURL == "" || c.Certificate != "", "context publicUrl is given without certificate; accepted: "+
		"both, since API Gateway itself must serve it: behind something else all people would have one IP address, "+
		"and share one limit of attempts")
	refuse(c.Certificate == "" || c.PublicURL != "" && strings.HasPrefix(c.Certificate, "arn:aws:acm:"+c.Region+":"),
		"context certificate is %q; accepted: the ARN of one in the context's region, together with publicUrl",
		c.Certificate)
	refuse(c.Budget > 0, "context budget is %v; accepted: dollars a month, as 50", c.Budget)
	refuse(!c.Trial || c.Stage != "prod", "context trial is true for the stage prod; accepted: false, since its "+
		"functions could send as any identity of the account")
	refuse(c.Concurrency >= 10, "context concurrency is %d; accepted: the account's limit, 10 at least",
		c.Concurrency)
	for name := range c.Restored {
		refuse(restorable(name), "context %s names a restored table; accepted only of tables that have a backup",
			name)
	}
	for _, f := range catalog.Functions {
		_, err := os.Stat(filepath.Join(c.Dist, f.Name, "bootstrap"))
		refuse(err == nil, "function %s is not built: run scripts/build first", f.Name)
		err = f.CheckEnvironment(c.largest(f))
		refuse(err == nil, "context controller, support, domain or publicUrl is too long: %v", err)
	}
	return errors.Join(errs...)
}

// largest is a function's environment with names and keys, which are not known before the deploy, as long as they can
// be.
func (c Config) largest(f catalog.Function) map[string]string {
	unknown := strings.Repeat("x", 128)
	return f.Environment(func(catalog.Resource) string { return unknown }, func(v catalog.Variable) string {
		switch v {
		case catalog.MailFrom, catalog.MailSet:
			return c.mailSet() + c.sender()
		case catalog.Support:
			return c.Controller.Support
		case catalog.Controller:
			return c.Controller.Encode()
		case catalog.PublicURL:
			return cmp.Or(c.PublicURL, unknown)
		}
		return unknown
	})
}

func restorable(name catalog.Resource) bool {
	return slices.ContainsFunc(catalog.Tables, func(t catalog.Table) bool {
		return t.Name == name &&
			t.Backup != catalog.NoBackup
	})
}

// atMost is how many of a function run at once at most; nil is no bound of its own. An account with a limit as low as
// AWS gives new ones has none to reserve, so there the whole is bounded and nothing in it.
func (c Config) atMost(f catalog.Function) *float64 {
	if c.Closed && slices.ContainsFunc(f.Rights, func(r catalog.Right) bool { return r.On == catalog.Directory }) {
		return jsii.Number(0)
	}
	reserved := 0
	for _, n := range catalog.AtMost {
		reserved += n
	}
	if n := catalog.AtMost[f.Name]; n > 0 && c.Concurrency-reserved >= catalog.Unreserved {
		return jsii.Number(n)
	}
	return nil
}

// host is that of the public address; "" where API Gateway's own is used.
func (c Config) host() string {
	address, err := url.Parse(c.PublicURL)
	if err != nil {
		return ""
	}
	return address.Host
}

// name is the name of something in this deployment.
func (c Config) name(what string) string { return "iotspot-" + c.Stage + "-" + what }

// mailSet is the configuration set by which all mail is sent.
func (c Config) mailSet() string { return c.name("mail") }

// identities are those that functions may send as. In SES's sandbox IAM is asked about the recipient's identity too.
func (c Config) identities() string {
	if c.Trial {
		return "*"
	}
	return c.Domain
}

// sender is the address that all mail comes from.
func (c Config) sender() string { return "no-reply@" + c.Domain }

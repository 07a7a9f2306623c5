// Package controller is who answers for the data of a deployment, and whom people can turn to (14.contact). All of it
// is configuration, since others run this system too.
package controller

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
)

// Variable names the environment variable that holds a Controller as JSON. SiteVariable and RegionVariable name those
// with where the API is reached and with the region of AWS.
const (
	Variable       = "CONTROLLER"
	SiteVariable   = "PUBLIC_URL"
	RegionVariable = "AWS_REGION"
)

// A Controller is the controller of GDPR art. 4(7), with what people have to be told of it (art. 13 and 14).
type Controller struct {
	Name    string `json:"name"`    // legal name and address
	Contact string `json:"contact"` // e-mail address that a person reads: every mail is answered to it
	// e-mail address that no person reads: who writes to it is mailed their overview (7.mail)
	Support string `json:"support"`

	Authority    string `json:"authority"`     // name of the supervisory authority (GDPR art. 77)
	AuthorityURL string `json:"authority_url"` // where it takes complaints
	Terms        string `json:"terms"`         // address of the terms of service (5.e.ii)
	Security     string `json:"security"`      // address of the security statement (8.security)
	// how a sentence goes on that names AWS, as ", and Example B.V. in Utrecht for sensors"
	Processors string `json:"processors"`

	// Bases are the choices among the legal bases that the register has for a kind, by clause. A kind that isn't here
	// has the register's first.
	Bases map[privacy.Clause]privacy.Basis `json:"bases,omitempty"`

	Site   string `json:"-"` // where the app and the statement are, without a slash at its end
	Region string `json:"-"` // of AWS, in which the data is
}

// FromEnvironment is the controller of this deployment.
func FromEnvironment() (Controller, error) {
	c := Controller{Site: strings.TrimSuffix(os.Getenv(SiteVariable), "/"), Region: os.Getenv(RegionVariable)}
	if err := json.Unmarshal([]byte(os.Getenv(Variable)), &c); err != nil {
		return c, fmt.Errorf("environment variable %s: %w", Variable, err)
	}
	return c, c.Check()
}

// Encode is the value of Variable.
func (c Controller) Encode() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // it holds texts alone
	}
	return string(text)
}

// Check says all that is missing or not accepted, by the names that the deployment's context has.
func (c Controller) Check() error {
	var errs []error
	refuse := func(right bool, format string, args ...any) {
		if !right {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	refuse(c.Name != "", "context controller is missing: name and address of the controller")
	refuse(isAddress(c.Contact), "context contact is %q; accepted: an e-mail address that a person reads", c.Contact)
	refuse(isAddress(c.Support), "context support is %q; accepted: an e-mail address", c.Support)
	refuse(!strings.EqualFold(c.Contact, c.Support), "context contact is the support address, where no person "+
		"reads; accepted: another one")
	refuse(c.Authority != "", "context authority is missing: name of the supervisory authority")
	for name, link := range map[string]string{"authorityUrl": c.AuthorityURL, "terms": c.Terms,
		"security": c.Security} {
		refuse(isPage(link), "context %s is %q; accepted: an https address", name, link)
	}
	for clause, basis := range c.Bases {
		kind, _ := privacy.KindOf(clause)
		refuse(slices.Contains(kind.Bases, basis), "context bases: %s can't rest on %q; accepted: %q", clause, basis,
			kind.Bases)
	}
	return errors.Join(errs...)
}

// Basis is the legal basis on which this controller keeps a kind of data (GDPR art. 6(1)).
func (c Controller) Basis(kind privacy.Kind) privacy.Basis {
	if chosen, ok := c.Bases[kind.Clause]; ok {
		return chosen
	}
	return kind.Bases[0]
}

// ParseBases reads choices as a deployment's context has them: "4.b.6=legitimate interest, 4.d.4=consent".
func ParseBases(text string) (map[privacy.Clause]privacy.Basis, error) {
	chosen := map[privacy.Clause]privacy.Basis{}
	for choice := range strings.SplitSeq(text, ",") {
		if choice = strings.TrimSpace(choice); choice == "" {
			continue
		}
		clause, basis, ok := strings.Cut(choice, "=")
		if !ok {
			return nil, fmt.Errorf("context bases: %q is not accepted; accepted: clauses with their basis, as "+
				"4.d.4=consent", choice)
		}
		chosen[privacy.Clause(clause)] = privacy.Basis(basis)
	}
	return chosen, nil
}

func isAddress(text string) bool {
	address, err := mail.ParseAddress(text)
	return err == nil && address.Address == text
}

func isPage(text string) bool {
	address, err := url.Parse(text)
	return err == nil && address.Scheme == "https" && address.Host != ""
}

package day

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
)

// staff lets the operator's staff look at a person and at the customer, each with a reason that those see afterwards,
// and make a disclosure that the law requires. Without a written agreement nothing is shown.
func (d *Day) staff(ctx context.Context) {
	const email = "sam@iotspot.example"
	femke := d.Erased
	d.post(ctx, "passer-by@elsewhere.example", "", url.Values{"lost": {"true"}})
	d.Say("  …a mail that waits meanwhile is looked at by whatever makes an overview, since it could be of its " +
		"person:")
	d.call(ctx, 200, femke.Token, "GET", "/me/overview", nil)
	order := func(do string, more object) {
		more["do"], more["email"] = do, email
		d.atConsole(ctx, "/staff", more)
	}
	order("add", object{"name": "Sam Support", "language": "en"})
	sam := d.enrolled(ctx, email, d.atConsole(ctx, "/staff",
		object{"do": "let-enrol", "email": email}).Text("enrolment"))
	look := object{"email": femke.Email, "kinds": []string{"4.d.2"},
		"reason": "asked us by phone why a reservation is gone"}
	d.call(ctx, 404, sam, "POST", "/staff/looks", look)
	today := d.at("12:00")
	order("agree", object{"document": "Confidentiality, version 3",
		"on":    today.AddDate(0, -1, 0).Format(time.DateOnly),
		"until": today.AddDate(1, 0, 0).Format(time.DateOnly), "by": "Olga Operator"})
	d.call(ctx, 201, sam, "POST", "/staff/looks", look)
	d.call(ctx, 404, sam, "POST", "/staff/looks", object{"email": "stranger@elsewhere.example",
		"kinds": []string{"4.d.2"}, "reason": look["reason"]})
	d.call(ctx, 404, sam, "GET", "/me/overview", nil)
	d.call(ctx, 201, sam, "POST", "/staff/account-looks",
		object{"domain": Domain, "kinds": []string{"3.a", "3.j"}, "reason": "the invoice came back from the address"})
	disclosure := object{"email": femke.Email, "kinds": []string{"4.a.1", "4.d.2"},
		"ground":    "order of the court of Utrecht, case 26/1234",
		"recipient": "Public Prosecution Service"}
	d.call(ctx, 404, sam, "POST", "/staff/disclosures", disclosure)
	order("let-disclose", object{})
	d.call(ctx, 201, sam, "POST", "/staff/disclosures", disclosure)
	d.call(ctx, 200, sam, "GET", "/staff/me", nil)
	d.call(ctx, 204, sam, "DELETE", "/staff/session", nil)
	order("remove", object{})
	d.call(ctx, 401, sam, "GET", "/staff/me", nil)
	d.seesLooks(ctx, femke)
}

// seesLooks lets the person and the customer see who of the operator's staff looked at what.
func (d *Day) seesLooks(ctx context.Context, femke *Person) {
	seen := string(d.quietly(ctx, femke.Token, "/me/overview").Body)
	if d.err == nil && !(strings.Contains(seen, "asked us by phone") && strings.Contains(seen, "case 26/1234")) {
		d.fail("the looks of staff are not in the overview")
	}
	d.call(ctx, 200, d.admin(), "GET", "/business-account/looks", nil)
}

// enrolled makes a passkey of a member of staff with the operator's secret, leaves, and comes back with it and a
// code.
func (d *Day) enrolled(ctx context.Context, email, enrolment string) (token string) {
	holder := passkeytest.Of(d.API)
	ask := func() (passkey.Ceremony, object) {
		asked := d.call(ctx, 202, "", "POST", "/staff/sign-ins", object{"email": email}).Text("sign_in")
		return passkey.Of(asked), object{"sign_in": asked, "code": d.code(ctx, email)}
	}
	to, body := ask()
	body["enrolment"], body["passkey"] = enrolment, holder.Make(to)
	d.call(ctx, 401, "", "POST", "/staff/enrolments", with(body, "enrolment", "aaaaaaaaaaaaaaaa"))
	first := d.call(ctx, 201, "", "POST", "/staff/enrolments", body).Text("token")
	offered := d.call(ctx, 201, first, "POST", "/staff/passkey-offers", nil)
	second := passkeytest.Of(d.API).Make(passkey.Ceremony{Challenge: offered.Text("challenge"),
		User: offered.Text("user")})
	added := d.call(ctx, 201, first, "POST", "/staff/passkeys", object{"passkey": second}).Text("id")
	d.call(ctx, 200, first, "GET", "/staff/passkeys", nil)
	d.call(ctx, 204, first, "DELETE", "/staff/passkeys/"+added, nil)
	d.call(ctx, 204, first, "DELETE", "/staff/session", nil)
	to, body = ask()
	body["passkey"] = holder.Sign(to)
	return d.call(ctx, 201, "", "POST", "/staff/sessions", body).Text("token")
}

func with(body object, name string, value any) object {
	changed := maps.Clone(body)
	changed[name] = value
	return changed
}

package day

import (
	"context"
	"net/url"
	"strings"
	"time"
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
	asked := d.call(ctx, 202, "", "POST", "/staff/sign-ins", object{"email": email}).Text("sign_in")
	sam := d.call(ctx, 201, "", "POST", "/staff/sessions",
		object{"sign_in": asked, "code": d.code(ctx, email)}).Text("token")
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

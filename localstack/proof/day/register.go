package day

import (
	"context"
	"strings"
)

func (d *Day) register(ctx context.Context) {
	consent := object{"version": d.Version, "agreed": true}
	d.call(ctx, 403, "", "POST", "/registrations", object{"name": "Eve", "email": "eve@" + Domain, "language": "en",
		"consent": object{"version": d.Version, "agreed": false}})
	d.call(ctx, 202, "", "POST", "/registrations", object{"name": "Eve", "email": "eve@elsewhere.example",
		"language": "en", "consent": consent})
	for i, name := range []string{"Bram Visser", "Chen Wu", "Daan Peters", "Esra Yilmaz", "Femke Jansen"} {
		p := &Person{Name: name, Email: strings.ToLower(strings.Fields(name)[0]) + "@" + Domain}
		language := []string{"nl", "en"}[i%2]
		d.as(p)
		id := d.twice(ctx, 202, "POST", "/registrations",
			object{"name": name, "email": p.Email, "language": language, "consent": consent}).Text("registration")
		d.mail(ctx, p.Email)
		p.Token = d.twice(ctx, 201, "POST", "/registrations/"+id+"/confirmation",
			object{"code": d.code(ctx, p.Email), "os": "iOS", "os_release": "26.1"}).Text("token")
		d.People = append(d.People, p)
	}
	d.Erased = d.People[5]
	d.fillsIn(ctx, d.Erased)
	d.namesManager(ctx, d.People[1])
	d.signsInAgain(ctx, d.Erased)
}

// fillsIn gives a registration all that is optional.
func (d *Day) fillsIn(ctx context.Context, femke *Person) {
	d.call(ctx, 200, femke.Token, "PATCH", "/me", object{"phone": Phone, "job_title": "Architect",
		"department": "Design", "linkedin": LinkedIn, "emergency_officer": true})
	d.send(ctx, 204, femke.Token, "PUT", "/me/photo", "image/png", portrait())
	d.call(ctx, 204, femke.Token, "PUT", "/me/favourites/spots/"+d.Desks[0], nil)
	d.call(ctx, 201, femke.Token, "POST", "/me/favourites/colleagues", object{"name": FavouriteColleague})
	d.call(ctx, 200, femke.Token, "GET", "/me/favourites", nil)
}

// namesManager gives somebody the role, by address and then by the list of those who have one.
func (d *Day) namesManager(ctx context.Context, manager *Person) {
	d.call(ctx, 202, d.admin(), "PUT", "/business-account/roles",
		object{"email": manager.Email, "role": "manager"})
	d.mail(ctx, manager.Email) // who is named is told
	d.Say("  …the administrator sees who has a role:")
	roles := d.call(ctx, 200, d.admin(), "GET", "/business-account/roles", nil)
	if roles.Text("people.1.role") != "manager" {
		d.fail("a manager is listed beside the administrator, by name: %s", roles.Body)
	}
	d.call(ctx, 204, d.admin(), "PUT", "/business-account/roles/"+roles.Text("people.1.colleague"),
		object{"role": "manager"})
	d.mail(ctx, manager.Email)
}

func (d *Day) signsInAgain(ctx context.Context, femke *Person) {
	d.call(ctx, 204, femke.Token, "DELETE", "/session", nil)
	d.call(ctx, 401, femke.Token, "GET", "/me", nil)
	asked := d.call(ctx, 202, "", "POST", "/sign-ins", object{"email": femke.Email}).Text("sign_in")
	femke.Token = d.call(ctx, 201, "", "POST", "/sessions",
		object{"sign_in": asked, "code": d.code(ctx, femke.Email), "os": "iOS",
			"os_release": "26.2"}).Text("token")
	d.call(ctx, 200, femke.Token, "GET", "/me", nil)
}

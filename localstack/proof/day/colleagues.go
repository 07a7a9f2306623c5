package day

import (
	"context"
	"strings"
)

// FindUnlisted has the administrator look for colleagues and for a favourite, when the account has no roster.
func (d *Day) FindUnlisted(ctx context.Context, unlist func()) error {
	me := d.People[0]
	d.call(ctx, 200, me.Token, "PATCH", "/me", object{"shield": []string{}})
	d.call(ctx, 201, me.Token, "POST", "/me/favourites/colleagues", object{"name": me.Name})
	unlist()
	esra := d.People[4]
	if found := d.call(ctx, 200, me.Token, "GET", "/colleagues?name=esra",
		nil); found.Text("colleagues.0.name") != esra.Name {
		d.fail("who is on no roster is found: %s", found.Body)
	}
	d.call(ctx, 200, me.Token, "GET", "/me/today", nil)
	return d.err
}

// colleagues has two look for a third, who shows little, then more, then nothing; and the officer see who is in.
func (d *Day) colleagues(ctx context.Context) {
	seeker, officer := d.People[2], d.Erased
	d.Say("  …each opens that page of the app, whose tag is counted:")
	d.call(ctx, 200, d.admin(), "GET", "/usage/colleagues", nil) // at whichever location is the first
	for _, p := range d.People {
		d.call(ctx, 200, p.Token, "GET", "/usage/colleagues?location="+d.Office, nil)
	}
	found := d.call(ctx, 200, seeker.Token, "GET", "/colleagues?name=femke", nil)
	femke := found.Text("colleagues.0.colleague")
	if found.Text("colleagues.0.customer") != "Acme B.V." || found.Get("colleagues.0.job_title") != nil {
		d.fail("by default colleagues see the name and the customer: %s", found.Body)
	}
	d.call(ctx, 404, seeker.Token, "GET", "/colleagues/"+femke+"/photo", nil)
	d.Say("  …she shows her department, her photo and where she is:")
	d.call(ctx, 200, officer.Token, "PATCH", "/me", object{"shield": []string{"4.a.2", "4.b.1", "4.b.2", "4.b.3"}})
	seen := d.call(ctx, 200, seeker.Token, "GET", "/colleagues/"+femke, nil)
	if seen.Get("today.0.present") != true || seen.Text("department") != "Design" {
		d.fail("she shows where she is: %s", seen.Body)
	}
	d.call(ctx, 200, seeker.Token, "GET", "/colleagues/"+femke+"/photo", nil)
	d.whoIsIn(ctx, seeker, officer, femke)
	d.officers(ctx, officer)
	d.hides(ctx, seeker, officer, femke)
}

// whoIsIn is seen by everyone, of those who show it, femke among them.
func (d *Day) whoIsIn(ctx context.Context, seeker, officer *Person, femke string) {
	d.Say("  …everyone sees who is in, of those who show it:")
	in := "/locations/" + d.Office + "/colleagues"
	if there := d.call(ctx, 200, seeker.Token, "GET", in, nil); there.Text("colleagues.0.name") != officer.Name ||
		there.Get("colleagues.1") != nil {
		d.fail("one is in and shows it: %s", there.Body)
	}
	d.call(ctx, 200, d.Erased.Token, "GET", "/me/today?date="+d.Date, nil)
	d.Say("  …who keeps her name sees on opening the app that she is in:")
	kept := d.call(ctx, 201, seeker.Token, "POST", "/me/favourites/colleagues", object{"name": officer.Name})
	opened := d.call(ctx, 200, seeker.Token, "GET", "/me/today", nil)
	if opened.Text("favourites.0.colleague") != femke || opened.Get("favourites.0.today.0.present") != true {
		d.fail("a favourite shows where she is: %s", opened.Body)
	}
	d.call(ctx, 204, seeker.Token, "DELETE", "/me/favourites/colleagues/"+kept.Text("colleague"), nil)
}

// officers are confirmed before they see the emergency list.
func (d *Day) officers(ctx context.Context, officer *Person) {
	list := "/locations/" + d.Office + "/emergency-list"
	d.Say("  …her own word that she is an emergency officer is not enough:")
	d.call(ctx, 404, officer.Token, "GET", list, nil)
	d.call(ctx, 202, d.admin(), "PUT", "/business-account/officers",
		object{"email": officer.Email, "confirmed": true})
	d.mail(ctx, officer.Email) // who is confirmed is told
	d.Say("  …an administrator sees who shows to be one, and whether that is confirmed:")
	said := d.call(ctx, 200, d.admin(), "GET", "/business-account/officers", nil)
	if said.Get("officers.0.confirmed") != true {
		d.fail("she is confirmed: %s", said.Body)
	}
	d.call(ctx, 204, d.admin(), "PUT", "/business-account/officers/"+said.Text("officers.0.colleague"),
		object{"confirmed": true})
	d.mail(ctx, officer.Email)
	people := string(d.call(ctx, 200, officer.Token, "GET", list, nil).Body)
	if !strings.Contains(people, officer.Name) || strings.Contains(people, d.People[3].Name) {
		d.fail("the emergency list names who shows it, and nobody else: %s", people)
	}
}

// hides makes somebody invisible to colleagues, who knew her id.
func (d *Day) hides(ctx context.Context, seeker, officer *Person, femke string) {
	d.Say("  …and she wants to be invisible:")
	d.call(ctx, 200, officer.Token, "PATCH", "/me", object{"shield": []string{"4.a.1"}})
	d.call(ctx, 404, seeker.Token, "GET", "/colleagues/"+femke, nil)
	if there := d.call(ctx, 200, seeker.Token, "GET", "/locations/"+d.Office+"/colleagues",
		nil); there.Get("colleagues.0") != nil {
		d.fail("who is invisible is not in: %s", there.Body)
	}
	if gone := d.call(ctx, 200, seeker.Token, "GET", "/colleagues?name=femke&location="+d.Office,
		nil); gone.Get("colleagues.0") != nil {
		d.fail("who is invisible is not found: %s", gone.Body)
	}
}

package day

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// changesOwnData lets one see, change and clear what is kept of him, in the app.
func (d *Day) changesOwnData(ctx context.Context) {
	bram := d.People[1]
	d.as(bram)
	d.send(ctx, 204, bram.Token, "PUT", "/me/photo", "image/png", portrait())
	d.call(ctx, 200, bram.Token, "GET", "/me/photo", nil)
	d.call(ctx, 204, bram.Token, "DELETE", "/me/photo", nil)
	d.call(ctx, 204, bram.Token, "PUT", "/me/favourites/spots/"+d.Desks[1], nil)
	d.call(ctx, 204, bram.Token, "DELETE", "/me/favourites/spots/"+d.Desks[1], nil)
	moved := "b.visser@" + Domain
	d.call(ctx, 202, bram.Token, "POST", "/me/email", object{"email": moved})
	d.call(ctx, 204, bram.Token, "POST", "/me/email/confirmation", object{"email": moved, "code": d.code(ctx, moved)})
	bram.Email = moved
	d.call(ctx, 204, bram.Token, "POST", "/me/consents",
		object{"version": d.Version, "agreed": true, "language": "nl"})
	d.call(ctx, 200, bram.Token, "GET", "/me/overview", nil)
	d.Say("  …he objects to what signing in and coming back leave behind:")
	d.call(ctx, 400, bram.Token, "PATCH", "/me", object{"objections": []string{"b"}})
	d.call(ctx, 200, bram.Token, "PATCH", "/me", object{"objections": []string{"4.e.1", "4.e.2"}})
	d.Say("  …a phone is lost:")
	lost := d.call(ctx, 200, bram.Token, "GET", "/me", nil).Text("sessions.0.id")
	d.call(ctx, 204, bram.Token, "DELETE", "/sessions", nil)
	d.call(ctx, 401, bram.Token, "GET", "/me", nil)
	asked := d.call(ctx, 202, "", "POST", "/sign-ins", object{"email": bram.Email}).Text("sign_in")
	bram.Token = d.call(ctx, 201, "", "POST", "/sessions",
		object{"sign_in": asked, "code": d.code(ctx, bram.Email)}).Text("token")
	d.call(ctx, 204, bram.Token, "DELETE", "/sessions/"+lost, nil)
	if me := d.call(ctx, 200, bram.Token, "GET", "/me", nil); me.Get("last_login") != nil ||
		me.Get("last_use") != nil {
		d.fail("what he objects to is recorded: %s", me.Body)
	}
}

// leaves lets the office end a registration by an address that is typed. Nobody has this one, and nobody is told.
func (d *Day) leaves(ctx context.Context) {
	d.Say("  …the office ends the registration of who has left, and isn't told whether there was one:")
	d.call(ctx, 202, d.admin(), "POST", "/business-account/leavers", object{"email": "long.gone@" + Domain})
}

// rebuilds lets the office give up a building in which somebody has a reservation, with a plain choice.
func (d *Day) rebuilds(ctx context.Context) {
	d.as(d.People[0])
	d.leaves(ctx)
	d.call(ctx, 200, d.admin(), "PATCH", "/business-account",
		object{"domains": []string{Domain, "acme-depot.example", "acme-shop.example"}})
	d.prove(ctx, "acme-depot.example")
	d.call(ctx, 200, d.admin(), "PATCH", "/business-account", object{"domains": []string{Domain}})
	first, second := d.opensDepot(ctx)
	esra, friday := d.People[4], d.at("12:00").AddDate(0, 0, 4).Format(time.DateOnly)
	book := func(spot string) {
		d.call(ctx, 201, esra.Token, "POST", "/reservations",
			object{"spot": spot, "date": friday, "from": "09:00", "to": "12:00"})
	}
	notice := func() {
		if mail := d.mail(ctx, esra.Email); !strings.Contains(mail.Text, "Depot") {
			d.fail("the notice does not say where: %s", mail.Text)
		}
	}
	book(first)
	d.Say("  …a desk becomes a seat, by file; whoever reserved it is told:")
	d.send(ctx, 200, d.admin(), "POST", "/business-account/import?on_reservations=cancel", "text/csv",
		fmt.Appendf(nil, depotFile, "seat"))
	notice()
	book(second)
	d.Say("  …a desk goes:")
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+second+"/holder", object{"email": esra.Email})
	d.call(ctx, 200, esra.Token, "PUT", "/me/workplaces/"+second+"/released", object{"from": friday, "to": friday})
	d.call(ctx, 409, d.admin(), "DELETE", "/spots/"+second, nil)
	d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+second+"?on_reservations=cancel", nil)
	d.mail(ctx, esra.Email)
	d.call(ctx, 200, d.admin(), "PUT", "/spots/"+first+"/sensors/depot-1", object{"model": "own"})
	d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+first+"/sensors/depot-1", nil)
}

// depotFile is a location by file, of whose first spot the type is filled in.
const depotFile = "location,address,latitude,longitude,time_zone,horizon_days,floor,level,spot,category,type,x,y\n" +
	"Depot,\"Dok 3, Utrecht\",52.1,5.1,Europe/Amsterdam,7,Hall,0,D1,workplace,%s,0.1,0.5\n" +
	"Depot,,,,,,Hall,0,D2,workplace,desk,0.2,0.5\n"

// opensDepot makes a location by file, and gives its two spots.
func (d *Day) opensDepot(ctx context.Context) (first, second string) {
	d.send(ctx, 200, d.admin(), "POST", "/business-account/import", "text/csv", fmt.Appendf(nil, depotFile, "desk"))
	depot := Answer{}
	listed := d.call(ctx, 200, d.admin(), "GET", "/locations", nil)
	for i := range 3 {
		if listed.Text(fmt.Sprintf("locations.%d.name", i)) == "Depot" {
			depot = Answer{json: listed.Get(fmt.Sprintf("locations.%d", i))}
		}
	}
	d.Hall = depot.Text("floors.0.id")
	plan := d.call(ctx, 200, d.admin(), "GET", "/floors/"+d.Hall, nil)
	d.send(ctx, 204, d.admin(), "PUT", "/floors/"+d.Hall+"/plan", "image/png",
		portrait()) // it goes with the location
	spots, _ := plan.Get("spots").([]any)
	for _, spot := range spots {
		if one, ok := spot.(object); ok && one["name"] == "D1" {
			first = fmt.Sprint(one["id"])
		} else if ok {
			second = fmt.Sprint(one["id"])
		}
	}
	d.Depot, d.Gone = depot.Text("id"), second
	return first, second
}

// GiveUp removes the depot as a whole.
func (d *Day) GiveUp(ctx context.Context) error {
	d.call(ctx, 204, d.admin(), "DELETE", "/locations/"+d.Depot, nil)
	return d.err
}

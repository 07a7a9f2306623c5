package day

import (
	"context"
	"regexp"
	"time"
)

var offer = regexp.MustCompile(`/offers/[a-z0-9.-]+`)

// waits lets somebody, who has a workplace of their own, is away on another day and has a meeting, wait for what is
// free a moment later: today, on another day and at the annex (4.f.3). It gives back what they do when they are
// offered it: they take one from the mail, and let the others go.
func (d *Day) waits(ctx context.Context, p *Person) (offered func()) {
	day := d.at("12:00").AddDate(0, 0, 12).Format(time.DateOnly)
	later := d.at("12:00").AddDate(0, 0, 13).Format(time.DateOnly)
	lineUp := func(floor, date string) string {
		return d.call(ctx, 201, p.Token, "POST", "/me/waitlist", object{"floor": floor, "date": date, "from": "17:00",
			"to": "18:00"}).Text("id")
	}
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+d.Desks[6]+"/holder", object{"email": p.Email})
	d.call(ctx, 200, p.Token, "PUT", "/me/away", object{"from": later, "to": later, "cancel": false})
	meeting := d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": day, "from": "13:00",
		"to": "14:00", "title": "Waiting for it"}).Text("reservations.0.id")
	lineUp(d.Floor, day)
	lineUp(d.Floor, d.Date)
	lineUp(d.AnnexFloor, day)
	d.call(ctx, 200, p.Token, "GET", "/me/waitlist", nil)
	d.call(ctx, 204, p.Token, "DELETE", "/me/waitlist/"+lineUp(d.Floor, later), nil)
	return func() {
		link := ""
		for link == "" && d.err == nil {
			link = offer.FindString(d.mail(ctx, p.Email).Text)
		}
		d.call(ctx, 200, "", "GET", link, nil)
		d.send(ctx, 200, "", "POST", link, "application/x-www-form-urlencoded", nil)
		d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+meeting, nil)
		d.call(ctx, 200, p.Token, "DELETE", "/me/away?from="+later+"&to="+later, nil)
		d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+d.Desks[6]+"/holder", nil)
	}
}

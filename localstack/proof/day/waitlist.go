package day

import (
	"context"
	"regexp"
	"time"
)

// waits lets two colleagues wait for a spot (4.f.3): one who is away on another day, has a workplace of their own and
// a meeting that day, and one who waits for today and stops waiting for something else. It gives back what they do
// when they are offered one: the first takes it from the mail, and the other lets it go.
func (d *Day) waits(ctx context.Context, p, other *Person) (offered func()) {
	day := d.at("12:00").AddDate(0, 0, 12).Format(time.DateOnly)
	later := d.at("12:00").AddDate(0, 0, 13).Format(time.DateOnly)
	lineUp := func(who *Person, floor, date string) string {
		return d.call(ctx, 201, who.Token, "POST", "/me/waitlist", object{"floor": floor, "type": "desk", "date": date,
			"from": "17:00", "to": "18:00"}).Text("id")
	}
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+d.Desks[6]+"/holder", object{"email": p.Email})
	d.call(ctx, 200, p.Token, "PUT", "/me/away", object{"from": later, "to": later})
	meeting := d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": day, "from": "13:00",
		"to": "14:00", "title": "Waiting for it"}).Text("reservations.0.id")
	lineUp(p, d.Floor, day)
	lineUp(other, d.Floor, d.Date)
	lineUp(other, d.AnnexFloor, later)
	d.call(ctx, 200, other.Token, "GET", "/me/waitlist", nil)
	d.call(ctx, 204, other.Token, "DELETE", "/me/waitlist/"+lineUp(other, d.Floor, later), nil)
	return func() {
		link := regexp.MustCompile(`/offers/[a-z0-9.-]+`).FindString(d.mail(ctx, p.Email).Text)
		d.call(ctx, 200, "", "GET", link, nil)
		d.send(ctx, 200, "", "POST", link, "application/x-www-form-urlencoded", nil)
		d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+meeting, nil)
		d.call(ctx, 200, p.Token, "DELETE", "/me/away?from="+later+"&to="+later, nil)
		d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+d.Desks[6]+"/holder", nil)
	}
}

package day

import (
	"context"
	"regexp"
	"time"
)

var decision = regexp.MustCompile(`/decisions/[a-z0-9.-]+`)

// asks lets somebody ask for a room that needs the approval of a group, and for a desk that needs an administrator's
// (4.f.3). It gives back what comes of it: a member approves of the room from the mail, and an administrator declines
// the desk in the app.
func (d *Day) asks(ctx context.Context, p, member *Person) (decided func()) {
	day := d.at("12:00").AddDate(0, 0, 12).Format(time.DateOnly)
	group := d.call(ctx, 201, d.admin(), "POST", "/groups", object{"name": "Reception"}).Text("id")
	d.call(ctx, 204, d.admin(), "PUT", "/groups/"+group+"/members", object{"email": member.Email, "member": true})
	desk := d.Desks[1]
	d.call(ctx, 200, d.admin(), "PUT", "/locations/"+d.Office+"/rules", object{"approvals": []object{
		{"floor": d.Floor, "spot": d.Room, "group": group}, {"floor": d.Floor, "spot": desk}}})
	asks := func(spot, from, to string) string {
		return d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": spot, "date": day, "from": from,
			"to": to}).Text("reservations.0.id")
	}
	room := asks(d.Room, "15:00", "16:00")
	asks(desk, "16:00", "17:00")
	d.call(ctx, 200, d.admin(), "GET", "/me/today", nil)
	return func() {
		link := d.linkMailed(ctx, member.Email, decision)
		d.call(ctx, 200, "", "GET", link, nil)
		d.send(ctx, 200, "", "POST", link, "application/x-www-form-urlencoded", []byte("choice=button"))
		d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+room, nil)
		request := d.call(ctx, 200, d.admin(), "GET", "/approvals", nil).Text("requests.0.id")
		d.call(ctx, 204, d.admin(), "POST", "/approvals/"+request, object{"decision": "declined"})
		d.call(ctx, 200, d.admin(), "PUT", "/locations/"+d.Office+"/rules", object{})
		d.call(ctx, 204, d.admin(), "DELETE", "/groups/"+group, nil)
	}
}

// linkMailed is the path of a link in the next mails to an address.
func (d *Day) linkMailed(ctx context.Context, to string, path *regexp.Regexp) string {
	for d.err == nil {
		if link := path.FindString(d.mail(ctx, to).Text); link != "" {
			return link
		}
	}
	return ""
}

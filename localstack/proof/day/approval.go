package day

import (
	"context"
	"regexp"
	"time"
)

var decision = regexp.MustCompile(`/decisions/[a-z0-9.-]+`)

// asks lets somebody ask twice for a room that needs the approval of a group (4.f.3). It gives back what comes of it: a
// member approves of one from the mail, and an administrator declines the other in the app.
func (d *Day) asks(ctx context.Context, p, member *Person) (decided func()) {
	day := d.at("12:00").AddDate(0, 0, 12).Format(time.DateOnly)
	group := d.call(ctx, 201, d.admin(), "POST", "/groups", object{"name": "Reception"}).Text("id")
	d.call(ctx, 204, d.admin(), "PUT", "/groups/"+group+"/members", object{"email": member.Email, "member": true})
	d.call(ctx, 200, d.admin(), "PUT", "/locations/"+d.Office+"/rules",
		object{"approvals": []object{{"floor": d.Floor, "spot": d.Room, "group": group}}})
	asked := d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": day, "from": "15:00",
		"to": "16:00"}).Text("reservations.0.id")
	return func() {
		link := ""
		for link == "" && d.err == nil {
			link = decision.FindString(d.mail(ctx, member.Email).Text)
		}
		d.call(ctx, 200, "", "GET", link, nil)
		d.send(ctx, 200, "", "POST", link, "application/x-www-form-urlencoded", []byte("choice=button"))
		d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+asked, nil)
		d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": day, "from": "16:00",
			"to": "17:00"})
		request := d.call(ctx, 200, d.admin(), "GET", "/approvals", nil).Text("requests.0.id")
		d.call(ctx, 204, d.admin(), "POST", "/approvals/"+request, object{"decision": "declined"})
		d.call(ctx, 200, d.admin(), "PUT", "/locations/"+d.Office+"/rules", object{})
		d.call(ctx, 204, d.admin(), "DELETE", "/groups/"+group, nil)
	}
}

package day

import (
	"context"
	"strings"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
)

// assigns makes a workplace somebody's own, who gives days of it free to a colleague (4.f.1, 4.f.2).
func (d *Day) assigns(ctx context.Context, p, colleague *Person) {
	desk := d.Desks[2]
	first := d.at("12:00").AddDate(0, 0, 12).Format(time.DateOnly)
	last, own := d.at("12:00").AddDate(0, 0, 13).Format(time.DateOnly), "/me/workplaces/"+desk
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+desk+"/holder", object{"email": p.Email})
	books := func(status int) string {
		return d.call(ctx, status, colleague.Token, "POST", "/reservations", object{"spot": desk, "date": first,
			"from": "13:00", "to": "14:00"}).Text("reservations.0.id")
	}
	books(409)
	d.call(ctx, 200, p.Token, "PUT", own+"/released", object{"from": first, "to": last})
	made := books(201)
	d.call(ctx, 200, p.Token, "DELETE", own+"/released?from="+first+"&to="+last, nil)
	d.call(ctx, 204, colleague.Token, "DELETE", "/reservations/"+made, nil)
	d.call(ctx, 200, p.Token, "PUT", "/me/away", object{"from": last, "to": last, "cancel": true})
	d.call(ctx, 200, p.Token, "GET", "/me/workplaces", nil)
	d.call(ctx, 200, p.Token, "GET", "/me/today", nil)
	d.call(ctx, 200, p.Token, "GET", "/floors/"+d.Floor+"/availability?date="+last, nil)
	d.call(ctx, 200, p.Token, "DELETE", "/me/away?from="+last+"&to="+last, nil)
	d.call(ctx, 204, p.Token, "DELETE", own, nil)
	d.call(ctx, 204, d.admin(), "PUT", "/spots/"+desk+"/holder", object{"email": p.Email})
	d.call(ctx, 200, p.Token, "PUT", own+"/released", object{"from": first, "to": first})
	d.call(ctx, 204, d.admin(), "DELETE", "/spots/"+desk+"/holder", nil)
}

// isAwayLater lets somebody who has a workplace of their own be away on the first day that can't be reserved yet. It
// gives back a look that waits until it can be, and is given free (4.f.2).
func (d *Day) isAwayLater(ctx context.Context, p *Person) (comesFree func()) {
	holder, later := "/spots/"+d.Desks[6]+"/holder", string(civil.Date(d.Date).AddDays(62))
	d.call(ctx, 204, d.admin(), "PUT", holder, object{"email": p.Email})
	d.call(ctx, 200, p.Token, "PUT", "/me/away", object{"from": later, "to": later, "cancel": false})
	return func() {
		d.until("the workplace of who is away is given free", func() bool {
			return strings.Contains(string(d.quietly(ctx, p.Token, "/me/workplaces").Body), `"released":["`+later+`"]`)
		})
		d.call(ctx, 200, p.Token, "DELETE", "/me/away?from="+later+"&to="+later, nil)
		d.call(ctx, 204, d.admin(), "DELETE", holder, nil)
	}
}

// groups keeps the window side of the floor for a group, with a colleague in it, who leaves (4.f.1).
func (d *Day) groups(ctx context.Context, p, other *Person) {
	group := d.call(ctx, 201, d.admin(), "POST", "/groups", object{"name": "Research"}).Text("id")
	d.call(ctx, 200, d.admin(), "PATCH", "/groups/"+group, object{"name": "Research and development"})
	d.call(ctx, 200, d.admin(), "GET", "/groups", nil)
	d.call(ctx, 204, d.admin(), "PUT", "/groups/"+group+"/members", object{"email": p.Email, "member": true})
	plan := d.call(ctx, 200, d.admin(), "GET", "/floors/"+d.Floor, nil)
	zone, spot, next := plan.Text("spots.0.zone"), plan.Text("spots.0.id"),
		d.at("12:00").AddDate(0, 0, 13).Format(time.DateOnly)
	keep := func(groups ...string) {
		groups = append([]string{}, groups...)
		d.call(ctx, 200, d.admin(), "PUT", "/floors/"+d.Floor+"/zones/"+zone+"/groups",
			object{"groups": groups, "opens_days": 1, "opens_at": "16:00"})
	}
	keep(group)
	d.call(ctx, 200, other.Token, "GET", "/locations/"+d.Office+"/group-zones", nil)
	wish := object{"spot": spot, "date": next, "from": "15:00", "to": "16:00"}
	d.call(ctx, 422, other.Token, "POST", "/reservations", wish)
	d.call(ctx, 200, p.Token, "GET", "/floors/"+d.Floor+"/state?date="+next, nil)
	d.call(ctx, 200, p.Token, "GET", "/me/today?date="+next, nil)
	made := d.call(ctx, 201, p.Token, "POST", "/reservations", wish).Text("reservations.0.id")
	d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+made, nil)
	keep()
	d.call(ctx, 204, p.Token, "DELETE", "/me/groups/"+group, nil)
	d.call(ctx, 204, d.admin(), "PUT", "/groups/"+group+"/members", object{"email": p.Email, "member": true})
	d.call(ctx, 204, d.admin(), "DELETE", "/groups/"+group, nil)
}

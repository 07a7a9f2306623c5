package day

import (
	"context"
	"time"
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

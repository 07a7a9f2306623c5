package day

import "context"

// displays hangs a display at the room's door, one in the lobby and one on a desk, which is taken down again. At the
// door somebody's meeting is checked in, which that somebody takes back, and the room is taken for a moment by nobody.
func (d *Day) displays(ctx context.Context, p *Person) {
	hangs := func(place string) (id, token string) {
		begun := d.call(ctx, 201, "", "POST", "/display/pairings", nil)
		shown := object{"code": begun.Text("code"), "secret": begun.Text("secret")}
		d.call(ctx, 200, "", "POST", "/display/token", shown)
		id = d.call(ctx, 201, d.admin(), "POST", place+"/displays", object{"code": begun.Text("code")}).Text("id")
		d.call(ctx, 201, d.admin(), "POST", place+"/displays", object{"code": begun.Text("code")})
		return id, d.call(ctx, 200, "", "POST", "/display/token", shown).Text("token")
	}
	_, door := hangs("/spots/" + d.Room)
	_, lobby := hangs("/floors/" + d.Floor)
	desk, paper := hangs("/spots/" + d.Desks[0])
	for _, token := range []string{door, lobby, paper} {
		d.call(ctx, 200, token, "GET", "/display", nil)
	}
	d.call(ctx, 200, paper, "GET", "/display/image?width=400&height=300", nil)
	d.call(ctx, 200, d.admin(), "GET", "/displays", nil)
	d.call(ctx, 204, d.admin(), "DELETE", "/displays/"+desk, nil)
	d.call(ctx, 401, paper, "GET", "/display", nil)
	meeting := d.call(ctx, 201, p.Token, "POST", "/reservations", object{"spot": d.Room, "date": d.Date, "from": "09:00",
		"to": "10:00", "title": "Stand-up", "title_shown": true}).Text("reservations.0.id")
	d.call(ctx, 200, p.Token, "PATCH", "/me", object{"name_at_room": true})
	d.call(ctx, 200, door, "GET", "/display", nil)
	d.call(ctx, 204, door, "POST", "/display/check-in", nil)
	d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+meeting+"/presence", nil)
	d.call(ctx, 204, p.Token, "DELETE", "/reservations/"+meeting, nil)
	d.call(ctx, 201, door, "POST", "/display/booking", object{"minutes": 15})
	d.call(ctx, 204, door, "DELETE", "/display/booking", nil)
}

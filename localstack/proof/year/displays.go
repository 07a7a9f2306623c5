package year

import (
	"net/http"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/secret"
)

// A display is one that hangs in an office, with its token in the place of somebody's.
type display struct {
	*person
	id   string
	door bool
	hash *mark
}

// shows hangs a display, or lets one that hangs do what it is there for.
func (s *simulation) shows(t *tenant, _ *person, _ string) {
	if len(t.displays) == 0 || s.rng.IntN(3) == 0 {
		s.hangs(t)
		return
	}
	d := pick(s, t.displays)
	switch s.rng.IntN(6) {
	case 0, 1, 2:
		s.looksAt(d)
	case 3:
		s.ask("book at a door", d.person, http.MethodPost, "/display/booking",
			object{"minutes": pick(s, []int{15, 30, 60})})
	case 4:
		s.ask("give back at a door", d.person, http.MethodDelete, "/display/booking", nil)
		s.ask("check in at a door", d.person, http.MethodPost, "/display/check-in", nil)
	case 5:
		s.revokes(t, d)
	}
}

// hangs pairs a display at the room's door, in the lobby or on a desk. The code that it shows may be asked for and
// never typed in.
func (s *simulation) hangs(t *tenant) {
	d := &display{person: s.somebody()}
	s.ends(s.number(nil, "an IP address of nobody", d.ip, false, false))
	begun := s.done("begin to pair a display", d.person, http.MethodPost, "/display/pairings", nil)
	if s.rng.IntN(4) == 0 {
		return
	}
	place := pick(s, []string{"/spots/" + t.room, "/spots/" + t.room, "/floors/" + t.floor, "/spots/" + pick(s, t.desks)})
	d.door = strings.HasSuffix(place, t.room)
	paired := object{"code": begun.Text("code")}
	d.id = s.done("pair a display", t.people[0], http.MethodPost, place+"/displays", paired).Text("id")
	paired["secret"] = begun.Text("secret")
	d.token = s.done("take a display's token", d.person, http.MethodPost, "/display/token", paired).Text("token")
	s.ends(s.number(nil, "a display's token", d.token[len(d.token)-idLength:], false, false))
	d.hash = s.number(nil, "hash of a display's secret", secret.Hash(begun.Text("secret"))[:idLength], true, false)
	t.marks, t.displays = append(t.marks, d.hash), append(t.displays, d)
}

// looksAt holds what a display shows against what it may: a name or a title at a room's door alone (4.f.1, 4.f.4), and
// nothing else of anybody.
func (s *simulation) looksAt(d *display) {
	shown := s.done("look at a display", d.person, http.MethodGet, "/display", nil)
	for m := range s.marks.find(shown.Body) {
		mayStand := d.door && (m.what == "4.f.4 title" || m.what == "4.a.1 name")
		if m.of != nil && (!mayStand || m.overdue(s.Clock.Now())) {
			s.found("a display shows %s", m)
		}
	}
}

// revokes takes a display down; from the answer on its token opens nothing.
func (s *simulation) revokes(t *tenant, d *display) {
	s.done("revoke a display", t.people[0], http.MethodDelete, "/displays/"+d.id, nil)
	s.ends(d.hash)
	s.isDead(d)
	t.displays = slices.DeleteFunc(t.displays, func(other *display) bool { return other == d })
}

// isDead tries a display that was revoked, or whose office has gone.
func (s *simulation) isDead(d *display) {
	if answer := s.ask("look at a dead display", d.person, http.MethodGet, "/display", nil); answer.Status != 401 {
		s.found("a dead display is answered %d", answer.Status)
	}
}

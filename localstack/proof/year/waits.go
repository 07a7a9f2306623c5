package year

import "regexp"

var offered = regexp.MustCompile(`"id":"([0-9]{8}-[a-z2-7]{16}-[a-z2-7]{16})"[^{}]*"state":"offered"`)

// waits lets somebody wait for a desk, or stop waiting, and take or refuse what they are offered by then (4.f.3).
func (s *simulation) waits(t *tenant, p *person, date string) {
	place := s.ask("wait", p, "POST", "/me/waitlist", object{"floor": t.floor, "type": "desk", "date": s.later(date, 5),
		"from": "09:00", "to": "12:00"}).Text("id")
	if place != "" && s.rng.IntN(3) == 0 {
		s.ask("stop waiting", p, "DELETE", "/me/waitlist/"+place, nil)
	}
	s.ask("see what one waits for", p, "GET", "/me/waitlist", nil)
	for _, found := range offered.FindAllStringSubmatch(s.ask("see offers", p, "GET", "/me/agenda", nil).Body, -1) {
		if s.rng.IntN(2) == 0 {
			s.holds(t.zone, p, s.ask("take an offer", p, "POST", "/reservations/"+found[1]+"/take", nil))
		} else {
			s.ask("refuse an offer", p, "DELETE", "/reservations/"+found[1], nil)
		}
	}
}

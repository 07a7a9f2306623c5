package year

import "regexp"

var requested = regexp.MustCompile(`"id":"([a-z2-7]{16})","(?:name|location)":`)

// petitions lets somebody ask for a desk that needs an administrator's approval. Some of it is taken back, approved or
// declined, and some of it nobody decides, so that it lapses (4.f.3).
func (s *simulation) petitions(t *tenant, p *person, date string) {
	admin, desk := t.people[0], pick(s, t.desks)
	rules := "/locations/" + t.location + "/rules?on_reservations=keep"
	s.ask("need approval", admin, "PUT", rules, object{"approvals": []object{{"floor": t.floor, "spot": desk}}})
	answer := s.ask("ask for approval", p, "POST", "/reservations", object{"spot": desk, "date": s.later(date, 4),
		"from": "18:00", "to": "19:30"})
	if answer.Status == 201 {
		s.holds(t.zone, p, answer)
	}
	switch s.rng.IntN(3) {
	case 0:
		s.cancel(t, p, date)
	case 1:
		waiting := s.ask("see what waits for approval", admin, "GET", "/approvals", nil).Body
		for _, found := range requested.FindAllStringSubmatch(waiting, -1) {
			decision := pick(s, []string{"approved", "declined"})
			s.ask(decision, admin, "POST", "/approvals/"+found[1], object{"decision": decision})
		}
	}
	if s.rng.IntN(2) == 0 {
		s.ask("need approval no more", admin, "PUT", rules, object{})
	}
}

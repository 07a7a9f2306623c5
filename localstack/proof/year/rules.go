package year

// rules lets an office change what it says of its reservations, of which nothing is about a person.
func (s *simulation) rules(t *tenant, _ *person, date string) {
	admin := t.people[0]
	s.ask("set rules", admin, "PUT", "/locations/"+t.location+"/rules?on_reservations=keep", object{
		"closures": []object{{"name": "Party", "from": s.later(date, 20), "until": s.later(date, 20)}},
		"limits":   []object{{"for": "workplace", "per_week": 5 + s.rng.IntN(5), "after_minutes": 15}}})
}

// outage takes a desk out of service for a day, where nobody has it, and sometimes puts it back.
func (s *simulation) outage(t *tenant, _ *person, date string) {
	out := s.ask("outage", t.people[0], "POST", "/floors/"+t.floor+"/outages", object{
		"spot": pick(s, t.desks), "date": s.later(date, 10), "reason": "The lamp is being mended"})
	if out.Status == 201 && s.rng.IntN(2) == 0 {
		s.ask("end outage", t.people[0], "DELETE", "/floors/"+t.floor+"/outages/"+out.Text("id"), nil)
	}
}

// subscribes lets a calendar fetch somebody's reservations; a feed that is replaced or revoked leaves nothing
// (4.f.5).
func (s *simulation) subscribes(_ *tenant, p *person, _ string) {
	made := s.ask("feed", p, "POST", "/me/calendar-feed", nil)
	if made.Status != 201 {
		return
	}
	url := made.Text("url")
	s.ask("fetch", nil, "GET", url[len(url)-len("/calendars/")-68:], nil)
	if s.rng.IntN(2) == 0 {
		s.ask("end feed", p, "DELETE", "/me/calendar-feed", nil)
	}
}

// assigns makes a workplace somebody's own, who gives days of it free, is away, and takes days back; sometimes it ends
// (4.f.1, 4.f.2).
func (s *simulation) assigns(t *tenant, p *person, date string) {
	desk := pick(s, t.desks)
	s.ask("assign", t.people[0], "PUT", "/spots/"+desk+"/holder", object{"email": p.email})
	first, last := s.later(date, 3), s.later(date, 9)
	if first > last {
		first, last = last, first
	}
	s.ask("give free", p, "PUT", "/me/workplaces/"+desk+"/released", object{"from": first, "to": first})
	s.ask("go away", p, "PUT", "/me/away", object{"from": first, "to": last})
	far := s.later(date, 40) // most of them further on than can be reserved
	s.ask("go away later", p, "PUT", "/me/away", object{"from": far, "to": far})
	if s.rng.IntN(2) == 0 {
		s.ask("be there after all", p, "DELETE", "/me/away?from="+first+"&to="+last, nil)
	}
	if s.rng.IntN(2) == 0 {
		s.ask("unassign", t.people[0], "DELETE", "/spots/"+desk+"/holder", nil)
	}
}

// groups puts somebody into a group that a zone is kept for, and sometimes takes them out or the group away (4.f.1).
func (s *simulation) groups(t *tenant, p *person, date string) {
	admin := t.people[0]
	made := s.ask("make a group", admin, "POST", "/groups", object{"name": "Research " + date})
	group := made.Text("id")
	if group == "" {
		return
	}
	s.ask("join", admin, "PUT", "/groups/"+group+"/members", object{"email": p.email, "member": true})
	if s.rng.IntN(2) == 0 {
		s.ask("leave", p, "DELETE", "/me/groups/"+group, nil)
	}
	if s.rng.IntN(3) > 0 {
		s.ask("remove a group", admin, "DELETE", "/groups/"+group, nil)
	}
}

// acts lets somebody act for a colleague, who does, and sometimes it is taken back (4.f.1).
func (s *simulation) acts(t *tenant, p *person, date string) {
	delegate := pick(s, t.people)
	s.ask("allow", p, "PUT", "/me/delegates/"+delegate.id, nil)
	made := s.ask("act", delegate, "POST", "/colleagues/"+p.id+"/reservations", object{"spot": pick(s, t.desks),
		"date": s.later(date, 5), "from": "07:00", "to": "08:00"})
	if made.Status == 201 {
		s.holds(t.zone, p, made)
	}
	if s.rng.IntN(2) == 0 {
		s.ask("disallow", p, "DELETE", "/me/delegates/"+delegate.id, nil)
	}
}

// comes answers the question whether they come, where somebody is asked (4.d.4), and wants reminders or not (4.f.1).
func (s *simulation) comes(_ *tenant, p *person, date string) {
	s.ask("want reminders", p, "PATCH", "/me", object{"reminders": s.rng.IntN(3) > 0})
	if r := s.one(p, date); r != nil {
		s.ask("say that one comes", p, "POST", "/reservations/"+r.id+"/coming", nil)
	}
}

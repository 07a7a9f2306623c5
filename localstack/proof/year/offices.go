package year

import "net/http"

// An area is a zone of a floor, between which an office moves its desks.
type area struct {
	id   string
	name *mark
}

// rearranges lets the office change its floor: the plan, a zone and its name, and which zone a desk is in (3.e). What
// is reserved stays.
func (s *simulation) rearranges(t *tenant, _ *person, _ string) {
	admin := t.people[0]
	switch s.rng.IntN(5) {
	case 0:
		s.redraws(t, t.floor)
	case 1:
		name := s.named(t, "3.e zone")
		t.areas = append(t.areas, &area{s.done("add a zone", admin, http.MethodPost, "/floors/"+t.floor+"/zones",
			object{"name": name.text}).Text("id"), name})
	case 2:
		if a := anyArea(s, t); a != nil {
			s.done("rename a zone", admin, http.MethodPatch,
				"/floors/"+t.floor+"/zones/"+a.id+"?on_reservations=keep", object{"name": s.renamed(t, &a.name)})
		}
	case 3:
		s.done("rename a floor", admin, http.MethodPatch, "/floors/"+t.floor+"?on_reservations=keep",
			object{"name": s.renamed(t, &t.floorName)})
	case 4:
		if a := anyArea(s, t); a != nil {
			s.done("move a desk to a zone", admin, http.MethodPatch,
				"/spots/"+pick(s, t.desks)+"?on_reservations=keep", object{"zone": a.id})
		}
	}
}

func anyArea(s *simulation, t *tenant) *area {
	if len(t.areas) == 0 {
		return nil
	}
	return pick(s, t.areas)
}

// named is a new name of something of the tenant's.
func (s *simulation) named(t *tenant, what string) *mark {
	m := s.value(nil, what, "", "", true)
	t.marks = append(t.marks, m)
	return m
}

// renamed is another name in the place of one, which goes.
func (s *simulation) renamed(t *tenant, name **mark) string {
	s.ends(*name)
	*name = s.named(t, (*name).what)
	return (*name).text
}

// redraws sets the plan of a floor, or takes it away.
func (s *simulation) redraws(t *tenant, floor string) {
	admin, path := t.people[0], "/floors/"+floor+"/plan"
	if t.plans[floor] && s.rng.IntN(2) == 0 {
		s.done("remove a floor's plan", admin, http.MethodDelete, path, nil)
		delete(t.plans, floor)
		return
	}
	s.done("set a floor's plan", admin, http.MethodPut, path, portrait)
	t.plans[floor] = true
}

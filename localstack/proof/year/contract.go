package year

import (
	"net/http"
	"slices"
	"strings"
)

// endContract ends a tenant's contract: of nothing of the account, its people and its guests is anything left, and
// each of the people got a last overview (art. 3). Another customer comes in its place.
func (s *simulation) endContract(t *tenant) {
	admin := t.people[0]
	if !s.awake(t, admin) || !s.agrees(admin) {
		return
	}
	s.done("end the contract", admin, http.MethodPost, "/business-account/end", object{"legal_name": t.legal})
	for _, d := range t.displays {
		s.isDead(d)
	}
	s.deliver()
	for _, p := range t.people {
		if sent := s.Post.To(p.email); len(sent) > 0 && strings.Contains(sent[len(sent)-1].Text, t.legal) {
			s.complete(p)
		} else {
			s.found("%s got no last overview", p.email)
		}
	}
	for _, m := range t.marks {
		s.ends(m)
	}
	for _, p := range slices.Concat(t.people, t.visitors) {
		for _, m := range p.marks {
			s.ends(m)
		}
	}
	t.ended, t.people, t.guests, t.depot, t.plans, t.displays = true, nil, nil, nil, nil, nil
	s.figures.Contracts++
	s.open(t.zone.String())
}

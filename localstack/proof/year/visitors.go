package year

import (
	"slices"
	"strings"
	"time"
)

func (s *simulation) invite(t *tenant, p *person, date string) {
	s.invites(t, p, date, s.never("4.d.3 guest's address", "gus.", "@visitor.example"))
}

// invitesAgain invites somebody whom another, or the same, has invited before.
func (s *simulation) invitesAgain(t *tenant, p *person, date string) {
	if len(t.guests) > 0 {
		s.invites(t, p, date, pick(s, t.guests).email)
	}
}

func (s *simulation) invites(t *tenant, p *person, date, email string) {
	guest := s.somebody()
	name := s.value(guest, "4.d.3 guest's name", "Gus ", "", true)
	guest.values["name"] = name
	first := s.later(date, 5)
	last := s.later(first, 4)
	body := object{"name": name.text, "email": email, "language": "en", "location": t.location, "first": first,
		"last": last}
	answer := s.ask("invite", p, "POST", "/guests", body)
	if answer.Status != 201 {
		s.ends(name)
		return
	}
	s.invited(t, p, guest, email, last, answer)
	if s.rng.IntN(3) == 0 { // the answer was lost, and the app asks again under the same key
		s.issued--
		if again := s.done("invite, once more", p, "POST", "/guests", body); again.Text("id") != answer.Text("id") {
			s.found("an invitation that was repeated under its key made another guest")
		}
	}
}

// guestActs lets a guest do something: consent, reserve, check in, or erase everything with the pass.
func (s *simulation) guestActs(t *tenant, _ *person, date string) {
	t.guests = slices.DeleteFunc(t.guests, func(g *person) bool {
		return !s.Clock.Now().Before(g.until) || g.values["id"].gone.Before(s.Clock.Now())
	})
	if len(t.guests) == 0 {
		return
	}
	g := pick(s, t.guests)
	switch s.rng.IntN(12) {
	case 0, 1, 2:
		s.ask("consent as a guest", g, "POST", "/me/consents", consenting)
	case 3, 4, 5:
		s.reserve(t, g, date)
	case 6:
		s.checkIn(t, g, date)
	case 7, 8, 9, 10:
		s.guestChanges(g)
	case 11:
		if s.ask("erase as a guest", g, "POST", "/me/erasure", object{"confirm": true}).Status == 202 {
			s.goes(g)
		}
	}
}

func (s *simulation) endGuest(t *tenant, p *person, _ string) {
	id := anyOf(s, p.guests)
	if id != "" && s.ask("end a guest's access", p, "DELETE", "/guests/"+id, nil).Status == 204 {
		s.goes(p.guests[id])
	}
	delete(p.guests, id)
}

// guestChanges lets a guest correct, hide and object (7.rectify, 7.shield, 7.object), or look at what is kept.
func (s *simulation) guestChanges(g *person) {
	switch s.rng.IntN(4) {
	case 0:
		name := s.value(g, "4.d.3 guest's name", "Guus ", "", true)
		if s.ask("change a name as a guest", g, "PATCH", "/me/pass", object{"name": name.text}).Status == 200 {
			s.ends(g.values["name"])
			g.values["name"], name.gone = name, g.until.Add(42*24*time.Hour)
		} else {
			s.ends(name)
		}
	case 1:
		s.ask("hide as a guest", g, "PATCH", "/me/pass", object{"shield": []string{"4.a.1", "4.d.4"}[:s.rng.IntN(3)]})
	case 2:
		s.ask("object as a guest", g, "PATCH", "/me/pass",
			object{"objections": []string{"4.d.4", "5.transactions"}[:s.rng.IntN(3)]})
	case 3:
		if seen := s.ask("view the overview as a guest", g, "GET", "/me/overview", nil); seen.Status == 200 &&
			!strings.Contains(seen.Body, g.values["name"].text) {
			s.found("the overview of a guest leaves out %s", g.values["name"])
		}
	}
}

// replacesPass lets whoever invited a guest send them another pass; the one before is dead.
func (s *simulation) replacesPass(t *tenant, p *person, _ string) {
	id := anyOf(s, p.guests)
	if id == "" {
		return
	}
	g := p.guests[id]
	if s.ask("replace a pass", p, "POST", "/guests/"+id+"/pass", object{"email": g.email}).Status != 204 {
		return
	}
	dead := &person{token: g.token, ip: g.ip}
	sent := s.Post.To(g.email)
	g.token = passes.FindString(sent[len(sent)-1].Text)
	if s.ask("use a dead pass", dead, "GET", "/me/pass", nil).Status < 300 {
		s.found("a pass that was replaced still works")
	}
}

package year

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"time"
)

// items are those of the profile that are free to change.
var items = []struct{ name, clause, before string }{
	{"name", "4.a.1 name", "Pim "}, {"job_title", "4.b.2 job title", "Chief "}, {"linkedin", "4.b.3 profile", ""},
	{"department", "4.b.5 department", ""},
	{"phone", "4.b.1 phone", ""},
}

func (s *simulation) changeItem(t *tenant, p *person, _ string) {
	item := pick(s, items)
	old := p.values[item.name]
	if old != nil && item.name != "name" && s.rng.IntN(3) == 0 {
		if s.ask("clear an item", p, "PATCH", "/me", object{item.name: nil}).Status == 200 {
			s.ends(old)
			delete(p.values, item.name)
		}
		return
	}
	var changed *mark
	if item.name == "phone" {
		s.issued++
		changed = s.number(p, item.clause, fmt.Sprintf("99%012d", s.issued), true, false)
	} else {
		changed = s.value(p, item.clause, item.before, "", true)
	}
	s.ends(changed)
	if s.ask("change an item", p, "PATCH", "/me", object{item.name: changed.text}).Status == 200 {
		changed.gone = time.Time{}
		s.ends(old)
		p.values[item.name] = changed
	}
}

var portrait = func() []byte {
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewRGBA(image.Rect(0, 0, 32, 32))); err != nil {
		panic(err) // a picture in memory can be encoded
	}
	return content.Bytes()
}()

func (s *simulation) changePhoto(t *tenant, p *person, _ string) {
	if p.photo && s.rng.IntN(2) == 0 {
		p.photo = s.ask("remove the photo", p, "DELETE", "/me/photo", nil).Status != 204
		return
	}
	p.photo = s.ask("set a photo", p, "PUT", "/me/photo", portrait).Status == 204 || p.photo
}

func (s *simulation) shield(t *tenant, p *person, _ string) {
	objections := []string{"4.d.4", "5.transactions", "4.d.5", "4.e.2"}[:s.rng.IntN(5)]
	body := object{"shield": []string{"4.a.1", "4.b.1"}[:s.rng.IntN(3)], "emergency_officer": s.rng.IntN(2) == 0,
		"objections": objections}
	if s.ask("hide and object", p, "PATCH", "/me", body).Status != 200 {
		return
	}
	if p.noDevice = len(objections) >= 3; p.noDevice { // what one objects to goes at once (7.object)
		s.ends(p.values["os"])
	}
	if p.noLogin = len(objections) == 4; p.noLogin {
		s.noLogin(p)
	}
}

// noLogin says that nothing of the last login request is kept (4.e.2).
func (s *simulation) noLogin(p *person) {
	s.ends(p.values["ip"])
	if p.loginName != p.values["email"] {
		s.ends(p.loginName)
	}
	p.loginName = nil
}

func (s *simulation) favourites(t *tenant, p *person, _ string) {
	spot := "/me/favourites/spots/" + pick(s, t.desks)
	if id := anyOf(s, p.colleagues); id != "" && s.rng.IntN(2) == 0 {
		s.done("forget a colleague", p, "DELETE", "/me/favourites/colleagues/"+id, nil)
		s.done("forget a spot", p, "DELETE", spot, nil)
		s.ends(p.colleagues[id])
		delete(p.colleagues, id)
		return
	}
	s.ask("keep a spot", p, "PUT", spot, nil)
	m := s.value(p, "4.c.2 favourite colleague", "Bram ", "", true)
	if answer := s.ask("keep a colleague", p, "POST", "/me/favourites/colleagues",
		object{"name": m.text}); answer.Status == 201 {
		p.colleagues[answer.Text("colleague")] = m
	} else {
		s.ends(m)
	}
}

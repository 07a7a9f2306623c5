package whole_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
)

// approvals: what Chen asks of a group in which everybody is, with the link that its user was mailed, and what
// somebody asks at another customer.
func (s *scene) approvals(t *testing.T, people map[rune]whole.Person, chen, hank whole.Person) {
	t.Helper()
	group := s.done(t, s.acme.Admin.Token, "POST", "/groups", object{"name": "Who decide"}).Text("id")
	for _, letter := range "um" {
		s.done(t, s.acme.Admin.Token, "PUT", "/groups/"+group+"/members",
			object{"email": people[letter].Email, "member": true})
	}
	asks := func(c *whole.Customer, who whole.Person, group string) string {
		room := c.AddRoom(t, c.Office, "Room for approval")
		approval := object{"floor": c.Floor, "spot": room}
		if group != "" {
			approval["group"] = group
		}
		s.done(t, c.Admin.Token, "PUT", "/locations/"+c.Location+"/rules", object{"approvals": []object{approval}})
		c.Holds(t, who, room, "2026-11-27", "14:00", "15:00")
		return requestIn(s.done(t, c.Admin.Token, "GET", "/approvals", nil))
	}
	s.ids["request own"], s.ids["request foreign"] = asks(s.acme, chen, group), asks(s.globex, hank, "")
	s.ids["request never"] = never
	require.NoError(t, s.w.Pending(t.Context()))
	_, link, asked := strings.Cut(s.w.Post.Last(t, people['u'].Email).Do.URL, "/decisions/")
	require.True(t, asked)
	s.ids["decision own"], s.ids["decision never"] = link, strings.Repeat("a", 64)
}

// lines: what Chen is offered, and places in line of the caller's own, of Chen's and of somebody's at another
// customer.
func (s *scene) lines(t *testing.T, people map[rune]whole.Person, chen, hank whole.Person) {
	t.Helper()
	waits := func(who whole.Person, office whole.Office, date string) string {
		return s.done(t, who.Token, "POST", "/me/waitlist", object{"floor": office.Floor, "type": "desk", "date": date,
			"from": "09:00", "to": "12:00"}).Text("id")
	}
	waits(chen, s.acme.Office, "2026-11-26")
	require.NoError(t, s.w.Pending(t.Context()))
	_, link, offered := strings.Cut(s.w.Post.Last(t, chen.Email).Do.URL, "/offers/")
	require.True(t, offered)
	s.ids["offer own"], s.ids["offer never"] = link, strings.Repeat("a", 64)
	s.ids["place colleague"], s.ids["place foreign"] = waits(chen, s.acme.Office, "2026-11-27"),
		waits(hank, s.globex.Office, "2026-11-27")
	s.ids["place never"] = never
	for _, letter := range "uma" {
		s.ids["place own "+string(letter)] = waits(people[letter], s.acme.Office, "2026-11-27")
	}
}

// displays: one at a room's door of the caller's, one that was revoked, one of another customer's, and a code that
// waits.
func (s *scene) displays(t *testing.T) {
	t.Helper()
	hangs := func(c *whole.Customer) (id, token string) {
		begun := s.done(t, "", "POST", "/display/pairings", nil)
		shown := object{"code": begun.Text("code"), "secret": begun.Text("secret")}
		room := c.AddRoom(t, c.Office, "Room of a display "+begun.Text("code"))
		id = s.done(t, c.Admin.Token, "POST", "/spots/"+room+"/displays", object{"code": begun.Text("code")}).Text("id")
		return id, s.done(t, "", "POST", "/display/token", shown).Text("token")
	}
	s.ids["display own"], s.tokens['d'] = hangs(s.acme)
	s.ids["display removed"], s.dead["of a display that was revoked"] = hangs(s.acme)
	s.ids["display foreign"], _ = hangs(s.globex)
	s.ids["display never"] = never
	s.done(t, s.acme.Admin.Token, "DELETE", "/displays/"+s.ids["display removed"], nil)
	s.ids["code own"] = s.done(t, "", "POST", "/display/pairings", nil).Text("code")
	s.ids["code never"] = "0000 0000"
}

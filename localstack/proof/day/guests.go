package day

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

var passes = regexp.MustCompile(`\bg[a-z2-7]{64}\b`)

// pass is the one in the next mail to a guest.
func (d *Day) pass(ctx context.Context, email string) string {
	pass := passes.FindString(d.mail(ctx, email).Text)
	if pass == "" {
		d.fail("the mail holds no pass")
	}
	return pass
}

func (d *Day) invite(ctx context.Context, host *Person, name, email string) string {
	return d.call(ctx, 201, host.Token, "POST", "/guests", object{"name": name, "email": email, "language": "en",
		"location": d.Office, "first": d.Date, "last": d.Date}).Text("id")
}

// guests lets somebody invite two guests: one loses the pass and is shown out, the other erases everything.
func (d *Day) guests(ctx context.Context) {
	host, email := d.People[2], "gus@visitor.example"
	id := d.invite(ctx, host, "Gus Visitor", email)
	gus := &Person{Name: "Gus Visitor", Token: d.pass(ctx, email)}
	d.call(ctx, 200, gus.Token, "GET", "/me/overview", nil)
	d.call(ctx, 404, gus.Token, "GET", "/guests", nil)
	d.call(ctx, 404, gus.Token, "GET", "/me", nil)
	d.call(ctx, 403, gus.Token, "GET", "/floors/"+d.Floor+"/availability?date="+d.Date, nil) // not before consent
	d.call(ctx, 204, gus.Token, "POST", "/me/consents",
		object{"version": d.Version, "agreed": true, "language": "en"})
	desk := d.freeDesk(ctx, gus.Token)
	d.call(ctx, 201, gus.Token, "POST", "/spots/"+desk+"/walk-up", object{"until": "12:00"})
	d.reserve(ctx, 201, gus, desk, "13:00", "15:00")
	d.call(ctx, 200, gus.Token, "GET", "/me/agenda", nil)
	d.Say("  …he corrects his name, hides it from who invited him, and wants to be in no count:")
	d.call(ctx, 200, gus.Token, "PATCH", "/me/pass", object{"name": "Gustaaf Visitor",
		"shield": []string{"4.a.1", "4.d.4"}, "objections": []string{"5.transactions"}})
	if listed := d.call(ctx, 200, host.Token, "GET", "/guests", nil); listed.Get("guests.0.name") != nil {
		d.fail("the guest hides the name: %s", listed.Body)
	}
	d.call(ctx, 200, gus.Token, "GET", "/me/pass", nil)
	d.Say("  …the pass is lost, and replaced:")
	d.call(ctx, 204, host.Token, "POST", "/guests/"+id+"/pass", object{"email": email})
	lost := gus.Token
	gus.Token = d.pass(ctx, email)
	d.call(ctx, 401, lost, "GET", "/me/agenda", nil)
	d.call(ctx, 200, gus.Token, "GET", "/me/agenda", nil)
	d.call(ctx, 200, host.Token, "GET", "/guests", nil)
	d.call(ctx, 204, host.Token, "DELETE", "/guests/"+id, nil)
	d.call(ctx, 401, gus.Token, "GET", "/me/agenda", nil)
	d.isShownOut(ctx, host)
	d.stays(ctx, host)
	d.Say("  …another guest erases everything with the pass:")
	d.invite(ctx, host, "Iris Passerby", "iris@visitor.example")
	iris := d.pass(ctx, "iris@visitor.example")
	d.call(ctx, 202, iris, "POST", "/me/erasure", object{"confirm": true})
	d.call(ctx, 401, iris, "GET", "/me/overview", nil)
}

func (d *Day) isShownOut(ctx context.Context, host *Person) {
	d.Say("  …an administrator shows out a guest whose host is away:")
	d.invite(ctx, host, "Una Unexpected", "una@visitor.example")
	una := d.pass(ctx, "una@visitor.example")
	visitor := d.call(ctx, 200, d.admin(), "GET", "/business-account/visitors", nil).Text("visitors.0.id")
	d.call(ctx, 204, d.admin(), "DELETE", "/business-account/visitors/"+visitor, nil)
	d.call(ctx, 401, una, "GET", "/me/overview", nil)
}

// stays lets a guest sit at a desk until the day ends, seen by the emergency officer as he chose, and in no count.
func (d *Day) stays(ctx context.Context, host *Person) {
	d.Say("  …a third one stays, and shows the emergency officer where he is:")
	d.invite(ctx, host, "Otis Auditor", "otis@visitor.example")
	otis := d.pass(ctx, "otis@visitor.example")
	d.Guest = otis
	d.call(ctx, 204, otis, "POST", "/me/consents", object{"version": d.Version, "agreed": true, "language": "en"})
	d.call(ctx, 200, otis, "PATCH", "/me/pass", object{"shield": []string{},
		"objections": []string{"5.transactions"}})
	d.call(ctx, 201, otis, "POST", "/spots/"+d.freeDesk(ctx, otis)+"/walk-up", object{"until": "15:00"})
	list := d.call(ctx, 200, d.Erased.Token, "GET", "/locations/"+d.Office+"/emergency-list", nil)
	if !strings.Contains(string(list.Body), "Otis Auditor") {
		d.fail("the guest shows where he is: %s", list.Body)
	}
}

// freeDesk finds a desk of the office that is free from ten to three.
func (d *Day) freeDesk(ctx context.Context, token string) string {
	answer := d.call(ctx, 200, token, "GET",
		"/floors/"+d.Floor+"/availability?date="+d.Date+"&from=10:00&to=15:00&type=desk", nil)
	spots, _ := answer.Get("spots").([]any)
	for _, spot := range spots {
		if one, ok := spot.(object); ok && one["available"] == true {
			return fmt.Sprint(one["spot"])
		}
	}
	d.fail("no desk is free for a guest")
	return ""
}

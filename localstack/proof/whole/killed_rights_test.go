package whole_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/words"
)

// guest is somebody whom Bram invited, by the pass.
func guest(t *testing.T, w *whole.World, c *whole.Customer, by whole.Person) string {
	t.Helper()
	const email = "gus@elsewhere.example"
	w.Done(t, whole.Request{Token: by.Token, Method: "POST", Path: "/guests", Key: "inviting-gus",
		Body: object{"name": "Gus Visitor",
			"email": email, "language": "en", "location": c.Location, "first": "2026-11-23", "last": "2026-11-24"}})
	pass := regexp.MustCompile(`\bg[a-z2-7]{64}\b`).FindString(w.Post.Last(t, email).Text)
	w.Done(t, whole.Request{Token: pass, Method: "POST", Path: "/me/consents",
		Body: object{"version": privacy.StatementVersion, "agreed": true, "language": "en"}})
	return pass
}

func TestAGuestsOwnChangesAndErasureKilledAnywhereAreWholeInTheEnd_7_rectify_7_erase(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	pass := guest(t, w, c, c.Join(t, "bram"))
	c.Holds(t, whole.Person{Token: pass}, c.Desks[0], "2026-11-24", "09:00", "12:00")
	w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
		return whole.Request{Token: pass, Method: "PATCH", Path: "/me/pass",
			Body: object{"name": "Gus Verhoef", "language": "nl", "objections": []string{"5.transactions"}}}
	}, http.StatusOK)}})
	asked := w.Clock.Now()
	w.Killed(t, whole.Flow{Steps: []func() error{
		does(t, w, func() whole.Request {
			return whole.Request{Token: pass, Method: "POST", Path: "/me/erasure", Body: object{"confirm": true}}
		}, http.StatusAccepted, http.StatusUnauthorized, http.StatusNotFound), // who has gone has no pass
		w.Deliver,
		at(w, asked.Add(5*time.Second), w.Erasure().Step),
		at(w, asked.Add(20*time.Second), w.Erasure().Step),
	}})
	w.Clean(t, "Gus V", "gus@elsewhere.example", pass)
}

func TestCorrectionsKilledAnywhereAreWholeInTheEnd_7_rectify_7_shield_7_object(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	w.Done(t, whole.Request{Token: bram.Token, Method: "GET", Path: "/floors/" + c.Floor +
		"/availability?date=2026-11-24&from=09:00&to=12:00"})
	for _, body := range []object{
		{"name": "Bram Visser", "phone": "+31 30 123", "job_title": "Gardener", "linkedin": "bram-visser-example",
			"department": "Design", "emergency_officer": true},
		{"shield": []string{"4.a.1", "4.b.1"}},
		{"objections": []string{"4.d.4", "4.d.5", "5.transactions"}},
		{"phone": nil, "job_title": nil, "linkedin": nil, "department": nil, "emergency_officer": nil, "shield": nil,
			"objections": nil},
	} {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "PATCH", Path: "/me", Body: body}
		}, http.StatusOK)}})
	}
	w.Clean(t, "Gardener", "bram-visser-example")
}

func TestARecordRemovedOnRequestIsGoneWhereverThatWasKilled_7_rectify(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram := c.Join(t, "bram")
	w.Done(t, whole.Request{Token: c.Admin.Token, Method: "PUT", Path: "/business-account/roles",
		Body: object{"email": bram.Email, "role": "manager"}})
	w.Done(t, whole.Request{Token: bram.Token, Method: "PATCH", Path: "/me",
		Body: object{"emergency_officer": true}})
	w.Done(t, whole.Request{Token: c.Admin.Token, Method: "PUT", Path: "/business-account/officers",
		Body: object{"email": bram.Email, "confirmed": true}})
	asked := w.Done(t, whole.Request{Method: "POST", Path: "/sign-ins", Body: object{"email": bram.Email}})
	bram.Token = w.Done(t, whole.Request{Method: "POST", Path: "/sessions", Key: "signing-in",
		Body: object{"sign_in": asked.Text("sign_in"), "code": w.Code(bram.Email), "os": "iOS",
			"os_release": "26.7"}}).Text("token")
	w.Done(t, whole.Request{Token: bram.Token, Method: "GET", Path: "/floors/" + c.Floor +
		"/availability?date=2026-11-24&from=09:00&to=12:00"})
	w.Done(t, whole.Request{Method: "POST", Path: "/sign-ins", Body: object{"email": bram.Email}})
	w.Done(t, whole.Request{Token: bram.Token, Method: "POST", Path: "/me/email",
		Body: object{"email": "b.visser@acme.example"}})
	w.Done(t, whole.Request{Token: bram.Token, Method: "POST", Path: "/me/overview", Key: "overview-please"})
	require.NoError(t, w.Deliver())
	for _, record := range []string{"device", "last-login", "searches", "officer", "role", "codes", "new-address",
		"links"} {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: bram.Token, Method: "DELETE", Path: "/me/records/" + record}
		}, http.StatusNoContent)}})
	}
	w.Clean(t, "b.visser@acme.example", "26.7")
}

const sam = "sam@operator.example"

// hired gives the token of a member of staff who may look and disclose.
func hired(t *testing.T, w *whole.World) string {
	t.Helper()
	registrar := staff.Registrar{Tables: w.Tables, Now: w.Clock.Now}
	for _, order := range []staff.Order{{Do: "add", Name: "Sam Support", Language: "en"},
		{Do: "agree", Document: "Confidentiality, version 3", On: "2026-11-01", Until: "2026-11-30",
			By: "Olga Operator"}, {Do: "let-disclose"}} {
		order.Email = sam
		_, err := registrar.Carry(t.Context(), order)
		require.NoError(t, err)
	}
	return atWork(t, w)
}

// enrolling is what makes a passkey of theirs, and opens a session with it.
func enrolling(t *testing.T, w *whole.World) whole.Request {
	t.Helper()
	secret, err := staff.Registrar{Tables: w.Tables, Now: w.Clock.Now}.Carry(t.Context(),
		staff.Order{Do: "let-enrol", Email: sam})
	require.NoError(t, err)
	asked := w.Done(t, whole.Request{Method: "POST", Path: "/staff/sign-ins", Body: object{"email": sam}})
	made := passkeytest.Of(whole.PublicURL).Make(passkey.Of(asked.Text("sign_in")))
	return whole.Request{Method: "POST", Path: "/staff/enrolments", Key: "staff-begins",
		Body: object{"sign_in": asked.Text("sign_in"), "code": w.Code(sam), "enrolment": secret, "passkey": made}}
}

// atWork is the token of a new session of theirs.
func atWork(t *testing.T, w *whole.World) string {
	t.Helper()
	return w.Done(t, enrolling(t, w)).Text("token")
}

func TestALookAndADisclosureKilledAnywhereAreRecordedOnceBeforeAnythingIsShown_6_confidential_5_disclosure(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	bram, token := c.Join(t, "bram"), hired(t, w)
	const reason = "asked us by phone why a reservation is gone"
	for path, body := range map[string]object{
		"/staff/looks":         {"email": bram.Email, "kinds": []string{"4.d.2"}, "reason": reason},
		"/staff/account-looks": {"domain": c.Domain, "kinds": []string{"3.a"}, "reason": reason},
		"/staff/disclosures": {"email": bram.Email, "kinds": []string{"4.d.2"},
			"ground":    "order of the court of Utrecht, case 26/1234",
			"recipient": "Public Prosecution Service"},
	} {
		w.Killed(t, whole.Flow{Steps: []func() error{does(t, w, func() whole.Request {
			return whole.Request{Token: token, Method: "POST", Path: path, Body: body, Key: "looking-once"}
		}, http.StatusCreated)}})
	}
	require.Equal(t, 1, strings.Count(w.Text(t), "26/1234"))
}

func TestANewStatementKilledAnywhereIsToldToEverybody_13_versions(t *testing.T) {
	t.Parallel()
	w := whole.New(t, morning)
	c := w.NewCustomer(t, "acme.example")
	c.Join(t, "bram")
	version := privacy.Issue{Version: "2027-01-01", Changes: words.Text{NL: "dit is de proef",
		EN: "this is the test"}}
	require.NoError(t, w.Tables.MarkNotices(t.Context(), version.Version, firstOutdated(t, w, version.Version)))
	run := func(ctx context.Context) error {
		_, err := (&notice.Teller{Tables: w.Tables, Mail: w, Version: version, PublicURL: "https://api.example"}).
			Step(ctx)
		return err
	}
	w.Killed(t, whole.Flow{Steps: []func() error{at(w, morning, run), at(w, morning.Add(61*time.Second), run),
		at(w, morning.Add(122*time.Second), run)}})
	require.Equal(t, mail.NewStatement, w.Post.Last(t, "bram@acme.example").Kind)
	require.Equal(t, mail.NewStatement, w.Post.Last(t, c.Admin.Email).Kind)
}

// firstOutdated is the first segment of the directory with somebody who has not consented to a version: those before
// it would be read in vain for each fault.
func firstOutdated(t *testing.T, w *whole.World, version string) int {
	t.Helper()
	const segments = 64
	for i := range segments {
		people, err := w.Tables.Outdated(t.Context(), &table.Segment{Store: privacy.Directory, Number: i,
			Segments: segments}, version)
		require.NoError(t, err)
		if len(people) > 0 {
			return i
		}
	}
	t.Fatal("everybody has consented")
	return 0
}

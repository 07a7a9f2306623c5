package upgrade

import (
	"bytes"
	"encoding/json"
	"flag"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/passkey"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"

	"github.com/iotspot/iotspot/localstack/example"
	"github.com/iotspot/iotspot/localstack/stack"
	"github.com/iotspot/iotspot/shared/privacy"
)

var write = flag.String("write", "", "name of the release whose store is written to testdata")

// before is when the store is written: so far ahead that the clock, which can only be moved forward, can be set to it
// for as long as the store is read.
var before = time.Date(2040, 11, 27, 8, 30, 0, 0, time.UTC)

const (
	domain = "@voorbeeld.example"
	guest  = "gus@visitor.example"
	staff  = "sam@iotspot.example"
)

// live opens the example office and lives in it until something of every kind is stored or waits.
func live(t *testing.T, folder string) *office {
	t.Helper()
	s, err := stack.Start(t.Context(), stack.Options{Folder: folder, At: before, Manual: true})
	require.NoError(t, err)
	o := &office{s, known{Tokens: map[string]string{}, Waiting: map[string]waiting{}}}
	client := example.Client{API: s.API, Console: s.Console}
	require.NoError(t, client.Load(t.Context()))
	o.Tokens["ada"] = client.Token
	desks := o.lookAround(t)
	for _, name := range []string{"bram", "chen", "daan", "esra", "femke"} {
		w := o.register(t, name)
		o.Tokens[name] = text(t, o.ask(t, "", "POST", "/registrations/"+w.ID+"/confirmation",
			object{"code": w.Code, "os": "iOS", "os_release": "26.1"}), "token")
	}
	o.dayBefore(t, desks)
	o.profile(t, desks)
	o.bookings(t, desks)
	o.visit(t, desks)
	o.looks(t)
	o.waits(t)
	o.At = o.Now()
	for who, paths := range o.views() {
		for _, path := range paths {
			o.Seen = append(o.Seen, seen{who, path, o.ask(t, who, "GET", path, nil)})
		}
	}
	return o
}

func (o *office) lookAround(t *testing.T) (desks []string) {
	t.Helper()
	first := list(t, o.ask(t, "ada", "GET", "/locations", nil), "locations")[0]
	o.Location = text(t, first, "id")
	for _, floor := range list(t, first, "floors") {
		o.Floor = text(t, floor, "id")
		for _, spot := range list(t, o.ask(t, "ada", "GET", "/floors/"+o.Floor, nil), "spots") {
			if text(t, spot, "category") == "workplace" {
				desks = append(desks, text(t, spot, "id"))
			}
		}
	}
	return desks
}

func consent() object { return object{"version": privacy.StatementVersion, "agreed": true} }

func (o *office) register(t *testing.T, name string) waiting {
	t.Helper()
	id := text(t, o.ask(t, "", "POST", "/registrations", object{"name": strings.ToUpper(name[:1]) + name[1:] +
		" Voorbeeld", "email": name + domain, "language": "en", "consent": consent()}), "registration")
	return waiting{id, o.mailed(t, name+domain, codes)}
}

// dayBefore lets six people sit down, so that the day leaves figures behind.
func (o *office) dayBefore(t *testing.T, desks []string) {
	t.Helper()
	for i, who := range []string{"ada", "bram", "chen", "daan", "esra", "femke"} {
		o.ask(t, who, "POST", "/spots/"+desks[i]+"/walk-up", object{"until": "11:00"})
	}
	require.NoError(t, o.MoveTo(before.Add(24*time.Hour)))
	o.steps(t)
}

func picture(t *testing.T) []byte {
	t.Helper()
	var content bytes.Buffer
	require.NoError(t, png.Encode(&content, image.NewGray(image.Rect(0, 0, 64, 64))))
	return content.Bytes()
}

func (o *office) profile(t *testing.T, desks []string) {
	t.Helper()
	o.ask(t, "femke", "PATCH", "/me", object{"phone": "+31 20 123 45 67", "job_title": "Architect",
		"department": "Design", "linkedin": "femke-voorbeeld-example", "emergency_officer": true,
		"shield": []string{"4.a.2", "4.b.1"}, "objections": []string{"a"}})
	o.ask(t, "femke", "PUT", "/me/photo", picture(t))
	o.ask(t, "femke", "PUT", "/me/favourites/spots/"+desks[0], nil)
	o.ask(t, "femke", "POST", "/me/favourites/colleagues", object{"name": "Bram of the third floor"})
	o.ask(t, "ada", "PUT", "/business-account/officers", object{"email": "femke" + domain, "confirmed": true})
	o.ask(t, "ada", "PUT", "/business-account/roles", object{"email": "bram" + domain, "role": "manager"})
	o.ask(t, "ada", "PUT", "/floors/"+o.Floor+"/plan", picture(t))
}

// bookings are one that is sat at, two ahead, and one that was cancelled.
func (o *office) bookings(t *testing.T, desks []string) {
	t.Helper()
	o.ask(t, "femke", "POST", "/spots/"+desks[5]+"/walk-up", object{"until": "15:00"})
	reserve := func(days int, desk string) string {
		made := o.ask(t, "bram", "POST", "/reservations", object{"spot": desk, "from": "09:00", "to": "17:00",
			"date": before.AddDate(0, 0, days).Format(time.DateOnly)})
		return text(t, list(t, made, "reservations")[0], "id")
	}
	o.Ahead = reserve(2, desks[0])
	reserve(3, desks[1])
	o.ask(t, "bram", "DELETE", "/reservations/"+reserve(6, desks[2]), nil)
	account := text(t, o.ask(t, "ada", "GET", "/business-account", nil), "id")
	require.NoError(t, o.Allot(t.Context(), account, "desk-sensor"))
	o.ask(t, "ada", "PUT", "/spots/"+desks[5]+"/sensors/desk-sensor", object{"model": "own"})
	o.reads(t, 1)
	require.NoError(t, o.Publish("iotspot/desk-sensor/reading", []byte(`not a reading`)))
	require.NoError(t, o.Settle(t.Context()))
}

// visit is a guest's, for a week.
func (o *office) visit(t *testing.T, desks []string) {
	t.Helper()
	today, last := before.AddDate(0, 0, 1), before.AddDate(0, 0, 7)
	o.ask(t, "bram", "POST", "/guests", object{"name": "Gus Visitor", "email": guest, "language": "en",
		"location": o.Location, "first": today.Format(time.DateOnly), "last": last.Format(time.DateOnly)})
	o.Tokens["gus"] = o.mailed(t, guest, passes)
	o.ask(t, "gus", "POST", "/me/consents", object{"version": privacy.StatementVersion, "agreed": true,
		"language": "en"})
	o.ask(t, "gus", "POST", "/reservations", object{"spot": desks[3], "from": "10:00", "to": "12:00",
		"date": today.AddDate(0, 0, 1).Format(time.DateOnly)})
}

// looks are of the operator's staff, at Femke.
func (o *office) looks(t *testing.T) {
	t.Helper()
	o.order(t, "add", object{"name": "Sam Support", "language": "en"})
	o.order(t, "agree", object{"document": "Confidentiality, version 3", "by": "Olga Operator",
		"on": before.AddDate(0, -1, 0).Format(time.DateOnly), "until": before.AddDate(1, 0, 0).Format(time.DateOnly)})
	o.enrols(t)
	o.ask(t, "sam", "POST", "/staff/looks", object{"email": "femke" + domain, "kinds": []string{"4.d.2"},
		"reason": "asked us by phone why a reservation is gone"})
	o.ask(t, "sam", "POST", "/staff/account-looks", object{"domain": domain[1:], "kinds": []string{"3.a"},
		"reason": "the invoice came back from the address"})
}

// order gives the operator's order about their member of staff.
func (o *office) order(t *testing.T, do string, more object) (enrolment string) {
	t.Helper()
	more["do"], more["email"] = do, staff
	content, err := json.Marshal(more)
	require.NoError(t, err)
	answer, err := http.Post(o.Console+"/staff", "application/json", bytes.NewReader(content))
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, 2, answer.StatusCode/100)
	var told struct{ Enrolment string }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&told))
	return told.Enrolment
}

// enrols lets the member of staff in with a passkey that they make.
func (o *office) enrols(t *testing.T) {
	t.Helper()
	enrolment := o.order(t, "let-enrol", object{})
	asked := text(t, o.ask(t, "", "POST", "/staff/sign-ins", object{"email": staff}), "sign_in")
	o.Tokens["sam"] = text(t, o.ask(t, "", "POST", "/staff/enrolments", object{"sign_in": asked,
		"code": o.mailed(t, staff, codes), "enrolment": enrolment,
		"passkey": passkeytest.Of(o.API).Make(passkey.Of(asked))}), "token")
}

// waits begins what only a code completes, and leaves a mail at the support address.
func (o *office) waits(t *testing.T) {
	t.Helper()
	o.Waiting["registration"] = o.register(t, "wim")
	o.ask(t, "daan", "POST", "/me/email", object{"email": "d.jansen" + domain})
	o.Waiting["address"] = waiting{"d.jansen" + domain, o.mailed(t, "d.jansen"+domain, codes)}
	o.Waiting["opening"] = o.opens(t)
	mail := strings.NewReader("From: chen" + domain + "\r\nSubject: What do you keep of me?\r\n\r\nPlease tell " +
		"me.\r\n")
	answer, err := http.Post(o.Console+"/support-mail?lost=true", "message/rfc822", mail)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusAccepted, answer.StatusCode)
}

// opens asks for another business account.
func (o *office) opens(t *testing.T) waiting {
	t.Helper()
	opener := "olaf@other.example"
	opening := text(t, o.ask(t, "", "POST", "/business-accounts", object{"legal_name": "Other B.V.",
		"addresses": []string{"Kade 2, Utrecht"}, "domains": []string{"other.example"},
		"invoice":       object{"name": "Other B.V.", "address": "Kade 2, Utrecht", "email": opener},
		"administrator": object{"name": "Olaf Other", "email": opener, "language": "en"},
		"consent":       consent()}), "opening")
	return waiting{opening, o.mailed(t, opener, codes)}
}

// views are what each of them looks at. Who looks for a colleague does not look at an overview, which counts that.
func (o *office) views() map[string][]string {
	return map[string][]string{
		"ada": {"/me", "/colleagues?name=femke", "/business-account", "/business-account/looks", "/locations",
			"/locations/" + o.Location,
			"/floors/" + o.Floor, "/floors/" + o.Floor + "/plan", "/locations/" + o.Location + "/statistics?from=" +
				before.Format(time.DateOnly) + "&to=" + before.Format(time.DateOnly)},
		"bram":  {"/me", "/me/agenda", "/guests", "/reservations/" + o.Ahead, "/me/overview"},
		"femke": {"/me", "/me/agenda", "/me/favourites", "/me/photo", "/me/overview"},
		"esra":  {"/me", "/me/agenda", "/me/overview"},
		"gus":   {"/me/pass", "/me/agenda", "/me/overview"},
		"sam":   {"/staff/me"},
	}
}

// TestTheStoreOfThisReleaseIsWritten writes what the next versions are held against:
//
//	go test ./localstack/proof/upgrade -run Written -write 1.2.0
//
// Without -write it only proves that the store of this version could be written and read.
func TestTheStoreOfThisReleaseIsWritten(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "data")
	o := live(t, folder)
	require.NoError(t, o.Close())
	content, err := json.Marshal(o.known)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "known.json"), content, 0o600))
	packed := pack(t, folder)
	require.Less(t, len(packed), 200_000, "it is kept in the repository")
	if *write != "" {
		require.NoError(t, os.WriteFile(filepath.Join("testdata", *write+".tar.gz"), packed, 0o644))
	}
	nothingIsLost(t, unpack(t, packed))
}

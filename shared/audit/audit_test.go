package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/audit"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A scene is an office with one person who holds a desk today, in stores that are as they should be.
type scene struct {
	*enginetest.Database
	office  *enginetest.Office
	ann     identity.Person
	auditor audit.Auditor
	photos  *photo.Store
	client  *s3.Client
	log     bytes.Buffer
}

func begin(t *testing.T) *scene {
	s := &scene{Database: enginetest.New(t, noon)}
	store, err := locals3.Open("", s.Clock.Now, "photos", "received")
	require.NoError(t, err)
	server := httptest.NewServer(store.Handler())
	t.Cleanup(server.Close)
	s.client = s3.NewFromConfig(sdk.Config(server.URL, "x"))
	s.photos = photo.New(s.client, "photos")
	s.auditor = audit.Auditor{Tables: s.Tables(), Photos: s.photos, Received: support.New(s.client, "received"),
		Now: s.Clock.Now, Metrics: &s.log}
	s.office = s.NewOffice(t, "Europe/Amsterdam", 2)
	s.CustomerOf(t, s.office.Business, "Example B.V.", "example.com")
	s.office.Open(t, "2026-11-23")
	s.ann = s.office.Person(t).Person
	from := civil.QuarterOf(noon)
	day := civil.Date("2026-11-23")
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(t, err)
	require.NoError(t, s.Tables().Reserve(t.Context(), 4,
		nil, table.Booking{ID: "r", Person: s.ann, Place: s.office.Place(s.office.Desks[0]), Day: day,
			DayEnds: day.End(zone), Interval: civil.Interval{From: from, To: from + 4}, Workplace: true,
			State: table.Reserved}))
	require.NoError(t, s.Tables().AskCode(t.Context(), s.ann, table.Code{Mark: "m", AskedAt: noon},
		&table.Login{RequestedAt: noon, IP: "192.0.2.1", LoginName: "ann@example.com"}))
	require.NoError(t, s.Tables().CountSearch(t.Context(), s.ann, s.office.Location.ID, day, day.End(zone),
		table.SpotSearch))
	return s
}

// finds audits everything and gives what was found, as store: item: kind.
func (s *scene) finds(t *testing.T) map[string]int {
	t.Helper()
	s.log.Reset()
	require.NoError(t, s.auditor.Step(t.Context()))
	require.Contains(t, s.log.String(), `"Finished":1`)
	found := map[string]int{}
	for _, line := range strings.Split(strings.TrimSpace(s.log.String()), "\n") {
		var one struct {
			Store, Item, Why              string
			Overdue, Undeclared, Orphaned int
		}
		require.NoError(t, json.Unmarshal([]byte(line), &one))
		for kind, n := range map[string]int{"overdue": one.Overdue, "undeclared": one.Undeclared,
			"orphaned": one.Orphaned} {
			if n > 0 {
				found[one.Store+": "+one.Item+": "+kind] += n
			}
		}
	}
	return found
}

func (s *scene) partition() string { return table.PersonPartition(s.ann) }

func TestStoresThatAreAsTheyShouldBeGiveNoFinding(t *testing.T) {
	s := begin(t)
	require.Empty(t, s.finds(t), s.log.String())
	require.NotContains(t, s.log.String(), `"Audited":0`)
}

func TestWhatIsPastItsDeadlineForMoreThanAMinuteIsFound(t *testing.T) { // 4.d.4, 4.e.2, 5.transactions
	s := begin(t)
	s.Clock.Set(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)) // a day and an hour, in Amsterdam
	require.Equal(t, map[string]int{"agenda: code: overdue": 1, "agenda: person's day sheet: overdue": 1,
		"agenda: spot's day sheet: overdue":  1,
		"agenda: searches of a day: overdue": 1}, s.finds(t))
	s.Clock.Set(noon.Add(42*24*time.Hour + 60*time.Second))
	require.NotContains(t, s.finds(t), "agenda: login: overdue", "a minute has not passed")
	s.Clock.Move(time.Second)
	require.Contains(t, s.finds(t), "agenda: login: overdue")
}

func TestWhatTheRegisterDoesNotKnowIsFound(t *testing.T) {
	deadline := noon.Add(time.Hour).Unix()
	for name, plant := range map[string]struct {
		store  privacy.Store
		sk     string
		values map[string]any
		finds  string
	}{
		"an item of another kind": {privacy.Directory, "diary", map[string]any{},
			"directory: unknown: undeclared"},
		"a kind that begins as a known one": {privacy.Directory, "users", map[string]any{},
			"directory: unknown: undeclared"},
		"an attribute": {privacy.Directory, "favourite#x", map[string]any{"mood": "sad"},
			"directory: favourite: undeclared"},
		"no deadline where there is one": {privacy.Agenda, "session#x", map[string]any{},
			"agenda: session: undeclared"},
		"a deadline where there is none": {privacy.Directory, "favourite#x", map[string]any{"ttl": deadline},
			"directory: favourite: undeclared"},
		"a deadline that is too far": {privacy.Agenda, "session#x",
			map[string]any{"ttl": noon.Add(31 * 24 * time.Hour).Unix()},
			"agenda: session: undeclared"},
		"a deadline of another moment": {privacy.Agenda, "login",
			map[string]any{"ttl": deadline, "requested_at": noon}, "agenda: login: undeclared"},
		"a deadline of another day": {privacy.Agenda, "day#2026-11-23#x",
			map[string]any{"ttl": noon.Add(48 * time.Hour).Unix()}, "agenda: person's day sheet: undeclared"},
		"what the sweep can't find": {privacy.Agenda, "session#x", map[string]any{"ttl": deadline},
			"agenda: session: undeclared"},
	} {
		t.Run(name, func(t *testing.T) {
			s := begin(t)
			s.Put(t, plant.store, s.partition(), plant.sk, plant.values)
			require.Equal(t, map[string]int{plant.finds: 1}, s.finds(t), s.log.String())
		})
	}
}

func TestWhatIsAboutNobodyIsFoundUnlessItsRemovalIsUnderWay(t *testing.T) { // 7.erase
	s := begin(t)
	s.Delete(t, privacy.Directory, s.partition(), "user")
	orphans := map[string]int{"agenda: code: orphaned": 1, "agenda: login: orphaned": 1,
		"agenda: person's day sheet: orphaned": 1,
		"agenda: spot's day sheet: orphaned":   1, "agenda: searches of a day: orphaned": 1}
	require.Equal(t, orphans, s.finds(t), s.log.String())
	s.Put(t, privacy.Agenda, "erasures", "erasure#"+s.ann.Business+"#"+s.ann.User,
		map[string]any{"asked_at": noon.Unix()})
	require.Empty(t, s.finds(t))
	s.Clock.Move(2*time.Minute + time.Second)
	require.Equal(t, map[string]int{"agenda: erasure job: overdue": 1}, s.finds(t),
		"an erasure takes a minute at most")
}

func TestANameOnARosterWithoutARegistrationIsFound(t *testing.T) { // 7.erase
	s := begin(t)
	s.office.Named(t, "Ben Example")
	require.Empty(t, s.finds(t), s.log.String())
	s.Put(t, privacy.Directory, "roster#"+s.office.Business+"#0", "roster#99",
		map[string]any{"changes": 1, "n#gonegonegonegone": "Gone Example"})
	require.Equal(t, map[string]int{"directory: roster: orphaned": 1}, s.finds(t), s.log.String())
}

func TestWhatIsLeftOfAContractOrALocationIsFound(t *testing.T) { // art. 3
	s := begin(t)
	s.Delete(t, privacy.Directory, "locations", "open#"+s.office.Location.ID)
	require.Equal(t, map[string]int{"agenda: spot's day sheet: orphaned": 1, "agenda: searches of a day: orphaned": 1,
		"directory: floor: orphaned": 1, "directory: spot: orphaned": 3}, s.finds(t), s.log.String())
	s.Delete(t, privacy.Directory, "b#"+s.office.Business, "account")
	require.Subset(t, s.finds(t), map[string]int{"directory: user: orphaned": 1, "directory: domain: orphaned": 1,
		"directory: location: orphaned": 1})
}

func TestAPhotoOfNobodyAnOlderVersionAndAMailThatNobodyHandledAreFound(t *testing.T) { // 4.b.6, 7.mail
	s := begin(t)
	require.NoError(t, s.photos.Put(t.Context(), s.ann, []byte("a picture")))
	put := func(bucket, key string) {
		_, err := s.client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String(bucket), Key: aws.String(key),
			Body: strings.NewReader("x")})
		require.NoError(t, err)
	}
	put("received", "mail")
	require.Empty(t, s.finds(t), "just written")
	s.Clock.Move(11*time.Minute + time.Second)
	require.Equal(t, map[string]int{"photos: photo: orphaned": 1, "received-mail: received mail: overdue": 1,
		"agenda: code: overdue": 1}, s.finds(t), s.log.String())
	require.NoError(t, s.Tables().SetPhoto(t.Context(), s.ann, "1"))
	require.NoError(t, s.photos.PutPlan(t.Context(), s.office.Business, s.office.Floor, []byte("a plan")))
	s.Clock.Move(11 * time.Minute)
	require.Equal(t, 1, s.finds(t)["photos: plan: orphaned"]) // 3.e
	require.NoError(t, s.Tables().SetPlan(t.Context(), s.office.Business, s.office.Location.ID, s.office.Floor, "1", 1))
	require.NotContains(t, s.finds(t), "photos: plan: orphaned")
	require.NotContains(t, s.finds(t), "photos: photo: orphaned")
	put("photos", s.ann.Business+"/"+s.ann.User+"/photo")
	s.Clock.Move(11 * time.Minute)
	require.Contains(t, s.finds(t), "photos: photo: overdue")
}

// 6.confidential 5.disclosure
func TestTheRecordsOfWhatStaffLookedAtAreAsTheyShouldBeAndAreLookedThrough(t *testing.T) {
	s := begin(t)
	sam, tables, later := staff.Person("sam@operator.example"), s.Tables(), noon.Add(48*time.Hour)
	require.NoError(t, tables.AddStaff(t.Context(), table.Staff{Person: sam, Name: "Sam",
		Email: "sam@operator.example", Language: "en", Discloses: true}))
	require.NoError(t, tables.Agree(t.Context(), sam, table.Agreement{Document: "3", On: "2026-01-01",
		Until: "2028-01-01", RecordedBy: "Olga"}, noon))
	look := table.Look{ID: "one", By: "Sam", Reason: "a reason", Kinds: []privacy.Clause{"4.a.1"}, LookedAt: noon}
	require.NoError(t, tables.RecordLook(t.Context(), sam, s.ann, look))
	require.NoError(t, tables.RecordAccountLook(t.Context(), sam, s.ann.Business, look))
	require.NoError(t, tables.RecordDisclosure(t.Context(), sam, s.ann,
		table.Disclosure{ID: "told", DisclosedAt: noon}))
	require.NoError(t, tables.RecordDisclosure(t.Context(), sam, s.ann,
		table.Disclosure{ID: "hidden", DisclosedAt: noon, HiddenUntil: &later}))
	require.Empty(t, s.finds(t), s.log.String())
	s.Delete(t, privacy.Agenda, "staff", "staff#"+sam.User)
	require.Equal(t, map[string]int{"agenda: look made: orphaned": 3}, s.finds(t), s.log.String())
}

func TestNothingOfAnItemIsInTheLogButItsKindAndWhereItLies(t *testing.T) {
	s := begin(t)
	s.Put(t, privacy.Agenda, s.partition(), "session#secret", map[string]any{"used": "Ann", "Ann": true})
	require.NotEmpty(t, s.finds(t))
	for _, text := range []string{"Ann", "secret", s.ann.User, s.ann.Business} {
		require.NotContains(t, s.log.String(), text)
	}
	require.Contains(t, s.log.String(), `"Segment":`)
}

func TestAnAuditThatHasNoTimeLeftIsGoneOnWithByTheNext(t *testing.T) {
	s := begin(t)
	s.Put(t, privacy.Insight, s.office.Business+"#l", "diary", map[string]any{})
	hurried, cancel := context.WithTimeout(t.Context(), time.Minute) // less than it needs to begin anything
	defer cancel()
	require.ErrorIs(t, s.auditor.Step(hurried), audit.ErrUnfinished)
	require.Contains(t, s.log.String(), `"Finished":0`)
	require.NoError(t, s.Tables().MarkAudited(t.Context(), 150)) // in the middle of insight, as one that got so far
	require.Len(t, s.finds(t), 1, "it goes round")
	at, err := s.Tables().AuditedUntil(t.Context())
	require.NoError(t, err)
	require.Equal(t, 150, at)
}

package table_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// The tests of this package are what the system needs of a DynamoDB, and any can be held to them. With this variable
// they run on the one that the SDK's own environment leads to (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_DYNAMODB …),
// in tables that they make and remove; it must not have tables of these names. Without it they run on the house's
// own.
const elsewhere = "TEST_DYNAMODB"

// settles is within what time an index shows what was written.
const settles = 10 * time.Second

var tested struct {
	once   sync.Once
	client *dynamodb.Client
	made   []string // tables that are to be removed
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, name := range tested.made {
		_, err := tested.client.DeleteTable(context.Background(),
			&dynamodb.DeleteTableInput{TableName: aws.String(name)})
		if err != nil {
			fmt.Fprintln(os.Stderr, "the table", name, "is left:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// database is the tables on the engine that is tested. Others write into them too, so a test takes new ids and looks
// for what is its own. Its clock stands at nine o'clock in London.
func database(t testing.TB) *enginetest.Database {
	t.Helper()
	tested.once.Do(func() {
		if os.Getenv(elsewhere) == "" {
			tested.client = engine.Client(enginetest.URL(t), "table"+secret.ID())
			tested.err = engine.CreateTables(context.Background(), tested.client)
			return
		}
		tested.client, tested.made, tested.err = tablesElsewhere(context.Background())
	})
	require.NoError(t, tested.err)
	clock := &enginetest.Clock{}
	clock.Set(now)
	return &enginetest.Database{Client: tested.client, Clock: clock}
}

func tablesElsewhere(ctx context.Context) (client *dynamodb.Client, made []string, err error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRetryer(table.Retryer))
	if err != nil {
		return nil, nil, err
	}
	client = dynamodb.NewFromConfig(cfg)
	for _, each := range catalog.Tables {
		name := string(each.Name)
		if err := engine.CreateTable(ctx, client, each, name); err != nil {
			return client, made, err
		}
		made = append(made, name)
		err := dynamodb.NewTableExistsWaiter(client).Wait(ctx,
			&dynamodb.DescribeTableInput{TableName: aws.String(name)},
			time.Minute)
		if err != nil {
			return client, made, err
		}
	}
	return client, made, nil
}

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

const today = civil.Date("2026-11-25")

// A scene is an office of a business account with one domain, and the days of its location are open.
type scene struct {
	*table.Tables
	db     *enginetest.Database
	office *enginetest.Office
	domain string
}

func newScene(t testing.TB) scene {
	t.Helper()
	db := database(t)
	o := db.NewOffice(t, "Europe/Amsterdam", 2)
	s := scene{Tables: db.Tables(), db: db, office: o, domain: secret.ID() + ".example"}
	db.CustomerOf(t, o.Business, "Acme B.V.", s.domain)
	o.Open(t, today)
	return s
}

func (s scene) zone() civil.Zone { return s.office.Location.Zone }

// ann is a member of the business account.
func (s scene) ann(t testing.TB) table.User { return s.registered(t, secret.ID()+"@"+s.domain) }

// somebody is a person of whom there is no more than that they are registered.
func (s scene) somebody(t testing.TB) identity.Person { return s.office.Person(t).Person }

// entries stand for the keyed hashes of an address.
func entries(email string) identity.Entries { return identity.Entries{"hash of " + email} }

// registered is somebody who confirmed a registration with the code of an address.
func (s scene) registered(t testing.TB, email string) table.User {
	t.Helper()
	r := s.asks(t, email)
	require.NoError(t, s.Confirm(t.Context(), r, s.newcomer(r), s.domain, "request"))
	user, err := s.User(t.Context(), r.Person)
	require.NoError(t, err)
	return user
}

// asks is a registration that waits for its code.
func (s scene) asks(t testing.TB, email string) table.Registration {
	t.Helper()
	r := table.Registration{Person: identity.Person{Business: s.office.Business, User: secret.ID()}, Name: "Ann",
		Email: email, Language: "en", ConsentVersion: "1", ConsentLanguage: "en", AskedAt: s.db.Clock.Now(),
		Hash: "hash of the code"}
	_, err := s.AskRegistration(t.Context(), r, entries(email))
	require.NoError(t, err)
	return r
}

func (s scene) newcomer(r table.Registration) table.Newcomer {
	return table.Newcomer{User: r.User(), Address: entries(r.Email), Session: s.beginning(r.User())}
}

// beginning is a session that begins.
func (s scene) beginning(u table.User) table.Beginning {
	return table.Beginning{Person: u.Person, Hash: secret.ID(), Role: u.Role, Consent: u.ConsentVersion,
		RequestedAt: s.db.Clock.Now(), At: s.db.Clock.Now(), IP: "192.0.2.1", LoginName: u.Email, OS: "iOS",
		OSRelease: "26", Zone: s.zone(), Objections: u.Objections}
}

// books is a reservation of today on a spot, between two hours of the office's clock.
func (s scene) books(p identity.Person, spot string, from, to int) table.Booking {
	return table.Booking{ID: secret.ID(), Person: p, Place: s.office.Place(spot), Name: "3.01", Day: today,
		DayEnds: today.End(s.zone()), Interval: s.hours(from, to), Workplace: spot != s.office.Room,
		State: table.Reserved}
}

// aDayLater is the same reservation for tomorrow, under an id of its own.
func (s scene) aDayLater(b table.Booking) table.Booking {
	b.ID, b.Day, b.DayEnds = secret.ID(), b.Day.AddDays(1), b.Day.AddDays(1).End(s.zone())
	b.Interval = civil.Interval{From: b.Interval.From + 96, To: b.Interval.To + 96}
	return b
}

func (s scene) hours(from, to int) civil.Interval {
	start := today.Start(s.zone())
	return civil.Interval{From: civil.QuarterOf(start.Add(time.Duration(from) * time.Hour)),
		To: civil.QuarterOf(start.Add(time.Duration(to) * time.Hour))}
}

// reserved is a booking that was made.
func (s scene) reserved(t testing.TB, p identity.Person, spot string, from, to int) table.Booking {
	t.Helper()
	b := s.books(p, spot, from, to)
	require.NoError(t, s.Reserve(t.Context(), 50, nil, b))
	return b
}

func (s scene) sheet(t testing.TB, spot string) table.SpotSheet {
	t.Helper()
	sheet, err := s.SpotSheetNow(t.Context(), s.office.Place(spot), today)
	require.NoError(t, err)
	return sheet
}

func (s scene) personSheet(t testing.TB, p identity.Person) table.PersonSheet {
	t.Helper()
	sheet, err := s.PersonSheet(t.Context(), p, today, s.office.Location.ID)
	require.NoError(t, err)
	return sheet
}

// guest is somebody whom a member invited, for today.
func (s scene) guest(t testing.TB, inviter identity.Person) table.Guest {
	t.Helper()
	g := table.Guest{Person: identity.Person{Business: s.office.Business, User: secret.ID()},
		Business: s.office.Business,
		Name:     "Gus", Language: "en", Location: s.office.Location.ID, First: today, Last: today,
		OpensAt: today.Start(s.zone()).UTC(), ClosesAt: today.End(s.zone()).UTC(), Pass: "hash of a pass"}
	require.NoError(t, s.Invite(t.Context(), inviter, secret.ID(), g))
	return g
}

// raw is the stored item under a key, nil when there is none.
func (s scene) raw(t testing.TB, store privacy.Store, pk, sk string) map[string]string {
	t.Helper()
	answer, err := s.db.Client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String(string(store)),
		ConsistentRead: aws.Bool(true), Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: pk}, "sk": &types.AttributeValueMemberS{Value: sk}}})
	require.NoError(t, err)
	if answer.Item == nil {
		return nil
	}
	return enginetest.Plain(answer.Item)
}

// at moves the clock of the test.
func (s scene) at(instant time.Time) { s.db.Clock.Set(instant) }

func zone(t testing.TB, name string) civil.Zone { return civiltest.Load(t, name) }

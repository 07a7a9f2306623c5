package enginetest

import (
	"context"
	"fmt"
	"maps"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/bearer"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// An Office is one floor with desks and one meeting room, put straight into the tables for tests of what happens in
// it. How offices really come to be is tested with the rooms that make them.
type Office struct {
	Business string
	Location table.Location
	Floor    string
	Desks    []string
	Room     string
	Zone     string
	db       *Database
}

// NewOffice makes an office in an IANA zone. The settings are the defaults, but for opening hours around the clock
// and a quota that is no hindrance, and nobody is asked whether they come; change lets a test set others.
func (d *Database) NewOffice(t testing.TB, zone string, desks int, change ...func(*table.Location)) *Office {
	t.Helper()
	place, err := civil.LoadZone(zone)
	require.NoError(t, err)
	o := &Office{Business: secret.ID(), Zone: secret.ID(), db: d}
	location := secret.ID()
	o.Floor, o.Room = table.IDWithin(location, secret.ID()), table.IDWithin(location, secret.ID())
	o.Location = table.Location{ID: location, Name: "Head office", Address: "1 Main Street", Zone: place,
		Opens: "00:00", Closes: "24:00",
		HorizonDays: 60, DailyQuota: 50, NoShowMinutes: 15, VacantMinutes: 30, SilentMinutes: 60, Workplaces: desks,
		Rules: rules.Rules{Off: []rules.Habit{rules.Asking}},
		Rooms: 1, Floors: map[string]table.FloorName{o.Floor: {Name: "Third floor", Level: 3}}}
	for _, c := range change {
		c(&o.Location)
	}
	floor := table.Floor{Location: o.Location.ID, Site: o.Location.Site(), Name: "Third floor", Level: 3,
		Zones: map[string]table.Zone{o.Zone: {Name: "Window side"}}}
	spots := map[string]table.FloorSpot{o.Room: {Name: "Room", Category: table.Room, Type: "meeting_room", X: 0.5,
		Y: 0.5}}
	for i := range desks {
		o.Desks = append(o.Desks, table.IDWithin(o.Location.ID, secret.ID()))
		spots[o.Desks[i]] = table.FloorSpot{Name: fmt.Sprintf("3.%02d", i), Category: table.Workplace, Type: "desk",
			Zone: o.Zone, X: 0.25, Y: 0.75}
	}
	attributes := dynamo.Item{}
	for id, spot := range spots {
		value, err := dynamo.Marshal(spot)
		require.NoError(t, err)
		attributes["s#"+id] = value
		d.write(t, privacy.Directory, "b#"+o.Business, "spot#"+id,
			table.Spot{Location: o.Location.ID, Floor: o.Floor, FloorSpot: spot}, nil)
	}
	d.CustomerOf(t, o.Business, "Example B.V.")
	d.write(t, privacy.Directory, "b#"+o.Business, "location#"+o.Location.ID, o.Location, nil)
	d.write(t, privacy.Directory, "b#"+o.Business, "floor#"+o.Floor, floor, attributes)
	return o
}

// Person registers somebody in the office.
func (o *Office) Person(t testing.TB) identity.Caller {
	t.Helper()
	p := identity.Person{Business: o.Business, User: secret.ID()}
	o.db.write(t, privacy.Directory, table.PersonPartition(p), "user", struct {
		Business string `dynamo:"business"`
		MemberOf string `dynamo:"member_of"`
	}{o.Business, table.MemberOf(p)}, nil)
	return identity.Caller{Person: p, Role: identity.User}
}

// Named registers somebody in the office under a name, whom the account counts and the roster lists.
func (o *Office) Named(t testing.TB, name string) identity.Caller {
	t.Helper()
	who := o.Unlisted(t)
	require.NoError(t, o.db.Tables().ChangeUser(t.Context(), who.Person,
		map[privacy.Clause]any{"4.a.1": name, "7.shield": nil}, false))
	return who
}

// Unlisted registers somebody whom the account counts and no roster lists, as a release did before there was one.
func (o *Office) Unlisted(t testing.TB) identity.Caller {
	t.Helper()
	who := o.Person(t)
	o.db.Count(t, o.Business, 1)
	return who
}

// SignedIn registers somebody in the office who has a session, and gives its token. They have used it today.
func (o *Office) SignedIn(t testing.TB) (identity.Caller, string) {
	t.Helper()
	who := o.Person(t)
	token := bearer.Token(who.Person, secret.Token())
	who.Counted, who.Session, who.Consent = true, secret.Hash(token), privacy.StatementVersion
	now := o.db.Clock.Now()
	session := table.Session{Role: who.Role, Consent: who.Consent, Counted: true,
		Used: civil.DateOf(now, o.Location.Zone), Zone: o.Location.Zone}
	ends := strconv.FormatInt(now.Add(24*time.Hour).Unix(), 10)
	o.db.write(t, privacy.Agenda, table.PersonPartition(who.Person), "session#"+who.Session, session,
		dynamo.Item{"ttl": &types.AttributeValueMemberN{Value: ends}})
	return who, token
}

// Place is a spot of the office.
func (o *Office) Place(spot string) table.Place {
	return table.Place{Business: o.Business, Location: o.Location.ID, Floor: o.Floor, Spot: spot}
}

// Open says which days of a location are open.
func (d *Database) Open(t testing.TB, open table.OpenDays) {
	t.Helper()
	d.write(t, privacy.Directory, "locations", "open#"+open.Location, open, nil)
}

func (d *Database) write(t testing.TB, store privacy.Store, pk, sk string, value any, more dynamo.Item) {
	t.Helper()
	item, err := dynamo.MarshalItem(value)
	require.NoError(t, err)
	maps.Copy(item, more)
	item["pk"], item["sk"] = &types.AttributeValueMemberS{Value: pk}, &types.AttributeValueMemberS{Value: sk}
	_, err = d.Client.PutItem(context.Background(), &dynamodb.PutItemInput{TableName: aws.String(string(store)),
		Item: item})
	require.NoError(t, err)
}

// Dump reads every item of a table, whole and past its deadline or not.
func (d *Database) Dump(t testing.TB, store privacy.Store) []dynamo.Item {
	t.Helper()
	var items []dynamo.Item
	pages := dynamodb.NewScanPaginator(d.Client, &dynamodb.ScanInput{TableName: aws.String(string(store)),
		ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		require.NoError(t, err)
		items = append(items, page.Items...)
	}
	return items
}

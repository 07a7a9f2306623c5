package building_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake/waketest"
)

// now is a Monday in Amsterdam, 09:00 there.
var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// published is a bus that remembers.
type published struct {
	mu     sync.Mutex
	events []events.ReservationCancelled
}

func (p *published) Publish(_ context.Context, detailType string, detail any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if detailType == events.ReservationCancelledType {
		p.events = append(p.events, detail.(events.ReservationCancelled))
	}
	return nil
}

// plans remembers of which floors the image was removed.
type plans struct{ removed []string }

func (p *plans) RemovePlan(_ context.Context, business, floor string) error {
	p.removed = append(p.removed, business+"/"+floor)
	return nil
}

// An office is a customer with its manager.
type office struct {
	t       testing.TB
	db      *enginetest.Database
	tables  *table.Tables
	bus     *published
	calls   waketest.Calls
	plans   plans
	b       building.Building
	manager identity.Caller
}

func newOffice(t testing.TB) *office {
	db := enginetest.New(t, now)
	return officeIn(t, db)
}

func officeIn(t testing.TB, db *enginetest.Database) *office {
	o := &office{t: t, db: db, tables: db.Tables(), bus: &published{}}
	o.b = building.Building{Tables: o.tables, Bus: o.bus, Bell: &o.calls, Plans: &o.plans, Now: db.Clock.Now}
	o.manager = identity.Caller{Person: identity.Person{Business: secret.ID(), User: secret.ID()},
		Role: identity.Manager}
	o.put("b#"+o.manager.Business, "account")
	o.allot("24e124535b316056", "room-1", "desk-1", "mine-1")
	return o
}

// allot lets the customer tie devices.
func (o *office) allot(devices ...string) {
	o.t.Helper()
	require.NoError(o.t, building.Devices{Tables: o.tables}.Allot(o.t.Context(), o.manager.Business, devices))
}

func (o *office) put(pk, sk string) {
	_, err := o.db.Client.PutItem(o.t.Context(), &dynamodb.PutItemInput{TableName: aws.String("directory"),
		Item: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: pk}, "sk": &types.AttributeValueMemberS{Value: sk}}})
	require.NoError(o.t, err)
}

func key() string { return secret.ID() }

func to[T any](value T) *T { return &value }

func given(name string) building.Given {
	return building.Given{Name: to(name), Address: to("Keizersgracht 1, Amsterdam"), Latitude: to(52.37),
		Longitude: to(4.89), TimeZone: to("Europe/Amsterdam")}
}

func (o *office) location(name string) building.Location {
	location, err := o.b.AddLocation(o.t.Context(), o.manager,
		building.AddLocation{IdempotencyKey: key(), Given: given(name)})
	require.NoError(o.t, err)
	return location
}

func (o *office) floor(location, name string) building.Floor {
	floor, err := o.b.AddFloor(o.t.Context(), o.manager,
		building.AddFloor{IdempotencyKey: key(), Location: location, Name: name, Level: 3})
	require.NoError(o.t, err)
	return floor
}

func (o *office) zone(floor, name string) building.Zone {
	zone, err := o.b.AddZone(o.t.Context(), o.manager,
		building.AddZone{IdempotencyKey: key(), Floor: floor, Name: name, Sector: "North"})
	require.NoError(o.t, err)
	return zone
}

func desk(floor, name string) building.AddSpot {
	return building.AddSpot{IdempotencyKey: key(), Floor: floor, Name: name, Category: "workplace", Type: "desk",
		X: 0.25, Y: 0.5}
}

func (o *office) spot(floor, name string) building.Spot {
	spot, err := o.b.AddSpot(o.t.Context(), o.manager, desk(floor, name))
	require.NoError(o.t, err)
	return spot
}

// counts are 3.g and 3.h as stored.
func (o *office) counts(location string) (workplaces, rooms int) {
	l, err := o.tables.LocationNow(o.t.Context(), o.manager.Business, location)
	require.NoError(o.t, err)
	return l.Workplaces, l.Rooms
}

// person is somebody who is registered.
func (o *office) person() identity.Person {
	p := identity.Person{Business: o.manager.Business, User: secret.ID()}
	o.put(table.PersonPartition(p), "user")
	return p
}

// reserve holds a spot from 9 to 12 in Amsterdam.
func (o *office) reserve(spot building.Spot, p identity.Person, day civil.Date) string {
	require.NoError(o.t, o.tryReserve(spot, p, day))
	return fmt.Sprintf("%s at %s", p.User, day)
}

func (o *office) tryReserve(spot building.Spot, p identity.Person, day civil.Date) error {
	return o.tryReserveFrom(spot, p, day, "09:00")
}

// reserveFrom holds it for three hours from another time.
func (o *office) reserveFrom(spot building.Spot, p identity.Person, day civil.Date, from civil.ClockTime) {
	require.NoError(o.t, o.tryReserveFrom(spot, p, day, from))
}

func (o *office) tryReserveFrom(spot building.Spot, p identity.Person, day civil.Date, at civil.ClockTime) error {
	zone, err := civil.LoadZone("Europe/Amsterdam")
	require.NoError(o.t, err)
	from, err := at.Begins(day, zone)
	require.NoError(o.t, err)
	return o.tables.Reserve(o.t.Context(), 20, nil, table.Booking{ID: secret.ID(), Person: p,
		Place: table.Place{Business: p.Business, Location: spot.Location, Floor: spot.Floor, Spot: spot.ID},
		Day:   day, DayEnds: day.End(zone), Interval: civil.Interval{From: from, To: from + 12},
		Workplace: spot.Category == "workplace", State: table.Reserved})
}

// held counts the reservations on a floor's days in the raw sheets.
func (o *office) held(location, floor string, days ...civil.Date) int {
	n := 0
	for _, day := range days {
		sheets, err := o.tables.FloorDayNow(o.t.Context(), o.manager.Business, location, floor, day)
		require.NoError(o.t, err)
		for _, sheet := range sheets {
			n += len(sheet.Holdings)
		}
	}
	return n
}

func requireProblem(t testing.TB, kind problem.Kind, err error) *problem.Error {
	t.Helper()
	var p *problem.Error
	require.ErrorAs(t, err, &p)
	require.Equal(t, kind, p.Kind, p.Detail)
	return p
}

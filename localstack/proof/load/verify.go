package load

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/table"
)

// tables are the raw items, by their keys.
type tables struct {
	spots, people  map[string]sheet
	live           map[string]dynamo.Item // by sensor
	looks          int
	users, counted int
	wrong          []string
}

// A sheet is one raw day sheet.
type sheet struct {
	taken []int
	n     int
	held  map[string]held
	says  map[string]table.Occupancy
}

// held is a reservation on either sheet: what the two have in common, and what one of them has.
type held struct {
	User  string      `dynamo:"u"`
	Floor string      `dynamo:"l"`
	Spot  string      `dynamo:"p"`
	From  int         `dynamo:"f"`
	To    int         `dynamo:"t"`
	State table.State `dynamo:"s"`
}

// Verify looks into the raw tables when nothing is on its way any more, and says all that is wrong: what was
// acknowledged and is not there, what is there twice, sheets that disagree, counts that are off. Readings that were
// given up are handed in again first, as an operator does. No search fails by its counting: the counts may be short
// by those that are logged.
func (l *Load) Verify(ctx context.Context) ([]string, error) {
	l.stack.Redrive(catalog.Readings)
	if err := l.stack.Settle(ctx); err != nil {
		return nil, err
	}
	found, err := l.read(ctx)
	if err != nil {
		return nil, err
	}
	found.eachQuarterOnce()
	found.sheetsAgree()
	found.acknowledged(l)
	found.heard(l)
	if looks := l.looks(); found.looks+l.uncounted() < looks {
		found.fault("%d looks at floors were answered, %d are counted and %d said to be not", looks, found.looks,
			l.uncounted())
	}
	if found.users != found.counted {
		found.fault("3.i says %d users, and there are %d", found.users, found.counted)
	}
	return found.wrong, nil
}

func (t *tables) fault(format string, args ...any) {
	t.wrong = append(t.wrong, fmt.Sprintf(format, args...))
}

func (l *Load) read(ctx context.Context) (*tables, error) {
	t := &tables{spots: map[string]sheet{}, people: map[string]sheet{}, live: map[string]dynamo.Item{}}
	for _, name := range []catalog.Resource{catalog.Directory, catalog.Agenda} {
		pages := dynamodb.NewScanPaginator(l.stack.Tables(),
			&dynamodb.ScanInput{TableName: aws.String(string(name)), ConsistentRead: aws.Bool(true)})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, item := range page.Items {
				if err := t.take(item); err != nil {
					return nil, err
				}
			}
		}
	}
	return t, nil
}

func (t *tables) take(item dynamo.Item) error {
	pk, sk := text(item["pk"]), text(item["sk"])
	switch kind, id, _ := strings.Cut(sk, "#"); {
	case kind == "spot" && strings.Count(pk, "#") == 3:
		return t.add(t.spots, pk+"#"+id, item)
	case kind == "day":
		return t.add(t.people, pk+"#"+id, item)
	case sk == "live":
		t.live[strings.TrimPrefix(pk, "sensor#")] = item
	case sk == "user":
		t.counted++
	case sk == "account":
		var account struct {
			Users int `dynamo:"users"`
		}
		err := dynamo.UnmarshalItem(item, &account)
		t.users += account.Users
		return err
	case kind == "search":
		var searches table.Searches
		err := dynamo.UnmarshalItem(item, &searches)
		t.looks += searches.Spots
		return err
	}
	return nil
}

func (t *tables) add(into map[string]sheet, key string, item dynamo.Item) error {
	s := sheet{held: map[string]held{}, says: map[string]table.Occupancy{}}
	for name, value := range item {
		var err error
		switch kind, id, _ := strings.Cut(name, "#"); kind {
		case "taken":
			err = dynamo.Unmarshal(value, &s.taken)
		case "n":
			err = dynamo.Unmarshal(value, &s.n)
		case "r":
			var h held
			err = dynamo.Unmarshal(value, &h)
			s.held[id] = h
		case "o":
			var o table.Occupancy
			err = dynamo.Unmarshal(value, &o)
			s.says[id] = o
		}
		if err != nil {
			return err
		}
	}
	slices.Sort(s.taken)
	into[key] = s
	return nil
}

// eachQuarterOnce: the reservations that hold a sheet take each quarter of an hour once, and exactly those are taken.
func (t *tables) eachQuarterOnce() {
	for _, sheets := range []map[string]sheet{t.spots, t.people} {
		for key, s := range sheets {
			var quarters []int
			for _, h := range s.held {
				for q := h.From; q < h.To && h.State.Holds(); q++ {
					quarters = append(quarters, q)
				}
			}
			slices.Sort(quarters)
			if !slices.Equal(quarters, s.taken) {
				t.fault("%s has %v taken and reservations of %v", key, s.taken, quarters)
			}
		}
	}
}

// sheetsAgree: each reservation on a spot's sheet is on its person's, and the other way round.
func (t *tables) sheetsAgree() {
	onSpots := map[string]held{}
	for key, s := range t.spots {
		business, location, _ := strings.Cut(key, "#")
		location, rest, _ := strings.Cut(location, "#")
		_, day, _ := strings.Cut(rest, "#")
		day, _, _ = strings.Cut(day, "#")
		for id, h := range s.held {
			onSpots[business+"#u#"+h.User+"#"+day+"#"+location+" "+id] = h
		}
	}
	onPeople := 0
	for key, s := range t.people {
		if s.n != len(s.held) {
			t.fault("%s counts %d reservations and has %d", key, s.n, len(s.held))
		}
		for id, h := range s.held {
			onPeople++
			if spot, there := onSpots[key+" "+id]; !there || spot.From != h.From || spot.To != h.To {
				t.fault("%s is on its person's sheet, and on its spot's sheet it is %+v", id, spot)
			}
		}
	}
	if onPeople != len(onSpots) {
		t.fault("%d reservations are on people's sheets and %d on spots'", onPeople, len(onSpots))
	}
}

// acknowledged: what a client was told is so.
func (t *tables) acknowledged(l *Load) {
	there := map[string]held{}
	for _, s := range t.people {
		for id, h := range s.held {
			there[id] = h
		}
	}
	for _, c := range l.told {
		for id, r := range c.Held {
			h, is := there[id[strings.LastIndex(id, "-")+1:]]
			done, tried := c.Cancelled[id]
			switch {
			case tried && done && is:
				t.fault("%s was cancelled and is there", id)
			case !tried && !is:
				t.fault("%s was acknowledged and is lost", id)
			case is && (h.Spot != r.Spot || !civil.Quarter(h.From).Time().Equal(r.StartsAt) ||
				!civil.Quarter(h.To).Time().Equal(r.EndsAt)):
				t.fault("%s was acknowledged as %+v and is %+v", id, r, h)
			}
		}
	}
}

// uncounted is how often a function logged that it could not count a search.
func (l *Load) uncounted() int {
	lines := 0
	for _, line := range l.stack.Logs() {
		if line.Function == "availability" && strings.Contains(line.Text, "counting a search") {
			lines++
		}
	}
	return lines
}

func (l *Load) looks() int {
	looks := 0
	for _, c := range l.told {
		looks += c.Looks
	}
	return looks
}

// heard: each sensor is what it said last, and its spot's sheet says the same.
func (t *tables) heard(l *Load) {
	for client, c := range l.told {
		if c.Said == 0 {
			continue
		}
		mine := l.hall.Desks[client]
		var live table.LiveSensor
		if err := dynamo.UnmarshalItem(t.live[mine.Sensor], &live); err != nil {
			t.fault("%s: %v", mine.Sensor, err)
			continue
		}
		if live.Occupied != (c.Said%4 < 2) {
			t.fault("%s said last, with message %d, that it is %t, and is kept as %t since message %d", mine.Sensor,
				c.Said, c.Said%4 < 2, live.Occupied, live.Counter)
		}
		on := live.Business + "#" + live.Location + "#" + live.Floor + "#" + string(live.Date) + "#" + live.Spot
		if said := t.spots[on].says[mine.Sensor]; said != live.Occupancy() {
			t.fault("%s is %+v on its spot's sheet and %+v by itself", mine.Sensor, said, live.Occupancy())
		}
	}
}

func text(value types.AttributeValue) string {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}

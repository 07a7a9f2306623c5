package main

import (
	"fmt"
	"math"

	"github.com/iotspot/iotspot/scripts/measured"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/table"
)

// Nine o'clock, where all people of a deployment live in one time zone: of those who come on a day, arrivals spread
// about it as a bell curve does.
const (
	comeOnADay  = 0.6
	bellMinutes = 20.0 // standard deviation
	arrivals    = comeOnADay / (bellMinutes * 60 * 2.5066)
)

// stepRemoves is how many sheets and searches one process removes in a second; see shared/dayclose.
const stepRemoves = 3_000.0

// A partition of DynamoDB takes so many units a second.
const (
	mostRead  = 3000.0
	mostWrite = 1000.0
)

// A Limit is where something ends, and how many people of one deployment bring it there.
type Limit struct {
	What   string
	Is     float64 // a second, unless What says otherwise
	Each   float64 // that one person adds to it at its worst moment
	Source string
	Then   string // what the design does there
}

// People is where it is met.
func (l Limit) People() float64 { return l.Is / l.Each }

// Limits are reckoned for one deployment. What one customer or one floor meets is counted by the test beside this
// file.
func Limits(m measured.Measured) []Limit {
	requests, busiest, writes := 0.0, 0.0, 0.0
	for _, use := range Uses {
		requests += use.Times
		busiest = max(busiest, use.Times)
		writes += use.Times * m.Flows[use.Flow].Write
	}
	writes += m.Flows["WhoIsCallingAtTheFirstUseOfADay"].Write + m.Flows["SensorMessageThatChangesPresence"].Write
	messages := desksPerPerson / (sensorEvery * 60)
	trips := m.Flows["SensorMessageThatIsHeardAgain"].InARow * databaseTrip
	sensor := function("sensor-reading")
	takers := catalog.AtMost[sensor.Name]
	perMessage := m.Functions[sensor.Name].CPU*wholeCPU/float64(sensor.Memory) + trips
	round, closers := function("no-show"), catalog.AtMost["day-close"]
	floorCPU := m.Functions["availability"].CPU / 1000 * wholeCPU / float64(round.Memory) // seconds
	return []Limit{
		{fmt.Sprintf("sheets and searches that %d steps at once remove in the 50 s after midnight", closers),
			float64(closers) * stepRemoves * 50, 3 * comeOnADay, "shared/catalog, reckoned",
			"removing goes on in steps of 15 s and its lateness raises an alarm; the number is ours to raise"},
		{"last words of sensors that the expiry index lets go of in the 50 s after midnight",
			float64(table.ExpiryShards(0)) * mostWrite * 50, desksPerPerson, "shared/table, partitions " + confirmed,
			"as above; more shards"},
		{"write units of a table in each of the 50 s after midnight", 40_000,
			(comeOnADay*m.Flows["DayCloseOfFortyPeople"].Write/40 + desksPerPerson) / 50, "DynamoDB's quotas, " + recalled,
			"what is refused is tried again; it takes twice what it took the night before, and AWS raises the quota: ask " +
				"in time"},
		{"floors that the minute's round for no-shows decodes in its " + round.Timeout.String(),
			round.Timeout.Seconds() / floorCPU, desksPerPerson / floorOf, "measured",
			"a no-show is given back a round later; more memory is more processors"},
		{"requests to one route, by our own throttle", api.DefaultThrottle.Rate, arrivals * busiest, "shared/api",
			"429 from API Gateway; the number is ours to raise"},
		{"requests to the API of an account", 10_000, arrivals * requests, "API Gateway's quotas, " + confirmed,
			"429; a quota that AWS raises"},
		{"functions at work at once", 1_000, arrivals*requests*0.06 + messages*perMessage/1000/catalog.BatchSize,
			"Lambda's quotas, " + recalled,
			fmt.Sprintf("429 or 503; sensors take %d at most, so that they leave the rest to people; a quota that "+
				"AWS raises", takers)},
		{fmt.Sprintf("messages of sensors taken, by %d functions at once", takers),
			float64(takers) * 1000 / perMessage, messages, "shared/catalog",
			"they wait in their queue, and an alarm goes off after five minutes; the number is ours to raise"},
		{"messages that IoT Core takes", 20_000, messages, "IoT Core's quotas, " + recalled,
			"the sensor sends again; a quota that AWS raises"},
		{"write units of a table that has never been busy", 4_000, arrivals * writes, "DynamoDB's quotas, " +
			confirmed,
			"the SDK tries again ten times, then 503 with Retry-After; it grows by itself, or is warmed up before " +
				"a large customer comes"},
		{"write units of a table", 40_000, arrivals * writes, "DynamoDB's quotas, " + recalled,
			"as above; a quota that AWS raises"},
		{"mails, of a sign-in a month each", 14, arrivals / officeDays, "SES's first quota, " + recalled,
			"sign-in answers 503 with Retry-After; a quota that AWS raises"},
		{"mails in a day", 50_000, 1 / monthDays, "SES's first quota, " + recalled, "as above"},
		{"read units of the partition with all locations", mostRead, mostRead / manyLocations(),
			"DynamoDB's quotas, " + confirmed,
			"a location of 400 desks is 400 bytes; after a midnight the steps that read it begin half a second apart"},
	}
}

// manyLocations is how many people have so many locations that reading them all, by each part of a midnight's steps,
// takes what one partition gives: a location of 400 desks is 400 bytes.
func manyLocations() float64 {
	parts, units := desksPerPerson/floorOf/dayclose.FloorsOfAStep, desksPerPerson/400*0.05
	return math.Sqrt(mostRead / (parts / dayclose.Spread.Seconds() * units))
}

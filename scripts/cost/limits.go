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

// mostTable is how many write units a second AWS lets a table have, unless it was asked for more.
const mostTable = 40_000.0

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
func Limits(m measured.Measured) []Limit { return atNine(m).limits() }

// Quotas are what AWS gives an account unasked, and more of to who asks; of SES, which gives nothing unasked, what it
// grants who names no number.
func Quotas(m measured.Measured) []Limit { return atNine(m).quotas() }

// An arriving person is what one adds at nine, and what a function takes for a sensor's message.
type arriving struct {
	measured.Measured
	requests, busiest, writes float64 // of an arrival, to all routes, to the busiest route, write units
	messages                  float64 // of sensors, a second
	perMessage                float64 // ms
}

func atNine(m measured.Measured) arriving {
	p := arriving{Measured: m, messages: desksPerPerson / (sensorEvery * 60)}
	for _, use := range Uses {
		p.requests += use.Times
		p.busiest = max(p.busiest, use.Times)
		p.writes += use.Times * m.Flows[use.Flow].Write
	}
	p.writes += m.Flows["WhoIsCallingAtTheFirstUseOfADay"].Write + m.Flows["SensorMessageThatChangesPresence"].Write
	trips := m.Flows["SensorMessageThatIsHeardAgain"].InARow * databaseTrip
	sensor := function("sensor-reading")
	p.perMessage = m.Functions[sensor.Name].CPU*wholeCPU/float64(sensor.Memory) + trips
	return p
}

func (p arriving) limits() []Limit {
	takers := catalog.AtMost["sensor-reading"]
	round, closers := function("no-show"), catalog.AtMost["day-close"]
	floorCPU := p.Functions["availability"].CPU / 1000 * wholeCPU / float64(round.Memory) // seconds
	return []Limit{
		{fmt.Sprintf("sheets and searches that %d steps at once remove in the 50 s after midnight", closers),
			float64(closers) * stepRemoves * 50, 3 * comeOnADay, "shared/catalog, reckoned",
			"removing goes on in steps of 15 s and its lateness raises an alarm; the number is ours to raise"},
		{"last words of sensors that the expiry index lets go of in each of a day's last minutes",
			float64(table.ExpiryShards(1)) * mostWrite * 60, desksPerPerson / table.LettingGo.Minutes(),
			"shared/table, partitions " + confirmed, "as above; more shards, or a longer time"},
		{"floors that the minute's round for no-shows decodes in its " + round.Timeout.String(),
			round.Timeout.Seconds() / floorCPU, desksPerPerson / floorOf, "measured",
			"a no-show is given back a round later; more memory is more processors"},
		{"requests to one route, by our own throttle", api.DefaultThrottle.Rate, arrivals * p.busiest, "shared/api",
			"429 from API Gateway; the number is ours to raise"},
		{fmt.Sprintf("messages of sensors taken, by %d functions at once", takers),
			float64(takers) * 1000 / p.perMessage, p.messages, "shared/catalog",
			"they wait in their queue, and an alarm goes off after five minutes; the number is ours to raise"},
		{"write units of a table that has never been busy", 4_000, arrivals * p.writes, "DynamoDB's quotas, " +
			confirmed,
			"the SDK tries again ten times, then 503 with Retry-After; it grows by itself, or is warmed up before a " +
				"large customer comes"},
		{"read units of the partition with all locations", mostRead, mostRead / manyLocations(),
			"DynamoDB's quotas, " + confirmed,
			"a location of 400 desks is 400 bytes; after a midnight the steps that read it begin half a second apart"},
	}
}

func (p arriving) quotas() []Limit {
	return []Limit{
		{"write units of a table in each of the 50 s after midnight", mostTable,
			comeOnADay * p.Flows["DayCloseOfFortyPeople"].Write / 40 / 50, "DynamoDB's quotas, " + confirmed,
			"what is refused is tried again, and its lateness raises an alarm; a table takes twice what it took the " +
				"night before"},
		{"write units of a table", mostTable, arrivals * p.writes, "DynamoDB's quotas, " + confirmed,
			"as above"},
		{"requests to the API of an account", 10_000, arrivals * p.requests, "API Gateway's quotas, " + confirmed,
			"429"},
		{"functions at work at once", 1_000, arrivals*p.requests*0.06 +
			p.messages*p.perMessage/1000/catalog.BatchSize,
			"Lambda's quotas, " + recalled,
			fmt.Sprintf("429 or 503; sensors take %d at most, so that they leave the rest to people",
				catalog.AtMost["sensor-reading"])},
		{"messages that IoT Core takes", 20_000, p.messages, "IoT Core's quotas, " + recalled,
			"the sensor sends again"},
		{"mails a second, of a sign-in a month each", 14, arrivals / officeDays,
			"what SES grants who asks for no more, " +
				confirmed, "sign-in answers 503 with Retry-After"},
		{"mails in a day", 50_000, 1 / monthDays, "as above, " + confirmed, "as above"},
	}
}

// manyLocations is how many people have so many locations that reading them all, by each part of a midnight's steps,
// takes what one partition gives: a location of 400 desks is 400 bytes.
func manyLocations() float64 {
	parts, units := desksPerPerson/floorOf/dayclose.FloorsOfAStep, desksPerPerson/400*0.05
	return math.Sqrt(mostRead / (parts / dayclose.Spread.Seconds() * units))
}

package main

import (
	"fmt"

	"github.com/iotspot/iotspot/scripts/measured"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Nine o'clock, where all people of a deployment live in one time zone: of those who come on a day, arrivals spread
// about it as a bell curve does.
const (
	comeOnADay  = 0.6
	bellMinutes = 20.0 // standard deviation
	arrivals    = comeOnADay / (bellMinutes * 60 * 2.5066)
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
	trips := m.Flows["SensorMessageThatIsHeardAgain"].Trips * databaseTrip
	sensor := function("sensor-reading")
	takers := catalog.AtMost[sensor.Name]
	perMessage := m.Functions[sensor.Name].CPU*wholeCPU/float64(sensor.Memory) + trips
	round := function("no-show")
	floorCPU := m.Functions["availability"].CPU / 1000 * wholeCPU / float64(round.Memory) // seconds
	return []Limit{
		{"sheets and searches removed in the 50 s after midnight", 200_000, 3 * comeOnADay, "shared/dayclose",
			"deletion goes on in steps of 5 s and its lateness raises an alarm; the customers of one zone go to " +
				"several deployments, or the table is warmed up"},
		{"floors that the minute's round for no-shows decodes in its " + round.Timeout.String(),
			round.Timeout.Seconds() / floorCPU, desksPerPerson / floorOf, "measured",
			"a no-show is given back a round later; more memory is more processor: seven times as much at 1,769 MB"},
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
		{"read units of the partition with all locations", 3_000, desksPerPerson / 400 * 0.05 * 0.43,
			"DynamoDB's quotas, " + confirmed,
			"a location of 400 desks is 400 bytes, read by the schedules once in 2.3 s together"},
	}
}

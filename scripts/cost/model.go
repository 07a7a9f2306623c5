package main

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/iotspot/iotspot/scripts/measured"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/table"
)

// What people and offices are taken to do. These are assumptions; everything below them is measured or follows.
const (
	officeDays     = 13.0 // days in a month that a person comes: three in a week
	desksPerPerson = 0.7
	onMQTT         = 0.5  // of the desks' sensors speak MQTT and stay connected; the others are on LoRaWAN
	sensorEvery    = 10.0 // minutes between two messages of a sensor that speaks MQTT
	loRaWANEvery   = 60.0 // and of one on LoRaWAN, whose band doesn't allow for more
	presenceTurns  = 8.0  // times that a desk's sensor sees somebody come or go, on a day that it is used
	floorOf        = 200.0
	floorHours     = 10.0 // of a day in which a floor's sheets are there to be read
	monthDays      = 30.4

	databaseTrip = 4.0    // ms that a function waits for DynamoDB
	coldStarts   = 0.01   // share of calls that start an instance
	aLook        = 0.1    // seconds of a schedule's look that finds nothing to do
	coldStart    = 120.0  // ms that such a start is billed
	wholeCPU     = 1769.0 // MB with which Lambda gives a whole processor
	monthMinutes = monthDays * 24 * 60
	metrics      = 20.0  // that functions write themselves; by the hour, so the rare ones cost less
	logOfCall    = 500.0 // bytes that Lambda and API Gateway write down of a call
)

// A Use is something that a person does on a day at the office, by way of the API.
type Use struct {
	What     string
	Times    float64 // a person and day
	Flow     string  // what it costs in the database; see scripts/measured
	Function string  // that answers
	Like     string  // function that was measured and takes as much of a processor
	Answer   float64 // KB
}

// Uses is the day of a person.
var Uses = []Use{
	{"searches what is free on a floor", 1, "AvailabilityOfTwoHundredSpots", "availability", "availability", 36},
	{"looks at a floor", 2, "StateOfTwoHundredSpots", "availability", "availability", 12},
	{"reserves", 1, "Reserve", "booking", "booking", 0.5},
	{"cancels", 0.15, "Cancel", "booking", "booking", 0.5},
	{"looks at the own agenda", 2, "AgendaOfAMonth", "booking", "booking", 4},
	{"checks in by hand", 0.2, "CheckInByHand", "check-in", "booking", 0.5},
	{"looks for a colleague, of 500", 0.3, "SearchAmongFiveHundred", "colleagues", "availability", 4},
}

// Quantities are what is paid for, in a month.
type Quantities struct {
	Read, Write                 float64 // request units
	Calls, GBSeconds            float64 // of functions
	Requests, GBOut             float64 // of the API
	SensorMessages, OverLoRaWAN float64 // all; those of them by way of LoRaWAN
	Connected                   float64 // minutes that sensors are connected
	QueueRequests, Listings     float64 // of SQS; of a bucket's objects
	Mails, LogGB                float64
	Starts, Alarms, Metrics     float64
	KeyCalls                    float64
}

func (q *Quantities) add(flow measured.Flow, times float64) {
	q.Read += flow.Read * times
	q.Write += flow.Write * times
}

// call adds calls of a function: its processor's time as its memory gives it, and the waiting for the database.
func (q *Quantities) call(f catalog.Function, cpu, trips, times float64) {
	ms := cpu*wholeCPU/min(float64(f.Memory), wholeCPU) + trips*databaseTrip + coldStarts*coldStart
	q.Calls += times
	q.GBSeconds += times * ms / 1000 * float64(f.Memory) / 1024
	q.LogGB += times * logOfCall / 1e9
}

// traces are recorded of the first call in a second and of one in twenty of the rest.
func (q Quantities) traces() float64 {
	const rest = 0.05
	first := min(q.Calls, monthDays*86400)
	return first + rest*(q.Calls-first)
}

// A model reckons with what was measured.
type model struct {
	measured.Measured
	missing []error
}

func (m *model) flow(name string) measured.Flow {
	flow, ok := m.Flows[name]
	if !ok {
		m.missing = append(m.missing, fmt.Errorf("the flow %s was not measured", name))
	}
	return flow
}

func (m *model) cpu(function string) float64 {
	measured, ok := m.Functions[function]
	if !ok {
		m.missing = append(m.missing, fmt.Errorf("the function %s was not measured", function))
	}
	return measured.CPU
}

func function(name string) catalog.Function {
	for _, f := range catalog.Functions {
		if f.Name == name {
			return f
		}
	}
	panic("the catalog has no function " + name)
}

// Month is what so many people bring about in a month.
func Month(m measured.Measured, people float64) (Quantities, error) {
	model := &model{Measured: m}
	q := &Quantities{}
	model.persons(q, people*officeDays)
	model.signIns(q, people)
	model.sensors(q, people*desksPerPerson)
	model.floors(q, people*desksPerPerson/floorOf)
	model.wakeUps(q, people)
	model.standing(q)
	return *q, errors.Join(model.missing...)
}

func (m *model) persons(q *Quantities, days float64) {
	requests := 0.0
	for _, use := range Uses {
		times := use.Times * days
		requests += times
		flow := m.flow(use.Flow)
		q.add(flow, times)
		q.call(function(use.Function), m.cpu(use.Like), flow.InARow, times)
		q.GBOut += times * use.Answer / 1e6
	}
	q.Requests += requests
	first := m.flow("WhoIsCallingAtTheFirstUseOfADay")
	first.Read -= m.flow("WhoIsCalling").Read // the session is read by each flow
	q.add(first, days)
	closed := m.flow("DayCloseOfFortyPeople")
	q.Read += closed.Read / 40 * days
	q.Write += closed.Write / 40 * days
}

// signIns: a session lasts thirty days. The code is the one mail that everybody gets.
func (m *model) signIns(q *Quantities, people float64) {
	flow := m.flow("SignIn")
	q.add(flow, people)
	q.call(function("sign-in"), m.cpu("booking"), flow.InARow/2, 2*people)
	q.Requests += 2 * people
	q.Mails += people
}

func (m *model) sensors(q *Quantities, sensors float64) {
	changes := presenceTurns * officeDays * sensors
	often := monthMinutes / sensorEvery * onMQTT * sensors
	seldom := monthMinutes / loRaWANEvery * (1 - onMQTT) * sensors
	heard := often/repeats(sensorEvery) + seldom/repeats(loRaWANEvery)
	q.add(m.flow("SensorMessageThatIsHeardAgain"), heard)
	q.add(m.flow("SensorMessageThatChangesNothing"), often+seldom-heard)
	q.add(m.flow("SensorMessageThatChangesPresence"), changes)
	q.add(m.flow("SensorMessageThatIsTheFirstOfTheDay"), monthDays*sensors)
	q.Write += monthDays * sensors // what the sensor said last goes with the day
	q.SensorMessages += often + seldom + changes
	q.OverLoRaWAN += seldom + (1-onMQTT)*changes
	q.Connected += monthMinutes * onMQTT * sensors
	trips := m.flow("SensorMessageThatIsHeardAgain").InARow
	batch := min(catalog.BatchSize, max(1,
		q.SensorMessages/(monthDays*86400)*0.02)) // what arrives while one is on its way
	f := function("sensor-reading")
	q.call(f, m.cpu(f.Name)*batch, trips*batch, q.SensorMessages/batch)
	q.QueueRequests += q.SensorMessages * (1 + 2/batch)
}

// repeats is of how many messages of a sensor one is written down, by the default of silent_minutes, which is no less
// than any model is given.
func repeats(every float64) float64 {
	silent := time.Duration(building.Defaults.SilentMinutes) * time.Minute
	return math.Ceil(table.HeardEvery(silent).Minutes() / every)
}

// floors are read every minute for who has not come.
func (m *model) floors(q *Quantities, floors float64) {
	round := m.flow("RoundOverAFloor")
	q.Read += floors * monthDays * 60 * (floorHours*round.Read + (24-floorHours)*1.5)
	// It decodes the sheets that a look at the floor decodes.
	q.GBSeconds += floors * monthDays * 60 * floorHours * m.cpu("availability") / 1000 * wholeCPU / 1024
}

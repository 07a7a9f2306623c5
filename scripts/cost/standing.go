package main

import (
	"math"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/dayclose"
	"github.com/iotspot/iotspot/shared/wake"
)

// What is there though nobody is.
const (
	// pollers are those with which Lambda looks into a queue that feeds a function, each for as long as SQS lets it
	// wait: AWS's Lambda Developer Guide, "Using Lambda with Amazon SQS". MaximumConcurrency doesn't lessen them.
	pollers  = 5.0
	longPoll = 20.0 // seconds

	// expiryMinute is how many shards of the expiry index a minute has on average: 4, and 32 in each fifteenth.
	expiryMinute = (14*4.0 + 32) / 15
	// sweepMinutes are read by a look of the sweep: 4 back, as far ahead as it sees, and every tenth time an hour.
	sweepMinutes = 4 + 1 + 3.2 + 56/10.0
	emptyQuery   = 0.5 // read units

	listings = 2.0 // of the received mail, by each look
	keyFor   = 5.0 // minutes that DynamoDB keeps a table's key for a caller

	// expiries are items of a person that come due in a month, beside those of a day: codes, attempts, a session, a
	// login.
	expiries = 8.0
	// steps of the day close after each midnight, and of the sweep after each quarter of an hour.
	steps = 4.0
)

// looks are how many cover one moment, and so ask for it.
var looks = clock.Ahead.Minutes()

// standing is what is there without anybody: the schedules' looks, the queues that are polled, alarms and metrics.
func (m *model) standing(q *Quantities) {
	for _, f := range catalog.Functions {
		if f.Queue != "" || f.Wake != "" {
			q.QueueRequests += pollers * monthMinutes * 60 / longPoll
		}
		if f.Schedule != catalog.EveryMinute { // the daily ones are nothing beside them
			continue
		}
		q.Starts += monthMinutes
		q.look(f, monthMinutes)
		q.Read += monthMinutes // of what it has to do: nothing
		q.KeyCalls += monthMinutes / keyFor
	}
	q.Read += monthMinutes * sweepMinutes * expiryMinute * emptyQuery
	q.Write += monthMinutes // the sweep's mark
	q.Listings += listings * monthMinutes
	q.Alarms, q.Metrics = float64(m.Alarms), metrics
}

// look adds starts of a scheduled function that find little to do.
func (q *Quantities) look(f catalog.Function, times float64) {
	q.Calls += times
	q.GBSeconds += times * aLook * float64(f.Memory) / 1024
	q.LogGB += times * logOfCall / 1e9
}

// wakeUps are the steps that looks ask for: where something comes due, where a day can end, and where one does.
func (m *model) wakeUps(q *Quantities, people float64) {
	slots := monthMinutes * 60 / wake.Slot.Seconds()
	due := slots * (1 - math.Exp(-people*expiries/slots)) // slots in which something comes due
	floors := people * desksPerPerson / floorOf
	for name, moments := range map[string]float64{"sweep": due + steps*monthMinutes/15,
		"day-close": steps * monthDays * max(1, floors/dayclose.FloorsOfAStep)} {
		calls := looks * moments
		q.look(function(name), calls)
		q.QueueRequests += 3 * calls // sent, received, deleted
		q.Read += calls * 5 * expiryMinute * emptyQuery
	}
}

package dayclose

import (
	"hash/fnv"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

const (
	// FloorsOfAStep is how many floors one process clears in a few seconds.
	FloorsOfAStep = 30
	// Spread is over what time the first steps after a day's end begin, where there are several.
	Spread = 25 * time.Second
)

// after is when there are steps, reckoned from a day's end or from a change of zone, and over what time they begin
// where there are several: all have begun by the 55th second.
var after = []struct{ at, over time.Duration }{{0, Spread}, {30 * time.Second, 5 * time.Second},
	{SecondLook, 5 * time.Second}, {50 * time.Second, 5 * time.Second}}

// AfterMove is when there are steps after a location got another zone: what the days of the earlier one hold may be
// past its deadline at once. The schedule finds the move too, a minute or two later.
func AfterMove(at time.Time) []wake.Call {
	var calls []wake.Call
	for _, a := range after {
		calls = append(calls, wake.At(at.Add(a.at))...)
	}
	return calls
}

// schedule tells when days end that are still open, within clock.Ahead, and which locations have something to be done
// now.
func schedule(now time.Time, open []table.OpenDays) (coming []wake.Call, due []table.OpenDays) {
	ending := map[time.Time][]table.OpenDays{}
	for _, o := range open {
		ends := o.OpenFrom.End(o.Zone)
		ending[ends] = append(ending[ends], o)
		if !now.Before(ends) || o.Move != nil {
			due = append(due, o)
		}
		if o.Move != nil {
			moved := time.Unix(o.Move.At, 0)
			ending[moved] = append(ending[moved], o)
		}
	}
	for ends, there := range ending {
		coming = append(coming, steps(now, ends, stepsOf(there))...)
	}
	return coming, due
}

// steps are those after one instant. A day that should have been closed by now is tried again in each slot.
func steps(now, ends time.Time, parts int) (coming []wake.Call) {
	if now.After(ends.Add(time.Minute)) {
		for _, soon := range wake.Soon(now) {
			coming = append(coming, wake.Parts(soon.At, parts, 0)...)
		}
	}
	for _, a := range after {
		if at := ends.Add(a.at); at.After(now) && !at.After(now.Add(clock.Ahead)) {
			coming = append(coming, wake.Parts(at, parts, a.over)...)
		}
	}
	return coming
}

// stepsOf is how many steps it takes to close the days of locations together.
func stepsOf(locations []table.OpenDays) int {
	floors := 0
	for _, o := range locations {
		floors += len(o.AllFloors())
	}
	return StepsFor(floors)
}

// StepsFor is how many steps it takes to close the days of so many floors together.
func StepsFor(floors int) int { return max(1, (floors+FloorsOfAStep-1)/FloorsOfAStep) }

// number is a location's, by which it is dealt to one of the parts of a step.
func number(location string) int {
	h := fnv.New32a()
	h.Write([]byte(location))
	return int(h.Sum32())
}

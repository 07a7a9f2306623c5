package rules

import (
	"github.com/iotspot/iotspot/shared/civil"
)

// Farthest is how many days further on something that is allowed is looked for.
const Farthest = 31

// Nearest is a time as long as a request's, or as near to it as the limits of length and the hours allow, on the
// first day from the request's on that has one; on that day the one that begins nearest to it.
func (o Office) Nearest(r Request) (*Offer, error) {
	asked, wanted := r.Parts[0], civil.Quarter(0)
	for _, part := range r.Parts {
		wanted += part.Interval.To - part.Interval.From
	}
	shortest, longest := o.lengths(r.Spot)
	wanted = max(wanted, quarters(shortest))
	if longest > 0 {
		wanted = min(wanted, quarters(longest))
	}
	clock := asked.Interval.From.Clock(o.Zone)
	day := min(asked.Day, o.last(r))
	days := Farthest
	if r.Taken != nil {
		days = 1
	}
	for range days {
		offer, err := o.nearestOn(r, day, clock, wanted)
		if offer != nil || err != nil {
			return offer, err
		}
		day = day.AddDays(1)
	}
	return nil, nil
}

func (o Office) nearestOn(r Request, day civil.Date, clock civil.ClockTime, wanted civil.Quarter) (*Offer, error) {
	open, err := o.Open(r.Spot, day)
	if err != nil {
		return nil, err
	}
	asked, err := civil.Hours{Opens: clock, Closes: civil.EndOfDay}.On(day, o.Zone)
	if err != nil {
		return nil, err
	}
	var best *civil.Interval
	for _, stretch := range open {
		stretch.From = max(stretch.From, civil.QuarterOf(r.Now))
		found, err := o.nearestIn(r, day, stretch, asked.From, wanted)
		if err != nil {
			return nil, err
		}
		if found != nil && (best == nil || apart(found.From, asked.From) < apart(best.From, asked.From)) {
			best = found
		}
	}
	if best == nil {
		return nil, nil
	}
	return &Offer{Date: day, From: best.From.Clock(o.Zone), To: best.To.EndClock(day, o.Zone)}, nil
}

// nearestIn goes from where the request would begin to both sides.
func (o Office) nearestIn(r Request, day civil.Date, open civil.Interval,
	asked, wanted civil.Quarter) (*civil.Interval, error) {
	length := min(wanted, open.To-open.From)
	if length <= 0 {
		return nil, nil
	}
	first, last := open.From, open.To-length
	start := min(max(asked, first), last)
	for away := range last - first + 1 {
		for _, from := range []civil.Quarter{start + away, start - away} {
			if from < first || from > last {
				continue
			}
			one := r
			found := civil.Interval{From: from, To: from + length}
			one.Parts = []Part{{day, found}}
			if refusal, err := o.broken(one); refusal == nil || err != nil {
				return &found, err
			}
		}
	}
	return nil, nil
}

func apart(a, b civil.Quarter) civil.Quarter { return max(a, b) - min(a, b) }

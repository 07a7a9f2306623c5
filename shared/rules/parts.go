package rules

import "github.com/iotspot/iotspot/shared/civil"

// A Share is a share of a floor that can't be reserved for a while, by the rule and the name of what keeps it.
type Share struct {
	For      Kind
	Zone     string
	Spot     string
	Rule     string
	Name     string
	Interval civil.Interval
}

// Parts are those of a floor that can't be reserved during some of a time on a day, beside what Hours tells of all.
func (o Office) Parts(floor string, day civil.Date, within civil.Interval) ([]Share, error) {
	var all []Share
	for _, outage := range o.Outages {
		if during := common(outage.Interval(), within); outage.Floor == floor && during.From < during.To {
			all = append(all, Share{Zone: outage.Zone, Spot: outage.Spot, Rule: OutOfService, Name: outage.Reason,
				Interval: during})
		}
	}
	for _, closure := range o.Rules.Closures {
		if closure.For == "" || !closure.on(day) {
			continue
		}
		closed, err := o.closed(closure, day)
		if err != nil {
			return nil, err
		}
		if during := common(closed, within); during.From < during.To {
			all = append(all, Share{For: closure.For, Rule: Closed, Name: closure.Name, Interval: during})
		}
	}
	for _, limits := range o.Rules.Limits {
		if limits.Week == nil || limits.For == "" {
			continue
		}
		shut, err := o.outside(limits.Week, allDay, day)
		if err != nil {
			return nil, err
		}
		var open civil.Quarters // its gaps are when it is shut
		for _, stretch := range shut.Gaps(within) {
			open = open.With(stretch)
		}
		for _, during := range open.Gaps(within) {
			all = append(all, Share{For: limits.For, Rule: OpeningHours, Interval: during})
		}
	}
	return all, nil
}

func common(a, b civil.Interval) civil.Interval {
	return civil.Interval{From: max(a.From, b.From), To: min(a.To, b.To)}
}

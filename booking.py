exec(open('/tmp/w/me/sweep.py').read().split("T='shared/table/'")[0])
B='shared/booking/'
sub('shared/table/building.go',('''// A Floor is one item with all''','''// Hours are when the location is open.
func (s Site) Hours() civil.Hours { return civil.Hours{Opens: s.Opens, Closes: s.Closes} }

// A Floor is one item with all'''))
sub(B+'desk.go',('''// inZone adds the clock times of the location's zone; a reservation that ends with the day ends at 24:00.
func (r Reservation) inZone(c table.Commitment, zone *time.Location) Reservation {
	r.From, r.To = c.From.Clock(zone), c.To.Clock(zone)
	if c.To.Time().Equal(r.Date.End(zone)) {
		r.To = "24:00"
	}
	return r
}
''','''// inZone adds the clock times of the location's zone; a reservation that ends with the day ends at 24:00.
func (r Reservation) inZone(c table.Commitment, zone civil.Zone) Reservation {
	r.From, r.To = c.From.Clock(zone), c.To.EndClock(r.Date, zone)
	return r
}
'''),('zone *time.Location) Reservation {\n	return reservation','zone civil.Zone) Reservation {\n	return reservation'),
('''// site is a location with its zone loaded.
type site struct {
	table.Location
	zone *time.Location
}

func (d Desk) site(ctx context.Context, business, id string) (site, error) {
	location, err := d.Tables.Location(ctx, business, id)
	if err != nil {
		return site{}, unknown(err)
	}
	zone, err := civil.LoadZone(location.Zone)
	return site{location, zone}, err
}

// spot finds a spot of the caller's business account at which they are allowed, and its site: two reads, one read
// unit.
func (d Desk) spot(ctx context.Context, caller identity.Caller, id string) (table.Spot, site, error) {
	spot, err := d.Tables.Spot(ctx, caller.Business, id)
	if err != nil {
		return table.Spot{}, site{}, unknown(err)
	}
	if !caller.At(spot.Location) {
		return table.Spot{}, site{}, problem.Unknown()
	}
	at, err := d.site(ctx, caller.Business, spot.Location)
	return spot, at, err
}
''','''// spot finds a spot of the caller's business account at which they are allowed, and its location: two reads, one read
// unit.
func (d Desk) spot(ctx context.Context, caller identity.Caller, id string) (table.Spot, table.Location, error) {
	spot, err := d.Tables.Spot(ctx, caller.Business, id)
	if err != nil {
		return table.Spot{}, table.Location{}, unknown(err)
	}
	if !caller.At(spot.Location) {
		return table.Spot{}, table.Location{}, problem.Unknown()
	}
	at, err := d.Tables.Location(ctx, caller.Business, spot.Location)
	return spot, at, unknown(err)
}
'''))
sub(B+'agenda.go',('''	at, err := d.site(ctx, caller.Business, id.Location)
	if err != nil {
		return Reservation{}, err
	}
''','''	at, err := d.Tables.Location(ctx, caller.Business, id.Location)
	if err != nil {
		return Reservation{}, unknown(err)
	}
'''),('at.zone','at.Zone'),('civil.DateOf(now, time.UTC)','civil.DateOf(now, civil.UTC)'))
sub(B+'reserve.go',('at.parts(in.Period, d.Now())','parts(at, in.Period, d.Now())'),('at.zone','at.Zone'),('at site','at table.Location'),
('''	parts, err := parts(''','''	split, err := parts('''),('len(parts))\n	for i, part := range parts {','len(split))\n	for i, part := range split {'),
('spot.Place(caller.Business), spot, parts)','spot.Place(caller.Business), spot, split)'),
('!isFree(sheet.Taken, part.interval)','!sheet.Taken.Free(part.interval)'),('''
func isFree(taken []int, interval civil.Interval) bool {
	return !slices.ContainsFunc(taken, func(q int) bool {
		return civil.Quarter(q) >= interval.From && civil.Quarter(q) < interval.To
	})
}
''',''),('	"github.com/iotspot/iotspot/shared/civil"\n',''))
sub(B+'change.go',('at site','at table.Location'),('at.zone','at.Zone'),
('''	begun, kept := held.From.Time().Before(now), in.From == "" || in.From == held.From.Clock(at.Zone)
	if begun && kept {
		wanted, err := at.part(id.Day, civil.Quarter(now.Unix()/900).Clock(at.Zone), in.To, now)
''','''	begun, kept := held.From.Time().Before(now), in.From == "" || in.From == held.From.Clock(at.Zone)
	if begun && kept {
		wanted, err := partOf(at, id.Day, civil.QuarterOf(now).Clock(at.Zone), in.To, now)
'''),('return at.part(id.Day','return partOf(at, id.Day'))
sub(B+'availability.go',('''	zone, err := civil.LoadZone(floor.Site.Zone)
	if err != nil {
		return Availability{}, err
	}
	at := view{floor.Site, zone}
	asked, err := at.span(in)
''','''	at := floor.Site
	asked, err := in.span(at)
'''),('at.zone,\n		table.SpotSearch)','at.Zone,\n		table.SpotSearch)'),
('	look := at.on(in.Date, asked, d.Now())\n','	look := lookAt(at, in.Date, asked, d.Now())\n'),
('		TimeZone: at.Zone,\n		From:     asked.From.Clock(at.zone), To: look.closing(asked.To), Spots: []SpotAvailability{}}','		TimeZone: at.Zone, From: asked.From.Clock(at.Zone), To: asked.To.EndClock(in.Date, at.Zone),\n		Spots: []SpotAvailability{}}'),
('	TimeZone string             `json:"time_zone"`','	TimeZone civil.Zone         `json:"time_zone"`'))
p=B+'availability.go'
s=open(p).read()
a=s.index('// A view is a floor')
s=s[:a]+'''// span is the time asked for: what is left out is as the location opens and closes on that day.
func (in AvailabilityInput) span(at table.Site) (civil.Interval, error) {
	if _, err := civil.ParseDate(string(in.Date)); err != nil {
		return civil.Interval{}, problem.BadField("/date", "is not a date of the calendar", "YYYY-MM-DD")
	}
	asked, err := at.Hours().On(in.Date, at.Zone)
	if err != nil {
		return civil.Interval{}, err
	}
	if in.From != "" {
		if asked.From, err = in.From.Begins(in.Date, at.Zone); err != nil {
			return civil.Interval{}, notThen("/from", err, at.Zone)
		}
	}
	if in.To != "" {
		if asked.To, err = in.To.Ends(in.Date, at.Zone); err != nil {
			return civil.Interval{}, notThen("/to", err, at.Zone)
		}
	}
	if asked.To <= asked.From {
		return civil.Interval{}, problem.Impossible("/to", "is not after from", "a later time of the same date")
	}
	return asked, nil
}

// A look is one floor on one day.
type look struct {
	table.Site
	day    civil.Date
	asked  civil.Interval
	now    time.Time
	today  bool
	starts time.Time // the day
}

func lookAt(at table.Site, day civil.Date, asked civil.Interval, now time.Time) look {
	return look{Site: at, day: day, asked: asked, now: now, today: civil.DateOf(now, at.Zone) == day,
		starts: day.Start(at.Zone)}
}

func (l look) of(id string, spot table.FloorSpot, sheet table.SpotSheet) SpotAvailability {
	answer := SpotAvailability{Spot: id, Name: spot.Name, Category: spot.Category, Type: spot.Type, Zone: spot.Zone,
		X: spot.X, Y: spot.Y, Free: []Stretch{}, Available: sheet.Taken.Free(l.asked)}
	for _, gap := range sheet.Taken.Gaps(l.asked) {
		answer.Free = append(answer.Free, Stretch{gap.From.Clock(l.Zone), gap.To.EndClock(l.day, l.Zone)})
	}
	if l.today {
		answer.Now = StateOf(sheet, len(spot.Sensors) > 0, time.Duration(l.SilentMinutes)*time.Minute, l.starts,
			l.now)
	}
	return answer
}
'''
open(p,'w').write(s)
p=B+'period.go'
s=open(p).read()
a=s.index('// parts divides')
s=s[:a]+'''// parts divides a period over its days and checks it against the location's rules at an instant.
func parts(at table.Location, p Period, now time.Time) ([]part, error) {
	if p.UntilDate == "" {
		p.UntilDate = p.Date
	}
	for pointer, date := range map[string]civil.Date{"/date": p.Date, "/until_date": p.UntilDate} {
		if _, err := civil.ParseDate(string(date)); err != nil {
			return nil, problem.BadField(pointer, "is not a date of the calendar", "YYYY-MM-DD")
		}
	}
	days := p.Date.DaysUntil(p.UntilDate)
	if days == 1 && p.To == civil.StartOfDay { // midnight has two names
		days, p.To = 0, civil.EndOfDay
	}
	switch days {
	case 0:
		one, err := partOf(at, p.Date, p.From, p.To, now)
		return []part{one}, err
	case 1:
		evening, err := partOf(at, p.Date, p.From, civil.EndOfDay, now)
		if err != nil {
			return nil, err
		}
		morning, err := partOf(at, p.UntilDate, civil.StartOfDay, p.To, now)
		return []part{evening, morning}, err
	default:
		return nil, problem.Impossible("/until_date", "is not the date or the day after it",
			"the same date or the next")
	}
}

func partOf(at table.Location, day civil.Date, from, to civil.ClockTime, now time.Time) (part, error) {
	start, err := from.Begins(day, at.Zone)
	if err != nil {
		return part{}, notThen("/from", err, at.Zone)
	}
	end, err := to.Ends(day, at.Zone)
	if err != nil {
		return part{}, notThen("/to", err, at.Zone)
	}
	asked := part{day, civil.Interval{From: start, To: end}}
	if end <= start {
		return part{}, problem.Impossible("/to", "is not after from",
			"a later time, or until_date for a night over midnight")
	}
	if end.Time().Before(now) || start < civil.QuarterOf(now) {
		return part{}, problem.Impossible("/from", "is in the past",
			"the quarter of an hour that runs now, or a later one")
	}
	open, err := at.Hours().On(day, at.Zone)
	if err != nil {
		return part{}, err
	}
	if start < open.From || end > open.To {
		return part{}, problem.Impossible("/from", "is outside the opening hours",
			fmt.Sprintf("%s to %s", at.Opens, at.Closes))
	}
	last := civil.DateOf(now, at.Zone).AddDays(at.HorizonDays)
	if day > last {
		return part{}, problem.Impossible("/date", "is too far ahead", "up to "+string(last))
	}
	return asked, nil
}

// notThen is the error for a time that no clock shows on that date.
func notThen(pointer string, err error, zone civil.Zone) error {
	return problem.Impossible(pointer, err.Error(), "a quarter of an hour that exists on that date in "+zone.String())
}
'''
open(p,'w').write(s)
sub('shared/presence/walkup.go',('"a quarter of an hour that exists today in "+c.location.Zone)','"a quarter of an hour that exists today in "+c.location.Zone.String())'))

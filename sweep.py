import re,sys
def sub(p,*rs):
    s=open(p).read()
    for a,b in rs:
        if a not in s: print('MISSING',p,repr(a[:80])); continue
        s=s.replace(a,b)
    open(p,'w').write(s)
T='shared/table/'
sub(T+'building.go',
 ('	Zone      string  `dynamo:"zone"` // IANA\n','	Zone      civil.Zone `dynamo:"zone"`\n'),
 ('	Zone          string          `dynamo:"zone"`\n','	Zone          civil.Zone      `dynamo:"zone"`\n'),
 ('	Zone     string                `dynamo:"zone"`\n','	Zone     civil.Zone            `dynamo:"zone"`\n'),
 ('civil.DateOf(t.now(), time.UTC)','civil.DateOf(t.now(), civil.UTC)'))
sub(T+'building_write.go',('civil.DateOf(t.now(), time.UTC)','civil.DateOf(t.now(), civil.UTC)'))
sub(T+'business.go',
 ('	Zone      string   `dynamo:"zone"`       // IANA; of days that belong to no location','	Zone      civil.Zone `dynamo:"zone"`       // of days that belong to no location'),
 ('// AccountZone is the IANA zone of days','// AccountZone is the zone of days'),
 ('AccountZone(ctx context.Context, business string) (string, error)','AccountZone(ctx context.Context, business string) (civil.Zone, error)'),
 ('		Zone string `dynamo:"zone"`','		Zone civil.Zone `dynamo:"zone"`'))
sub(T+'leaving.go',
 ('	Zone     string // IANA; "" where nothing can be of any day any more\n	Floors   []string\n','	Zone     civil.Zone\n	Floors   []string // none where nothing can be of any day any more\n'),
 ('civil.DateOf(t.now(), time.UTC)','civil.DateOf(t.now(), civil.UTC)'))
sub(T+'sessions.go',
 ('	Zone    string        `dynamo:"zone"`             // IANA: the business account\'s when the session began','	Zone    civil.Zone    `dynamo:"zone"`             // the business account\'s when the session began'),
 ('	Zone        string   // IANA: the business account\'s','	Zone        civil.Zone // the business account\'s'),
 ('''	zone, err := civil.LoadZone(b.Zone)
	if err != nil {
		return err
	}
	today := civil.DateOf(b.At, zone)
''','''	today := civil.DateOf(b.At, b.Zone)
'''),
 ('t.lastUse(b.Person, today, zone)','t.lastUse(b.Person, today, b.Zone)'),
 ('day civil.Date, zone *time.Location)','day civil.Date, zone civil.Zone)'))
sub(T+'cancel_marks.go',('''		if at.Zone == "" {
			continue
		}
		zone, err := civil.LoadZone(at.Zone)
		if err != nil {
			return nil, err
		}
''',''),('Ends: day.End(zone)','Ends: day.End(at.Zone)'))
sub(T+'moves.go',('Moved(zone string,','Moved(zone civil.Zone,'))
# quarters in table
sub(T+'sheets.go',('	Taken     []int              // absolute quarters','	Taken     civil.Quarters'),
 ('	Taken       []int // quarters with a workplace:','	Taken       civil.Quarters // with a workplace:'),
 ('sheet.Taken, err = numbersOf(value)','sheet.Taken, err = quartersOf(value)'),
 ('''// numbersOf reads a number set without reflection: a floor has one for each spot.
func numbersOf(value types.AttributeValue) ([]int, error) {''','''// quartersOf reads a number set without reflection: a floor has one for each spot.
func quartersOf(value types.AttributeValue) (civil.Quarters, error) {'''),
 ('''	numbers := make([]int, len(set.Value))
	for i, text := range set.Value {
		var err error
		if numbers[i], err = strconv.Atoi(text); err != nil {
			return nil, err
		}
	}
	return numbers, nil
}

func numberSet(numbers []int) types.AttributeValue {
	set := &types.AttributeValueMemberNS{}
	for _, n := range numbers {
		set.Value = append(set.Value, strconv.Itoa(n))
	}
''','''	quarters := make(civil.Quarters, len(set.Value))
	for i, text := range set.Value {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, err
		}
		quarters[i] = civil.Quarter(number)
	}
	return quarters, nil
}

func numberSet(quarters civil.Quarters) types.AttributeValue {
	set := &types.AttributeValueMemberNS{}
	for _, q := range quarters {
		set.Value = append(set.Value, strconv.FormatInt(int64(q), 10))
	}
'''))
sub(T+'reservations.go',('overlaps(sheet.Taken, b.Interval)','!sheet.Taken.Free(b.Interval)'),('''func overlaps(taken []int, interval civil.Interval) bool {
	return slices.ContainsFunc(taken, func(q int) bool {
		return civil.Quarter(q) >= interval.From && civil.Quarter(q) < interval.To
	})
}

''',''))
sub(T+'changes.go',('if overlaps(without(spot.Taken, from, to), to.Interval) {','if !beside(spot.Taken, from, to).Free(to.Interval) {'),
('''		rest := slices.DeleteFunc(slices.Clone(sheet.Taken),
			func(q int) bool { return from.Workplace && from.holds(q) })
		if to.Workplace && overlaps(rest, to.Interval) {
''','''		rest := sheet.Taken
		if from.Workplace {
			rest = rest.Without(from.Interval())
		}
		if to.Workplace && !rest.Free(to.Interval) {
'''),
('			rest = append(rest, to.Interval.Quarters()...)','			rest = rest.With(to.Interval)'),
('setNumbers(takenName, rest)','setQuarters(takenName, rest)'),
('setNumbers(takenName, taken)','setQuarters(takenName, beside(spot.Taken, from, to).With(to.Interval))'),
('	taken := append(without(spot.Taken, from, to), to.Interval.Quarters()...)\n',''),
('''// without is what is taken on the new spot beside the reservation itself.
func without(taken []int, from Commitment, to Booking) []int {
	return slices.DeleteFunc(slices.Clone(taken), func(q int) bool {
		return from.Spot == to.Place.Spot &&
			from.holds(q)
	})
}

func (c Commitment) holds(quarter int) bool {
	return civil.Quarter(quarter) >= c.From && civil.Quarter(quarter) < c.To
}
''','''// beside is what is taken on the new spot beside the reservation itself.
func beside(taken civil.Quarters, from Commitment, to Booking) civil.Quarters {
	if from.Spot != to.Place.Spot {
		return taken
	}
	return taken.Without(from.Interval())
}
'''),
('civil.Quarter(at.Unix()/900)','civil.QuarterOf(at)'),
('whenStill(taken []int)','whenStill(taken civil.Quarters)'))
sub(T+'erasures.go',('civil.Quarter(held.EndedAt/900)','civil.QuarterOf(time.Unix(held.EndedAt, 0))'))
sub(T+'table.go',('''// setNumbers sets a number set; an empty one is not allowed in DynamoDB and takes the attribute away.
func (u *update) setNumbers(name string, numbers []int) *update {
	switch {
	case len(numbers) == 0:''','''// setQuarters sets a number set; an empty one is not allowed in DynamoDB and takes the attribute away.
func (u *update) setQuarters(name string, quarters civil.Quarters) *update {
	switch {
	case len(quarters) == 0:'''),('u.Update.SetSet(quoted(name), numbers)','u.Update.SetSet(quoted(name), quarters)'),
 ('	"github.com/iotspot/iotspot/shared/privacy"\n)','	"github.com/iotspot/iotspot/shared/civil"\n	"github.com/iotspot/iotspot/shared/privacy"\n)'))
sub('shared/civil/quarter.go',('''// Without is what''','''// With is what is taken when the interval is, too.
func (taken Quarters) With(i Interval) Quarters { return append(slices.Clone(taken), i.Quarters()...) }

// Without is what'''))
# building
B='shared/building/'
sub(B+'settings.go',
 ('	TimeZone  string  `json:"time_zone"` // IANA\n','	TimeZone  civil.Zone `json:"time_zone"`\n'),
 ('''// over lays what is given over settings.
func (g Given) over(s Settings) Settings {''','''// over lays what is given over settings, or says why that can't be. Midnight is written as 24:00.
func (g Given) over(s Settings) (Settings, error) {'''),
 ('''	lay(&s.TimeZone, g.TimeZone)
''',''),
 ('''	s.Name, s.Address = clean(s.Name), clean(s.Address)
	return s
}''','''	s.Name, s.Address = clean(s.Name), clean(s.Address)
	if s.Closes == civil.StartOfDay {
		s.Closes = civil.EndOfDay
	}
	if s.Opens >= s.Closes { // HH:MM sorts as it is read
		return s, problem.Impossible("/closes", "the location closes before it opens", "a time after opens, until 24:00")
	}
	if g.TimeZone == nil || *g.TimeZone == s.TimeZone.String() {
		return s, nil
	}
	var err error
	if s.TimeZone, err = civil.LoadZone(*g.TimeZone); err != nil {
		return s, problem.BadField("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	return s, nil
}'''),
 ('''// check is what a schema can't say about settings.
func (s Settings) check() error {
	if _, err := civil.LoadZone(s.TimeZone); err != nil {
		return problem.BadField("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	if s.Opens >= s.Closes { // HH:MM sorts as it is read
		return problem.Impossible("/closes", "the location closes before it opens", "a time after opens, until 24:00")
	}
	return nil
}

''',''))
sub(B+'locations.go',('''	settings := in.over(Defaults)
	if err := settings.check(); err != nil {
''','''	settings, err := in.over(Defaults)
	if err != nil {
'''),('''		settings := in.over(settingsOf(location))
		if err := settings.check(); err != nil {
''','''		settings, err := in.over(settingsOf(location))
		if err != nil {
'''),('''	today, err := b.today(location.Zone)
	if err != nil {
		return Location{}, err
	}
	switch err = b.Tables.CreateLocation(ctx, caller.Business, location, today); {''','''	switch err = b.Tables.CreateLocation(ctx, caller.Business, location, b.today(location.Zone)); {'''),
('''	days, err := b.span(from)
	if err != nil {
		return Location{}, err
	}
''','''	days := b.span(from)
'''),
('''	today, err := b.today(to.Zone)
	if err != nil {
		return Location{}, err
	}
''',''),('was.Moved(to.Zone, today, days','was.Moved(to.Zone, b.today(to.Zone), days'),
('''	days, err := b.span(l)
	if err != nil {
		return err
	}
''','''	days := b.span(l)
'''),
('''		zone, err := civil.LoadZone(location.Zone)
		if err != nil {
			return struct{}{}, err
		}
		last := civil.DateOf(b.Now().Add(UnderWay), zone)
''','''		last := civil.DateOf(b.Now().Add(UnderWay), location.Zone)
'''))
sub(B+'building.go',('''func (b Building) today(zone string) (civil.Date, error) {
	place, err := civil.LoadZone(zone)
	if err != nil {
		return "", err
	}
	return civil.DateOf(b.Now(), place), nil
}''','''func (b Building) today(zone civil.Zone) civil.Date { return civil.DateOf(b.Now(), zone) }'''))
sub(B+'reservations.go',('''func (b Building) span(l table.Location) (span, error) {
	today, err := b.today(l.Zone)
	return span{today, l.LastReserved(today)}, err
}''','''func (b Building) span(l table.Location) span {
	today := b.today(l.Zone)
	return span{today, l.LastReserved(today)}
}'''),('''	today, err := b.today(open.Zone)
	if err != nil {
		return err
	}
	plan, err :=''','''	plan, err :='''),('span{today, look.Until}','span{b.today(open.Zone), look.Until}'))
sub(B+'import_cells.go',('''	{"time_zone", func(cell string, into *Given) string {
		if _, err := civil.LoadZone(cell); err != nil {
			return "an IANA name such as Europe/Amsterdam"
		}
		into.TimeZone = &cell
		return ""
	}},''','''	{"time_zone", func(cell string, into *Given) string {
		if _, err := civil.LoadZone(cell); err != nil {
			return "an IANA name such as Europe/Amsterdam"
		}
		into.TimeZone = &cell
		return ""
	}},'''),('''		if at != "24:00" {
			if _, err := at.At("2026-01-01", utc, false); err != nil {
				return "a quarter of an hour from 00:00 to 24:00, as 09:15"
			}
		}
''','''		if _, err := at.Begins("2026-01-01", civil.UTC); err != nil {
			return "a quarter of an hour from 00:00 to 24:00, as 09:15"
		}
'''))
sub(B+'import_plan.go',('''	settings = l.given.over(settings)
	if settings.Opens >= settings.Closes {
		p.wrong.add(l.line, "closes", "the location closes before it opens", "a time after opens, until 24:00")
	}
''','''	settings, err := l.given.over(settings)
	if err != nil { // the zone was looked at with its cell
		p.wrong.add(l.line, "closes", "the location closes before it opens", "a time after opens, until 24:00")
	}
'''),)
# business
b='shared/business/'
sub(b+'business.go',('	TimeZone  string    `json:"time_zone"`  // IANA; of days','	TimeZone  civil.Zone `json:"time_zone"`  // of days'),
('''func zoneOf(name string) (string, error) {
	if name == "" {
		return defaultZone, nil
	}
	if _, err := civil.LoadZone(name); err != nil {
		return "", problem.BadField("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	return name, nil
}''','''func zoneOf(name string) (civil.Zone, error) {
	zone, err := civil.LoadZone(cmp.Or(name, defaultZone))
	if err != nil {
		return zone, problem.BadField("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	return zone, nil
}'''))
sub(b+'opening.go',('(_ context.Context, o table.Opening) (string, error)','(_ context.Context, o table.Opening) (civil.Zone, error)'))
sub('shared/account/registration.go',('(ctx context.Context, r table.Registration) (string, error)','(ctx context.Context, r table.Registration) (civil.Zone, error)'))
sub('shared/signin/confirmation.go',('waiting W) (string, error)','waiting W) (civil.Zone, error)'))
sub('shared/signin/authorise.go',('''	zone, err := civil.LoadZone(session.Zone)
	if err != nil {
		return identity.Caller{}, err
	}
	if today := civil.DateOf(g.Now(), zone);''','''	if today := civil.DateOf(g.Now(), session.Zone);'''),('today, zone); errors','today, session.Zone); errors'))
sub('shared/guests/invite.go',('''	zone, err := civil.LoadZone(location.Zone)
	if err != nil {
		return table.Guest{}, err
	}
''',''),('civil.DateOf(d.Now(), zone)','civil.DateOf(d.Now(), location.Zone)'),('in.First.Start(zone), ClosesAt: in.Last.End(zone)','in.First.Start(location.Zone), ClosesAt: in.Last.End(location.Zone)'))
sub('shared/notice/notice.go',('zone, where := time.UTC, privacy.Words{}','where := privacy.Words{}'),('		zone, err = civil.LoadZone(location.Zone)\n',''),
 ('civil.DateOf(cancelled.From.Time(), zone))','id.Day)'),('cancelled.From.Time().In(zone).Format("15:04"), cancelled.To.Time().In(zone).Format("15:04"),\n		zone.String()}','cancelled.From.Clock(location.Zone), cancelled.To.EndClock(id.Day, location.Zone),\n		location.Zone.String()}'))
# search
sub('shared/search/search.go',('	Zone     *time.Location','	Zone     civil.Zone'),('''	zone, err := civil.LoadZone(location.Zone)
	return Place{location.ID, zone}, err
''','''	return Place{location.ID, location.Zone}, nil
'''),('''		zone, err := civil.LoadZone(location.Zone)
		if err != nil {
			return err
		}
		for _, day := range Days(c.Now(), zone)''','''		for _, day := range Days(c.Now(), location.Zone)'''),('zone *time.Location','zone civil.Zone'))
# overview
O='shared/overview/'
sub(O+'gather.go',('*time.Location','civil.Zone'),('time.UTC','civil.UTC'),('''		location.Zone = open.Zone
	}
	if err == nil {
		found.zone, err = civil.LoadZone(location.Zone)
	}
''','''		location.Zone = open.Zone
	}
	found.zone = location.Zone
'''),('found := place{name: id, zone: civil.UTC}','found := place{name: id}'),('''// endClock is the wall clock at a reservation's end, 24:00 when it is the day's.
func endClock(to civil.Quarter, day civil.Date, zone civil.Zone) civil.ClockTime {
	if to.Time().Equal(day.End(zone)) {
		return "24:00"
	}
	return to.Clock(zone)
}

''',''),('endClock(c.To, id.Day, at.zone)','c.To.EndClock(id.Day, at.zone)'),('endClock(c.To, sheet.Day, at.zone)','c.To.EndClock(sheet.Day, at.zone)'))
sub(O+'overview.go',('zone       *time.Location','zone       civil.Zone'),('zone: time.UTC','zone: civil.UTC'))
sub(O+'words.go',('zone *time.Location','zone civil.Zone'),('at.In(zone)','zone.In(at)'))
sub(O+'elsewhere.go',('''		zone, err := civil.LoadZone(location.Zone)
		if err != nil {
			return err
		}
		for _, day := range search.Days(g.desk.Now(), zone) {
			if err := g.searchesOn(ctx, location, day, zone)''','''		for _, day := range search.Days(g.desk.Now(), location.Zone) {
			if err := g.searchesOn(ctx, location, day)'''),('''location table.Location, day civil.Date,
	zone *time.Location) error {''','''location table.Location, day civil.Date) error {'''),('until, zone)','until, location.Zone)'))
# statistics
S='shared/statistics/'
sub(S+'count.go',('	Zone     *time.Location','	Zone     civil.Zone'))
sub(S+'show.go',('''	zone, err := civil.LoadZone(location.Zone)
	if err != nil {
		return nil, err
	}
''',''),('in.day(day, zone, names)','in.day(day, location.Zone, names)'),('zone *time.Location','zone civil.Zone'),('civil.ClockTime(at.In(zone).Format("15:04"))','civil.QuarterOf(at).Clock(zone)'))
# colleague
C='shared/colleague/'
sub(C+'presence.go',('''		zone, err := civil.LoadZone(at.Zone)
		if err != nil {
			return nil, err
		}
		if sheet.Day != civil.DateOf(now, zone) {''','''		if sheet.Day != civil.DateOf(now, at.Zone) {'''),('place{at, zone}','at'),('	at place) (','	at table.Location) ('),('''// A place is a location with its zone loaded.
type place struct {
	table.Location
	zone *time.Location
}

// presence is a reservation of today as colleagues see it. One that is over or given back is not seen any more.
func (at place) presence(floor''','''// presence is a reservation of today at a location as colleagues see it. One that is over or given back is not seen
// any more.
func presence(at table.Location, floor'''),('at.presence(floor,','presence(at, floor,'),('civil.DateOf(now, time.UTC)','civil.DateOf(now, civil.UTC)'),
('''	clock := booking.Shown(table.ReservationID{Day: civil.DateOf(now, at.zone)},
		table.Commitment{From: held.From, To: held.To}, at.zone)
''',''),('From: clock.From, To: clock.To, Present','From: held.From.Clock(at.Zone), To: held.To.EndClock(civil.DateOf(now, at.Zone), at.Zone), Present'))
sub(C+'in.go',('''(place, func(), error) {''','''(table.Location, func(), error) {'''),('''		return place{}, nil, unknown(err)
	}
	zone, err := civil.LoadZone(at.Zone)
	if err != nil {
		return place{}, nil, err
	}
''','''		return table.Location{}, nil, unknown(err)
	}
'''),('return place{at, zone}, counted, err','return at, counted, err'),('at place','at table.Location'),('at.presence(floor.Floor,','presence(at, floor.Floor,'),('at.zone','at.Zone'))
sub(C+'emergency.go',)
# dayclose
D='shared/dayclose/'
sub(D+'dayclose.go',('''	zone, err := civil.LoadZone(open.Zone)
	if err != nil {
		return err
	}
	if open, err = c.clearMoved(ctx, open, zone); err != nil {''','''	open, err := c.clearMoved(ctx, open)
	if err != nil {'''),('open.OpenFrom.End(zone)','open.OpenFrom.End(open.Zone)'),('c.closeDay(ctx, open, zone, done)','c.closeDay(ctx, open, done)'),('open table.OpenDays, zone *time.Location, done','open table.OpenDays, done'),('c.read(ctx, open, zone)','c.read(ctx, open)'),('	zone     *time.Location\n','	zone     civil.Zone\n'),('open table.OpenDays, zone *time.Location)','open table.OpenDays)'),('searches: searches, zone: zone}','searches: searches, zone: open.Zone}'))
sub(D+'move.go',('open table.OpenDays, zone *time.Location)','open table.OpenDays)'),('at table.OpenDays, zone *time.Location)','at table.OpenDays)'),('c.clearDay(ctx, at, zone)','c.clearDay(ctx, at)'),('c.read(ctx, at, zone)','c.read(ctx, at)'),('End(zone)','End(at.Zone)'))
# presence
P='shared/presence/'
sub(P+'watch.go',('''	zone, err := civil.LoadZone(location.Zone)
	if err != nil {
		return nil, err
	}
''',''),('civil.DateOf(now, zone)','civil.DateOf(now, location.Zone)'),('day.Start(zone)','day.Start(location.Zone)'))
sub(P+'reading.go',('''	zone, err := civil.LoadZone(location.Zone)
	if err != nil {
		return live, begins, err
	}
''',''),('civil.DateOf(now, zone)','civil.DateOf(now, location.Zone)'),('today.End(zone)','today.End(location.Zone)'),('today.Start(zone)','today.Start(location.Zone)'))
sub(P+'door.go',('''	zone       *time.Location
''','''	zone       civil.Zone
'''),('''	zone, err := civil.LoadZone(location.Zone)
	return own{id, c, person, held, place, zone}, err''','''	return own{id, c, person, held, place, location.Zone}, nil'''))
sub(P+'walkup.go',('	zone     *time.Location\n',''),('''	zone, err := civil.LoadZone(location.Zone)
	if err != nil {
		return claim{}, err
	}
''',''),('civil.DateOf(now, zone)','civil.DateOf(now, location.Zone)'),('now, spot, location, zone, id}','now, spot, location, id}'),('c.zone','c.location.Zone'),
('(taken, mine []int)','(taken, mine civil.Quarters)'),
('''	from := civil.Quarter(c.now.Unix() / 900)
	opens, err := c.location.Opens.At(c.id.Day, c.location.Zone, false)
	if err != nil {
		return civil.Interval{}, err
	}
	closes, err := c.location.Closes.At(c.id.Day, c.location.Zone, true)
	if err != nil {
		return civil.Interval{}, err
	}
	if from < opens || from >= closes {
''','''	from := civil.QuarterOf(c.now)
	open, err := c.location.Hours().On(c.id.Day, c.location.Zone)
	if err != nil {
		return civil.Interval{}, err
	}
	if !open.Has(from) {
'''),
('if slices.Contains(taken, int(from)) {','if free := taken.FreeFrom(from); free > from {'),('c.clock(freeFrom(taken, from))','free.EndClock(c.id.Day, c.location.Zone)'),
('nextTaken(taken, from, closes)','taken.Next(from, open.To)'),('nextTaken(mine, from, next)','mine.Next(from, next)'),
('c.Until.At(c.id.Day, c.location.Zone, true)','c.Until.Ends(c.id.Day, c.location.Zone)'),
('until > closes','until > open.To'),
('			c.clock(next))','			next.EndClock(c.id.Day, c.location.Zone))'),
('''func (c claim) clock(q civil.Quarter) civil.ClockTime {
	if q.Time().Equal(c.id.Day.End(c.location.Zone)) {
		return "24:00"
	}
	return q.Clock(c.location.Zone)
}

// nextTaken is the first taken quarter from one on, or end.
func nextTaken(taken []int, from, end civil.Quarter) civil.Quarter {
	for _, q := range taken {
		if quarter := civil.Quarter(q); quarter >= from && quarter < end {
			end = quarter
		}
	}
	return end
}

// freeFrom is the first quarter from one on that is not taken.
func freeFrom(taken []int, from civil.Quarter) civil.Quarter {
	for slices.Contains(taken, int(from)) {
		from++
	}
	return from
}

''',''),('c.location.Zone,\n','c.location.Zone.String(),\n'))
sub(T+'building.go',('''// Site is what the location's floors know of it.''','''// Hours are when the location is open.
func (l Location) Hours() civil.Hours { return civil.Hours{Opens: l.Opens, Closes: l.Closes} }

// Site is what the location's floors know of it.'''))

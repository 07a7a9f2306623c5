package year

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/proof/whole"
	"github.com/iotspot/iotspot/shared/audit"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/passkey/passkeytest"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Options say what is lived.
type Options struct {
	Seed     uint64
	Tenants  int
	People   int // of each tenant, at a time
	Windows  []Window
	Actions  int // of each tenant in each part of a day, on average
	Contract int // days that a contract lasts, on average
	Progress func(format string, args ...any)

	fault func(s *simulation) // for a test of the adversary: called before each look
}

// A Window is a stretch of days that is lived; between two of them the clock jumps and nobody does anything.
type Window struct {
	From string // date
	Days int
}

// Figures count what the simulation did.
type Figures struct {
	Seed                       uint64
	Days, Looks, Parts, Most   int
	Done, Refused              map[string]int
	Registered, Erased, Guests int
	Contracts, Marks           int
	Sleepers, Overviews        int
	Looking                    time.Duration // of the adversary, by the machine's clock
}

// Lived is the record of a life in which nothing was found.
type Lived struct {
	Date, From      string // when it was lived, and the first of the days that were
	Tenants, People int
	Minutes         int // that it took
	Figures
}

// Never are the things that were tried and never done.
func (f Figures) Never() []string {
	var never []string
	for what := range f.Refused {
		if f.Done[what] == 0 && !slices.Contains(refusedAlways, what) {
			never = append(never, what)
		}
	}
	return never
}

// refusedAlways are things that nobody may do.
var refusedAlways = []string{"register without consent", "act without consent", "use a dead pass",
	"look at a dead display"}

func (f Figures) String() string {
	done, refused := 0, 0
	for _, n := range f.Done {
		done += n
	}
	for _, n := range f.Refused {
		refused += n
	}
	return fmt.Sprintf("seed %d: %d days, %d things done of %d kinds and %d refused; %d people registered, %d "+
		"erased, %d contracts ended, %d guests, %d overviews; %d looks at %d things (at most %d at once) for %d "+
		"values took %s",
		f.Seed, f.Days, done, len(f.Done), refused, f.Registered, f.Erased, f.Contracts, f.Guests, f.Overviews,
		f.Looks, f.Parts, f.Most, f.Marks, f.Looking.Round(time.Second))
}

// simulation is one life.
type simulation struct {
	*whole.World
	held
	t       testing.TB
	options Options
	rng     *rand.Rand
	marks   *registry
	known   map[string]judged // what the look before found, by where
	tenants []*tenant
	figures Figures
	issued  int
	logged  *os.File
	restore func() // of the process's output
	read    int64
	finds   []string

	building *tenant                    // the one that is being opened
	passkey  *passkeytest.Authenticator // of the member of staff who looks
}

// zones are where the offices are: they change their clocks on different days, one of them by half an hour.
var zones = []string{"Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe"}

// Live simulates the windows and gives the figures and what the adversary found, each find once.
func Live(t testing.TB, options Options) (Figures, []string) {
	t.Helper()
	if options.Progress == nil {
		options.Progress = func(string, ...any) {}
	}
	s := begin(t, options, at(options.Windows[0].From, "00:10", time.UTC))
	defer s.restore()
	s.hire()
	for i := range options.Tenants {
		s.open(zones[i%len(zones)])
	}
	for _, window := range options.Windows {
		s.live(window)
		if len(s.finds) > 0 {
			break
		}
	}
	return s.figures, s.finds
}

// begin is a life in which nobody is yet.
func begin(t testing.TB, options Options, now time.Time) *simulation {
	t.Helper()
	s := &simulation{t: t, options: options, rng: pcg(options.Seed), marks: newRegistry(),
		figures: newFigures(options.Seed)}
	s.World = whole.New(t, now)
	s.held = newHeld(s.Clock.Now)
	s.restore = s.captureLogs()
	t.Cleanup(s.restore)
	return s
}

func pcg(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func newFigures(seed uint64) Figures {
	return Figures{Seed: seed, Done: map[string]int{}, Refused: map[string]int{}}
}

// A moment is when something is to be done.
type moment struct {
	at time.Time
	do func()
}

func (s *simulation) live(window Window) {
	first, err := time.Parse(time.DateOnly, window.From)
	require.NoError(s.t, err)
	var moments []moment
	for _, name := range zones { // in some the day before is still going on when the window begins elsewhere
		zone := zoneOf(name)
		moments = append(moments, moment{startOf(window.From, zone), s.midnight})
	}
	for day := range window.Days {
		date := first.AddDate(0, 0, day).Format(time.DateOnly)
		for _, name := range zones {
			zone := zoneOf(name)
			for _, clock := range []string{"08:05", "10:20", "13:35", "17:10", "23:20"} {
				moments = append(moments, moment{at(date, clock, zone), func() { s.part(zone, date, clock) }})
			}
			moments = append(moments, moment{endOf(date, zone), s.midnight})
			if name == zones[0] {
				moments = append(moments, moment{endOf(date, zone).Add(2 * minute), func() { s.lived(date) }})
			}
		}
	}
	if day, err := time.Parse(time.DateOnly, leapDay); err == nil && !day.Before(first) &&
		day.Before(first.AddDate(0, 0, window.Days)) {
		moments = append(moments, moment{at(leapDay, "00:30", time.UTC), s.newStatement})
	}
	slices.SortStableFunc(moments, func(a, b moment) int { return a.at.Compare(b.at) })
	if begins := moments[0].at.Add(-2 * minute); begins.After(s.Clock.Now()) {
		s.Clock.Set(begins)
		s.dayEnds() // of the days since the window before, in which nobody did anything
	}
	for _, m := range moments {
		if m.at.Before(s.Clock.Now()) {
			continue
		}
		s.Clock.Set(m.at)
		if m.do(); len(s.finds) > 0 {
			return
		}
	}
}

func (s *simulation) lived(date string) {
	s.figures.Days++
	s.options.Progress("%s: %s", date, s.figures)
}

// midnight is the end of a day in a zone: the schedules run as they do, at the latest moment that they may, and a
// minute after it the adversary looks.
func (s *simulation) midnight() {
	s.dayEnds()
	if s.options.fault != nil {
		s.options.fault(s)
	}
	s.look()
	if s.figures.Looks%10 == 0 {
		s.audit()
	}
}

// dayEnds lets a minute pass, in which the schedules run.
func (s *simulation) dayEnds() {
	ended := s.Clock.Now()
	s.Clock.Set(ended.Add(4 * time.Second))
	s.must(s.CloseDays)
	s.Clock.Set(ended.Add(45 * time.Second))
	s.must(s.CloseDays)
	s.schedules()
	s.Clock.Set(ended.Add(minute))
}

// audit lets the system's own auditor look too: it must find as little.
func (s *simulation) audit() {
	var said bytes.Buffer
	auditor := audit.Auditor{Tables: s.Tables, Photos: s.Photos, Received: s.Received, Now: s.Clock.Now,
		Metrics: &said}
	s.must(auditor.Step)
	if !strings.Contains(said.String(), `"Findings":0`) {
		s.found("the auditor found something: %s", said.String())
	}
}

// schedules are what runs every minute beside the closing of days.
func (s *simulation) schedules() {
	s.hear()
	s.deliver()
	s.must(s.Erasure().Step)
	s.must(s.endings)
	s.must(s.SupportMail().Step)
	s.must(s.Sweep)
	s.must(s.Pending)
	s.deliver()
}

func (s *simulation) must(step func(context.Context) error) {
	s.t.Helper()
	require.NoError(s.t, step(s.t.Context()), s.figures)
}

func (s *simulation) deliver() { require.NoError(s.t, s.Deliver()) }

// part is a part of a day in the offices of a zone.
func (s *simulation) part(zone *time.Location, date, clock string) {
	s.newMail()
	erased := s.figures.Erased
	for _, t := range slices.Clone(s.tenants) {
		if t.zone.String() != zone.String() || t.ended {
			continue
		}
		for range s.rng.IntN(2*s.options.Actions + 1) {
			s.act(t, date, clock)
		}
		if clock == "17:10" && s.options.Contract > 0 && s.rng.IntN(s.options.Contract) == 0 {
			s.endContract(t)
		}
	}
	s.must(s.NoShow)
	s.must(s.Pending)
	s.Clock.Move(erasure.Settle)
	s.deliver()
	s.must(s.Erasure().Step)
	s.must(s.endings)
	s.deliver()
	if s.figures.Erased > erased {
		s.after()
	}
}

// after is a minute after somebody had everything erased: the schedules have run, and the adversary looks (7.erase).
// The sweep walks, as after a time in which it didn't run: between two moments of this life no minute's schedule
// runs.
func (s *simulation) after() {
	s.Clock.Move(15 * time.Second)
	s.Delete(s.t, privacy.Agenda, "mark#sweep", "mark")
	s.schedules()
	s.Clock.Move(15 * time.Second)
	s.look()
}

// endings takes a step of what ends contracts.
func (s *simulation) endings(ctx context.Context) error {
	return s.ContractEnd().Step(ctx)
}

// found keeps what the adversary found, with the seed that shows it again.
func (s *simulation) found(format string, args ...any) {
	find := fmt.Sprintf("seed %d, at %s: ", s.options.Seed, s.Clock.Now().Format(time.RFC3339)) +
		fmt.Sprintf(format, args...)
	if !slices.Contains(s.finds, find) {
		s.finds = append(s.finds, find)
	}
}

// captureLogs lets the process's output, the gateway's and the metrics go into a file, as CloudWatch would hold them.
func (s *simulation) captureLogs() (restore func()) {
	file, err := os.CreateTemp(s.t.TempDir(), "log")
	require.NoError(s.t, err)
	s.logged, s.Log = file, file
	output, errors := *os.Stdout, *os.Stderr
	*os.Stdout, *os.Stderr = *file, *file
	return func() { *os.Stdout, *os.Stderr = output, errors }
}

// logs is what was logged since the last look.
func (s *simulation) logs() string {
	size, err := s.logged.Seek(0, io.SeekEnd)
	require.NoError(s.t, err)
	content := make([]byte, size-s.read)
	_, err = s.logged.ReadAt(content, s.read)
	require.NoError(s.t, err)
	s.read = size
	return string(content)
}

func at(date, clock string, zone *time.Location) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", date+" "+clock, zone)
	if err != nil {
		panic(err) // the simulation's own
	}
	return at
}

func zoneOf(name string) *time.Location {
	zone, err := civil.LoadZone(name)
	if err != nil {
		panic(err) // the zones are embedded
	}
	return zone.Location()
}

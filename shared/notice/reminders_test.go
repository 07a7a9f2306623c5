package notice_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/notice"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// dues is a bus that keeps who is to be mailed.
type dues struct{ all []events.MailDue }

func (d *dues) Publish(_ context.Context, _ string, detail any) error {
	d.all = append(d.all, detail.(events.MailDue))
	return nil
}

// wishes is the scene with Noor wanting reminders, or not.
func wishes(t *testing.T, wants bool, off ...rules.Habit) (*scene, *dues) {
	t.Helper()
	s := begin(t, func(l *table.Location) { l.Rules.Off = off })
	s.db.Open(t, table.OpenDays{Location: s.Location.ID, Business: s.Business, Zone: s.Location.Zone,
		OpenFrom: "2026-11-23", Floors: []string{s.Floor}})
	s.db.Put(t, privacy.Directory, table.PersonPartition(s.noor), "user", map[string]any{"business": s.Business,
		"name": "Noor", "email": "noor@customer.example", "language": "en", "reminders": wants})
	return s, &dues{}
}

// at lets the schedule look at a time of the day before, in Amsterdam, and delivers each event twice, as the bus may.
func (s *scene) at(t *testing.T, bus *dues, clock string) {
	t.Helper()
	now, err := time.Parse("2006-01-02 15:04", "2026-11-23 "+clock)
	require.NoError(t, err)
	s.db.Clock.Set(now.Add(-time.Hour))
	require.NoError(t, notice.Reminder{Tables: s.db.Tables(), Bus: bus, Now: s.db.Clock.Now}.Round(t.Context()))
	for range 2 {
		for _, due := range bus.all {
			require.NoError(t, s.reminders(s.db.Tables()).Remind(t.Context(), due))
		}
	}
}

func (s *scene) reminders(tables *table.Tables) notice.Reminders {
	return notice.Reminders{Tables: tables, Mail: s.post, Now: s.db.Clock.Now}
}

func TestWhoWantsItIsRemindedOnceOnTheAfternoonBefore_4_f_1(t *testing.T) {
	s, bus := wishes(t, true)
	evening := civil.QuarterOf(time.Date(2026, 11, 23, 19, 0, 0, 0, time.UTC)) // of today, which is no matter of it
	require.NoError(t, s.db.Tables().Reserve(t.Context(), 9, nil, table.Booking{ID: "bbbbbbbbbbbbbbbb", Person: s.noor,
		Place: s.Place(s.Desks[0]), Name: "3.00", Day: "2026-11-23",
		DayEnds:  time.Date(2026, 11, 23, 23, 0, 0, 0, time.UTC),
		Interval: civil.Interval{From: evening, To: evening + 4}, State: table.Reserved}))
	s.at(t, bus, "15:59")
	require.Empty(t, bus.all)
	for _, clock := range []string{"16:00", "16:01", "20:00"} {
		s.at(t, bus, clock)
	}
	require.Len(t, bus.all, 1, "a location is looked through once")
	require.Len(t, s.post.Sent(), 1)
	sent := s.post.Last(t, "noor@customer.example")
	require.Equal(t, "Tomorrow: your reservation of 24 November 2026", sent.Subject)
	require.Contains(t, sent.Text, "at Head office (local time):\n\n3.00 from 09:00 to 12:00")

	s, bus = wishes(t, true)
	s.at(t, bus, "18:30")
	require.Len(t, s.post.Sent(), 1, "after an outage it is late, and not missed")
}

func TestWhoDoesNotWantRemindersOrHasNothingAnyMoreGetsNone_4_f_1(t *testing.T) {
	s, bus := wishes(t, false)
	s.at(t, bus, "16:00")
	require.Empty(t, bus.all)

	s, bus = wishes(t, true)
	s.cancel(t)
	s.at(t, bus, "16:00")
	require.Empty(t, bus.all)

	for _, meanwhile := range []func(s *scene){
		func(s *scene) { s.cancel(t) }, // between the event and the mail
		func(s *scene) { s.user(t, "en") },
		func(s *scene) { s.db.Delete(t, privacy.Directory, table.PersonPartition(s.noor), "user") }, // 7.erase
		// too late to be of use
		func(s *scene) { s.db.Clock.Move(9 * time.Hour) },
	} {
		s, bus = wishes(t, true)
		s.db.Clock.Set(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
		require.NoError(t, notice.Reminder{Tables: s.db.Tables(), Bus: bus, Now: s.db.Clock.Now}.Round(t.Context()))
		require.Len(t, bus.all, 1)
		meanwhile(s)
		require.NoError(t, s.reminders(s.db.Tables()).Remind(t.Context(), bus.all[0]))
		require.Empty(t, s.post.Sent())
	}
}

func TestALocationTurnsRemindersOff(t *testing.T) {
	s, bus := wishes(t, true, rules.Reminders)
	s.at(t, bus, "16:00")
	require.Empty(t, bus.all)
}

// The round and the mail are broken at each of their calls, so that it never arrives or that its answer is lost.
func TestAReminderKilledAnywhereIsMailedInTheEnd_4_f_1(t *testing.T) {
	for _, done := range []bool{false, true} {
		for at, reached := 1, true; reached; at++ {
			s, bus := wishes(t, true)
			s.db.Clock.Set(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC))
			faults := &enginetest.Faults{At: at, Done: done, Dead: true}
			broken := s.db.Faulty(faults)
			err := notice.Reminder{Tables: broken, Bus: bus, Now: s.db.Clock.Now}.Round(t.Context())
			for _, due := range bus.all {
				if mailed := s.reminders(broken).Remind(t.Context(), due); err == nil {
					err = mailed
				}
			}
			reached = err != nil
			s.at(t, bus, "16:01")
			require.NotEmpty(t, s.post.Sent())
			require.LessOrEqual(t, len(s.post.Sent()), 2)
			require.NoError(t, s.reminders(s.db.Tables()).Remind(t.Context(), bus.all[0]))
			require.LessOrEqual(t, len(s.post.Sent()), 2)
		}
	}
}

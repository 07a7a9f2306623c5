package building

import (
	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/sensor"
	"github.com/iotspot/iotspot/shared/table"
)

// Settings are what a customer says about a location.
type Settings struct {
	Name      string     `json:"name"`
	Address   string     `json:"address"`   // 3.b
	Latitude  float64    `json:"latitude"`  // 3.c, degrees
	Longitude float64    `json:"longitude"` // 3.c
	TimeZone  civil.Zone `json:"time_zone"`

	Opens         civil.ClockTime `json:"opens"`
	Closes        civil.ClockTime `json:"closes"`
	HorizonDays   int             `json:"horizon_days"`    // 1 to 366: how far ahead one may reserve
	DailyQuota    int             `json:"daily_quota"`     // 1 to 20 reservations of a person on a day
	NoShowMinutes int             `json:"no_show_minutes"` // 5 to 240, as the two below
	VacantMinutes int             `json:"vacant_minutes"`
	SilentMinutes int             `json:"silent_minutes"` // it only lengthens what a sensor's model is given
}

// Defaults are the settings of a location that were not changed.
var Defaults = Settings{Opens: "07:00", Closes: "19:00", HorizonDays: 60, DailyQuota: 4, NoShowMinutes: 15,
	VacantMinutes: 30, SilentMinutes: int(sensor.Silence(0).Minutes())}

// Given are settings, any of which can be left out.
type Given struct {
	Name          *string          `json:"name"`
	Address       *string          `json:"address"`
	Latitude      *float64         `json:"latitude"`
	Longitude     *float64         `json:"longitude"`
	TimeZone      *string          `json:"time_zone"`
	Opens         *civil.ClockTime `json:"opens"`
	Closes        *civil.ClockTime `json:"closes"`
	HorizonDays   *int             `json:"horizon_days"`
	DailyQuota    *int             `json:"daily_quota"`
	NoShowMinutes *int             `json:"no_show_minutes"`
	VacantMinutes *int             `json:"vacant_minutes"`
	SilentMinutes *int             `json:"silent_minutes"`
}

// over lays what is given over settings, or says why that can't be. Midnight is written as 24:00.
func (g Given) over(s Settings) (Settings, error) {
	lay(&s.Name, g.Name)
	lay(&s.Address, g.Address)
	lay(&s.Latitude, g.Latitude)
	lay(&s.Longitude, g.Longitude)
	lay(&s.Opens, g.Opens)
	lay(&s.Closes, g.Closes)
	lay(&s.HorizonDays, g.HorizonDays)
	lay(&s.DailyQuota, g.DailyQuota)
	lay(&s.NoShowMinutes, g.NoShowMinutes)
	lay(&s.VacantMinutes, g.VacantMinutes)
	lay(&s.SilentMinutes, g.SilentMinutes)
	s.Name, s.Address = clean(s.Name), clean(s.Address)
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
		return s, problem.Impossible("/time_zone", "is not an IANA time zone", "a name such as Europe/Amsterdam")
	}
	return s, nil
}

func lay[T any](on *T, given *T) {
	if given != nil {
		*on = *given
	}
}

func settingsOf(l table.Location) Settings {
	return Settings{Name: l.Name, Address: l.Address, Latitude: l.Latitude, Longitude: l.Longitude, TimeZone: l.Zone,
		Opens: l.Opens, Closes: l.Closes, HorizonDays: l.HorizonDays, DailyQuota: l.DailyQuota,
		NoShowMinutes: l.NoShowMinutes, VacantMinutes: l.VacantMinutes, SilentMinutes: l.SilentMinutes}
}

// on puts the settings on a location, whose floors and counts stay.
func (s Settings) on(l table.Location) table.Location {
	l.Name, l.Address, l.Latitude, l.Longitude, l.Zone = s.Name, s.Address, s.Latitude, s.Longitude, s.TimeZone
	l.Opens, l.Closes, l.HorizonDays, l.DailyQuota = s.Opens, s.Closes, s.HorizonDays, s.DailyQuota
	l.NoShowMinutes, l.VacantMinutes, l.SilentMinutes = s.NoShowMinutes, s.VacantMinutes, s.SilentMinutes
	return l
}

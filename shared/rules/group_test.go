package rules

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/civil/civiltest"
)

func TestAGroupsZoneOpensAtTheJumpWhereTheClocksJumpOverItsTime_4_f_1(t *testing.T) {
	for _, c := range []struct {
		zone  string
		at    civil.ClockTime
		day   civil.Date // of which it is kept until the day before
		opens string
	}{
		{"Europe/Amsterdam", "02:30", "2027-03-29", "2027-03-28T01:00:00Z"},
		{"Europe/Amsterdam", "16:00", "2027-03-29", "2027-03-28T14:00:00Z"},
		{"Africa/Cairo", "00:00", "2027-05-01", "2027-04-29T22:00:00Z"},
		{"Africa/Cairo", "00:45", "2027-05-01", "2027-04-29T22:00:00Z"},
		{"Australia/Lord_Howe", "02:15", "2027-10-04", "2027-10-02T15:30:00Z"},
		{"Europe/Amsterdam", "02:30", "2026-10-26", "2026-10-25T00:30:00Z"}, // twice
	} {
		zone, kept := civiltest.Load(t, c.zone), GroupZone{Days: 1, At: c.at}
		opens, err := time.Parse(time.RFC3339, c.opens)
		require.NoError(t, err)
		require.True(t, kept.closed(c.day, opens.Add(-time.Second), zone), "%v", c)
		require.True(t, kept.closed(c.day, opens.AddDate(0, -1, 0), zone), "%v", c)
		require.False(t, kept.closed(c.day, opens, zone), "%v", c)
	}
}

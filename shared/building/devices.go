package building

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// Devices are the operator's word on whose a device is. Every device comes to an account through the operator, who
// lets it into IoT Core or into the maker's cloud, and allots it to the account for which that is done. A code on the
// device would do as well where each had one: LoRaWAN's labels bear an id that anybody can read, and a code of our
// own on them would bind them to a key that could not be changed any more.
type Devices struct{ Tables *table.Tables }

// Allot lets an account tie devices, by their hardware ids. A repeat is the same. It is table.ErrAbsent when there is
// no such account.
func (d Devices) Allot(ctx context.Context, business string, devices []string) error {
	ids, err := hardwareIDs(devices)
	if err != nil {
		return err
	}
	return d.Tables.AllotDevices(ctx, business, ids)
}

// Withdraw takes devices back from an account that has not tied them, or when it unties them.
func (d Devices) Withdraw(ctx context.Context, business string, devices []string) error {
	ids, err := hardwareIDs(devices)
	if err != nil {
		return err
	}
	return d.Tables.WithdrawDevices(ctx, business, ids)
}

// Keep allots every device that is tied to the account that has tied it, once, for those that were tied before
// devices were allotted: they can then be untied and tied again. It gives how many there are.
func (d Devices) Keep(ctx context.Context) (int, error) {
	pages, found := &table.Segment{Store: privacy.Directory, Segments: 1}, map[string][]string{}
	for !pages.Done {
		tied, err := d.Tables.TiedDevices(ctx, pages)
		if err != nil {
			return 0, err
		}
		for _, sensor := range tied {
			found[sensor.Business] = append(found[sensor.Business], sensor.Hardware)
		}
	}
	kept := 0
	for business, devices := range found {
		err := d.Tables.AllotDevices(ctx, business, devices)
		if err != nil && !errors.Is(err, table.ErrAbsent) { // whose contract has ended at this moment
			return kept, err
		}
		kept += len(devices)
	}
	return kept, nil
}

func hardwareIDs(devices []string) ([]string, error) {
	ids := make([]string, len(devices))
	for i, device := range devices {
		if ids[i] = strings.ToLower(device); !ownID.MatchString(ids[i]) {
			return nil, fmt.Errorf("%q is no hardware id; accepted: 4 to 64 of a-z 0-9 -", device)
		}
	}
	return ids, nil
}

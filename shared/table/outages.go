package table

import (
	"context"
)

// SetOutages writes what is out of service at a location, and with the same transaction asks for a second look at a
// floor where one is given. ErrChanged when the location's settings were changed since it was read.
func (t *Tables) SetOutages(ctx context.Context, business string, l Location, floor string, look *SecondLook) error {
	location := t.update(locationKey(business, l.ID)).when("attribute_exists($)", pkName).whenRevision(l.Revision).
		set("revision", l.Revision+1).set("outages", l.Outages)
	if look == nil {
		return changed(location.run(ctx))
	}
	days := t.update(openDaysKey(l.ID)).setIn("second_look", floor, *look).when("attribute_exists($)", pkName)
	return changed(t.transaction().Update(location).Update(days).Run(ctx))
}

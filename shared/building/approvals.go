package building

import (
	"context"
	"errors"
	"fmt"

	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/rules"
	"github.com/iotspot/iotspot/shared/table"
)

// there refuses approvals that name a group, floor, zone or spot that is not there.
func (b Building) there(ctx context.Context, business string, location table.Location,
	approvals []rules.Approval) error {
	if len(approvals) == 0 {
		return nil
	}
	groups, err := b.Tables.Groups(ctx, business)
	if err != nil {
		return err
	}
	for i, approval := range approvals {
		pointer := fmt.Sprintf("/approvals/%d", i)
		if _, there := groups[approval.Group]; approval.Group != "" && !there {
			return problem.Impossible(pointer+"/group", "names one that is not among your groups",
				"the ids of your groups")
		}
		if err := b.thereOn(ctx, business, location, pointer, approval); err != nil {
			return err
		}
	}
	return nil
}

func (b Building) thereOn(ctx context.Context, business string, location table.Location, pointer string,
	approval rules.Approval) error {
	if approval.Floor == "" {
		return nil
	}
	floor, err := b.Tables.FloorNow(ctx, business, approval.Floor)
	if errors.Is(err, table.ErrAbsent) || err == nil && floor.Location != location.ID {
		return problem.Impossible(pointer+"/floor", "is not a floor of this location", "the id of one of its floors")
	}
	if err != nil {
		return err
	}
	if _, there := floor.Zones[approval.Zone]; approval.Zone != "" && !there {
		return problem.Impossible(pointer+"/zone", "is not a zone of this floor", "the id of one of the floor's zones")
	}
	if _, there := floor.Spots[approval.Spot]; approval.Spot != "" && !there {
		return problem.Impossible(pointer+"/spot", "is not a spot of this floor", "the id of one of the floor's spots")
	}
	return nil
}

package table

import (
	"context"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
)

// SetTitle calls a reservation something else, or with an empty text nothing, on condition that it is as the sheet
// given says: ErrRefused means read again. One write unit.
func (t *Tables) SetTitle(ctx context.Context, p identity.Person, sheet PersonSheet, id string, title Title) error {
	u := t.whileCommitted(personSheetKey(p, sheet.Day, sheet.Location), id, sheet.Commitments[id])
	return u.titled(id, title).run(ctx)
}

// titled sets the title of a reservation, or takes it away where it is empty.
func (u *update) titled(id string, title Title) *update {
	if title.Text == "" {
		return u.remove(titlePrefix + id)
	}
	return u.set(titlePrefix+id, title)
}

// ShownTitle is what somebody else calls a reservation, where they let who stands before the room see it; otherwise
// it is empty. It reads nothing else of theirs.
func (t *Tables) ShownTitle(ctx context.Context, p identity.Person, day civil.Date,
	location, id string) (string, error) {
	value, err := t.sheetPart(ctx, personSheetKey(p, day, location), titlePrefix+id, false)
	if err != nil || value == nil {
		return "", err
	}
	var title Title
	if err := dynamo.Unmarshal(value, &title); err != nil || !title.Shown {
		return "", err
	}
	return title.Text, nil
}

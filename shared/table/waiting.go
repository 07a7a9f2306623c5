package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// What waits for a code lies in the partition of the person-to-be, and each request makes another person. An
// entry under the address's keyed hash leads to it, so that whoever has the address finds it.
type waitingRow struct {
	What string `dynamo:"waits"` // sort key of the registration or the opening
}

func waitingPartition(addressHash string) string { return "waiting#" + addressHash }

func waitingKey(addressHash string, p identity.Person) key {
	return key{privacy.Waiting, waitingPartition(addressHash), privacy.Waiting.SortPrefix + p.Business + "#" + p.User}
}

// await stores what waits for a code, and the entry that leads to it. It gives the moment since which it waits: the
// same again is the same write, since the person is named by the content of the request.
func (t *Tables) await(ctx context.Context, k key, p identity.Person, address identity.Entries, what any,
	at time.Time) (time.Time, error) {
	put, err1 := t.put(k, k.item.Stamp(what, privacy.OneHour.From(at)))
	entry, err2 := t.put(waitingKey(address[0], p), privacy.Waiting.Stamp(waitingRow{k.sk},
		privacy.OneHour.From(at)))
	if err := errors.Join(err1, err2); err != nil {
		return time.Time{}, err
	}
	put.If("attribute_not_exists($) OR $ <= ?", pkName, ttlName, t.now().Unix())
	err := t.transaction().Put(put).Put(entry).Run(ctx)
	if !errors.Is(err, ErrRefused) {
		return at, err
	}
	var waits struct {
		Since time.Time `dynamo:"consent_at"`
	}
	err = t.get(ctx, k, true, &waits)
	return waits.Since, err
}

// WaitingFor gives what waits for a code mailed to an address, and the entries that lead to it, consistently. What
// lies in the partition of its owner is left out: AllOf gives that.
func (t *Tables) WaitingFor(ctx context.Context, address identity.Entries, owner identity.Person) ([]Kept, error) {
	var entries []dynamo.Item
	for _, hash := range address {
		some, err := t.list(ctx, privacy.Agenda, waitingPartition(hash), privacy.Waiting.SortPrefix, true)
		if err != nil {
			return nil, err
		}
		entries = append(entries, some...)
	}
	found := entries
	for _, entry := range entries {
		if personIn(entry, privacy.Waiting) == owner {
			continue
		}
		var waiting dynamo.Item
		switch err := t.get(ctx, waitingBehind(entry), true, &waiting); {
		case err == nil:
			found = append(found, waiting)
		case !errors.Is(err, ErrAbsent):
			return nil, err
		}
	}
	return decodeAll(found, func(raw dynamo.Item) (Kept, error) { return keptOf(privacy.Agenda, raw) })
}

// waitingBehind is the key of what an entry leads to.
func waitingBehind(entry dynamo.Item) key {
	return key{privacy.Registration, PersonPartition(personIn(entry, privacy.Waiting)), text(entry["waits"])}
}

// ForgetEntry removes what leads from an address to what waits for one person's code. A repeat does nothing.
func (t *Tables) ForgetEntry(ctx context.Context, address identity.Entries, p identity.Person) error {
	var errs []error
	for _, hash := range address {
		errs = append(errs, wrap(t.remove(waitingKey(hash, p)).Run(ctx)))
	}
	return errors.Join(errs...)
}

// ForgetWaiting removes what waits for a code mailed to an address and was asked for until then. Who asks for
// something after an erasure begins anew. A repeat does nothing.
func (t *Tables) ForgetWaiting(ctx context.Context, address identity.Entries, until time.Time) error {
	for _, hash := range address {
		if err := t.forgetWaiting(ctx, hash, until); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tables) forgetWaiting(ctx context.Context, addressHash string, until time.Time) error {
	var entries []dynamo.Item
	if err := t.table(privacy.Agenda).Get(pkName, waitingPartition(addressHash)).Consistent(true).All(ctx,
		&entries); err != nil {
		return wrap(err)
	}
	for _, entry := range entries {
		if number(entry[ttlName]) > privacy.OneHour.From(until).Unix() {
			continue
		}
		for _, k := range []key{waitingBehind(entry), waitingKey(addressHash, personIn(entry, privacy.Waiting))} {
			if err := wrap(t.remove(k).Run(ctx)); err != nil {
				return err
			}
		}
	}
	return nil
}

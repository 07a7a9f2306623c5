package table

import (
	"fmt"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// The key map. B, U, L, F, S, R are opaque random ids of business account, user, location, floor, spot, reservation.
// The id of a spot or a floor begins as its location's, see IDWithin.
//
//	directory  pk                  sk               => privacy item
//	           b#B                 account          => Account
//	           b#B                 location#L       => Location
//	           b#B                 floor#F          => Floor, with its spots as attributes s#S
//	           b#B                 spot#S           => Spot
//	           b#B                 removed#L        => RemovedLocation
//	           b#B                 features         => Features: what spots can have
//	           b#B                 groups           => Groups: the names of groups of people
//	           b#B                 allotted#<hardware> => Allotted: a device that the account may tie
//	           domain#<domain>     domain           => Domain: which account proved to have an e-mail domain
//	           address#<keyed hash> address         => Address: which registration signs in with an e-mail address
//	           sensor#<hardware>   sensor           => Sensor
//	           locations           open#L           => OpenDays: the days that are not closed yet, and second looks
//	           roster#B#<half>     roster#<part>    => Roster: names, by people's ids
//	           B#u#U               user             => User
//	           B#u#U               favourite#S      => Favourite
//	           B#u#U               colleague#<id>   => Colleague
//	           index members: member_of = B#<shard>, with the name and what is hidden, on every User
//
//	agenda     B#u#U               session#<hash>   => Session
//	           B#u#U               code             => Code
//	           B#u#U               registration     => Registration, where the person's partition will be
//	           B#u#U               opening          => Opening, where the first administrator's partition will be
//	           B#u#U               newaddress       => NewAddress
//	           B#u#U               login            => Login
//	           B#u#U               use              => LastUse
//	           B#u#U               day#<date>#L     => PersonSheet
//	           B#u#U               cancelled#<id>   => Cancelled
//	           B#u#U               feed#<hash>      => Feed
//	           B#u#U               delegate#U       => Delegate: who may act for the person
//	           B#u#U               principal#U      => Principal: for whom the person may
//	           B#u#U               acted#U#R        => Acted: a reservation that they made for somebody
//	           B#u#U               assigned#S       => Assignment: that a spot is the person's workplace
//	           B#u#U               released#<date>#S => FreedDay: a day for which they gave it free
//	           B#u#U               away#<date>      => Away: a day on which they are not there
//	           B#u#U               group#<group>    => InGroup
//	           B#u#U               link#<hash>      => Link
//	           B#u#U               correction#<what> => Correction
//	           B#u#U               overview         => OverviewRequest
//	           B#u#U               guest            => Guest, who has no user in the directory
//	           B#u#U               invited#<id>     => Invited; the guest's U is a keyed hash of it
//	           B#u#U               look#<id>        => Look: of the operator's staff at the person
//	           B#u#U               disclosure#<id>  => Disclosed
//	           b#B                 accountlook#<id> => AccountLook
//	           b#B                 display#<id>     => Display
//	           pairing#<keyed hash> pairing         => Pairing: the code of a display that has no place yet
//	           b#B                 holder#S         => Holder: whose workplace a spot is
//	           b#B                 member#<group>#U => GroupMember
//	           staff               staff#U          => Staff; their own partition is that of B = identity.Operator
//	           B#u#U               shift#<hash>     => Shift, of staff
//	           B#u#U               passkey#<id>     => Passkey, of staff
//	           B#u#U               enrolment        => Enrolment, of staff
//	           B#u#U               looked#<id>      => LookMade, of staff
//	           B#L#F#<date>        spot#S           => SpotSheet
//	           B#L#<date>          search#U         => DaySearches
//	           mark#sweep, #audit, #statement mark  => SweepMark
//	           sensor#<hardware>   live             => LiveSensor
//	           waiting#<keyed hash> waiting#B#U     => Waiting: where a Registration or an Opening is for an address
//	           attempts#<keyed hash> attempts#<keyed hash> => Attempts: of an address, person or account, and of what
//	           attempts#wide#<keyed hash> attempts#<keyed hash> => Attempts of a network, a mail domain or the deployment
//	           pending             told#B#U#R…      => Told: a mail that is still to be sent
//	           pending             inline#B#U#<id>  => InLine: a place in line for a spot
//	           pending             asking#B#U#<id>  => Asking: what waits for somebody's approval
//	           erasures            erasure#B#U      => ErasureJob
//	           erasures            farewell#B#U     => Farewell
//	           erased              erased#B#U       => Erased
//	           contracts           contract#B       => ContractEnd
//	           ended               ended#B          => Ended
//	           B#u#U               leaving          => Leaving
//	           index expiry: expiry = <unix minute>#<shard>, with the deadline, on the items that are Swept
//	           index members: member_of = B#<shard>, keys only, on every Guest, Registration that waits, and Leaving
//
//	insight    B#L                 day#<date>       => Day
//	           B#handled           handled#<month>  => Handled
//
// All that is kept of a person is in the partitions B#u#U, in their reservations on spots' sheets, under their id
// among what is pending, in a day's searches, under the hashes of their address and their id, and as a photo; that is
// what the overview reads and the erasure empties. Where the partitions of two persons name each other, each leads to
// the other's.
type key struct {
	item privacy.Item
	pk   string
	sk   string
}

// PersonPartition is the partition of both tables that belongs to one person.
func PersonPartition(p identity.Person) string { return p.Business + personMark + p.User }

const personMark = "#u#"

func businessKey(item privacy.Item, business, id string) key {
	return key{item, "b#" + business, item.SortPrefix + id}
}

func personKey(item privacy.Item, p identity.Person, suffix string) key {
	return key{item, PersonPartition(p), item.SortPrefix + suffix}
}

// soleKey is the key of an item that is alone in its partition.
func soleKey(item privacy.Item, name string) key {
	return key{item, item.SortPrefix + "#" + name, item.SortPrefix}
}

func personSheetKey(p identity.Person, day civil.Date, location string) key {
	return personKey(privacy.PersonSheet, p, string(day)+"#"+location)
}

// A Place is a spot with all that its key needs.
type Place struct {
	Business string
	Location string
	Floor    string
	Spot     string
}

func floorDay(business, location, floor string, day civil.Date) string {
	return fmt.Sprintf("%s#%s#%s#%s", business, location, floor, day)
}

func spotSheetKey(p Place, day civil.Date) key {
	return key{privacy.SpotSheet, floorDay(p.Business, p.Location, p.Floor, day), privacy.SpotSheet.SortPrefix +
		p.Spot}
}

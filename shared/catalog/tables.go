package catalog

import "github.com/iotspot/iotspot/shared/table"

// A Table is one of the three: all have a string partition key pk, a string sort key sk, and TTL on the attribute
// ttl.
type Table struct {
	Name    Resource
	Backup  Backup
	Indexes []Index
}

// A Backup is a table's regime.
type Backup string

// The regimes.
const (
	// point-in-time recovery with a window of one day; a restore replays the erasures and the ends of contracts
	OneDay   Backup = "one day"
	NoBackup Backup = "none" // what has a deadline of its own must not outlive it in a backup
)

// An Index is a sparse global secondary index on one string attribute, with the keys of the items and no more than is
// listed beside them.
type Index struct {
	Name      string
	Attribute string
	Beside    []string // attributes; none: keys only
}

// Tables is the list.
var Tables = []Table{
	{Name: Directory, Backup: OneDay, Indexes: []Index{{Name: table.MembersIndex, Attribute: table.MemberKey,
		Beside: []string{"name", "shield"}}}},
	{Name: Agenda, Backup: NoBackup, Indexes: []Index{{Name: table.ExpiryIndex, Attribute: table.ExpiryIndex,
		Beside: []string{"ttl"}},
		{Name: table.MembersIndex, Attribute: table.MemberKey}}},
	{Name: Insight, Backup: OneDay},
}

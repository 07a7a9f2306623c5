package privacy

import "github.com/iotspot/iotspot/shared/words"

// StatementVersion is the version of the privacy statement that is in force (13.versions): the date from which it
// holds. Consent counts per version (2.consent).
const StatementVersion = "2026-11-01"

// An Issue is one version of the statement.
type Issue struct {
	Version string
	Changes words.Text // what is new in it, for those who agreed to an earlier one
}

// Issues are all versions that ever were in force, the oldest first; the last is StatementVersion. A version is added
// here when the text or the register changes, and every earlier one stays: whoever agreed to it can read it.
var Issues = []Issue{
	{Version: StatementVersion, Changes: words.Text{NL: "de eerste versie", EN: "the first version"}},
}

package privacy

import "github.com/iotspot/iotspot/shared/words"

// StatementVersion is the version of the privacy statement that is in force (13.versions): the date from which it
// holds. Consent counts per version (2.consent).
const StatementVersion = "2026-12-01"

// An Issue is one version of the statement.
type Issue struct {
	Version string
	Changes words.Text // what is new in it, for those who agreed to an earlier one
}

// Issues are all versions that ever were in force, the oldest first; the last is StatementVersion. A version is added
// here when the text or the register changes, and every earlier one stays: whoever agreed to it can read it.
var Issues = []Issue{
	{Version: "2026-11-01", Changes: words.Text{NL: "de eerste versie", EN: "the first version"}},
	{Version: StatementVersion, Changes: words.Text{
		NL: "de verklaring is opnieuw geschreven en begint met een samenvatting, zegt op welke grond we elk gegeven " +
			"bewaren, en noemt ook wat een vaste plek, een groep, een wachtlijst, een goedkeuring, een afwezige dag, " +
			"een titel van een reservering en een agenda-abonnement van je bewaren",
		EN: "the statement was written anew and begins with a summary, says on what legal basis we keep each thing, " +
			"and also names what an assigned desk, a group, a waitlist, an approval, a day away, the title of a " +
			"reservation and a calendar feed keep about you"}},
}

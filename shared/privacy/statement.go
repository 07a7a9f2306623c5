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
		NL: "de verklaring begint met een samenvatting, zegt bij elk gegeven op welke grond we het bewaren, noemt " +
			"wie je kunt schrijven en waar je een klacht kwijt kunt, en noemt wat reserveren nu ook bewaart, zoals " +
			"de titel die je een reservering geeft, wie voor jou mag reserveren, welke werkplek van jou is, je plek " +
			"op een wachtlijst, waarvoor je goedkeuring vroeg, of je herinneringen en uitnodigingen voor je agenda " +
			"wilt, of je naam op het scherm bij een ruimte mag, en dat we je vragen of je nog komt voordat je plek vrijkomt",
		EN: "the statement begins with a summary, says with each kind of data on what legal basis we keep it, names " +
			"whom you can write to and where you can complain, and names what reserving now also keeps, such as the " +
			"title that you give a reservation, who may reserve for you, which workplace is your own, your place on " +
			"a waitlist, what you asked approval for, whether you want reminders and invitations for your calendar, " +
			"whether your name may be on a room's display, and that we ask whether you are coming before your spot " +
			"is released"}},
}

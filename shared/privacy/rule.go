package privacy

import (
	"cmp"
	"fmt"
	"time"

	"github.com/iotspot/iotspot/shared/words"
)

// A Rule says until when a kind of data is kept. The deadline of one item is the rule applied to its reference
// instant.
type Rule struct {
	words.Text // until when
	after      time.Duration
	start      bool       // it counts from the start of a date; every other from a date's end, or from an instant
	event      words.Text // with which it ends where no moment is known beforehand
}

// The rules. Weeks are counted in days of 24 hours from an instant: 42 and 364 days.
var (
	UnderContract = Rule{Text: words.Text{NL: "zolang het contract bestaat", EN: "while the contract exists"},
		event: words.Text{NL: "als het contract eindigt", EN: "when the contract ends"}}
	WhileAccount = Rule{Text: words.Text{NL: "zolang je geregistreerd bent", EN: "while you are registered"},
		event: words.Text{NL: "als je registratie eindigt", EN: "when your registration ends"}}
	WhileStaff = Rule{
		Text:  words.Text{NL: "zolang de medewerker bij ons werkt", EN: "while the member of staff works for us"},
		event: words.Text{NL: "als de medewerker niet meer bij ons werkt", EN: "when the member of staff leaves us"}}
	WhileSpecified = Rule{Text: words.Text{NL: "zolang je het laat staan", EN: "for as long as you leave it there"},
		event: words.Text{NL: "zodra je het weghaalt, uiterlijk als je registratie eindigt",
			EN: "when you remove it, at the latest when your registration ends"}}
	UntilRevoked = Rule{Text: words.Text{NL: "tot je het intrekt", EN: "until you revoke it"},
		event: words.Text{NL: "zodra je het intrekt, uiterlijk bij je uitschrijving",
			EN: "when you revoke it, at the latest on unregistering"}}
	UntilEnded = Rule{
		Text: words.Text{NL: "tot jij of wie het gaf het beëindigt", EN: "until you or who gave it end it"},
		event: words.Text{NL: "zodra jij of wie het gaf het beëindigt, uiterlijk bij je uitschrijving",
			EN: "when you or who gave it end it, at the latest on unregistering"}}
	// UntilDecided's reference is the end of the time that was asked for.
	UntilDecided = Rule{
		Text: words.Text{NL: "tot het beslist is, uiterlijk tot de gevraagde tijd voorbij is",
			EN: "until it is decided, at the latest until the time asked for is over"}}
	// DayEnd's reference is the end of the day in the location's zone: civil.Date.End.
	DayEnd = Rule{Text: words.Text{NL: "tot het einde van de dag", EN: "until the end of the day"}}
	// SixWeeksAfterLogin's reference is the instant of the login.
	SixWeeksAfterLogin = Rule{
		Text: words.Text{NL: "zes weken na je aanmelding", EN: "six weeks after you signed in"}, after: 42 * day}
	// SixWeeksAfterPeriod is for guests (4.d.3) and their passes (s.pass); its reference is the end of the last
	// permitted day.
	SixWeeksAfterPeriod = Rule{
		Text: words.Text{NL: "zes weken na de laatste toegestane dag",
			EN: "six weeks after the last permitted day"}, after: 42 * day}
	// FiftyTwoWeeks' reference is the start of the date of last use.
	FiftyTwoWeeks = Rule{
		Text: words.Text{NL: "52 weken na je laatste gebruik",
			EN: "52 weeks after your last use"}, after: 364 * day,
		start: true}
	// AfterLook's reference is the moment of the look.
	AfterLook = Rule{
		Text: words.Text{NL: "52 weken na het inzien", EN: "52 weeks after the look"}, after: 364 * day}
	// AfterDisclosure's reference is the moment of the disclosure, or the later one from which it may be told.
	AfterDisclosure = Rule{
		Text: words.Text{NL: "52 weken na de verstrekking, of na de dag waarop we je erover mogen vertellen",
			EN: "52 weeks after the disclosure, or after the day from which we may tell you"}, after: 364 * day}
	TenMinutes = Rule{Text: words.Text{NL: "tien minuten lang", EN: "for ten minutes"}, after: 10 * time.Minute}
	// UntilHandled's reference is the arrival.
	UntilHandled = Rule{
		Text: words.Text{NL: "tot hij is afgehandeld, hooguit tien minuten",
			EN: "until it is handled, ten minutes at most"}, after: LongestReceived}
	OneHour    = Rule{Text: words.Text{NL: "een uur lang", EN: "for an hour"}, after: time.Hour}
	OneDay     = Rule{Text: words.Text{NL: "een dag lang", EN: "for a day"}, after: day}
	TwoDays    = Rule{Text: words.Text{NL: "twee dagen lang", EN: "for two days"}, after: 2 * day}
	OneWeek    = Rule{Text: words.Text{NL: "een week lang", EN: "for a week"}, after: 7 * day}
	ThirtyDays = Rule{Text: words.Text{NL: "dertig dagen lang", EN: "for thirty days"}, after: 30 * day}
)

const day = 24 * time.Hour

// LongestReceived is how long a received mail is kept where no try to handle it succeeds.
const LongestReceived = 10 * time.Minute

// A Deadline is the instant from which data is gone, in whole seconds as DynamoDB's TTL wants them; or none, for data
// that ends with an event. It is made by a rule only.
type Deadline struct {
	rule Rule
	at   time.Time
}

// From applies the rule to its reference instant. Part of a second is cut off: earlier is allowed, later is not.
func (r Rule) From(reference time.Time) Deadline {
	if r.EndsWithEvent() {
		return r.Open()
	}
	return Deadline{rule: r, at: reference.Add(r.after).Truncate(time.Second).UTC()}
}

// Lasts is how long the rule keeps something after its reference; 0 where it ends with the day or an event.
func (r Rule) Lasts() time.Duration { return r.after }

// Open is the deadline of a rule that ends with an event; of any other it is a programmer's mistake, and panics.
func (r Rule) Open() Deadline {
	if !r.EndsWithEvent() {
		panic(fmt.Sprintf("privacy: %q ends at a moment", r.EN))
	}
	return Deadline{rule: r}
}

// FromStart reports whether the rule counts from the start of a date and not from its end.
func (r Rule) FromStart() bool { return r.start }

// EndsWithEvent reports whether the rule has no instant known beforehand.
func (r Rule) EndsWithEvent() bool { return r.event != words.Text{} }

// Ending is the event with which the rule ends; everything of a person ends with their registration at the latest.
func (r Rule) Ending() words.Text { return cmp.Or(r.event, WhileAccount.event) }

// At is the instant, and whether there is one.
func (d Deadline) At() (time.Time, bool) { return d.at, !d.rule.EndsWithEvent() }

// Unix is the instant in seconds, 0 when there is none.
func (d Deadline) Unix() int64 {
	if d.rule.EndsWithEvent() {
		return 0
	}
	return d.at.Unix()
}

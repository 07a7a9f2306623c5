package privacy

// Items is every shape that the stores hold. The key map with partition keys stands in shared/table/keys.go.
var Items = []Item{
	Account, Domain, Address, Location, RemovedLocation, OpenDays, Features, GroupNames, Floor, Spot, Sensor, Allotted,
	User, Roster,
	Favourite,
	Colleague,
	Session, Code, NewAddress, Login, LastUse, PersonSheet, Cancelled, Feed, Delegate, Principal, Acted, Assigned,
	Holder, FreedDay, Away, InGroup, GroupMember, Told, InLine, Asking,
	Link,
	OverviewRequest, ErasureJob,
	Farewell,
	Erased, ContractEnd, Ended, Leaving,
	Registration, Opening, Waiting, Attempts, Guest, Invited, SpotSheet, LiveSensor, DaySearches, SweepMark,
	ReceivedMail, Correction, Display, Pairing,
	Staff, Shift, Passkey, Enrolment, Look, AccountLook, LookMade, Disclosed,
	Day, Handled,
}

// Items of the directory: they end with a contract, a registration or a choice.
var (
	Account = Item{Name: "account", Store: Directory, SortPrefix: "account", Rule: UnderContract,
		About: AboutNobody, Attributes: map[string]Clause{
			"legal_name": "3.a", "addresses": "3.b", "domains": "3.d", "invoice": "3.j", "users": "3.i",
			"administrators": System, "opened_at": System, "zone": System, "listed": System}}
	Domain = Item{Name: "domain", Store: Directory, SortPrefix: "domain", Rule: UnderContract,
		Attributes: map[string]Clause{"business": "3.d", "record": "3.d", "missed": "3.d", "missed_on": "3.d"}}
	Address = Item{Name: "address", Store: Directory, SortPrefix: "address", Rule: WhileAccount,
		Attributes: map[string]Clause{
			"business": "4.d.1", "user": "4.a.2"}}
	Location = Item{Name: "location", Store: Directory, SortPrefix: "location#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"name": "3.e", "address": "3.b", "latitude": "3.c", "longitude": "3.c", "zone": "3.c",
			"opens": System, "closes": System, "horizon_days": System, "daily_quota": System,
			"no_show_minutes": System, "vacant_minutes": System, "silent_minutes": System,
			"workplaces": "3.g", "rooms": "3.h", "floors": "3.e", "reserved_until": System,
			"rules": System, "outages": "3.e", "group_zones": System, "revision": System}}
	// RemovedLocation keeps the way to a removed location's figures, which stay until the contract's end.
	RemovedLocation = Item{Name: "removed location", Store: Directory, SortPrefix: "removed#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"date": System}}
	OpenDays = Item{Name: "open days", Store: Directory, SortPrefix: "open#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"business": System, "zone": "3.c", "open_from": System, "floors": System, "retired": System,
			"second_look": System, "gone": System, "move": System, "uncounted": System,
			"reminded": System, "reached": System}}
	// Features are what the customer's spots can have, as a hearing loop; which of them a spot has stands with it.
	Features = Item{Name: "features", Store: Directory, SortPrefix: "features", Rule: UnderContract,
		Attributes: map[string]Clause{
			"all": "3.e", "last": System, "revision": System}}
	// GroupNames are those of the customer's groups of people; who is in one is told by InGroup and GroupMember.
	GroupNames = Item{Name: "groups", Store: Directory, SortPrefix: "groups", Rule: UnderContract,
		Attributes: map[string]Clause{
			"g#*": "3.e"}}
	Floor = Item{Name: "floor", Store: Directory, SortPrefix: "floor#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"site": "3.c", "location": System, "name": "3.e", "level": "3.e", "plan": "3.e", "plan_ratio": "3.e",
			"saved": System, "zones": "3.e", "s#*": "3.f", "version": System}}
	Spot = Item{Name: "spot", Store: Directory, SortPrefix: "spot#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"location": System, "floor": System, "zone": "3.e", "name": "3.e", "category": "3.f", "type": "3.f",
			"x": "3.e", "y": "3.e", "zone_before": "3.e", "zone_since": "3.e", "capacity": "3.e", "features": "3.e",
			"sensors": System,
			// a random mark: whose workplace it is says the Holder alone
			"assigned": System}}
	Sensor = Item{Name: "sensor", Store: Directory, SortPrefix: "sensor", Rule: UnderContract,
		Attributes: map[string]Clause{
			"business": System, "location": System, "floor": System, "spot": System, "model": System,
			"heard_on": System, "battery": System}} // of the device, which repeats itself whoever is there
	// Allotted is a device that the operator has let in for the account, which can tie it.
	Allotted = Item{Name: "allotted device", Store: Directory, SortPrefix: "allotted#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"date": System}}

	User = Item{Name: "user", Store: Directory, SortPrefix: "user", Rule: WhileAccount,
		About: AboutAccount, Attributes: withOptional(map[string]Clause{
			"business": "4.d.1", "role": "4.d.1", "member_of": "4.d.1", "officer_confirmed": "4.d.1", "name": "4.a.1",
			"email": "4.a.2", "photo": "4.b.6", "os": "4.d.5", "os_release": "4.d.5", "language": "4.language",
			"shield": "7.shield", "objections": "7.object", "reminders": "4.f.1", "calendar_mails": "4.f.1",
			"name_at_room":    "4.f.1",
			"consent_version": "2.consent", "consent_language": "2.consent", "consent_at": "2.consent",
			"told_version": "13.versions", "telling_at": "13.versions"})}
	// Roster is a part of an account's names, packed for searches: n# is a name, h# what its person shows.
	Roster = Item{Name: "roster", Store: Directory, SortPrefix: "roster#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"n#*": "4.a.1", "h#*": "7.shield", "changes": System}}
	Favourite = Item{Name: "favourite", Store: Directory, SortPrefix: "favourite#", Rule: WhileSpecified,
		Attributes: map[string]Clause{
			"location": "4.c.1", "floor": "4.c.1", "spot": "4.c.1"}}
	Colleague = Item{Name: "favourite colleague", Store: Directory, SortPrefix: "colleague#", Rule: WhileSpecified,
		Attributes: map[string]Clause{
			"name": "4.c.2"}}
)

// Items of the agenda: each has a deadline of its own.
var (
	Session = Item{Name: "session", Store: Agenda, SortPrefix: "session#", Rule: ThirtyDays, Swept: true,
		Attributes: map[string]Clause{
			"role": "s.session", "consent": "s.session", "used": "4.e.1", "zone": System, "no_use": "7.object",
			"counted": "7.object", "calendar": "4.f.1"}}
	Code = Item{Name: "code", Store: Agenda, SortPrefix: "code", Rule: TenMinutes, Swept: true,
		Since: []string{"asked_at"}, Attributes: map[string]Clause{
			"mark": "s.code", "uses": "s.code", "asked_at": "s.code",
			// of a code that was asked for before it was bound to a handle: it ends within its ten minutes
			"hash": "s.code", "tries": "s.code", "used_by": "s.code"}}
	NewAddress = Item{Name: "new e-mail address", Store: Agenda, SortPrefix: "newaddress", Rule: OneHour, Swept: true,
		Attributes: map[string]Clause{
			"email": "s.address", "hash": "s.confirmation", "tries": "s.confirmation"}}
	Login = Item{Name: "login", Store: Agenda, SortPrefix: "login", Rule: SixWeeksAfterLogin, Swept: true,
		Since: []string{"logged_in_at", "requested_at"}, Attributes: map[string]Clause{
			"requested_at": "4.e.2", "logged_in_at": "4.e.2", "ip": "4.e.2", "login_name": "4.e.2"}}
	LastUse = Item{Name: "last use", Store: Agenda, SortPrefix: "use", Rule: FiftyTwoWeeks, Swept: true,
		Date: "date", Attributes: map[string]Clause{
			"date": "4.e.1"}}
	PersonSheet = Item{Name: "person's day sheet", Store: Agenda, SortPrefix: "day#", Rule: DayEnd,
		Date: DateInSortKey, Attributes: map[string]Clause{
			"taken": "4.d.2", "n": "4.d.2", "r#*": "4.d.2", "t#*": "4.f.4", "m#*": "4.d.2"}}
	// Cancelled is a reservation that the office cancelled, until its owner was told.
	Cancelled = Item{Name: "cancelled reservation", Store: Agenda, SortPrefix: "cancelled#", Rule: DayEnd,
		Swept: true, Date: "reservation", Attributes: map[string]Clause{
			"reservation": "4.d.2", "spot": "4.d.2", "from": "4.d.2", "to": "4.d.2", "begun_at": "4.d.2",
			"asked": "4.d.2"}}
	// Feed is under the hash of its secret; it is no matter of the directory, whose backup would bring it back.
	Feed = Item{Name: "calendar feed", Store: Agenda, SortPrefix: "feed#", Rule: UntilRevoked,
		Attributes: map[string]Clause{
			"made_on": "4.f.5", "fetched_on": "4.f.5"}}
	// Delegate is in the partition of the person who allows somebody to act for them, Principal in that somebody's,
	// and Acted beside it, as long as the reservation that they made is kept.
	Delegate = Item{Name: "delegate", Store: Agenda, SortPrefix: "delegate#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"given_on": "4.f.1"}}
	Principal = Item{Name: "principal", Store: Agenda, SortPrefix: "principal#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"given_on": "4.f.1"}}
	Acted = Item{Name: "reservation for somebody", Store: Agenda, SortPrefix: "acted#", Rule: DayEnd, Swept: true,
		Date: "reservation", Attributes: map[string]Clause{
			"reservation": "4.d.2"}}
	// Assigned is in the partition of whose workplace a spot is, and Holder in that of the business account, which
	// leads there. FreedDay is a day for which the person gave it free, and Away one on which they are not there.
	Assigned = Item{Name: "assigned workplace", Store: Agenda, SortPrefix: "assigned#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"location": "4.f.1", "floor": "4.f.1", "mark": "4.f.1", "given_on": "4.f.1"}}
	Holder = Item{Name: "holder of a workplace", Store: Agenda, SortPrefix: "holder#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"user": "4.f.1"}}
	FreedDay = Item{Name: "day for which a workplace was given free", Store: Agenda, SortPrefix: "released#",
		Rule: DayEnd, Swept: true, Date: DateInSortKey, Attributes: map[string]Clause{
			"location": "4.f.2"}}
	Away = Item{Name: "day away", Store: Agenda, SortPrefix: "away#", Rule: DayEnd, Swept: true,
		Date: DateInSortKey, Attributes: map[string]Clause{
			"date": "4.f.2"}}
	// InGroup is in the partition of the group's member, and GroupMember in that of the business account.
	InGroup = Item{Name: "group that one is in", Store: Agenda, SortPrefix: "group#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"given_on": "4.f.1"}}
	GroupMember = Item{Name: "member of a group", Store: Agenda, SortPrefix: "member#", Rule: UntilEnded,
		Attributes: map[string]Clause{
			"user": "4.f.1"}}
	// Told is a mail about a reservation until it was sent, which is a minute later.
	Told = Item{Name: "mail about a reservation", Store: Agenda, SortPrefix: "told#", Rule: DayEnd, Swept: true,
		Date: "reservation", Attributes: map[string]Clause{
			"business": System, "user": "4.d.2", "deed": "4.d.2", "by": "4.d.2", "reservation": "4.d.2",
			"floor": "4.d.2", "spot": "4.d.2", "from": "4.d.2", "to": "4.d.2", "changes": "4.d.2",
			"others": "4.d.2", "sent": "4.d.2"}}
	// InLine is a place in line for a spot that is taken, until the person has one.
	InLine = Item{Name: "place in line", Store: Agenda, SortPrefix: "inline#", Rule: UntilDecided, Swept: true,
		Since: []string{"ends_at"}, Attributes: map[string]Clause{
			"business": System, "user": "4.f.3", "location": "4.f.3", "floor": "4.f.3", "zone": "4.f.3",
			"type": "4.f.3", "date": "4.f.3", "from_at": "4.f.3", "ends_at": "4.f.3", "since_at": "4.f.3",
			"offered": "4.f.3"}}
	// Asking is what somebody asked approval for, until it is decided and they were told.
	Asking = Item{Name: "approval asked for", Store: Agenda, SortPrefix: "asking#", Rule: UntilDecided, Swept: true,
		Since: []string{"ends_at"}, Attributes: map[string]Clause{
			"business": System, "user": "4.f.3", "group": System, "location": "4.f.3", "spot": "4.f.3", "date": "4.f.3",
			"until_date": "4.f.3", "from": "4.f.3", "to": "4.f.3", "since_at": "4.f.3", "until": "4.f.3",
			"ends_at": "4.f.3", "dates": "4.f.3", "decided": "4.f.3", "links": System, "mailing_at": System,
			"mailed": System}}
	Link = Item{Name: "erasure link", Store: Agenda, SortPrefix: "link#", Rule: OneWeek, Swept: true,
		Attributes: map[string]Clause{
			"language": "s.link"}}
	OverviewRequest = Item{Name: "overview request", Store: Agenda, SortPrefix: "overview", Rule: OneHour,
		Swept: true, Attributes: map[string]Clause{
			"asked_at": "s.overview", "request": "s.overview", "mailed": "s.overview"}}
	// ErasureJob holds opaque ids alone and goes when the erasure is complete; the address is in Farewell.
	ErasureJob = Item{Name: "erasure job", Store: Agenda, SortPrefix: "erasure#", Rule: WhileAccount,
		Within: Promised, Attributes: map[string]Clause{
			"asked_at": System, "mailed": System, "emptied_at": System, "repeated": System}}
	Farewell = Item{Name: "farewell address", Store: Agenda, SortPrefix: "farewell#", Rule: OneDay, Swept: true,
		Attributes: map[string]Clause{
			"email": "s.erasure", "language": "s.erasure"}}
	// Erased is the ledger that a restore of the directory replays: a random registration id and a date.
	Erased = Item{Name: "erased registration", Store: Agenda, SortPrefix: "erased#", Rule: OneDay, Swept: true,
		Attributes: map[string]Clause{
			"date": System}}
	// Correction is the same for what a person changed, hid, objected to or took out. It holds nothing of what was
	// there before.
	Correction = Item{Name: "corrected item", Store: Agenda, SortPrefix: "correction#", Rule: TwoDays, Swept: true,
		Attributes: map[string]Clause{
			"what": "s.correction", "now": "s.correction"}}
	// ContractEnd goes when nothing is left of the business account; the name in it, for the last mails, before that.
	ContractEnd = Item{Name: "end of a contract", Store: Agenda, SortPrefix: "contract#", Rule: UnderContract,
		Within: Promised, Attributes: map[string]Clause{
			"asked_at": System, "legal_name": "3.a", "zone": System, "silent": System, "emptied": System,
			"shut_at": System}}
	// Ended is the ledger of business accounts: a random id and a date.
	Ended = Item{Name: "ended contract", Store: Agenda, SortPrefix: "ended#", Rule: OneDay, Swept: true,
		Attributes: map[string]Clause{
			"date": System}}
	// Leaving says that somebody leaves with the business account, and that their last overview was being mailed.
	Leaving = Item{Name: "leaving", Store: Agenda, SortPrefix: "leaving", Rule: OneDay, Swept: true,
		Attributes: map[string]Clause{
			"member_of": "s.erasure", "told_at": "s.erasure"}}
	Registration = Item{Name: "unconfirmed registration", Store: Agenda, SortPrefix: "registration", Rule: OneHour,
		Swept: true, About: AboutNobody, Attributes: map[string]Clause{
			"member_of": "s.registration", "name": "s.registration", "email": "s.registration",
			"language":        "s.registration",
			"consent_version": "s.registration", "consent_language": "s.registration", "consent_at": "s.registration",
			"hash": "s.confirmation", "tries": "s.confirmation", "used_by": "s.confirmation"}}
	Opening = Item{Name: "unconfirmed business account", Store: Agenda, SortPrefix: "opening", Rule: OneHour,
		Swept: true, About: AboutNobody, Attributes: map[string]Clause{
			"account": "s.registration", "name": "s.registration", "email": "s.registration",
			"language":        "s.registration",
			"consent_version": "s.registration", "consent_at": "s.registration",
			"hash": "s.confirmation", "tries": "s.confirmation", "used_by": "s.confirmation"}}
	// Waiting leads from an address, under its keyed hash, to what waits for a code mailed to it.
	Waiting = Item{Name: "entry of what is unconfirmed", Store: Agenda, SortPrefix: "waiting#", Rule: OneHour,
		Swept: true, Attributes: map[string]Clause{
			"waits": "s.registration"}}
	Attempts = Item{Name: "attempts", Store: Agenda, SortPrefix: "attempts#", Rule: OneHour, Swept: true,
		Attributes: map[string]Clause{
			"n": "s.attempts"}}
	SpotSheet = Item{Name: "spot's day sheet", Store: Agenda, SortPrefix: "spot#", Rule: DayEnd,
		About: AboutDay, Date: DateInPartition, Attributes: map[string]Clause{
			"taken": "4.d.2", "r#*": "4.d.2", "o#*": "4.d.4", "cancelled": "s.cancelled",
			"d#*": System, // what was taken at a display, which nobody has
			// the random mark of an assignment, see Spot: the day was given free, or taken back
			"released": System}}
	LiveSensor = Item{Name: "live sensor", Store: Agenda, SortPrefix: "live", Rule: DayEnd, Swept: true,
		Date: "date", Attributes: map[string]Clause{
			"business": System, "location": System, "floor": System, "spot": System, "model": System, "date": System,
			"ends": System, "occupied": "4.d.4", "since": "4.d.4", "heard": "4.d.4", "every": System,
			"counter": "4.d.4", "battery": System,
			"at": "4.d.4"}} // at was written by the version before, and is gone with the day of the upgrade
)

// A Guest is in the agenda, which has no backup: it ends at a moment known beforehand. Invited says in the inviter's
// own partition that they invited somebody; it goes with them, and nothing of the guest leads back to it. It outlives
// a guest's own erasure, so that the request that invited the guest brings nobody back.
var (
	Guest = Item{Name: "guest", Store: Agenda, SortPrefix: "guest", Rule: SixWeeksAfterPeriod, Swept: true,
		About: AboutAccount, Since: []string{"closes_at"}, Attributes: map[string]Clause{
			"business": "4.d.1", "member_of": "4.d.1", "name": "4.d.3", "location": "4.d.3", "first": "4.d.3",
			"last": "4.d.3", "opens_at": "4.d.3", "closes_at": "4.d.3",
			"language": "4.language", "pass": "s.pass", "dead_passes": "s.pass", "shield": "7.shield",
			"objections":      "7.object",
			"consent_version": "2.consent", "consent_language": "2.consent", "consent_at": "2.consent"}}
	Invited = Item{Name: "invited guest", Store: Agenda, SortPrefix: "invited#", Rule: SixWeeksAfterPeriod,
		Swept: true, Date: "last", Attributes: map[string]Clause{
			"last": "4.d.3"}}
)

// A Display is a screen at a place and no person; Pairing is the code that it shows before it has one.
var (
	Display = Item{Name: "display", Store: Agenda, SortPrefix: "display#", Rule: UnderContract,
		Attributes: map[string]Clause{
			"hash": System, "location": System, "floor": System, "spot": System, "paired_on": System, "heard": System,
			"pairing": System}}
	Pairing = Item{Name: "code of a display", Store: Agenda, SortPrefix: "pairing", Rule: TenMinutes, Swept: true,
		About: AboutNobody, Attributes: map[string]Clause{
			"hash": System, "business": System, "display": System}}
)

// A Staff member is one of the operator's own people, outside of any customer; Shift is their session, which begins
// with a Passkey of theirs. A Look lies in the partition of who was looked at, and LookMade, which leads to nobody, in
// that of who looked.
var (
	Staff = Item{Name: "member of staff", Store: Agenda, SortPrefix: "staff#", Rule: WhileStaff,
		Attributes: map[string]Clause{
			"name": "6.staff", "email": "6.staff", "language": "6.staff", "discloses": "6.staff",
			"agreement":    "6.staff",
			"agreed_on":    "6.staff",
			"agreed_until": "6.staff", "recorded_by": "6.staff", "recorded_at": "6.staff", "withdrawn_at": "6.staff"}}
	Shift = Item{Name: "session of staff", Store: Agenda, SortPrefix: "shift#", Rule: OneHour, Swept: true,
		Attributes: map[string]Clause{
			"role": "s.session", "passkey": "s.session", "offer": "s.session", "offered_at": "s.session"}}
	// Passkey is under an id that follows from the credential's. Enrolment is the secret with which the first is made.
	Passkey = Item{Name: "passkey", Store: Agenda, SortPrefix: "passkey#", Rule: UntilRevoked,
		Attributes: map[string]Clause{
			"credential": "4.f.5", "public_key": "4.f.5", "holder": "4.f.5", "count": "4.f.5", "synced": "4.f.5",
			"registered_at": "4.f.5"}}
	Enrolment = Item{Name: "enrolment", Store: Agenda, SortPrefix: "enrolment", Rule: OneHour, Swept: true,
		Attributes: map[string]Clause{
			"hash": "s.confirmation"}}
	Look = Item{Name: "look of staff", Store: Agenda, SortPrefix: "look#", Rule: AfterLook, Swept: true,
		Since: []string{"looked_at"}, Attributes: map[string]Clause{
			"by": "6.confidential", "reason": "6.confidential", "kinds": "6.confidential",
			"looked_at": "6.confidential"}}
	AccountLook = Item{Name: "look of staff at an account", Store: Agenda, SortPrefix: "accountlook#",
		Rule: AfterLook, Swept: true, Since: []string{"looked_at"}, Attributes: map[string]Clause{
			"by": "6.account", "reason": "6.account", "kinds": "6.account", "looked_at": "6.account"}}
	LookMade = Item{Name: "look made", Store: Agenda, SortPrefix: "looked#", Rule: AfterLook, Swept: true,
		Since: []string{"looked_at"}, Attributes: map[string]Clause{
			"looked_at": "6.staff"}}
	Disclosed = Item{Name: "disclosure", Store: Agenda, SortPrefix: "disclosure#", Rule: AfterDisclosure, Swept: true,
		Since: []string{"hidden_until", "disclosed_at"}, Attributes: map[string]Clause{
			"by": "5.disclosure", "ground": "5.disclosure", "recipient": "5.disclosure", "kinds": "5.disclosure",
			"disclosed_at": "5.disclosure",
			"hidden_until": "5.disclosure"}}
)

// DaySearches lies beside the location's day and goes with it. SweepMark says until when everything has been
// swept, and up to where the last audit came.
var (
	DaySearches = Item{Name: "searches of a day", Store: Agenda, SortPrefix: "search#", Rule: DayEnd,
		About: AboutDay, Date: DateInPartition, Attributes: map[string]Clause{
			"spots": "5.transactions", "colleagues": "5.transactions", "page#*": "11.cookies",
			"browser#*": "11.cookies"}}
	SweepMark = Item{Name: "sweep mark", Store: Agenda, SortPrefix: "mark", Rule: UnderContract,
		Attributes: map[string]Clause{
			"minute": System, "walk": System, "part": System, "version": System}}
)

// Day is the only item about how an office is used. It holds no person, and no figure about fewer than five (art. 5).
// Handled counts by month the requests of people that were handled (GDPR, art. 5(2)), without people. It is not
// about the use of an office, and begins at one, as a count does; shown it is from five on.
var (
	Day = Item{Name: "day figures", Store: Insight, SortPrefix: "day#", Rule: UnderContract,
		About: AboutAccount, Attributes: map[string]Clause{
			"figures": System}}
	Handled = Item{Name: "requests handled", Store: Insight, SortPrefix: "handled#", Rule: UnderContract,
		About: AboutAccount, Attributes: map[string]Clause{
			"consents#*": System, "overviews#*": System, "erasures#*": System, "objections#*": System,
			"disclosures#*": System}}
)

// ReceivedMail is an object of a bucket and no item of a table: a mail as it arrived, in its store until it is
// handled.
var ReceivedMail = Item{Name: "received mail", Store: Received, Rule: UntilHandled,
	Attributes: map[string]Clause{"message": "s.mail"}}

package mail

// A Kind is one of the mails that the system sends.
type Kind string

// The kinds of mail. One that is not declared in Kinds can't be sent.
const (
	SignInCode          Kind = "sign-in code"
	RegistrationCode    Kind = "registration code"
	RegisteredAlready   Kind = "registered already"
	NoAccess            Kind = "no access"
	NewAddressCode      Kind = "new address code"
	AddressChanged      Kind = "address changed"
	OpeningCode         Kind = "opening code"
	Overview            Kind = "overview"
	Cancellation        Kind = "cancellation"
	Acted               Kind = "acted for"
	GuestPass           Kind = "guest pass"
	ErasureConfirmation Kind = "erasure confirmation"
	LastOverview        Kind = "last overview"
	NewStatement        Kind = "new statement"
	Named               Kind = "named"
	NoLonger            Kind = "no longer"
	NoLongerOwn         Kind = "no longer one's own"
	DomainRecord        Kind = "domain record"
	Question            Kind = "question"
	Reminder            Kind = "reminder"
	Offer               Kind = "offer"
	ForApproval         Kind = "for approval"
	Decided             Kind = "decided"
	ForCalendar         Kind = "for the calendar"
	NewPasskey          Kind = "new passkey"
)

// Repeat says what may happen when an answer of SES is lost. SES knows no idempotency, so each kind of mail declares
// it.
type Repeat string

// What may happen.
const (
	// DuplicateAllowed mails are tried again: two the same are better than none.
	DuplicateAllowed Repeat = "duplicate allowed"
	// AtMostOnce mails are handed to SES once and never tried again, by the SDK neither.
	AtMostOnce Repeat = "at most once"
)

// Kinds declares every kind of mail, each with its repeat.
var Kinds = map[Kind]Repeat{
	SignInCode:        DuplicateAllowed, // the same code again
	RegistrationCode:  DuplicateAllowed, // the same code again
	RegisteredAlready: DuplicateAllowed,
	NoAccess:          DuplicateAllowed,
	NewAddressCode:    DuplicateAllowed, // a newer code ends an older one
	// the old address goes with the change, so that nothing shows whether it was sent
	AddressChanged:      AtMostOnce,
	OpeningCode:         DuplicateAllowed, // the same code again
	Overview:            DuplicateAllowed, // each holds a link of its own, and each works
	Cancellation:        DuplicateAllowed,
	Acted:               DuplicateAllowed, // each says what is so
	NewStatement:        DuplicateAllowed,
	Named:               DuplicateAllowed, // each says what is so
	NoLonger:            AtMostOnce,       // what has ended is not kept, so that nothing shows whether it was told
	NoLongerOwn:         DuplicateAllowed, // each says what is so
	Question:            DuplicateAllowed, // the newest link works
	Reminder:            DuplicateAllowed, // each says what is so
	Offer:               DuplicateAllowed, // the newest link works
	ForApproval:         DuplicateAllowed, // the newest link works
	Decided:             DuplicateAllowed, // each says what is so
	ForCalendar:         DuplicateAllowed, // a calendar knows it again by its identifier and sequence
	NewPasskey:          DuplicateAllowed, // each says what is so
	DomainRecord:        DuplicateAllowed, // better two than that nobody hears of it
	LastOverview:        DuplicateAllowed, // better two than that somebody never hears of it
	GuestPass:           DuplicateAllowed, // the same pass again
	ErasureConfirmation: AtMostOnce,       // after it nothing is kept that would tell that it was sent (7.erase)
}

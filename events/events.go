// Package events holds the contracts of what goes over the bus, and one real payload for every trigger in payloads/.
// An event names things by opaque ids and nothing else, since a queue can't be erased selectively.
package events

// Source is the source of every event of ours on the bus.
const Source = "iotspot"

// ScheduleInput is what each schedule of ours starts its function with. Without one EventBridge Scheduler sends a
// notification that has a detail type as events have (payloads/scheduler-without-input.json).
const (
	ScheduleInput   = `{"start":"` + StartOfSchedule + `"}`
	StartOfSchedule = "schedule"
)

// The detail types.
const (
	OverviewRequestedType    = "overview.requested"
	ErasureRequestedType     = "erasure.requested"
	ContractEndedType        = "contract.ended"
	ReservationCancelledType = "reservation.cancelled"
	MailBouncedType          = "mail.bounced"
	MailDueType              = "mail.due"
)

// A Detail is the contract of one type of event.
type Detail interface {
	DetailType() string
}

// OverviewRequested asks for the overview to be mailed to a person's registered address (7.overview). Request is a
// random id: the same one twice is the same request.
type OverviewRequested struct {
	Business string `json:"business"`
	User     string `json:"user"`
	Request  string `json:"request"`
}

// ErasureRequested says that a person's erasure was confirmed (7.erase). The job itself is in the agenda; the event
// only makes it start at once.
type ErasureRequested struct {
	Business string `json:"business"`
	User     string `json:"user"`
}

// ContractEnded says that a customer's contract has ended. The job itself is in the agenda; the event only makes it
// start at once.
type ContractEnded struct {
	Business string `json:"business"`
}

// ReservationCancelled says that the office is cancelling someone's reservation; its owner is told by mail once it is
// cancelled. It is published before the cancellation, since after one that stopped half-way nobody would. What the
// mail says is in the owner's partition, under a random id.
type ReservationCancelled struct {
	Business     string `json:"business"`
	User         string `json:"user"`
	Cancellation string `json:"cancellation"`
}

// MailDue says that a person is to be mailed about their reservations. What the mail says, and whether there is still
// something to say, is looked up when it is written.
type MailDue struct {
	Business    string `json:"business"`
	User        string `json:"user"`
	About       About  `json:"about"`
	Reservation string `json:"reservation"` // its key, which is random; of one of them where it is about more
}

// About is what a MailDue is about.
type About string

// What mails are about.
const (
	AboutArrival  About = "arrival"  // whether the person comes, before the spot is given back
	AboutTomorrow About = "tomorrow" // what they have reserved for the next day
)

// MailBounced says that a mail with a code came back for good, or was reported as spam. A rule makes it of what SES
// tells, of which it keeps the mail's own mark alone: a keyed hash, from which nothing leads to an address.
type MailBounced struct {
	Mark string `json:"mark"`
}

// A Delivery is what the topic rules put into the queue of readings: an MQTT message as it was published.
type Delivery struct {
	Topic    string `json:"topic"`
	Received int64  `json:"received"` // milliseconds since 1970
	Payload  []byte `json:"payload"`  // base64 in JSON
}

// Quarantined is a note about a sensor's message that could not be used. It is kept for a day, for somebody to look at.
// It names the sensor and says nothing of what the sensor saw, which must go with its day (4.d.4).
type Quarantined struct {
	Reason   string `json:"reason"`
	Topic    string `json:"topic"`
	Hardware string `json:"hardware,omitempty"` // "" where the message doesn't say who sent it
	Model    string `json:"model,omitempty"`    // that the sensor is registered with
	Received int64  `json:"received"`           // milliseconds since 1970
	Bytes    int    `json:"bytes"`              // of the payload
}

// DetailType is the event's name on the bus.
func (OverviewRequested) DetailType() string { return OverviewRequestedType }

// DetailType is the event's name on the bus.
func (ErasureRequested) DetailType() string { return ErasureRequestedType }

// DetailType is the event's name on the bus.
func (ContractEnded) DetailType() string { return ContractEndedType }

// DetailType is the event's name on the bus.
func (ReservationCancelled) DetailType() string { return ReservationCancelledType }

// DetailType is the event's name on the bus.
func (MailDue) DetailType() string { return MailDueType }

// DetailType is the event's name on the bus.
func (MailBounced) DetailType() string { return MailBouncedType }

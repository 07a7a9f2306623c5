// Package catalog is the one list of the functions: what triggers each, what it may do, and its environment. The CDK
// app builds the stack from it, the local stack runs and polices it, and a test compares the rights with the calls
// that were seen. The routes come from shared/api. It is imported by infra and localstack and by no function.
package catalog

import (
	"slices"
	"time"

	"github.com/iotspot/iotspot/events"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/wake"
)

// A Function is one Lambda: a folder in functions/.
type Function struct {
	Name      string
	Purpose   string   // one line for the console and the README
	Schedule  Schedule // how often EventBridge Scheduler starts it; "" is never
	Events    []string
	Queue     string   // it is fed by this queue
	Wake      Resource // the queue of calls by which it asks to be woken; "" is none
	Objects   Resource // it is started for each object that arrives in this bucket; "" is none
	Timeout   time.Duration
	Memory    int // MB
	Rights    []Right
	Variables []Variable // configuration beside what follows from the rights
	Promises  bool       // it writes the metric Lateness, of what must be gone within 60 seconds of its deadline
}

// A Schedule is a schedule expression of EventBridge Scheduler, in UTC.
type Schedule string

// The schedules.
const (
	EveryMinute Schedule = "cron(* * * * ? *)"
	Daily       Schedule = "cron(30 2 * * ? *)"
)

// DailyAt is when the daily schedule starts, after midnight UTC.
const DailyAt = 2*time.Hour + 30*time.Minute

// A Variable is configuration that a function gets as an environment variable; its value is the deployment's.
type Variable string

// The variables. Names of tables, buckets, bus and queues follow from the rights and are not listed by functions.
const (
	PublicURL  Variable = "PUBLIC_URL"       // where the API is reached, for links
	MailFrom   Variable = "MAIL_FROM"        // sender identity
	MailSet    Variable = "MAIL_SET"         // configuration set in SES, by which all mail is sent
	Support    Variable = "SUPPORT"          // support address (7.mail)
	Controller Variable = "CONTROLLER"       // controller.Controller as JSON (14.contact)
	DNSServer  Variable = "DNS_SERVER"       // host and port of the DNS server to ask; "" is the system's resolver
	Connector  Variable = "CONNECTOR_SECRET" // with which Disruptive Technologies' connectors sign; "" takes nothing
)

// The keys that functions are given, by purpose, and nothing else of the deployment's roots.
const (
	AddressKey      = Variable(secret.Addresses)
	SignInKey       = Variable(secret.SignIns)
	StaffSignInKey  = Variable(secret.StaffSignIns)
	RegistrationKey = Variable(secret.Registrations)
	NewAddressKey   = Variable(secret.NewAddresses)
	AttemptKey      = Variable(secret.Attempts)
	GuestKey        = Variable(secret.Guests)
	LinkKey         = Variable(secret.Links)
	DomainKey       = Variable(secret.Domains)
	LookKey         = Variable(secret.Looks)
)

// IsSecret reports whether a variable's value is nobody's to see.
func (v Variable) IsSecret() bool { return v.IsKey() || v == Connector }

// IsKey reports whether a variable is a key of the deployment.
func (v Variable) IsKey() bool { return slices.Contains(secret.Purposes, secret.Purpose(v)) }

// A Right is a set of IAM actions on one resource.
type Right struct {
	On      Resource
	Index   string // of a table; "" is the table itself
	Actions []string
}

// A Resource is a thing that rights are given on.
type Resource string

// The resources. Tables are named as their stores.
const (
	Directory Resource = Resource(privacy.Directory)
	Agenda    Resource = Resource(privacy.Agenda)
	Insight   Resource = Resource(privacy.Insight)
	Photos    Resource = Resource(privacy.Photos)   // bucket of people's photos and of floors' plans
	Received  Resource = Resource(privacy.Received) // bucket in which SES puts what arrives at the support address
	Bus       Resource = "bus"
	Mail      Resource = "mail" // the sender identity in SES
	// ReadingsQueue is the queue of sensors' messages, for what comes by another way than a topic.
	ReadingsQueue Resource = Readings
	// Unreadable is the queue of sensor messages that can't be read, with the reason.
	Unreadable Resource = "unreadable-readings"
	// The queues of calls, each of one function. The names of their variables are those of shared/wake/sqs.
	SweepWake       Resource = "sweep-wake"
	DayCloseWake    Resource = "day-close-wake"
	ErasureWake     Resource = "erasure-wake"
	ContractEndWake Resource = "contract-end-wake"
)

// ResourceVariables name the environment variable by which a function finds a resource.
var ResourceVariables = map[Resource]string{
	Directory: "DIRECTORY_TABLE", Agenda: "AGENDA_TABLE", Insight: "INSIGHT_TABLE", Photos: "PHOTOS_BUCKET",
	Bus:        "EVENT_BUS",
	Unreadable: "UNREADABLE_QUEUE_URL", ReadingsQueue: "READINGS_QUEUE_URL", Received: "RECEIVED_MAIL_BUCKET",
	SweepWake: "SWEEP_WAKE_QUEUE_URL", DayCloseWake: "DAY_CLOSE_WAKE_QUEUE_URL",
	ErasureWake: "ERASURE_WAKE_QUEUE_URL", ContractEndWake: "CONTRACT_END_WAKE_QUEUE_URL",
}

// Buckets is the list.
var Buckets = []Resource{Photos, Received}

// Actions, as IAM writes them.
const (
	Get        = "dynamodb:GetItem"
	BatchGet   = "dynamodb:BatchGetItem"
	QueryItems = "dynamodb:Query"
	Put        = "dynamodb:PutItem"
	Update     = "dynamodb:UpdateItem"
	DeleteItem = "dynamodb:DeleteItem"
	Check      = "dynamodb:ConditionCheckItem"
	BatchWrite = "dynamodb:BatchWriteItem"
	ScanItems  = "dynamodb:Scan"
	GetObject  = "s3:GetObject"
	// ListObjects goes with GetObject: without it S3 says of an absent object what it says of a forbidden one.
	ListObjects = "s3:ListBucket"
	PutObject   = "s3:PutObject"
	DelVersion  = "s3:DeleteObjectVersion" // the only deletion, after which nothing is left
	ListVers    = "s3:ListBucketVersions"
	PutEvents   = "events:PutEvents"
	SendEmail   = "ses:SendRawEmail" // what SES checks when SendEmail is given a raw message
	Unsuppress  = "ses:DeleteSuppressedDestination"
	// ListSuppressed lists the addresses to which mail bounced.
	ListSuppressed = "ses:ListSuppressedDestinations"
	SendMsg        = "sqs:SendMessage"
)

// Operations are the routes that the function serves.
func (f Function) Operations() []api.Operation {
	var served []api.Operation
	for _, operation := range api.Operations() {
		if operation.Function == f.Name {
			served = append(served, operation)
		}
	}
	return served
}

func on(resource Resource, actions ...string) Right { return Right{On: resource, Actions: actions} }

func onIndex(resource Resource, index string, actions ...string) Right {
	return Right{On: resource, Index: index, Actions: actions}
}

const (
	quick  = 10 * time.Second // answers a person
	shape  = 28 * time.Second // makes many writes for a person: API Gateway waits 30 seconds for it
	steady = 30 * time.Second // works through a queue or the bus
	aSlot  = wake.Slot        // does a step, and is started again by the same call where it was killed
	long   = 15 * time.Minute // as long as Lambda lets a function work
)

// oneCPU is the memory, in MB, with which Lambda gives a whole processor.
const oneCPU = 1769

// Functions is the list. What is written here are the function's own rights; those by which it finds out who is
// calling follow from the roles of its operations.
var Functions = withCallers([]Function{
	{Name: "registration", Purpose: api.Purposes["registration"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, RegistrationKey, AttemptKey, MailFrom, MailSet,
			Controller, PublicURL},
		Rights: []Right{on(Directory, Get, Put, Update, Check), on(Agenda, Get, QueryItems, Put, Update, Check),
			on(Insight, Update), on(Mail, SendEmail)}},
	{Name: "sign-in", Purpose: api.Purposes["sign-in"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, SignInKey, AttemptKey, MailFrom, MailSet,
			PublicURL, Controller},
		Rights: []Right{on(Directory, Get, BatchGet, Update, Check),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem),
			on(Mail, SendEmail)}},
	{Name: "profile", Purpose: api.Purposes["profile"],
		Timeout: quick, Memory: 1024, Variables: []Variable{AddressKey, NewAddressKey, AttemptKey, MailFrom, MailSet,
			Controller, PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems, Put, Update, DeleteItem, Check),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem),
			on(Insight, Update), on(Photos, GetObject, ListObjects, PutObject, DelVersion, ListVers),
			on(Mail, SendEmail)}},
	{Name: "business-opening", Purpose: api.Purposes["business-opening"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, RegistrationKey, AttemptKey, MailFrom, MailSet,
			Controller, PublicURL},
		Rights: []Right{on(Directory, Get, Put, Update, Check), on(Agenda, Get, QueryItems, Put, Update, Check),
			on(Insight, Update), on(Mail, SendEmail)}},
	{Name: "business-account", Purpose: api.Purposes["business-account"],
		Timeout: quick, Memory: 512, Variables: []Variable{AddressKey, DomainKey, AttemptKey, DNSServer, MailFrom,
			MailSet, Controller, PublicURL},
		Rights: []Right{on(Directory, Get, BatchGet, QueryItems, Put, Update, DeleteItem, Check),
			onIndex(Directory, table.MembersIndex, QueryItems),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem), onIndex(Agenda, table.MembersIndex, QueryItems),
			on(Bus, PutEvents), on(ContractEndWake, SendMsg), on(Mail, SendEmail)}},
	{Name: "building", Purpose: api.Purposes["building"],
		Timeout: shape, Memory: 512, Variables: []Variable{PublicURL}, Rights: []Right{
			on(Directory, Get, BatchGet, QueryItems, Put, Update, DeleteItem, Check),
			on(Agenda, Get, BatchGet, QueryItems, Put, Update, DeleteItem),
			on(Photos, ListVers, DelVersion), // plans
			on(Bus, PutEvents), on(DayCloseWake, SendMsg)}},
	{Name: "floor-plan", Purpose: api.Purposes["floor-plan"],
		Timeout: shape, Memory: oneCPU, Rights: []Right{on(Directory, Get, Update),
			on(Photos, GetObject, ListObjects, PutObject, DelVersion, ListVers)}}, // plans
	{Name: "import", Purpose: api.Purposes["import"],
		Timeout: shape, Memory: 1024, Rights: []Right{
			on(Directory, Get, BatchGet, QueryItems, Put, Update, Check),
			on(Agenda, Get, BatchGet, Put, Update, DeleteItem), on(Bus, PutEvents)}},
	{Name: "availability", Purpose: api.Purposes["availability"],
		Timeout: quick, Memory: 256, Rights: []Right{on(Directory, Get, QueryItems),
			on(Agenda, Get, QueryItems, Update)}},
	{Name: "colleagues", Purpose: api.Purposes["colleagues"],
		Timeout: quick, Memory: 512, Variables: []Variable{AttemptKey},
		Rights: []Right{on(Directory, Get, BatchGet, QueryItems),
			onIndex(Directory, table.MembersIndex, QueryItems),
			on(Agenda, Get, BatchGet, QueryItems, Update), on(Photos, GetObject, ListObjects)}},
	{Name: "booking", Purpose: api.Purposes["booking"],
		Timeout: quick, Memory: 256, Variables: []Variable{Controller, PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems), on(Agenda, Get, QueryItems, Update, DeleteItem, Check)}},
	{Name: "today", Purpose: api.Purposes["today"],
		Timeout: quick, Memory: 512, Rights: []Right{on(Directory, Get, BatchGet, QueryItems),
			onIndex(Directory, table.MembersIndex, QueryItems), on(Agenda, Get, QueryItems)}},
	{Name: "calendar", Purpose: api.Purposes["calendar"],
		Timeout: quick, Memory: 256, Variables: []Variable{PublicURL}, Rights: []Right{on(Directory, Get, Check),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem)}},
	{Name: "check-in", Purpose: api.Purposes["check-in"],
		Timeout: quick, Memory: 256, Variables: []Variable{Controller, PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems), on(Agenda, Get, QueryItems, Update, DeleteItem, Check)}},
	{Name: "display", Purpose: api.Purposes["display"],
		Timeout: quick, Memory: 256, Variables: []Variable{AttemptKey},
		Rights: []Right{on(Directory, Get, BatchGet, QueryItems, Check),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem)}},
	{Name: "guests", Purpose: api.Purposes["guests"],
		Timeout: quick, Memory: 256, Variables: []Variable{GuestKey, AttemptKey, PublicURL, MailFrom, MailSet,
			Controller},
		Rights: []Right{on(Directory, Get, BatchGet, Check),
			on(Agenda, Get, BatchGet, QueryItems, Put, Update, DeleteItem),
			onIndex(Agenda, table.MembersIndex, QueryItems),
			on(Insight, Update), on(Bus, PutEvents), on(Mail, SendEmail), on(ErasureWake, SendMsg)}},
	{Name: "sensor-reading", Purpose: "takes what sensors say and checks in whose spot it is", Queue: Readings,
		Timeout: steady, Memory: 256, Rights: []Right{on(Directory, Get, Update), on(Agenda, Get, Put, Update),
			on(Unreadable, SendMsg)}},
	{Name: "sensor-event", Purpose: api.Purposes["sensor-event"],
		Timeout: quick, Memory: 256, Variables: []Variable{Connector}, Rights: []Right{on(ReadingsQueue, SendMsg)}},
	{Name: "no-show", Purpose: "gives back the spots of those who don't come or don't stay, has people reminded, and " +
		"gives the workplaces of who is away free",
		Schedule: EveryMinute,
		Timeout:  steady, Memory: oneCPU,
		Rights: []Right{on(Directory, Get, BatchGet, QueryItems, Update, DeleteItem, Check),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem, Check), on(Bus, PutEvents)}},
	{Name: "overview-request", Purpose: api.Purposes["overview-request"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, GuestKey, AttemptKey, Controller, PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems, Check), on(Agenda, Get, QueryItems, Put), on(Bus, PutEvents),
			on(Received, GetObject, ListObjects, ListVers)}},
	{Name: "overview", Purpose: "mails a person all that is kept about them",
		Events:  []string{events.OverviewRequestedType},
		Timeout: steady, Memory: 256, Variables: []Variable{AddressKey, GuestKey, LinkKey, AttemptKey, PublicURL,
			MailFrom, MailSet, Controller},
		Rights: []Right{on(Directory, Get, QueryItems, Check), on(Agenda, Get, QueryItems, Put, Update),
			on(Insight, Update), on(Photos, GetObject, ListObjects), on(Mail, SendEmail),
			on(Received, GetObject, ListObjects, ListVers)}},
	{Name: "support-mail", Purpose: "gives whoever is registered and writes to the support address their overview",
		Objects: Received, Schedule: EveryMinute, Timeout: steady, Memory: 256,
		Variables: []Variable{AddressKey, Support},
		Rights: []Right{on(Directory, Get, Check), on(Agenda, Get, Put),
			on(Received, GetObject, ListObjects, ListVers, DelVersion), on(Bus, PutEvents)}},
	{Name: "erasure-request", Purpose: api.Purposes["erasure-request"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, AttemptKey, Controller, PublicURL},
		Rights: []Right{on(Directory, Get, Update, DeleteItem), on(Agenda, Get, Put, Update, DeleteItem),
			on(Bus, PutEvents), on(ErasureWake, SendMsg)}},
	{Name: "erasure", Purpose: "removes a person from every store", Schedule: EveryMinute, Wake: ErasureWake,
		Events:  []string{events.ErasureRequestedType},
		Timeout: aSlot, Memory: 256, Variables: []Variable{AddressKey, AttemptKey, MailFrom, MailSet, Controller,
			PublicURL},
		Promises: true,
		Rights: []Right{on(Directory, Get, QueryItems, Update, DeleteItem, Check),
			on(Agenda, Get, QueryItems, Update, DeleteItem),
			on(Insight, Update), on(Photos, ListVers, DelVersion),
			on(Received, GetObject, ListObjects, ListVers, DelVersion),
			on(Mail, SendEmail, ListSuppressed, Unsuppress), on(ErasureWake, SendMsg)}},
	{Name: "staff-sign-in", Purpose: api.Purposes["staff-sign-in"],
		Timeout: quick, Memory: 256, Variables: []Variable{StaffSignInKey, AttemptKey, MailFrom, MailSet, Controller,
			PublicURL},
		Rights: []Right{on(Agenda, Get, QueryItems, Put, Update, DeleteItem, Check), on(Mail, SendEmail)}},
	{Name: "staff-look", Purpose: api.Purposes["staff-look"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, GuestKey, LookKey, AttemptKey, Controller,
			PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems, Check), on(Agenda, Get, QueryItems, Put, Update, Check),
			on(Received, GetObject, ListObjects, ListVers)}},
	{Name: "disclosure", Purpose: api.Purposes["disclosure"],
		Timeout: quick, Memory: 256, Variables: []Variable{AddressKey, GuestKey, LookKey, AttemptKey, Controller,
			PublicURL},
		Rights: []Right{on(Directory, Get, QueryItems, Check), on(Agenda, Get, QueryItems, Put, Update, Check),
			on(Insight, Update), on(Photos, GetObject, ListObjects), on(Received, GetObject, ListObjects, ListVers)}},
	{Name: "contract-end", Purpose: "removes a business account whose contract has ended, with all of its people " +
		"and buildings", Schedule: EveryMinute, Wake: ContractEndWake,
		Events: []string{events.ContractEndedType}, Timeout: aSlot, Memory: oneCPU,
		Variables: []Variable{AddressKey, GuestKey, AttemptKey, MailFrom, MailSet, Controller, PublicURL},
		Promises:  true,
		Rights: []Right{on(Directory, Get, QueryItems, DeleteItem, BatchWrite),
			onIndex(Directory, table.MembersIndex, QueryItems),
			on(Agenda, Get, QueryItems, Put, Update, DeleteItem, BatchWrite),
			onIndex(Agenda, table.MembersIndex, QueryItems),
			on(ContractEndWake, SendMsg),
			on(Insight, QueryItems, BatchWrite), on(Photos, GetObject, ListObjects, ListVers, DelVersion),
			on(Received, GetObject, ListObjects, ListVers, DelVersion),
			on(Mail, SendEmail, ListSuppressed, Unsuppress)}},
	{Name: "cancellation-notice", Purpose: "tells the owner of a reservation that the office cancelled it",
		Events: []string{events.ReservationCancelledType}, Timeout: steady, Memory: 256,
		Variables: []Variable{MailFrom, MailSet, Controller, PublicURL},
		Rights:    []Right{on(Directory, Get), on(Agenda, Get, DeleteItem), on(Mail, SendEmail)}},
	{Name: "pending", Purpose: "mails people what was done in their name and what is for their calendar, offers " +
		"what comes free, and has what needs approval decided",
		Schedule: EveryMinute,
		Timeout:  steady, Memory: 256, Variables: []Variable{MailFrom, MailSet, Controller, PublicURL},
		Rights: []Right{on(Directory, Get, BatchGet, Check), onIndex(Directory, table.MembersIndex, QueryItems),
			on(Agenda, Get, QueryItems, Update, DeleteItem, Check), on(Mail, SendEmail)}},
	{Name: "reservation-mail", Purpose: "asks people whether they come, and reminds those who want it of the next " +
		"day",
		Events: []string{events.MailDueType}, Timeout: steady, Memory: 256,
		Variables: []Variable{MailFrom, MailSet, Controller, PublicURL},
		Rights:    []Right{on(Directory, Get), on(Agenda, Get, QueryItems, Update), on(Mail, SendEmail)}},
	{Name: "mail-bounce", Purpose: "stops for an hour what is mailed to whom a code could not be brought",
		Events: []string{events.MailBouncedType}, Timeout: steady, Memory: 256, Rights: []Right{on(Agenda, Update)}},
	{Name: "share", Purpose: api.Purposes["share"], Timeout: quick, Memory: 256},
	{Name: "app", Purpose: api.Purposes["app"], Timeout: quick, Memory: 256},
	{Name: "statement", Purpose: api.Purposes["statement"], Timeout: quick, Memory: 256,
		Variables: []Variable{Controller, PublicURL}},
	{Name: "statement-notice", Purpose: "tells people who agreed to an earlier version of the statement of a new one",
		Schedule: EveryMinute,
		Timeout:  steady, Memory: 256, Variables: []Variable{MailFrom, MailSet, Controller, PublicURL},
		Rights: []Right{on(Directory, ScanItems, Update), on(Agenda, Get, Update), on(Mail, SendEmail)}},
	{Name: "reference", Purpose: api.Purposes["reference"], Timeout: quick, Memory: 256},
	{Name: "day-close", Purpose: "ends the days of locations: counts them without persons and removes what " +
		"belonged " +
		"to them", Schedule: EveryMinute,
		Wake:    DayCloseWake,
		Timeout: aSlot, Memory: oneCPU, Promises: true,
		Rights: []Right{on(Directory, BatchGet, QueryItems, Update, Check),
			on(Agenda, QueryItems, DeleteItem, BatchWrite), on(Insight, Put), on(DayCloseWake, SendMsg)}},
	{Name: "sweep", Purpose: "removes what has passed its deadline", Schedule: EveryMinute,
		Wake:    SweepWake,
		Timeout: aSlot, Memory: oneCPU, Promises: true,
		Rights: []Right{on(Agenda, Get, Update, DeleteItem),
			onIndex(Agenda, table.ExpiryIndex, QueryItems, ScanItems), on(SweepWake, SendMsg)}},
	{Name: "domain-check", Purpose: "looks whether the records are still there that prove e-mail domains, and ends " +
		"the proof of a domain whose record is gone; mends the rosters of the accounts on the way", Schedule: Daily,
		Timeout: long, Memory: 256,
		Variables: []Variable{DomainKey, DNSServer, MailFrom, MailSet, Controller},
		Rights: []Right{on(Directory, ScanItems, BatchGet, QueryItems, Update, DeleteItem, Check),
			onIndex(Directory, table.MembersIndex, QueryItems), on(Mail, SendEmail)}},
	{Name: "audit", Purpose: "reads every store once a day and reports what should not be there", Schedule: Daily,
		Timeout: long, Memory: oneCPU, Rights: []Right{on(Directory, ScanItems, BatchGet),
			on(Agenda, ScanItems, Get, BatchGet, Update),
			on(Insight, ScanItems), on(Photos, ListVers), on(Received, ListVers)}},
	{Name: "usage", Purpose: api.Purposes["usage"],
		Timeout: quick, Memory: 256, Rights: []Right{on(Directory, Get, QueryItems), on(Agenda, Update)}},
	{Name: "statistics", Purpose: api.Purposes["statistics"],
		Timeout: quick, Memory: 512, Rights: []Right{on(Directory, Get, QueryItems), on(Insight, QueryItems)}},
})

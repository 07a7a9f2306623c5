package catalog

import (
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/privacy"
)

// A Use is what a function processes kinds of data for: one of the purposes that each of them declares (5.purpose).
type Use struct {
	For   privacy.Purpose
	Kinds []Part
	Every bool // every kind, for what is owed of each whatever else it serves: privacy.CommonPurposes
}

// A Part of the statement is a clause, as 4.d.4, or all that begins with it, as 3 or 4.b.
type Part string

// Has tells whether the kind belongs to the part.
func (p Part) Has(kind privacy.Clause) bool {
	return string(kind) == string(p) || strings.HasPrefix(string(kind), string(p)+".")
}

// Covers tells whether the use is one of the kind.
func (u Use) Covers(kind privacy.Clause) bool {
	if _, declared := privacy.KindOf(kind); !declared {
		return false
	}
	return u.Every || slices.ContainsFunc(u.Kinds, func(p Part) bool { return p.Has(kind) })
}

func to(purpose privacy.Purpose, kinds ...Part) Use { return Use{For: purpose, Kinds: kinds} }

func every(purpose privacy.Purpose) Use { return Use{For: purpose, Every: true} }

// Uses says which kinds each function processes, and what for. The story in localstack lives a day and holds what
// each function was really given, wrote and made a condition of against it: what isn't here fails, and so does what
// isn't used. A function that is missing uses none. What a function processes of its callers follows from the roles
// of its operations.
var Uses = withCallersUses(map[string][]Use{
	// What shows people their own, corrects it, removes it or watches that it is removed: each kind, as agreed.
	"profile":          {every(privacy.Performance)},
	"overview-request": {every(privacy.Performance)},
	"overview":         {every(privacy.Performance)},
	"erasure-request":  {every(privacy.Performance)},
	"erasure":          {every(privacy.Performance)},
	"contract-end":     {every(privacy.Performance)},
	"sweep":            {every(privacy.Performance)},
	"audit":            {every(privacy.Performance)},
	"disclosure":       {every(privacy.Disclosure)},
	"staff-look":       {every(privacy.Performance)},

	"registration": {to(privacy.Performance, "2.consent", "3", "4.a", "4.d.1", "4.f.1", "4.language", "7.object",
		"s.registration"),
		to(privacy.Management, "4.d.5", "4.e", "s.attempts", "s.confirmation", "s.session")},
	"sign-in": {to(privacy.Performance, "2.consent", "3", "4.a.2", "4.d.1", "4.f.1", "4.language", "7.object",
		"s.correction"),
		to(privacy.Management, "4.d.5", "4.e", "s.attempts", "s.code", "s.session")},
	"business-opening": {to(privacy.Performance, "2.consent", "3", "4.a", "4.d.1", "4.f.1", "4.language", "7.object",
		"s.registration"),
		to(privacy.Management, "4.e", "s.attempts", "s.confirmation", "s.session")},
	"business-account": {to(privacy.Performance, "2.consent", "3", "4.a", "4.b.4", "4.d.1", "4.d.2", "4.f.1", "4.f.2",
		"4.language", "7.object", "7.shield", "s.correction", "s.erasure", "s.registration"),
		to(privacy.Management, "4.e.1", "s.attempts", "s.session"), to(privacy.Disclosure, "6.account")},
	"building":   {to(privacy.Performance, "3", "4.d.2", "4.d.4", "4.f.1", "4.f.2", "4.f.4", "s.cancelled")},
	"import":     {to(privacy.Performance, "3", "4.d.2", "4.d.4", "4.f.4", "s.cancelled")},
	"floor-plan": {to(privacy.Performance, "3")},
	"availability": {to(privacy.Performance, "3", "4.d.2", "4.d.4", "4.f.1", "4.f.2", "4.f.4", "7.object",
		"s.cancelled"),
		to(privacy.Research, "5.transactions")},
	"colleagues": {to(privacy.Performance, "3", "4.a", "4.b", "4.d.1", "4.d.2", "4.d.3", "4.d.4", "4.f.4", "7.object",
		"7.shield", "s.cancelled"),
		to(privacy.Research, "5.transactions"), to(privacy.Management, "s.attempts")},
	"booking": {to(privacy.Performance, "2.consent", "3", "4.a.1", "4.d.1", "4.d.2", "4.d.3", "4.d.4", "4.f.1",
		"4.f.2",
		"4.f.3", "4.f.4", "4.language", "7.shield", "s.cancelled")},
	"pending": {to(privacy.Performance, "2.consent", "3", "4.a.1", "4.a.2", "4.d.1", "4.d.2", "4.d.4", "4.f.1",
		"4.f.2", "4.f.3",
		"4.f.4", "4.language", "7.shield", "s.cancelled")},
	"today": {to(privacy.Performance, "3", "4.a.1", "4.b.4", "4.c.1", "4.c.2", "4.d.1", "4.d.2", "4.d.4",
		"4.f.1", "4.f.2", "4.f.3", "4.f.4", "4.language", "7.shield", "s.cancelled")},
	"calendar": {to(privacy.Performance, "3", "4.d.2", "4.f.4", "4.f.5")},
	"check-in": {to(privacy.Performance, "3", "4.d.2", "4.d.3", "4.d.4", "4.f.1", "4.f.4", "4.language",
		"s.cancelled")},
	"display": {to(privacy.Performance, "3", "4.a.1", "4.d.2", "4.d.4", "4.f.1", "4.f.4", "7.object", "7.shield",
		"s.cancelled"), to(privacy.Management, "s.attempts")},
	"guests": {to(privacy.Performance, "2.consent", "3", "4.d.1", "4.d.3", "4.language", "7.object",
		"7.shield", "s.pass"), to(privacy.Management, "s.attempts")},
	"sensor-reading": {to(privacy.Performance, "3", "4.d.2", "4.d.4", "7.object", "s.cancelled")},
	"no-show": {to(privacy.Performance, "3", "4.d.2", "4.d.4", "4.f.1", "4.f.2", "4.f.4", "7.object",
		"s.cancelled")},
	"cancellation-notice": {to(privacy.Performance, "3", "4.a.2", "4.d.2", "4.language")},
	"reservation-mail": {to(privacy.Performance, "3", "4.a.2", "4.d.2", "4.d.4", "4.f.1", "4.f.4", "4.language",
		"s.cancelled")},
	"statement-notice": {to(privacy.Performance, "13.versions", "2.consent", "4.a.2", "4.language")},
	"domain-check":     {to(privacy.Performance, "3.d", "4.a.1", "4.a.2", "4.d.1", "4.language", "7.shield")},
	"mail-bounce":      {to(privacy.Management, "s.attempts")},
	"support-mail":     {to(privacy.Performance, "4.a.2", "4.d.1", "s.mail", "s.overview")},
	"staff-sign-in": {to(privacy.Management, "4.f.5", "6.staff", "s.attempts", "s.code", "s.confirmation",
		"s.session")},
	"day-close": {to(privacy.Performance, "3", "4.d.2", "4.d.4", "7.object", "s.cancelled"),
		to(privacy.Research, "11.cookies", "5.transactions")},
	"usage":      {to(privacy.Performance, "3", "7.object"), to(privacy.Research, "11.cookies")},
	"statistics": {to(privacy.Performance, "3")},
})

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
)

// parts are the dossier, in the order in which it is read.
func (d deployment) parts() []part {
	return []part{d.record(), d.dataMap(), retention(), d.subProcessors(), d.annexes(), dpia(), employer(),
		d.accountability(), d.breach()}
}

func (d deployment) record() part {
	p := part{Title: "Record of processing (GDPR art. 30)", Text: []string{
		"Controller: " + d.controller.Name + ". Contact: " + d.controller.Contact + ". Supervisory authority: " +
			d.controller.Authority + ", " + d.controller.AuthorityURL + ".",
		blank + "joint controllers, representative and data protection officer, where there are any.",
		"People concerned: users of a customer, guests whom they invite, administrators, and the controller's own " +
			"staff.",
		"Recipients: colleagues within the same business account, as far as a person shows; the processors below; " +
			"the e-mail provider of whoever is mailed; the maker of the calendar with which a person fetches their " +
			"own feed (4.f.5), of reservations without names; who the law names, by clause 5.disclosure.",
		"Transfers outside the European Union: none. Region: " + d.region +
			". Should a processor of an American group ever be forced to one, the standard contractual clauses of " +
			"its addendum apply. An e-mail and a feed go to the provider that the person chose, wherever that is.",
		"Security: encryption at rest and in transit, a role of its own for each function, no secret stored in " +
			"clear, looks of staff recorded. See RETENTION.md for each clause with what enforces it and the test " +
			"that proves it.",
	}, Head: []string{"clause", "kind of data", "purposes", "legal basis", "kept"}}
	for _, kind := range privacy.Kinds {
		p.Rows = append(p.Rows, []string{string(kind.Clause), kind.EN, purposesOf(kind), d.basisOf(kind),
			kind.Rule.EN})
	}
	return p
}

func (d deployment) dataMap() part {
	p := part{Title: "Data map", Text: []string{
		"All of it is in the region " + d.region + ". Functions that have every kind in hand, to show it to its " +
			"person, correct it, remove it, watch that it is removed, or disclose it where the law requires: " +
			"" + everyKind() +
			"."},
		Head: []string{"clause", "kind of data", "store: item", "other functions", "who sees it"}}
	for _, kind := range privacy.Kinds {
		p.Rows = append(p.Rows, []string{string(kind.Clause), kind.EN, storeText(kind.Clause),
			functionsOf(kind.Clause),
			seenBy(kind)})
	}
	return p
}

func retention() part {
	p := part{Title: "Retention schedule", Text: []string{
		"Weeks are counted in days of 24 hours. What is past its deadline can't be read from that moment on, and is " +
			"physically gone within 60 seconds. The directory and insight have a backup of one day, the agenda has " +
			"none."},
		Head: []string{"clause", "kind of data", "kept", "at an erasure", "what enforces it", "test"}}
	for _, kind := range privacy.Kinds {
		promise := promiseOf(kind.Clause)
		p.Rows = append(p.Rows, []string{string(kind.Clause), kind.EN, kind.Rule.EN, string(kind.Fate), promise.By,
			promise.Proof})
	}
	return p
}

// services are what AWS is used for, each with what passes through it.
var services = []struct {
	prefix, name, does string
	passes             string // "" is what its stores hold
}{
	{"dynamodb:", "Amazon DynamoDB", "tables directory, agenda and insight", ""},
	{"s3:", "Amazon S3", "pictures; mail that arrives, until it is handled", ""},
	{"ses:", "Amazon SES", "sends and receives e-mail", "address, subject and content of a mail, in passing"},
	{"events:", "Amazon EventBridge", "tells functions what has happened", "random ids"},
	{"sqs:", "Amazon SQS", "readings of sensors; calls that wake a function",
		"readings without a person; random ids"},
}

func (d deployment) subProcessors() part {
	used := map[string]bool{}
	for _, f := range catalog.Functions {
		for _, right := range f.Rights {
			for _, action := range right.Actions {
				used[action[:strings.Index(action, ":")+1]] = true
			}
		}
	}
	p := part{Title: "Processors and sub-processors, by service", Text: []string{
		"Amazon Web Services EMEA SARL, Luxembourg, in the region " + d.region + d.controller.Processors + ".",
		blank + "date of the data processing addendum with AWS, and where it is kept."},
		Head: []string{"service", "what for", "kinds of data"}}
	for _, s := range services {
		if !used[s.prefix] {
			panic("dossier: no function uses " + s.name)
		}
		delete(used, s.prefix)
		passes := s.passes
		if passes == "" {
			passes = kindsAt(s.prefix)
		}
		p.Rows = append(p.Rows, []string{s.name, s.does, passes})
	}
	if len(used) > 0 {
		panic(fmt.Sprintf("dossier: nothing is said of %v", slices.Collect(maps.Keys(used))))
	}
	return withRest(p)
}

// withRest adds the services that no function's rights name.
func withRest(p part) part {
	p.Rows = append(p.Rows,
		[]string{"AWS Lambda, Amazon API Gateway", "run the functions and take requests",
			"every kind, in passing; the access log has no IP address"},
		[]string{"AWS IoT Core, AWS IoT Core for LoRaWAN", "take messages of sensors", "readings without a person"},
		[]string{"Amazon CloudWatch, AWS X-Ray", "logs, metrics, alarms; how long calls take",
			"none: nothing personal is logged or traced"},
		[]string{"Amazon EventBridge Scheduler", "wakes functions at set times", "none"},
		[]string{"Amazon SNS, AWS Budgets", "mail the operator about alarms and costs", "none"},
		[]string{"AWS KMS, AWS Secrets Manager, AWS IAM", "keys; rights of functions", "none"})
	return p
}

func kindsAt(prefix string) string {
	stores := []privacy.Store{privacy.Directory, privacy.Agenda, privacy.Insight}
	if prefix == "s3:" {
		stores = []privacy.Store{privacy.Photos, privacy.Received}
	}
	return strings.Join(clausesIn(stores...), ", ")
}

func clausesIn(stores ...privacy.Store) []string {
	var all []string
	for _, kind := range privacy.Kinds {
		if slices.ContainsFunc(stores, func(s privacy.Store) bool { return storesOf(kind.Clause)[s] != nil }) {
			all = append(all, string(kind.Clause))
		}
	}
	return all
}

func (d deployment) breach() part {
	p := part{Title: "Draft of a breach's notification (GDPR art. 33)", Text: []string{
		"To: " + d.controller.Authority + ", " + d.controller.AuthorityURL + ", within 72 hours of becoming aware.",
		"Controller: " + d.controller.Name + ". Contact point: " + d.controller.Contact + ".",
		blank + "what happened, when it began, when it was noticed, and when it ended.",
		blank + "which of the stores below were reached, in which way (read, changed, lost), and about how many " +
			"items.",
		"Number of people: at most the number of registered users (3.i) of the accounts that were reached, which " +
			"`GET /business-account` shows, and their guests. " + blank + "that number.",
		"Likely consequences and measures: what a store holds is below. Codes, sessions, passes and links are " +
			"stored as hashes; data of a past day is not there; the backup goes back one day. " + blank +
			"consequences and measures taken.",
		blank + "whether the people concerned are told (art. 34), and by whom.",
	}, Head: []string{"store", "encrypted", "kinds of data in it"}}
	for _, store := range []privacy.Store{privacy.Directory, privacy.Agenda, privacy.Insight, privacy.Photos,
		privacy.Received} {
		held := strings.Join(clausesIn(store), ", ")
		if held == "" {
			held = "none of a person: figures about five people or more"
		}
		p.Rows = append(p.Rows, []string{string(store), "at rest and in transit", held})
	}
	return p
}

// Package audit reads every store once a day and looks for what should not be there: whatever is past its deadline,
// is not in the register, or is about a person, a business account or a location that is gone. It is the check on all
// the rest: it takes nothing for granted that a sweep, a closing of a day or an erasure promises. It changes nothing,
// and whoever is told by its alarm removes what it found.
//
// # What it costs
//
// Half a read unit for each 4 KB of the tables, and half for each person that a page of items names. Of 2 million
// people with 3 KB and two reservations each that is 0.75 million units for 6 GB and 3 million for the persons: half
// a dollar a day (0.125 dollars for a million in us-east-1). Reading takes 6,000 pages of 1 MB, Together at once: a
// few minutes. What does not fit into one start of the function is gone on with at the next, part by part.
//
// # How to find what it found
//
// A log line says the store, the kind of item, what is wrong and in which segment of the store, and nothing of the
// item, since an id can be of a person:
//
//	aws dynamodb scan --table-name … --total-segments 64 --segment <segment> \
//	    --filter-expression "begins_with(sk, :sk)" …
package audit

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/metric"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/support"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

// How the audit goes about it.
const (
	Segments = 64 // of each table
	Together = 8  // segments that are read at once

	late    = time.Minute      // after a deadline, until which something may still be there
	settled = 10 * time.Minute // after which what is stored in two places stands in both
	reserve = 2 * time.Minute  // left of the function's time, in which nothing more is begun
)

// stores are the tables, in the order in which they are read.
var stores = []privacy.Store{privacy.Directory, privacy.Agenda, privacy.Insight}

// parts is how many segments there are, and the two buckets.
func parts() int { return len(stores)*Segments + 2 }

// An Auditor audits.
type Auditor struct {
	Tables   *table.Tables
	Photos   *photo.Store
	Received *support.Bucket
	Now      func() time.Time
	Metrics  io.Writer
}

// ErrUnfinished says that there was no time for all parts; the next run begins where this one stopped.
var ErrUnfinished = errors.New("audit: there was no time for all parts")

// Starts says what starts an audit.
func (a Auditor) Starts() trigger.Starts { return trigger.OnSchedule(a.Step) }

// Step looks at every part once, beginning where the last run stopped. What it finds is no error: it is counted, by
// kind of item.
func (a Auditor) Step(ctx context.Context) error {
	first, err := a.Tables.AuditedUntil(ctx)
	if err != nil {
		return err
	}
	found := findings{counts: map[finding]int{}}
	finished := 0
	for begun := 0; begun < parts(); begun += Together {
		if left, limited := clock.Left(ctx); limited && left < reserve {
			err = ErrUnfinished
			break
		}
		var some []int
		for i := begun; i < min(begun+Together, parts()); i++ {
			some = append(some, (first+i)%parts())
		}
		err = parallel.Each(ctx, Together, some, func(ctx context.Context,
			part int) error {
			return a.part(ctx, part, &found)
		})
		if err != nil {
			break
		}
		finished = begun + len(some)
		if err = a.Tables.MarkAudited(ctx, (first+finished)%parts()); err != nil {
			break
		}
	}
	a.report(&found, finished)
	return err
}

// part looks at one segment of a table, or at one of the buckets.
func (a Auditor) part(ctx context.Context, part int, found *findings) error {
	switch part - len(stores)*Segments {
	case 0:
		return a.photos(ctx, found)
	case 1:
		return a.received(ctx, found)
	}
	segment := table.Segment{Store: stores[part/Segments], Number: part % Segments, Segments: Segments}
	for !segment.Done {
		rows, err := a.Tables.AuditPage(ctx, &segment)
		if err == nil {
			err = a.rows(ctx, segment, rows, found)
		}
		if err != nil {
			return err
		}
		found.looked(len(rows))
	}
	return nil
}

// rows looks at one page. What seems wrong is read again, consistently: it may have gone, or have been changed,
// meanwhile.
func (a Auditor) rows(ctx context.Context, segment table.Segment, rows []table.Row, found *findings) error {
	orphans, err := a.Tables.Orphans(ctx, rows)
	if err != nil {
		return err
	}
	if orphans, err = a.Tables.AuditAgain(ctx, orphans); err != nil {
		return err
	}
	for _, row := range orphans {
		found.add(segment, row.Name, Orphaned, "what it is about is gone")
	}
	var suspects []table.Row
	for _, row := range rows {
		if row.Fault != "" || a.overdue(row) {
			suspects = append(suspects, row)
		}
	}
	if suspects, err = a.Tables.AuditAgain(ctx, suspects); err != nil {
		return err
	}
	for _, row := range suspects {
		if row.Fault != "" {
			found.add(segment, row.Name, Undeclared, string(row.Fault))
		}
		if a.overdue(row) {
			found.add(segment, row.Name, Overdue, "past its deadline")
		}
	}
	return nil
}

func (a Auditor) overdue(row table.Row) bool {
	return row.Due != 0 && a.Now().Sub(time.Unix(row.Due, 0)) > late
}

// photos looks whether each photo is its person's one photo, and each plan its floor's.
func (a Auditor) photos(ctx context.Context, found *findings) error {
	bucket := table.Segment{Store: privacy.Photos}
	return a.Photos.Copies(ctx, func(ctx context.Context, copies []photo.Copy) error {
		has, err := a.pictured(ctx, copies)
		if err != nil {
			return err
		}
		for _, c := range copies {
			what := "photo"
			if c.Floor != (photo.Floor{}) {
				what = "plan"
			}
			switch {
			case a.Now().Sub(c.At) < settled:
			case c.Old:
				found.add(bucket, what, Overdue, "an older version")
			case !has[subject{c.Person, c.Floor}]:
				found.add(bucket, what, Orphaned, "nobody's "+what)
			}
		}
		found.looked(len(copies))
		return nil
	})
}

// A subject is the person or the floor that a picture is of.
type subject struct {
	person identity.Person
	floor  photo.Floor
}

// pictured are the persons and floors, of those that copies are of, that say that they have a picture.
func (a Auditor) pictured(ctx context.Context, copies []photo.Copy) (map[subject]bool, error) {
	people, floors := map[string][]string{}, map[string][]string{}
	for _, c := range copies {
		people[c.Person.Business] = append(people[c.Person.Business], c.Person.User)
		floors[c.Floor.Business] = append(floors[c.Floor.Business], c.Floor.ID)
	}
	delete(people, "")
	delete(floors, "")
	has := map[subject]bool{}
	for business, users := range people {
		known, err := a.Tables.UsersNow(ctx, business, distinct(users), "4.b.6")
		if err != nil {
			return nil, err
		}
		for id, user := range known {
			has[subject{person: identity.Person{Business: business, User: id}}] = user.Photo != ""
		}
	}
	for business, ids := range floors {
		known, err := a.Tables.WithPlan(ctx, business, distinct(ids))
		if err != nil {
			return nil, err
		}
		for id, is := range known {
			has[subject{floor: photo.Floor{Business: business, ID: id}}] = is
		}
	}
	return has, nil
}

// received looks whether mail is left that nobody handled.
func (a Auditor) received(ctx context.Context, found *findings) error {
	names, err := a.Received.Before(ctx, a.Now().Add(-privacy.LongestReceived-late))
	for range names {
		found.add(table.Segment{Store: privacy.Received}, privacy.ReceivedMail.Name, Overdue, "past its deadline")
	}
	return err
}

// findings are what was found, counted.
type findings struct {
	mu     sync.Mutex
	seen   int
	counts map[finding]int
}

// A finding tells where to look, and nothing of the item.
type finding struct {
	store   privacy.Store
	item    string
	kind    Kind
	why     string
	segment int
}

// A Kind of finding is also the name of its metric.
type Kind string

// The kinds.
const (
	Overdue    Kind = "Overdue"
	Undeclared Kind = "Undeclared"
	Orphaned   Kind = "Orphaned"
)

func (f *findings) add(segment table.Segment, item string, kind Kind, why string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if item == "" {
		item = "unknown"
	}
	f.counts[finding{segment.Store, item, kind, why, segment.Number}]++
}

func (f *findings) looked(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen += n
}

// report writes what was found, and in any case how much was looked at and whether all of it was.
func (a Auditor) report(f *findings, finished int) {
	total := map[Kind]int{}
	for found, n := range f.counts {
		total[found.kind] += n
		metric.WriteOf(a.Metrics, a.Now(), "audit", map[string]any{"Store": found.store, "Item": found.item,
			"Why": found.why, "Segment": found.segment},
			metric.Value{Name: string(found.kind), Unit: "Count", Value: float64(n)})
	}
	whole := 0.0
	if finished >= parts() {
		whole = 1
	}
	all := float64(total[Overdue] + total[Undeclared] + total[Orphaned])
	metric.Write(a.Metrics, a.Now(), "audit",
		metric.Value{Name: "Audited", Unit: "Count", Value: float64(f.seen)},
		metric.Value{Name: "Findings", Unit: "Count", Value: all},
		metric.Value{Name: "Finished", Unit: "Count", Value: whole})
}

func distinct(texts []string) []string {
	var once []string
	seen := map[string]bool{}
	for _, text := range texts {
		if !seen[text] {
			once, seen[text] = append(once, text), true
		}
	}
	return once
}

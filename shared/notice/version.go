package notice

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/trigger"
)

const (
	segments = 64  // of the directory
	aStep    = 200 // mails in one step, or a few more to finish a page
	atOnce   = 8   // mails under way
	telling  = time.Minute
)

// A Teller mails everybody who agreed to an earlier version of the statement that there is a new one, once for each
// version (13.versions). It goes through the directory segment by segment, and remembers between steps where it is,
// so one is used by one process; what is done is written down after each segment, and whom it told with each person.
// A run that ends anywhere is resumed by the next, which tells nobody twice unless the answer to a mail was lost.
// When everybody has been told, a step is one read.
type Teller struct {
	Tables  *table.Tables
	Mail    mail.Sender
	Version privacy.Issue

	PublicURL string // where the app and the statement are

	segment *table.Segment
	failed  bool
}

// Starts says what starts the telling.
func (t *Teller) Starts() trigger.Starts {
	return trigger.OnSchedule(func(ctx context.Context) error {
		_, err := t.Step(ctx)
		return err
	})
}

// Step tells some people, and whether there may be more.
func (t *Teller) Step(ctx context.Context) (more bool, err error) {
	part, err := t.Tables.NoticesUntil(ctx, t.Version.Version)
	if err != nil || part >= segments {
		return err != nil, err
	}
	for told := 0; told < aStep && part < segments; {
		if t.segment == nil || t.segment.Number != part {
			t.segment, t.failed = &table.Segment{Store: privacy.Directory, Number: part, Segments: segments}, false
		}
		n, err := t.page(ctx)
		if err != nil {
			return true, err
		}
		told += n
		if !t.segment.Done {
			continue
		}
		if t.segment = nil; t.failed {
			return true, nil // once more from the segment's beginning
		}
		part++
		if err := t.Tables.MarkNotices(ctx, t.Version.Version, part); err != nil {
			return true, err
		}
	}
	return part < segments, nil
}

func (t *Teller) page(ctx context.Context) (told int, err error) {
	people, err := t.Tables.Outdated(ctx, t.segment, t.Version.Version)
	if err != nil {
		t.segment = nil
		return 0, err
	}
	var done atomic.Int64
	err = parallel.Each(ctx, atOnce, people, func(ctx context.Context, user table.User) error {
		mine, err := t.Tables.TellVersion(ctx, user.Person, t.Version.Version, telling)
		if err == nil && mine {
			done.Add(1)
			err = t.Mail.Send(ctx, t.message(user))
		}
		if err != nil || !mine {
			return err
		}
		return t.Tables.VersionTold(ctx, user.Person, t.Version.Version)
	})
	t.failed = t.failed || err != nil || int(done.Load()) < len(people)
	return int(done.Load()), err
}

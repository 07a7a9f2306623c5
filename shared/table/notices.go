package table

import (
	"context"
	"errors"
	"time"

	"github.com/guregu/dynamo/v2"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
)

// addressed is of a registration what a mail to it needs. A scan takes reserved names in quotes only.
var addressed = quotedAll(privacy.User.AttributesOf("4.a.2", "4.language"))

func quotedAll(names []string) []string {
	for i, name := range names {
		names[i] = quoted(name)
	}
	return names
}

// Outdated reads the segment's next page, at most 1 MB of the directory, and moves it on: the registrations whose
// consent is to another version of the statement, of people who were not told of this one.
func (t *Tables) Outdated(ctx context.Context, s *Segment, version string) ([]User, error) {
	return t.users(ctx, s, "$ <> ? AND (attribute_not_exists($) OR $ <> ?)", "consent_version", version, "told_version",
		"told_version", version)
}

// Everybody reads the segment's next page in the same way: all registrations.
func (t *Tables) Everybody(ctx context.Context, s *Segment) ([]User, error) {
	return t.users(ctx, s, "attribute_exists($)", "email")
}

func (t *Tables) users(ctx context.Context, s *Segment, which string, args ...any) ([]User, error) {
	var raw []dynamo.Item
	next, err := t.table(s.Store).Scan().Segment(s.Number, s.Segments).RequestLimit(1).StartFrom(s.from).
		Filter("$ = ? AND "+which, append([]any{skName, privacy.User.SortPrefix}, args...)...).Project(addressed...).
		AllWithLastEvaluatedKey(ctx, &raw)
	if err != nil {
		return nil, wrap(err)
	}
	s.from, s.Done = next, next == nil
	return decodeAll(raw, func(item dynamo.Item) (User, error) {
		return filled(item, User{Person: personOf(text(item[pkName]))})
	})
}

// TellVersion claims telling somebody of a version: true for one caller within a while, until VersionTold; false for
// who was told or has gone.
func (t *Tables) TellVersion(ctx context.Context, p identity.Person, version string,
	within time.Duration) (bool, error) {
	now := t.now()
	err := t.update(userKey(p)).set("telling_at", now.Unix()).
		when("attribute_exists($) AND (attribute_not_exists($) OR $ <> ?) AND (attribute_not_exists($) OR $ <= ?)",
			pkName,
			"told_version", "told_version", version, "telling_at", "telling_at", now.Add(-within).Unix()).run(ctx)
	if errors.Is(err, ErrRefused) {
		return false, nil
	}
	return err == nil, err
}

// VersionTold notes that somebody was told of a version. Who has gone or agreed to it meanwhile is left alone.
func (t *Tables) VersionTold(ctx context.Context, p identity.Person, version string) error {
	err := t.update(userKey(p)).set("told_version", version).remove("telling_at").when("attribute_exists($) AND $ "+
		"<> ?", pkName, "consent_version", version).run(ctx)
	if errors.Is(err, ErrRefused) {
		return nil
	}
	return err
}

type noticesMark struct {
	Version string `dynamo:"version"`
	Part    int    `dynamo:"part"`
}

func noticesMarkKey() key { return soleKey(privacy.SweepMark, "statement") }

// NoticesUntil is up to which segment everybody was told of a version; 0 when nobody was.
func (t *Tables) NoticesUntil(ctx context.Context, version string) (part int, err error) {
	var mark noticesMark
	if err = t.get(ctx, noticesMarkKey(), true, &mark); err != nil || mark.Version != version {
		return 0, ignoreAbsent(err)
	}
	return mark.Part, nil
}

// MarkNotices moves it on.
func (t *Tables) MarkNotices(ctx context.Context, version string, part int) error {
	return t.update(noticesMarkKey()).set("version", version).set("part", part).run(ctx)
}

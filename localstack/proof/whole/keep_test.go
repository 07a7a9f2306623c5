package whole

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/guregu/dynamo/v2"
	"github.com/johannesboyne/gofakes3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/shared/mail/mailtest"
	"github.com/iotspot/iotspot/shared/privacy"
)

// Kept is a world at one moment.
type Kept struct {
	at      time.Time
	tables  map[privacy.Store][]dynamo.Item
	buckets map[string][]s3.Version
	pending []Event
	lines   []string
	ids     map[string]bool
}

// Keep remembers the world, and takes the mail out of it.
func (w *World) Keep(t testing.TB) Kept {
	t.Helper()
	k := Kept{at: w.Clock.Now(), tables: w.Everything(t), buckets: map[string][]s3.Version{},
		pending: slices.Clone(w.pending),
		lines:   w.lines(t), ids: map[string]bool{}}
	for _, name := range []string{photos, received} {
		k.buckets[name] = w.Buckets.Versions(name)
	}
	for _, line := range k.lines {
		for _, id := range opaque.FindAllString(line, -1) {
			k.ids[id] = true
		}
	}
	w.Post = &mailtest.Recorder{}
	return k
}

// Has reports whether an opaque id was in the stores.
func (k Kept) Has(id string) bool { return k.ids[id] }

// PutBack makes the world again what it was, with nothing in the mail.
func (w *World) PutBack(t testing.TB, k Kept) {
	t.Helper()
	for store, items := range k.tables {
		w.Return(t, store, items)
	}
	for name, versions := range k.buckets {
		w.Clock.Set(k.at)
		for _, v := range w.Buckets.Versions(name) {
			_, err := w.Buckets.DeleteObjectVersion(name, v.Key, gofakes3.VersionID(v.ID))
			require.NoError(t, err)
		}
		for _, v := range versions {
			_, err := w.Buckets.PutObject(name, v.Key, v.Metadata, bytes.NewReader(v.Body), int64(len(v.Body)), nil)
			require.NoError(t, err)
		}
	}
	w.Clock.Set(k.at)
	w.pending, w.aside = slices.Clone(k.pending), nil
	w.Post = &mailtest.Recorder{}
	w.Faults.Arm(0, false, false)
}

// Package s3 is S3 on one machine: gofakes3's protocol before a store of versions that is kept in a folder. The
// library's own stores either know no versions or, when the latest version is deleted, don't bring back the one
// before it. All buckets here are versioned.
package s3

import (
	"bytes"
	"cmp"
	"crypto/md5"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/johannesboyne/gofakes3"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// A Version is one version of an object.
type Version struct {
	Key      string            `json:"key"`
	ID       string            `json:"id"`
	Order    int64             `json:"order"`
	At       time.Time         `json:"at"`
	Deletion bool              `json:"deletion,omitempty"` // a delete marker
	Metadata map[string]string `json:"metadata,omitempty"`
	Body     []byte            `json:"body,omitempty"`
}

// A Store keeps the versions of all objects in memory, and in a folder where it has one.
type Store struct {
	folder string
	now    func() time.Time

	mu      sync.Mutex
	order   int64
	buckets map[string]map[string][]Version // by bucket and key, latest last
}

// Open reads what the folder holds, and makes the buckets that are named; "" keeps all in memory.
func Open(folder string, now func() time.Time, names ...string) (*Store, error) {
	s := &Store{folder: folder, now: now, buckets: map[string]map[string][]Version{}}
	for _, name := range names {
		s.buckets[name] = map[string][]Version{}
		if folder == "" {
			continue
		}
		if err := s.read(name); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Handler serves the store over S3's protocol.
func (s *Store) Handler() http.Handler { return gofakes3.New(s).Server() }

// Versions are all versions of all objects in a bucket, delete markers included, in the order in which they were
// made.
func (s *Store) Versions(bucket string) []Version {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Concat(slices.Collect(maps.Values(s.buckets[bucket]))...)
	slices.SortFunc(all, func(a, b Version) int { return cmp.Compare(a.Order, b.Order) })
	return all
}

func (s *Store) read(name string) error {
	if err := os.MkdirAll(filepath.Join(s.folder, name), 0o700); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(s.folder, name, "*.json"))
	if err != nil {
		return err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var v Version
		if err := json.Unmarshal(content, &v); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		s.buckets[name][v.Key] = append(s.buckets[name][v.Key], v)
		s.order = max(s.order, v.Order)
	}
	for _, versions := range s.buckets[name] {
		slices.SortFunc(versions, func(a, b Version) int { return cmp.Compare(a.Order, b.Order) })
	}
	return nil
}

func (s *Store) file(bucket string, v Version) string {
	return filepath.Join(s.folder, bucket, v.ID+".json")
}

// add makes a version the latest; the caller holds the lock.
func (s *Store) add(bucket string, v Version) (Version, error) {
	s.order++
	v.ID, v.Order, v.At = protocol.ID(), s.order, s.now().UTC()
	if s.folder != "" {
		content, err := json.Marshal(v)
		if err != nil {
			return v, err
		}
		if err := os.WriteFile(s.file(bucket, v), content, 0o600); err != nil {
			return v, err
		}
	}
	s.buckets[bucket][v.Key] = append(s.buckets[bucket][v.Key], v)
	return v, nil
}

// drop takes one version away for good; the caller holds the lock. One that is not there is as good.
func (s *Store) drop(bucket, key, id string) (Version, error) {
	versions := s.buckets[bucket][key]
	i := slices.IndexFunc(versions, func(v Version) bool { return v.ID == id })
	if i < 0 {
		return Version{}, nil
	}
	dropped := versions[i]
	if s.folder != "" {
		if err := os.Remove(s.file(bucket, dropped)); err != nil {
			return dropped, err
		}
	}
	if len(versions) == 1 {
		delete(s.buckets[bucket], key)
		return dropped, nil
	}
	s.buckets[bucket][key] = slices.Delete(slices.Clone(versions), i, i+1)
	return dropped, nil
}

// find gives one version, or the latest for "".
func (s *Store) find(bucket, key, id string) (Version, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	objects, ok := s.buckets[bucket]
	if !ok {
		return Version{}, gofakes3.BucketNotFound(bucket)
	}
	versions := objects[key]
	if id == "" {
		if len(versions) == 0 || versions[len(versions)-1].Deletion {
			return Version{}, gofakes3.KeyNotFound(key)
		}
		return versions[len(versions)-1], nil
	}
	for _, v := range versions {
		if v.ID == id {
			return v, nil
		}
	}
	return Version{}, gofakes3.ErrNoSuchVersion
}

func (v Version) hash() []byte {
	sum := md5.Sum(v.Body)
	return sum[:]
}

// object is the version as gofakes3 hands it out.
func (v Version) object(part *gofakes3.ObjectRangeRequest) (*gofakes3.Object, error) {
	size := int64(len(v.Body))
	bounds, err := part.Range(size)
	if err != nil {
		return nil, err
	}
	body := v.Body
	if bounds != nil {
		body = body[bounds.Start : bounds.Start+bounds.Length]
	}
	return &gofakes3.Object{Name: v.Key, Hash: v.hash(), Metadata: v.Metadata, Size: size, Range: bounds,
		VersionID: gofakes3.VersionID(v.ID), IsDeleteMarker: v.Deletion,
		Contents: io.NopCloser(bytes.NewReader(body))}, nil
}

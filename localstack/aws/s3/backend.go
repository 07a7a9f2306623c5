package s3

import (
	"io"
	"maps"
	"slices"

	"github.com/johannesboyne/gofakes3"
)

var (
	_ gofakes3.Backend          = &Store{}
	_ gofakes3.VersionedBackend = &Store{}
)

// PutObject makes a new version.
func (s *Store) PutObject(bucket, key string, meta map[string]string, input io.Reader, size int64,
	conditions *gofakes3.PutConditions) (gofakes3.PutObjectResult, error) {
	if len(key) > gofakes3.KeySizeLimit {
		return gofakes3.PutObjectResult{}, gofakes3.ErrorMessage(gofakes3.ErrKeyTooLong, "a key has 1,024 bytes at most")
	}
	body, err := gofakes3.ReadAll(input, size)
	if err != nil {
		return gofakes3.PutObjectResult{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	objects, ok := s.buckets[bucket]
	if !ok {
		return gofakes3.PutObjectResult{}, gofakes3.BucketNotFound(bucket)
	}
	if conditions != nil {
		state := &gofakes3.ConditionalObjectInfo{}
		if n := len(objects[key]); n > 0 && !objects[key][n-1].Deletion {
			state = &gofakes3.ConditionalObjectInfo{Exists: true, Hash: objects[key][n-1].hash()}
		}
		if err := gofakes3.CheckPutConditions(conditions, state); err != nil {
			return gofakes3.PutObjectResult{}, err
		}
	}
	made, err := s.add(bucket, Version{Key: key, Metadata: meta, Body: body})
	return gofakes3.PutObjectResult{VersionID: gofakes3.VersionID(made.ID)}, err
}

// GetObject gives the latest version.
func (s *Store) GetObject(bucket, key string, part *gofakes3.ObjectRangeRequest) (*gofakes3.Object, error) {
	return s.GetObjectVersion(bucket, key, "", part)
}

// GetObjectVersion gives one version.
func (s *Store) GetObjectVersion(bucket, key string, id gofakes3.VersionID,
	part *gofakes3.ObjectRangeRequest) (*gofakes3.Object, error) {
	found, err := s.find(bucket, key, string(id))
	if err != nil {
		return nil, err
	}
	return found.object(part)
}

// HeadObject tells about the latest version.
func (s *Store) HeadObject(bucket, key string) (*gofakes3.Object, error) {
	return s.GetObjectVersion(bucket, key, "", nil)
}

// HeadObjectVersion tells about one version.
func (s *Store) HeadObjectVersion(bucket, key string, id gofakes3.VersionID) (*gofakes3.Object, error) {
	return s.GetObjectVersion(bucket, key, id, nil)
}

// DeleteObject lays a delete marker over the versions.
func (s *Store) DeleteObject(bucket, key string) (gofakes3.ObjectDeleteResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.buckets[bucket] == nil {
		return gofakes3.ObjectDeleteResult{}, gofakes3.BucketNotFound(bucket)
	}
	marker, err := s.add(bucket, Version{Key: key, Deletion: true})
	return gofakes3.ObjectDeleteResult{IsDeleteMarker: true, VersionID: gofakes3.VersionID(marker.ID)}, err
}

// DeleteObjectVersion takes one version away for good.
func (s *Store) DeleteObjectVersion(bucket, key string, id gofakes3.VersionID) (gofakes3.ObjectDeleteResult, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.buckets[bucket] == nil {
		return gofakes3.ObjectDeleteResult{}, gofakes3.BucketNotFound(bucket)
	}
	dropped, err := s.drop(bucket, key, string(id))
	result := gofakes3.ObjectDeleteResult{IsDeleteMarker: dropped.Deletion, VersionID: gofakes3.VersionID(dropped.ID)}
	return result, err
}

// DeleteMulti lays delete markers over several objects.
func (s *Store) DeleteMulti(bucket string, keys ...string) (gofakes3.MultiDeleteResult, error) {
	var objects []gofakes3.ObjectID
	for _, key := range keys {
		objects = append(objects, gofakes3.ObjectID{Key: key})
	}
	return s.DeleteMultiVersions(bucket, objects...)
}

// DeleteMultiVersions deletes several versions, or objects where no version is named.
func (s *Store) DeleteMultiVersions(bucket string, objects ...gofakes3.ObjectID) (gofakes3.MultiDeleteResult, error) {
	var result gofakes3.MultiDeleteResult
	for _, object := range objects {
		var err error
		if object.VersionID == "" {
			_, err = s.DeleteObject(bucket, object.Key)
		} else {
			_, err = s.DeleteObjectVersion(bucket, object.Key, gofakes3.VersionID(object.VersionID))
		}
		if err != nil {
			result.Error = append(result.Error, gofakes3.ErrorResultFromError(err))
			continue
		}
		result.Deleted = append(result.Deleted, object)
	}
	return result, nil
}

// ListBucket lists the latest versions, all on one page.
func (s *Store) ListBucket(bucket string, prefix *gofakes3.Prefix,
	page gofakes3.ListBucketPage) (*gofakes3.ObjectList, error) {
	list := gofakes3.NewObjectList()
	err := s.each(bucket, prefix, list, func(versions []Version) {
		latest := versions[len(versions)-1]
		if !latest.Deletion && latest.Key > page.Marker {
			list.Add(&gofakes3.Content{Key: latest.Key, LastModified: gofakes3.NewContentTime(latest.At),
				ETag: gofakes3.FormatETag(latest.hash()), Size: int64(len(latest.Body))})
		}
	})
	return list, err
}

// ListBucketVersions lists all versions, all on one page, of each object the latest first.
func (s *Store) ListBucketVersions(bucket string, prefix *gofakes3.Prefix,
	page *gofakes3.ListBucketVersionsPage) (*gofakes3.ListBucketVersionsResult, error) {
	if page != nil && (page.HasKeyMarker || page.HasVersionIDMarker) {
		return nil, gofakes3.ErrNotImplemented
	}
	list := gofakes3.NewListBucketVersionsResult(bucket, prefix, page)
	err := s.each(bucket, prefix, list, func(versions []Version) {
		for i, v := range slices.Backward(versions) {
			id, latest, at := gofakes3.VersionID(v.ID), i == len(versions)-1, gofakes3.NewContentTime(v.At)
			if v.Deletion {
				list.Versions = append(list.Versions, &gofakes3.DeleteMarker{Key: v.Key, VersionID: id,
					IsLatest: latest, LastModified: at})
				continue
			}
			list.Versions = append(list.Versions, &gofakes3.Version{Key: v.Key, VersionID: id, IsLatest: latest,
				LastModified: at,
				Size:         int64(len(v.Body)), ETag: gofakes3.FormatETag(v.hash())})
		}
	})
	return list, err
}

// each gives the versions of every object that matches the prefix, by key.
func (s *Store) each(bucket string, prefix *gofakes3.Prefix, list interface{ AddPrefix(string) },
	use func([]Version)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	objects, ok := s.buckets[bucket]
	if !ok {
		return gofakes3.BucketNotFound(bucket)
	}
	for _, key := range slices.Sorted(maps.Keys(objects)) {
		var match gofakes3.PrefixMatch
		switch {
		case prefix != nil && !prefix.Match(key, &match):
		case match.CommonPrefix:
			list.AddPrefix(match.MatchedPart)
		default:
			use(objects[key])
		}
	}
	return nil
}

// BucketExists reports whether there is such a bucket.
func (s *Store) BucketExists(name string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buckets[name] != nil, nil
}

// ListBuckets lists the buckets.
func (s *Store) ListBuckets() ([]gofakes3.BucketInfo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var buckets []gofakes3.BucketInfo
	for _, name := range slices.Sorted(maps.Keys(s.buckets)) {
		buckets = append(buckets, gofakes3.BucketInfo{Name: name})
	}
	return buckets, nil
}

// VersioningConfiguration is the same for every bucket.
func (s *Store) VersioningConfiguration(name string) (gofakes3.VersioningConfiguration, error) {
	return gofakes3.VersioningConfiguration{Status: gofakes3.VersioningEnabled}, nil
}

// What follows is the stack's to decide, and refused.

// CreateBucket is refused.
func (s *Store) CreateBucket(string) error { return gofakes3.ErrNotImplemented }

// DeleteBucket is refused.
func (s *Store) DeleteBucket(string) error { return gofakes3.ErrNotImplemented }

// ForceDeleteBucket is refused.
func (s *Store) ForceDeleteBucket(string) error { return gofakes3.ErrNotImplemented }

// SetVersioningConfiguration is refused.
func (s *Store) SetVersioningConfiguration(string, gofakes3.VersioningConfiguration) error {
	return gofakes3.ErrNotImplemented
}

// CopyObject is refused.
func (s *Store) CopyObject(_, _, _, _ string, _ map[string]string) (gofakes3.CopyObjectResult, error) {
	return gofakes3.CopyObjectResult{}, gofakes3.ErrNotImplemented
}

// Package photo keeps profile photos (4.b.6) and floor plans (3.e) in their bucket.
package photo

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
)

// Variable names the environment variable with the bucket's name.
const Variable = "PHOTOS_BUCKET"

// notFound is S3's answer to a caller who may list the bucket. Anybody else gets 403, as of what KMS refuses: so each
// function that reads may list, and a 403 is an error (API_GetObject).
const notFound = 404

// A Store is the bucket with photos and plans: one object a person or a floor, named by opaque ids, so that whatever
// happens half-way all of a person's is found under their own prefix, and all of a business account's under its id.
type Store struct {
	client *s3.Client
	bucket string
}

// Open connects to the bucket that the environment names.
func Open(ctx context.Context) (*Store, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return New(s3.NewFromConfig(cfg), os.Getenv(Variable)), nil
}

// New uses a client that exists, as tests do.
func New(client *s3.Client, bucket string) *Store { return &Store{client: client, bucket: bucket} }

// Prefix is how the names of all that is kept of a person begin.
func Prefix(p identity.Person) string { return p.Business + "/" + p.User + "/" }

func name(p identity.Person) string { return Prefix(p) + "photo" }

// Put keeps a photo, after every version of an older one is gone.
func (s *Store) Put(ctx context.Context, p identity.Person, jpeg []byte) error {
	if err := s.Remove(ctx, p); err != nil {
		return err
	}
	return s.put(ctx, name(p), jpeg)
}

func (s *Store) put(ctx context.Context, key string, jpeg []byte) error {
	_, err := s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &s.bucket, Key: &key,
		Body: bytes.NewReader(jpeg), ContentType: aws.String("image/jpeg")})
	return err
}

// Get reads a photo; nil when there is none.
func (s *Store) Get(ctx context.Context, p identity.Person) ([]byte, error) {
	return s.get(ctx, name(p))
}

func (s *Store) get(ctx context.Context, key string) ([]byte, error) {
	object, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: &key})
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && answer.HTTPStatusCode() == notFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	return io.ReadAll(object.Body)
}

// Remove takes everything of a person out of the bucket, with all versions and deletion marks. A repeat does nothing.
func (s *Store) Remove(ctx context.Context, p identity.Person) error {
	return s.removeAll(ctx, Prefix(p))
}

// RemoveBusiness takes everything of a business account out in the same way: all of its people's, and whatever else
// is kept under its id.
func (s *Store) RemoveBusiness(ctx context.Context, business string) error {
	return s.removeAll(ctx, business+"/")
}

func (s *Store) removeAll(ctx context.Context, prefix string) error {
	pages := s3.NewListObjectVersionsPaginator(s.client,
		&s3.ListObjectVersionsInput{Bucket: &s.bucket, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		var found []stored
		for _, version := range page.Versions {
			found = append(found, stored{version.Key, version.VersionId})
		}
		for _, mark := range page.DeleteMarkers {
			found = append(found, stored{mark.Key, mark.VersionId})
		}
		if err := parallel.Each(ctx, removing, found, s.remove); err != nil {
			return err
		}
	}
	return nil
}

// removing is how many versions are removed at once.
const removing = 16

// A stored version, or a deletion mark.
type stored struct{ key, version *string }

func (s *Store) remove(ctx context.Context, v stored) error {
	_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: v.key, VersionId: v.version})
	return err
}

// A Copy is one version of a picture or a deletion mark, as it lies in the bucket. Where its name is not one that
// this package gives, it is nobody's and of no floor.
type Copy struct {
	Person identity.Person // of whom it is a photo
	Floor  Floor           // whose plan it is
	Old    bool            // it is not what a reader would get
	At     time.Time
}

// Copies gives all there is in the bucket, page by page, at most 1,000 copies each.
func (s *Store) Copies(ctx context.Context, use func(context.Context, []Copy) error) error {
	pages := s3.NewListObjectVersionsPaginator(s.client, &s3.ListObjectVersionsInput{Bucket: &s.bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		var copies []Copy
		for _, v := range page.Versions {
			copies = append(copies, Copy{personOf(*v.Key), floorOf(*v.Key), !aws.ToBool(v.IsLatest),
				aws.ToTime(v.LastModified)})
		}
		for _, m := range page.DeleteMarkers {
			copies = append(copies, Copy{personOf(*m.Key), floorOf(*m.Key), true, aws.ToTime(m.LastModified)})
		}
		if err := use(ctx, copies); err != nil {
			return err
		}
	}
	return nil
}

func personOf(key string) identity.Person {
	parts := strings.Split(key, "/")
	if p := (identity.Person{Business: parts[0], User: parts[min(1, len(parts)-1)]}); name(p) == key {
		return p
	}
	return identity.Person{}
}

// Package photo keeps profile photos in their bucket (4.b.6).
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
)

// Variable names the environment variable with the bucket's name.
const Variable = "PHOTOS_BUCKET"

// Statuses of S3's answers.
const (
	forbidden = 403
	notFound  = 404
)

// A Store is the bucket with photos: one object a person, named by opaque ids, so that whatever happens half-way all of a
// person's is found under their own prefix.
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
	_, err := s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &s.bucket, Key: aws.String(name(p)),
		Body: bytes.NewReader(jpeg), ContentType: aws.String("image/jpeg")})
	return err
}

// Get reads a photo; nil when there is none.
func (s *Store) Get(ctx context.Context, p identity.Person) ([]byte, error) {
	object, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.bucket, Key: aws.String(name(p))})
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && (answer.HTTPStatusCode() == notFound || answer.HTTPStatusCode() == forbidden) {
		return nil, nil // without the right to list a bucket S3 says "forbidden" of what is not there
	}
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	return io.ReadAll(object.Body)
}

// Remove takes everything of a person out of the bucket, with all versions and deletion marks. A repeat does nothing.
func (s *Store) Remove(ctx context.Context, p identity.Person) error {
	pages := s3.NewListObjectVersionsPaginator(s.client, &s3.ListObjectVersionsInput{Bucket: &s.bucket, Prefix: aws.String(Prefix(p))})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, version := range page.Versions {
			if err := s.remove(ctx, version.Key, version.VersionId); err != nil {
				return err
			}
		}
		for _, mark := range page.DeleteMarkers {
			if err := s.remove(ctx, mark.Key, mark.VersionId); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) remove(ctx context.Context, key, version *string) error {
	_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &s.bucket, Key: key, VersionId: version})
	return err
}

// A Copy is one version of a photo or a deletion mark, as it lies in the bucket.
type Copy struct {
	Person identity.Person // empty where the name is not one that this package gives
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
			copies = append(copies, Copy{personOf(aws.ToString(v.Key)), !aws.ToBool(v.IsLatest), aws.ToTime(v.LastModified)})
		}
		for _, m := range page.DeleteMarkers {
			copies = append(copies, Copy{personOf(aws.ToString(m.Key)), true, aws.ToTime(m.LastModified)})
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

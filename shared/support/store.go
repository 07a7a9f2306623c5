package support

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/iotspot/iotspot/shared/parallel"
)

// Variable names the environment variable with the bucket's name.
const Variable = "RECEIVED_MAIL_BUCKET"

// A Bucket is where SES puts what it receives: one object a mail, under an id of SES's own.
type Bucket struct {
	client *s3.Client
	name   string
}

// Open connects to the bucket that the environment names.
func Open(ctx context.Context) (*Bucket, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return New(s3.NewFromConfig(cfg, partly), os.Getenv(Variable)), nil
}

// partly reads part of an object, against which the whole's checksum can't be held: the client would log that each
// time.
func partly(o *s3.Options) { o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired }

// New uses a client that exists, as tests do.
func New(client *s3.Client, bucket string) *Bucket { return &Bucket{client: client, name: bucket} }

// nothing are the statuses of S3 that mean that there is nothing to read: absent, and empty, of which no part can be
// had. S3 says 404 of what is absent to a caller who may list the bucket, and to anybody else 403, as of what KMS
// refuses: so each function that reads may list, and a 403 is an error (API_GetObject).
var nothing = []int{404, 416}

// Head gives at most the first MaxHead bytes of a mail, and nothing where there is no such mail.
func (b *Bucket) Head(ctx context.Context, name string) ([]byte, error) {
	object, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &name,
		Range: aws.String(fmt.Sprintf("bytes=0-%d", MaxHead-1))})
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && slices.Contains(nothing, answer.HTTPStatusCode()) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer object.Body.Close()
	return io.ReadAll(io.LimitReader(object.Body, MaxHead))
}

// A version is one of an object, or a deletion mark over it.
type version struct {
	name, id *string
	at       *time.Time
}

// each gives every version whose object's name begins so.
func (b *Bucket) each(ctx context.Context, prefix string, use func(version) error) error {
	pages := s3.NewListObjectVersionsPaginator(b.client,
		&s3.ListObjectVersionsInput{Bucket: &b.name, Prefix: &prefix})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		var all []version
		for _, v := range page.Versions {
			all = append(all, version{v.Key, v.VersionId, v.LastModified})
		}
		for _, m := range page.DeleteMarkers {
			all = append(all, version{m.Key, m.VersionId, m.LastModified})
		}
		for _, v := range all {
			if err := use(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remove takes a mail away with all versions and deletion marks. A repeat does nothing.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	return b.each(ctx, name, func(v version) error {
		if aws.ToString(v.name) != name {
			return nil
		}
		_, err := b.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &b.name, Key: v.name, VersionId: v.id})
		return err
	})
}

// Before gives the names of what was received before an instant, versions and deletion marks included.
func (b *Bucket) Before(ctx context.Context, at time.Time) ([]string, error) {
	return b.names(ctx, func(v version) bool { return aws.ToTime(v.at).Before(at) })
}

// names gives those of the objects with a version that fits.
func (b *Bucket) names(ctx context.Context, fits func(version) bool) ([]string, error) {
	var names []string
	err := b.each(ctx, "", func(v version) error {
		if name := aws.ToString(v.name); fits(v) && !slices.Contains(names, name) {
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// Forget takes every mail away whose head names an address: whoever is erased leaves none behind that waits to be
// handled (7.erase). Someone else's mail that is addressed to them too goes with it, since it holds their address.
func (b *Bucket) Forget(ctx context.Context, address string) error {
	names, err := b.names(ctx, func(version) bool { return true })
	if err != nil {
		return err
	}
	for _, name := range names {
		named, err := b.isNamed(ctx, name, address)
		if err != nil {
			return err
		}
		if !named {
			continue
		}
		if err := b.Remove(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bucket) isNamed(ctx context.Context, name, address string) (bool, error) {
	head, err := b.Head(ctx, name)
	return names(head, address), err
}

// MostLooked is through how many mails Waiting looks: the newest. A mail waits for seconds, so there are more only in
// a storm of them, in which people should not wait for all of it to be read.
const MostLooked = 100

// Waiting gives when each mail arrived whose head names an address and that isn't handled yet, of the last
// MostLooked. It costs one listing, and one read for each mail that waits.
func (b *Bucket) Waiting(ctx context.Context, address string) ([]time.Time, error) {
	arrived := map[string]time.Time{}
	err := b.each(ctx, "", func(v version) error {
		if name, at := aws.ToString(v.name), aws.ToTime(v.at).UTC(); arrived[name].IsZero() ||
			at.Before(arrived[name]) {
			arrived[name] = at
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	names := slices.SortedFunc(maps.Keys(arrived), func(a, b string) int { return arrived[b].Compare(arrived[a]) })
	var mu sync.Mutex
	var found []time.Time
	err = parallel.Each(ctx, atOnce, names[:min(len(names), MostLooked)],
		func(ctx context.Context, name string) error {
			named, err := b.isNamed(ctx, name, address)
			if named {
				mu.Lock()
				defer mu.Unlock()
				found = append(found, arrived[name])
			}
			return err
		})
	slices.SortFunc(found, time.Time.Compare)
	return found, err
}

const atOnce = 16 // heads read

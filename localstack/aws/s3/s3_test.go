package s3_test

import (
	"bytes"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/stretchr/testify/require"

	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
)

type rig struct {
	*s3.Client
	store *locals3.Store
}

func open(t *testing.T, folder string) *rig {
	t.Helper()
	store, err := locals3.Open(folder, time.Now, "photos")
	require.NoError(t, err)
	server := httptest.NewServer(store.Handler())
	t.Cleanup(server.Close)
	return &rig{store: store, Client: s3.NewFromConfig(sdk.Config(server.URL, "x"),
		func(o *s3.Options) { o.RetryMaxAttempts = 1 })}
}

func (r *rig) put(t *testing.T, key, body string) string {
	t.Helper()
	put, err := r.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("photos"), Key: aws.String(key),
		Body: bytes.NewReader([]byte(body)), ContentType: aws.String("image/jpeg")})
	require.NoError(t, err)
	return aws.ToString(put.VersionId)
}

func (r *rig) get(t *testing.T, key string) (string, error) {
	t.Helper()
	got, err := r.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("photos"), Key: aws.String(key)})
	if err != nil {
		return "", err
	}
	require.Equal(t, "image/jpeg", aws.ToString(got.ContentType))
	body, err := io.ReadAll(got.Body)
	require.NoError(t, err)
	return string(body), nil
}

func (r *rig) drop(t *testing.T, key, version string) {
	t.Helper()
	_, err := r.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("photos"), Key: aws.String(key),
		VersionId: aws.String(version)})
	require.NoError(t, err)
}

func TestADeletedObjectIsStillThereInItsVersionsUntilEachIsDeleted(t *testing.T) {
	r := open(t, "")
	first, second := r.put(t, "a/b", "one"), r.put(t, "a/b", "two")
	_, err := r.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("photos"), Key: aws.String("a/b")})
	require.NoError(t, err)
	_, err = r.get(t, "a/b")
	var absent *types.NoSuchKey
	require.ErrorAs(t, err, &absent)
	listed, err := r.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{Bucket: aws.String("photos"),
		Prefix: aws.String("a/")})
	require.NoError(t, err)
	require.Len(t, listed.Versions, 2)
	require.Len(t, listed.DeleteMarkers, 1)
	for _, version := range []string{first, second, *listed.DeleteMarkers[0].VersionId} {
		r.drop(t, "a/b", version)
	}
	require.Empty(t, r.store.Versions("photos"))
}

func TestWhenTheLatestVersionIsDeletedTheOneBeforeItIsSeenAgain(t *testing.T) {
	r := open(t, "")
	r.put(t, "k", "one")
	r.drop(t, "k", r.put(t, "k", "two"))
	body, err := r.get(t, "k")
	require.NoError(t, err)
	require.Equal(t, "one", body)
}

func TestSeveralVersionsAreDeletedInOneRequest(t *testing.T) {
	r := open(t, "")
	var objects []types.ObjectIdentifier
	for _, key := range []string{"x", "y"} {
		objects = append(objects, types.ObjectIdentifier{Key: aws.String(key),
			VersionId: aws.String(r.put(t, key, "one"))})
	}
	_, err := r.DeleteObjects(t.Context(), &s3.DeleteObjectsInput{Bucket: aws.String("photos"),
		Delete: &types.Delete{Objects: objects}})
	require.NoError(t, err)
	require.Empty(t, r.store.Versions("photos"))
}

func TestWhatIsKeptInAFolderIsThereAfterARestartAndWhatWasDeletedIsNot(t *testing.T) {
	folder := t.TempDir()
	r := open(t, folder)
	kept, gone := r.put(t, "k", "one"), r.put(t, "k", "two")
	r.drop(t, "k", gone)
	again := open(t, folder)
	body, err := again.get(t, "k")
	require.NoError(t, err)
	require.Equal(t, "one", body)
	require.Equal(t, kept, again.store.Versions("photos")[0].ID)
	require.Len(t, again.store.Versions("photos"), 1)
}

func TestABucketThatTheStackDoesNotHaveCanBeNeitherUsedNorMade(t *testing.T) {
	r := open(t, "")
	_, err := r.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: aws.String("other")})
	require.Error(t, err)
	_, err = r.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("other"), Key: aws.String("k"),
		Body: bytes.NewReader(nil)})
	require.Error(t, err)
}

func TestAKeyThatIsTooLongIsRefused(t *testing.T) {
	r := open(t, "")
	r.put(t, strings.Repeat("k", 1024), "one")
	_, err := r.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("photos"),
		Key: aws.String(strings.Repeat("k", 1025)), Body: bytes.NewReader(nil)})
	require.ErrorContains(t, err, "KeyTooLong")
}

package photo_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/photo/phototest"
	"github.com/iotspot/iotspot/shared/secret"
)

func open(t *testing.T) (*photo.Store, *s3.Client) {
	t.Helper()
	buckets, err := locals3.Open("", time.Now, "photos")
	require.NoError(t, err)
	server := httptest.NewServer(buckets.Handler())
	t.Cleanup(server.Close)
	client := s3.NewFromConfig(sdk.Config(server.URL, "x"))
	return photo.New(client, "photos"), client
}

// versions counts all that the bucket holds: versions and deletion marks.
func versions(t *testing.T, client *s3.Client) int {
	t.Helper()
	listed, err := client.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{Bucket: aws.String("photos")})
	require.NoError(t, err)
	return len(listed.Versions) + len(listed.DeleteMarkers)
}

func someone() identity.Person { return identity.Person{Business: secret.ID(), User: secret.ID()} }

func TestABucketKeepsWhatIsPromisedOfPhotos_4_b_6(t *testing.T) {
	store, _ := open(t)
	phototest.Conforms(t, store)
}

func TestANewPhotoLeavesNoVersionOfTheOldOneAndARemovalLeavesNothing_4_b_6(t *testing.T) {
	store, client := open(t)
	ann, bob := someone(), someone()
	kept, err := store.Get(t.Context(), ann)
	require.NoError(t, err)
	require.Nil(t, kept)
	for _, picture := range []string{"first", "second", "third"} {
		require.NoError(t, store.Put(t.Context(), ann, []byte(picture)))
		kept, err = store.Get(t.Context(), ann)
		require.NoError(t, err)
		require.Equal(t, picture, string(kept))
		require.Equal(t, 1, versions(t, client))
	}
	require.NoError(t, store.Put(t.Context(), bob, []byte("bob's")))
	for range 2 {
		require.NoError(t, store.Remove(t.Context(), ann))
		require.Equal(t, 1, versions(t, client), "bob's")
	}
	kept, err = store.Get(t.Context(), ann)
	require.NoError(t, err)
	require.Nil(t, kept)
}

func TestVersionsAndDeletionMarksThatOthersLeftGoWithARemoval_4_b_6(t *testing.T) {
	store, client := open(t)
	ann := someone()
	name := aws.String(photo.Prefix(ann) + "photo")
	require.NoError(t, store.Put(t.Context(), ann, []byte("first")))
	_, err := client.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("photos"), Key: name})
	require.NoError(t, err)
	require.Equal(t, 2, versions(t, client), "the version and its deletion mark")
	require.NoError(t, store.Remove(t.Context(), ann))
	require.Zero(t, versions(t, client))
}

func TestAPhotoThatMayNotBeReadIsAnErrorAndNotOneThatIsNotThere_4_b_6(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		protocol.RefuseXML(w, http.StatusForbidden, "AccessDenied", "KMS refuses the key")
	}))
	t.Cleanup(server.Close)
	_, err := photo.New(s3.NewFromConfig(sdk.Config(server.URL, "x")), "photos").Get(t.Context(), someone())
	require.ErrorContains(t, err, "AccessDenied")
}

func TestAPhotosNameHoldsOpaqueIdsAlone(t *testing.T) {
	ann := someone()
	require.Equal(t, ann.Business+"/"+ann.User+"/", photo.Prefix(ann))
}

package account_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	pngformat "image/png"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/photo/phototest"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

// An album is Photos in memory, and held to what a bucket promises.
type album struct {
	mu   sync.Mutex
	kept map[identity.Person][]byte
	fail error

	meanwhile func() // happens while a photo is being put; may be nil
}

func (a *album) Put(_ context.Context, p identity.Person, jpeg []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.fail == nil {
		a.kept[p] = jpeg
	}
	if a.meanwhile != nil {
		a.meanwhile()
	}
	return a.fail
}

func (a *album) Get(_ context.Context, p identity.Person) ([]byte, error) { return a.kept[p], a.fail }

func (a *album) Remove(_ context.Context, p identity.Person) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.fail == nil {
		delete(a.kept, p)
	}
	return a.fail
}

func TestTheAlbumOfTheseTestsKeepsWhatIsPromisedOfPhotos_4_b_6(t *testing.T) {
	phototest.Conforms(t, &album{kept: map[identity.Person][]byte{}})
}

func png(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		picture.Set(x, height/2, color.Black)
	}
	var out bytes.Buffer
	require.NoError(t, pngformat.Encode(&out, picture))
	return out.Bytes()
}

func TestAPhotoIsKeptSmallSeenByItsOwnerAndRemoved_4_b_6_9_cache(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	_, err := settings.Photo(t.Context(), caller, struct{}{})
	requireKind(t, problem.NotFound, err)
	_, err = settings.SetPhoto(t.Context(), caller, account.PhotoInput{Content: png(t, 1024, 300)})
	require.NoError(t, err)
	profile, err := settings.Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.True(t, profile.Photo)

	request := webtest.As(web.Request{RouteKey: "GET /me/photo"}, caller)
	response, err := webtest.Handler(settings.Routes()...)(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, 200, response.StatusCode)
	require.Equal(t, "private, max-age=3600", response.Headers["Cache-Control"])
	require.Equal(t, "image/jpeg", response.Headers["Content-Type"])
	drawn, err := jpeg.DecodeConfig(bytes.NewReader(h.photos.kept[caller.Person]))
	require.NoError(t, err)
	require.Equal(t, []int{512, 150}, []int{drawn.Width, drawn.Height})

	for range 2 {
		_, err = settings.RemovePhoto(t.Context(), caller, struct{}{})
		require.NoError(t, err)
	}
	require.Empty(t, h.photos.kept)
	profile, err = settings.Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.False(t, profile.Photo)
	_, err = settings.Photo(t.Context(), caller, struct{}{})
	requireKind(t, problem.NotFound, err)
}

func TestARemovalThatFailsLeavesThePhotoToBeRemovedAgain_4_b_6(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	settings := h.settings()
	_, err := settings.SetPhoto(t.Context(), caller, account.PhotoInput{Content: png(t, 8, 8)})
	require.NoError(t, err)
	h.photos.fail = errors.New("S3 is away")
	_, err = settings.RemovePhoto(t.Context(), caller, struct{}{})
	require.Error(t, err)
	h.photos.fail = nil
	profile, err := settings.Read(t.Context(), caller, struct{}{})
	require.NoError(t, err)
	require.True(t, profile.Photo, "as long as there is one, its owner sees so")
}

func TestAPhotoOfWhoIsErasedWhileItIsBeingPutDoesNotStay_4_b_6_7_erase(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	h.photos.meanwhile = func() {
		user, err := h.desk.Tables.User(t.Context(), caller.Person)
		require.NoError(t, err)
		require.NoError(t, h.desk.Tables.Unregister(t.Context(), user,
			identity.Email("ann@example.com").Entries(enginetest.Keys[secret.Addresses])))
	}
	_, err := h.settings().SetPhoto(t.Context(), caller, account.PhotoInput{Content: png(t, 8, 8)})
	requireKind(t, problem.NotFound, err)
	require.Empty(t, h.photos.kept)
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	h := newHall(t)
	caller, _ := h.registered(t, "ann@example.com")
	for _, content := range [][]byte{nil, []byte("GIF89a"), []byte("<svg/>"), png(t, 8, 8)[:40]} {
		_, err := h.settings().SetPhoto(t.Context(), caller, account.PhotoInput{Content: content})
		requireKind(t, problem.Malformed, err)
	}
	require.Empty(t, h.photos.kept)
}

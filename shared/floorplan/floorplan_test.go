package floorplan_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine/enginetest"
	locals3 "github.com/iotspot/iotspot/localstack/aws/s3"
	"github.com/iotspot/iotspot/localstack/protocol/sdk"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/photo"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/web"
	"github.com/iotspot/iotspot/shared/web/webtest"
)

var now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

type scene struct {
	*enginetest.Office
	db      *enginetest.Database
	buckets *locals3.Store
	photos  *photo.Store
	drawer  floorplan.Plans
	manager identity.Caller
}

func begin(t *testing.T) scene {
	db := enginetest.New(t, now)
	buckets, err := locals3.Open("", db.Clock.Now, "photos")
	require.NoError(t, err)
	server := httptest.NewServer(buckets.Handler())
	t.Cleanup(server.Close)
	s := scene{Office: db.NewOffice(t, "Europe/Amsterdam", 2), db: db, buckets: buckets,
		photos: photo.New(s3.NewFromConfig(sdk.Config(server.URL, "x")), "photos")}
	s.drawer = floorplan.Plans{Tables: db.Tables(), Images: s.photos}
	db.CustomerOf(t, s.Business, "Acme B.V.")
	s.manager = s.Person(t)
	s.manager.Role = identity.Manager
	return s
}

func (s scene) set(t *testing.T, content []byte) error {
	_, err := s.drawer.Set(t.Context(), s.manager, floorplan.Input{Floor: s.Floor, Content: content})
	return err
}

// drawing is a plan as an architect would send it, of a colour.
func drawing(t *testing.T, width, height int, of color.Color) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		picture.Set(x, height/2, of)
	}
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, picture))
	return out.Bytes()
}

func requireKind(t *testing.T, kind problem.Kind, err error) {
	t.Helper()
	var known *problem.Error
	require.ErrorAs(t, err, &known)
	require.Equal(t, kind, known.Kind)
}

func TestAFloorsImageIsKeptDrawnAnewAndOfTheOneBeforeNoVersionStays_3_e(t *testing.T) {
	s := begin(t)
	_, err := s.drawer.Show(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	requireKind(t, problem.NotFound, err)
	for _, of := range []color.Color{color.Black, color.RGBA{R: 255, A: 255}} {
		require.NoError(t, s.set(t, drawing(t, 3000, 1500, of)))
		require.Len(t, s.buckets.Versions("photos"), 1)
	}
	kept, err := s.drawer.Show(t.Context(), s.Person(t), floorplan.Floor{Floor: s.Floor})
	require.NoError(t, err, "everybody of the account sees it")
	config, err := jpeg.DecodeConfig(bytes.NewReader(kept))
	require.NoError(t, err)
	require.Equal(t, image.Pt(2400, 1200), image.Pt(config.Width, config.Height))
	floor, err := building.Building{Tables: s.db.Tables()}.Floor(t.Context(), s.manager,
		building.FloorID{Floor: s.Floor})
	require.NoError(t, err)
	require.True(t, floor.Plan)
	require.Equal(t, 2., floor.PlanRatio, "known before the image comes")
	require.Equal(t, []any{"Third floor", 3, "Window side"}, []any{floor.Name, floor.Level, floor.Zones[0].Name})

	_, err = s.drawer.Remove(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	require.NoError(t, err)
	require.Empty(t, s.buckets.Versions("photos"))
	bare, err := s.db.Tables().FloorNow(t.Context(), s.Business, s.Floor)
	require.NoError(t, err)
	require.Equal(t, []any{"", 0.}, []any{bare.Plan, bare.PlanRatio})
	_, err = s.drawer.Show(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	requireKind(t, problem.NotFound, err)
	_, err = s.drawer.Remove(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	require.NoError(t, err, "a repeat does nothing")
}

func TestAFloorsImageMayBeCachedOnTheDeviceAlone_9_cache(t *testing.T) {
	s := begin(t)
	require.NoError(t, s.set(t, drawing(t, 30, 15, color.Black)))
	caller := s.Person(t)
	caller.Session, caller.Consent = secret.Token(), privacy.StatementVersion
	request := webtest.As(web.Request{RouteKey: api.ReadPlan.Operation().RouteKey(),
		PathParameters: map[string]string{"floor": s.Floor}}, caller)
	response, err := webtest.Handler(s.drawer.Routes()...)(t.Context(), request)
	require.NoError(t, err)
	require.Equal(t, 200, response.StatusCode, response.Body)
	require.Equal(t, "private, max-age=3600", response.Headers["Cache-Control"])
	require.Equal(t, "image/jpeg", response.Headers["Content-Type"])
}

func TestWhoHasAFloorsImageIsToldWhenThereIsAnother_9_cache(t *testing.T) {
	s := begin(t)
	serve := webtest.Handler(s.drawer.Routes()...)
	caller := s.Person(t)
	caller.Session, caller.Consent = secret.Token(), privacy.StatementVersion
	looks := func(has string) web.Response {
		response, err := serve(t.Context(), webtest.As(web.Request{RouteKey: api.ReadPlan.Operation().RouteKey(),
			Headers: map[string]string{"If-None-Match": has}, PathParameters: map[string]string{"floor": s.Floor}},
			caller))
		require.NoError(t, err)
		return response
	}
	version := func() int {
		location, err := s.db.Tables().LocationNow(t.Context(), s.Business, s.Location.ID)
		require.NoError(t, err)
		return location.Floors[s.Floor].Version
	}
	before := version()
	require.NoError(t, s.set(t, drawing(t, 30, 15, color.Black)))
	require.Equal(t, before+1, version(), "which a floor that is looked at tells")
	first := looks("").Headers["ETag"]
	require.Equal(t, 304, looks(first).StatusCode)
	require.NoError(t, s.set(t, drawing(t, 30, 15, color.RGBA{R: 255, A: 255})))
	require.Equal(t, before+2, version())
	require.Equal(t, 200, looks(first).StatusCode)
	_, err := s.drawer.Remove(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	require.NoError(t, err)
	require.Equal(t, before+3, version())
}

func TestAnotherAccountsFloorLooksLikeOneThatIsNotThere(t *testing.T) {
	s, theirs := begin(t), begin(t)
	require.NoError(t, s.set(t, drawing(t, 30, 15, color.Black)))
	stranger := theirs.manager
	for _, floor := range []string{s.Floor, secret.ID()} {
		_, err := s.drawer.Show(t.Context(), stranger, floorplan.Floor{Floor: floor})
		requireKind(t, problem.NotFound, err)
		_, err = s.drawer.Remove(t.Context(), stranger, floorplan.Floor{Floor: floor})
		requireKind(t, problem.NotFound, err)
		_, err = s.drawer.Set(t.Context(), stranger, floorplan.Input{Floor: floor,
			Content: drawing(t, 3, 3, color.Black)})
		requireKind(t, problem.NotFound, err)
	}
	require.Len(t, s.buckets.Versions("photos"), 1)
}

func TestWhatIsNoImageOrTooLargeIsRefused(t *testing.T) {
	s := begin(t)
	requireKind(t, problem.Malformed, s.set(t, []byte("no image")))
	requireKind(t, problem.Malformed, s.set(t, drawing(t, 33_000, 1_000, color.Black)))
	require.Empty(t, s.buckets.Versions("photos"))
}

func TestAFloorsImageGoesWithItsFloorAndItsLocation_3_e(t *testing.T) {
	s := begin(t)
	b := building.Building{Tables: s.db.Tables(), Plans: s.photos, Now: s.db.Clock.Now}
	location, err := b.AddLocation(t.Context(), s.manager,
		building.AddLocation{IdempotencyKey: secret.ID(), Given: building.Given{
			Name: new("Depot"), Address: new("Dok 3"), Latitude: new(52.1), Longitude: new(5.1),
			TimeZone: new("Europe/Amsterdam")}})
	require.NoError(t, err)
	for range 2 {
		floor, err := b.AddFloor(t.Context(), s.manager,
			building.AddFloor{IdempotencyKey: secret.ID(), Location: location.ID, Name: secret.ID()})
		require.NoError(t, err)
		_, err = s.drawer.Set(t.Context(), s.manager, floorplan.Input{Floor: floor.ID,
			Content: drawing(t, 30, 15, color.Black)})
		require.NoError(t, err)
		if len(s.buckets.Versions("photos")) == 2 {
			_, err = b.RemoveFloor(t.Context(), s.manager, building.RemoveFloor{Floor: floor.ID})
			require.NoError(t, err)
		}
	}
	require.Len(t, s.buckets.Versions("photos"), 1, "the other floor's stays")
	_, err = b.RemoveLocation(t.Context(), s.manager, building.RemoveLocation{Location: location.ID})
	require.NoError(t, err)
	require.Empty(t, s.buckets.Versions("photos"))
}

func TestAtTheContractsEndEveryPlanAndPhotoGoes(t *testing.T) {
	s := begin(t)
	require.NoError(t, s.set(t, drawing(t, 30, 15, color.Black)))
	require.NoError(t, s.photos.Put(t.Context(), s.manager.Person, []byte("photo")))
	require.NoError(t, s.photos.PutPlan(t.Context(), secret.ID(), secret.ID(), []byte("another account's")))
	require.NoError(t, s.photos.RemoveBusiness(t.Context(), s.Business))
	require.Len(t, s.buckets.Versions("photos"), 1)
}

// lost are images whose every write is done but whose answer is lost.
type lost struct{ *photo.Store }

var errLost = errors.New("the answer was lost")

func (l lost) PutPlan(ctx context.Context, business, floor string, jpeg []byte) error {
	return errors.Join(errLost, l.Store.PutPlan(ctx, business, floor, jpeg))
}

func TestAnImageThatWasStoredWithoutAnAnswerGoesWithItsFloorOrIsReplaced(t *testing.T) {
	s := begin(t)
	whole := s.drawer
	s.drawer.Images = lost{s.photos}
	require.ErrorIs(t, s.set(t, drawing(t, 30, 15, color.Black)), errLost)
	_, err := s.drawer.Show(t.Context(), s.manager, floorplan.Floor{Floor: s.Floor})
	requireKind(t, problem.NotFound, err)
	_, err = whole.Set(t.Context(), s.manager, floorplan.Input{Floor: s.Floor,
		Content: drawing(t, 30, 15, color.Black)})
	require.NoError(t, err)
	require.Len(t, s.buckets.Versions("photos"), 1)
}

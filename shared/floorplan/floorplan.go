// Package floorplan keeps the images of floors (3.e). They may be cached on a device, as 9.cache permits of images of
// one's own business account, and go with their floor, their location and the contract.
package floorplan

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"

	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/picture"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
	"github.com/iotspot/iotspot/shared/web"
)

// Images keeps one image a floor.
type Images interface {
	// PutPlan keeps a plan in place of any older one. No version of that one stays.
	PutPlan(ctx context.Context, business, floor string, jpeg []byte) error
	// Plan reads it; nil when there is none.
	Plan(ctx context.Context, business, floor string) ([]byte, error)
	// RemovePlan takes all versions away; a repeat does nothing.
	RemovePlan(ctx context.Context, business, floor string) error
}

// Plans sets, shows and removes the images of floors.
type Plans struct {
	Tables *table.Tables
	Images Images
}

// Routes are the use cases with the operations that they serve.
func (p Plans) Routes() []web.Route {
	return []web.Route{
		web.On(api.SetPlan, p.Set), web.On(api.ReadPlan, p.Show), web.On(api.RemovePlan, p.Remove),
	}
}

// Input is an image as it was sent.
type Input struct {
	Floor   string `json:"floor"`
	Content []byte `json:"content"`
}

// Floor names a floor.
type Floor struct {
	Floor string `json:"floor"`
}

// An Image is a floor plan as it is kept.
type Image []byte

// Content is the image with its media type.
func (i Image) Content() (string, []byte) { return "image/jpeg", i }

// Set keeps an image as the floor's plan, drawn anew so that nothing hidden in the file survives. The old one goes
// first, then the new one is stored, then the floor says so: what is stopped half-way is found under the floor's name
// by a repeat, by a removal and at the contract's end.
func (p Plans) Set(ctx context.Context, caller identity.Caller, in Input) (struct{}, error) {
	drawn, err := picture.Redraw(in.Content, picture.Plan)
	if errors.Is(err, picture.ErrFormat) || errors.Is(err, picture.ErrSize) {
		return struct{}{}, problem.BadField("", "the image can't be read or is too large",
			"a JPEG, PNG or WebP of at most 32 million pixels")
	}
	if err != nil {
		return struct{}{}, err
	}
	shape, err := jpeg.DecodeConfig(bytes.NewReader(drawn))
	if err != nil {
		return struct{}{}, err
	}
	floor, err := p.Tables.FloorNow(ctx, caller.Business, in.Floor)
	if err != nil {
		return struct{}{}, table.Unknown(err)
	}
	if err := p.Images.PutPlan(ctx, caller.Business, in.Floor, drawn); err != nil {
		return struct{}{}, err
	}
	mark := secret.DerivedID("plan", in.Floor, string(drawn))
	if floor.Plan == mark { // a repeat: nothing has changed that anybody would have to fetch
		return struct{}{}, nil
	}
	err = p.Tables.SetPlan(ctx, caller.Business, floor.Location, in.Floor, mark,
		float64(shape.Width)/float64(shape.Height))
	if errors.Is(err, table.ErrAbsent) { // the floor was removed meanwhile
		return struct{}{}, errors.Join(problem.Unknown(), p.Images.RemovePlan(ctx, caller.Business, in.Floor))
	}
	return struct{}{}, err
}

// Show answers the plan of a floor of the caller's account.
func (p Plans) Show(ctx context.Context, caller identity.Caller, in Floor) (Image, error) {
	floor, err := p.Tables.FloorNow(ctx, caller.Business, in.Floor)
	if err != nil {
		return nil, table.Unknown(err)
	}
	if floor.Plan == "" || !caller.At(floor.Location) {
		return nil, problem.Unknown()
	}
	kept, err := p.Images.Plan(ctx, caller.Business, in.Floor)
	if err == nil && kept == nil {
		err = problem.Unknown()
	}
	return kept, err
}

// Remove takes the plan away, with all its versions, and then says so. A repeat does the same.
func (p Plans) Remove(ctx context.Context, caller identity.Caller, in Floor) (struct{}, error) {
	floor, err := p.Tables.FloorNow(ctx, caller.Business, in.Floor)
	if err != nil {
		return struct{}{}, table.Unknown(err)
	}
	if err := p.Images.RemovePlan(ctx, caller.Business, in.Floor); err != nil {
		return struct{}{}, err
	}
	if floor.Plan == "" {
		return struct{}{}, nil
	}
	return struct{}{}, table.Unknown(p.Tables.SetPlan(ctx, caller.Business, floor.Location, in.Floor, "", 0))
}

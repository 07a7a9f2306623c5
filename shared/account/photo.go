package account

import (
	"context"
	"errors"

	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/picture"
	"github.com/iotspot/iotspot/shared/problem"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

// PhotoInput is a picture as it was sent.
type PhotoInput struct {
	Content []byte `json:"content"`
}

// A Photo is a picture as it is kept.
type Photo []byte

// Content is the picture with its media type.
func (p Photo) Content() (string, []byte) { return "image/jpeg", p }

// SetPhoto keeps a picture, drawn anew and small (4.b.6). The old picture is removed, then the new one stored, then
// the registration updated. What is stopped half-way lies under the person's own prefix, where a repeat, a removal
// and the erasure find it.
func (s Settings) SetPhoto(ctx context.Context, caller identity.Caller, in PhotoInput) (struct{}, error) {
	drawn, err := picture.Redraw(in.Content, picture.Photo)
	if errors.Is(err, picture.ErrFormat) || errors.Is(err, picture.ErrSize) {
		return struct{}{}, problem.BadField("", "the picture can't be read or is too large",
			"a JPEG or PNG of at most 16 million pixels")
	}
	if err != nil {
		return struct{}{}, err
	}
	if _, err := s.Tables.User(ctx, caller.Person); err != nil {
		return struct{}{}, table.Unknown(err)
	}
	if err := s.Photos.Put(ctx, caller.Person, drawn); err != nil {
		return struct{}{}, err
	}
	err = s.Tables.SetPhoto(ctx, caller.Person, secret.ID())
	if errors.Is(err, table.ErrAbsent) { // erased meanwhile
		return struct{}{}, errors.Join(problem.Unknown(), s.Photos.Remove(ctx, caller.Person))
	}
	return struct{}{}, err
}

// Photo shows the caller's own.
func (s Settings) Photo(ctx context.Context, caller identity.Caller, _ struct{}) (Photo, error) {
	user, err := s.Tables.User(ctx, caller.Person)
	if err != nil {
		return nil, table.Unknown(err)
	}
	if user.Photo == "" {
		return nil, problem.Unknown()
	}
	kept, err := s.Photos.Get(ctx, caller.Person)
	if err == nil && kept == nil {
		err = problem.Unknown()
	}
	return kept, err
}

// RemovePhoto takes the picture away, with all its versions, and then says so. A repeat does the same.
func (s Settings) RemovePhoto(ctx context.Context, caller identity.Caller, _ struct{}) (struct{}, error) {
	if err := s.Photos.Remove(ctx, caller.Person); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, table.Unknown(s.Tables.SetPhoto(ctx, caller.Person, ""))
}

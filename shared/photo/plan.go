package photo

import (
	"context"
	"strings"
)

// A Floor is whose plan a picture is.
type Floor struct {
	Business string
	ID       string
}

// plans stands in a plan's name where a person's id stands in a photo's.
const plans = "plan"

func (f Floor) name() string { return f.Business + "/" + plans + "/" + f.ID }

func floorOf(key string) Floor {
	parts := strings.Split(key, "/")
	if f := (Floor{parts[0], parts[len(parts)-1]}); f.name() == key {
		return f
	}
	return Floor{}
}

// PutPlan keeps a floor's plan, after every version of an older one is gone.
func (s *Store) PutPlan(ctx context.Context, business, floor string, jpeg []byte) error {
	if err := s.RemovePlan(ctx, business, floor); err != nil {
		return err
	}
	return s.put(ctx, Floor{business, floor}.name(), jpeg)
}

// Plan reads a floor's plan; nil when there is none.
func (s *Store) Plan(ctx context.Context, business, floor string) ([]byte, error) {
	return s.get(ctx, Floor{business, floor}.name())
}

// RemovePlan takes it away, with all versions and deletion marks. A repeat does nothing.
func (s *Store) RemovePlan(ctx context.Context, business, floor string) error {
	return s.removeAll(ctx, Floor{business, floor}.name())
}

package web

import (
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/problem"
)

// Wrong is what a declared schema finds wrong with a value.
func Wrong(declared *api.Schema, value any) ([]problem.Field, error) {
	compiled, err := compileSchema(declared)
	if err != nil {
		return nil, err
	}
	return check(compiled, value), nil
}

package building

import "encoding/json"

// Optional is a member of a change that can be left out, or null to take the value away.
type Optional[T any] struct {
	given bool
	value T
}

// UnmarshalJSON takes a value or null.
func (o *Optional[T]) UnmarshalJSON(text []byte) error {
	o.given = true
	return json.Unmarshal(text, &o.value)
}

func (o Optional[T]) lay(on *T) {
	if o.given {
		*on = o.value
	}
}

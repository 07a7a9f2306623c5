package booking_test

import (
	"encoding/json"
	"fmt"
)

func printed(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

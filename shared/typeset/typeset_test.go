package typeset_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/typeset"
)

func ExampleWhole() {
	fmt.Println(typeset.Whole(`<title>E-mail</title></head><p>Je e-mailadres.`))
	// Output: <title>E-mail</title></head><p>Je <span style="white-space:nowrap">e-mailadres</span>.
}

func TestAnAddressThatALinkLeadsToIsLeftAsItIs(t *testing.T) {
	page := `</head><a href="mailto:e-mail@voorbeeld.example" title="An e-mail">Write</a>`
	require.Equal(t, page, typeset.Whole(page))
}

func TestWhatIsNoPageIsLeftAsItIs(t *testing.T) {
	require.Equal(t, "An e-mail", typeset.Whole("An e-mail"))
}

package shared_test

import (
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/account"
	"github.com/iotspot/iotspot/shared/api"
	"github.com/iotspot/iotspot/shared/api/openapi"
	"github.com/iotspot/iotspot/shared/app"
	"github.com/iotspot/iotspot/shared/approval"
	"github.com/iotspot/iotspot/shared/booking"
	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/business"
	"github.com/iotspot/iotspot/shared/calendar"
	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/colleague"
	"github.com/iotspot/iotspot/shared/connector"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/display"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/floorplan"
	"github.com/iotspot/iotspot/shared/guests"
	"github.com/iotspot/iotspot/shared/overview"
	"github.com/iotspot/iotspot/shared/presence"
	"github.com/iotspot/iotspot/shared/share"
	"github.com/iotspot/iotspot/shared/signin"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/statement"
	"github.com/iotspot/iotspot/shared/statistics"
	"github.com/iotspot/iotspot/shared/today"
	"github.com/iotspot/iotspot/shared/usage"
	"github.com/iotspot/iotspot/shared/waitlist"
	"github.com/iotspot/iotspot/shared/web"
)

// routes are those of all use cases.
var routes = slices.Concat(
	app.Site{}.Routes(), account.Registrations{}.Routes(), account.Settings{}.Routes(), booking.Bookings{}.Routes(),
	building.Building{}.Routes(), business.Accounts{}.Routes(), colleague.Finder{}.Routes(),
	guests.Visitors{}.Routes(),
	connector.Connector{}.Routes(), contract.Contracts{}.Routes(), erasure.Requests{}.Routes(),
	floorplan.Plans{}.Routes(),
	guests.Invitations{}.Routes(), guests.Self{}.Routes(), openapi.Routes(), overview.Overviews{}.Routes(),
	presence.CheckIns{}.Routes(), calendar.Feeds{}.Routes(), share.Routes(), signin.Sessions{}.Routes(),
	today.Days{}.Routes(),
	staff.Looks{}.Routes(),
	staff.Sessions{}.Routes(), statement.Publisher{}.Routes(), statistics.Reports{}.Routes(),
	usage.Counter{}.Routes(), waitlist.Waitlist{}.Routes(), approval.Approvals{}.Routes(),
	display.Displays{}.Routes(),
)

func TestEveryOperationHasOneUseCase(t *testing.T) {
	counts := map[string]int{}
	for _, route := range routes {
		counts[route.Declared.ID]++
	}
	for _, operation := range api.Operations() {
		require.Equal(t, 1, counts[operation.ID], operation.ID)
		delete(counts, operation.ID)
	}
	require.Empty(t, counts, "use cases of operations that are not in the list")
}

func TestAFunctionServesItsOwnOperations(t *testing.T) {
	for _, f := range catalog.Functions {
		main, err := os.ReadFile("../functions/" + f.Name + "/main.go")
		require.NoError(t, err)
		require.Equal(t, len(f.Operations()) > 0, strings.Contains(string(main), `web.Start("`+f.Name+`", `), f.Name)
	}
}

func TestAUseCasesInputHasTheMembersThatItsOperationDeclares(t *testing.T) {
	for _, route := range routes {
		t.Run(route.Declared.ID, func(t *testing.T) {
			fits(t, "in", input(route.Operation()), route.In, false)
		})
	}
}

func TestAUseCasesOutputHasTheMembersThatItsOperationDeclares(t *testing.T) {
	for _, route := range routes {
		t.Run(route.Declared.ID, func(t *testing.T) {
			switch {
			case route.Operation().Media != "":
				require.Implements(t, (*web.Content)(nil), reflect.Zero(route.Out).Interface())
			case route.Operation().Answer == nil:
				require.Equal(t, reflect.TypeFor[struct{}](), route.Out, "an answer without a body")
			default:
				fits(t, "out", route.Operation().Answer, route.Out, true)
			}
		})
	}
}

// input is the schema of the one object that shared/web makes of a request.
func input(operation api.Operation) *api.Schema {
	var fields []api.Field
	for _, parameter := range operation.Parameters {
		fields = append(fields, api.May(parameter.Name, parameter.Schema))
	}
	if operation.Keyed {
		fields = append(fields, api.Must("idempotency_key", api.Text(64)))
	}
	if operation.Encoding {
		fields = append(fields, api.May("accept_encoding", api.Text(1000)))
	}
	if operation.Agent {
		fields = append(fields, api.May("user_agent", api.Text(1000)))
	}
	if operation.Content != nil {
		fields = append(fields, api.Must("content", api.Text(1000)), api.Must("content_type", api.Text(100)))
	}
	if operation.Body != nil {
		fields = append(fields, operation.Body.Fields...)
	}
	return api.Object(fields...)
}

// fits compares the members of a declared object with the fields of a struct, and theirs in turn.
func fits(t *testing.T, at string, schema *api.Schema, goType reflect.Type, answer bool) {
	t.Helper()
	if schema.OneOf != nil {
		schema = schema.OneOf[0] // null, the other choice, fits a pointer
	}
	if hasMethod(goType, "UnmarshalJSON") || hasMethod(goType, "MarshalJSON") || hasMethod(goType, "MarshalText") {
		return
	}
	switch goType.Kind() {
	case reflect.Pointer:
		fits(t, at, schema, goType.Elem(), answer)
	case reflect.Struct:
		fitsStruct(t, at, schema, goType, answer)
	case reflect.Slice:
		if schema.Items != nil {
			fits(t, at+"[]", schema.Items, goType.Elem(), answer)
			return
		}
		require.Equal(t, "string", schema.Type, "%s: a slice that is not declared as a list is bytes", at)
	case reflect.Map:
		require.Equal(t, "object", schema.Type, at)
	case reflect.Interface:
	default:
		require.Equal(t, basic(goType), strings.Replace(schema.Type, "integer", "number", 1), at)
	}
}

func basic(of reflect.Type) string {
	switch {
	case of.Kind() == reflect.Bool:
		return "boolean"
	case of.Kind() == reflect.String:
		return "string"
	}
	return "number"
}

func fitsStruct(t *testing.T, at string, schema *api.Schema, structure reflect.Type, answer bool) {
	t.Helper()
	require.Equal(t, "object", schema.Type, at)
	fields := fieldsOf(structure)
	optional := "content_type" // a room that takes one media type needn't look
	for _, member := range schema.Fields {
		if _, ok := fields[member.Name]; !ok && member.Name != optional {
			t.Errorf("%s/%s is declared, and %s has no such field", at, member.Name, at)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		field := fields[name]
		member := schema.Field(name)
		if member == nil {
			t.Errorf("%s/%s is a field, and it is not declared", at, name)
			continue
		}
		if answer && field.omitted == slices.Contains(schema.Required(), name) {
			t.Errorf("%s/%s: what is required is never left out, and what may be left out is when it is empty", at,
				name)
		}
		fits(t, at+"/"+name, member, field.goType, answer)
	}
}

type field struct {
	goType  reflect.Type
	omitted bool // left out when empty
}

// fieldsOf are a struct's fields by their names in JSON, those of embedded structs included.
func fieldsOf(structure reflect.Type) map[string]field {
	fields := map[string]field{}
	for i := range structure.NumField() {
		f := structure.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && f.Type.Kind() == reflect.Struct && name == "" {
			maps.Copy(fields, fieldsOf(f.Type))
			continue
		}
		if name == "-" || !f.IsExported() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		fields[name] = field{goType: f.Type, omitted: strings.Contains(options, "omit")}
	}
	return fields
}

func hasMethod(goType reflect.Type, name string) bool {
	_, ok := reflect.PointerTo(goType).MethodByName(name)
	return ok
}

package shared_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/iotspot/iotspot/shared/api"
)

// A served operation is one that a function's main ties to a use case with web.On.
type served struct {
	function  string
	operation api.Operation
	in, out   types.Type
}

// servedRoutes reads the mains of all functions, without running them.
func servedRoutes(t *testing.T) []served {
	t.Helper()
	mains, err := packages.Load(&packages.Config{Dir: "..",
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax |
			packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedExportFile},
		"./functions/...")
	require.NoError(t, err)
	declared := declaredOperations(t)
	var routes []served
	for _, main := range mains {
		require.Empty(t, main.Errors, main.PkgPath)
		for _, file := range main.Syntax {
			ast.Inspect(file, func(node ast.Node) bool {
				if call, ok := node.(*ast.CallExpr); ok && isOn(main.TypesInfo, call) {
					variable := call.Args[0].(*ast.SelectorExpr).Sel.Name
					operation, known := declared[variable]
					require.True(t, known, "%s serves api.%s, which is not in the list of operations", main.PkgPath,
						variable)
					use := main.TypesInfo.TypeOf(call.Args[1]).Underlying().(*types.Signature)
					routes = append(routes, served{function: filepath.Base(main.PkgPath), operation: operation,
						in: use.Params().At(2).Type(), out: use.Results().At(0).Type()})
				}
				return true
			})
		}
	}
	return routes
}

func isOn(info *types.Info, call *ast.CallExpr) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "On" || len(call.Args) != 2 {
		return false
	}
	used := info.Uses[selector.Sel]
	return used != nil && used.Pkg() != nil && used.Pkg().Path() == module+"shared/web"
}

// declaredOperations are the operations by the names of their variables in shared/api.
func declaredOperations(t *testing.T) map[string]api.Operation {
	t.Helper()
	byID := map[string]api.Operation{}
	for _, operation := range api.Operations() {
		byID[operation.ID] = operation
	}
	files, err := filepath.Glob("api/*.go")
	require.NoError(t, err)
	byVariable := map[string]api.Operation{}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(node ast.Node) bool {
			if spec, ok := node.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
				if operation, ok := byID[idOf(spec.Values[0])]; ok {
					byVariable[spec.Names[0].Name] = operation
				}
			}
			return true
		})
	}
	return byVariable
}

func idOf(value ast.Expr) string {
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return ""
	}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "ID" {
				if text, ok := pair.Value.(*ast.BasicLit); ok {
					id, _ := strconv.Unquote(text.Value)
					return id
				}
			}
		}
	}
	return ""
}

func TestEveryOperationIsServedOnceByItsOwnFunction(t *testing.T) {
	counts := map[string]int{}
	for _, route := range servedRoutes(t) {
		require.Equal(t, route.operation.Function, route.function, route.operation.ID)
		counts[route.operation.ID]++
	}
	for _, operation := range api.Operations() {
		require.Equal(t, 1, counts[operation.ID], operation.ID)
	}
}

func TestAUseCasesInputHasTheMembersThatItsOperationDeclares(t *testing.T) {
	for _, route := range servedRoutes(t) {
		t.Run(route.operation.ID, func(t *testing.T) {
			fits(t, "in", input(route.operation), route.in, false)
		})
	}
}

func TestAUseCasesOutputHasTheMembersThatItsOperationDeclares(t *testing.T) {
	for _, route := range servedRoutes(t) {
		t.Run(route.operation.ID, func(t *testing.T) {
			switch {
			case route.operation.Media != "":
				require.True(t, hasMethod(route.out, "Content"), "an answer that is not JSON has the method Content")
			case route.operation.Answer == nil:
				structure, ok := route.out.Underlying().(*types.Struct)
				require.True(t, ok && structure.NumFields() == 0, "an answer without a body is a struct{}")
			default:
				fits(t, "out", route.operation.Answer, route.out, true)
			}
		})
	}
}

// input is the schema of the one object that shared/web makes of a request.
func input(operation api.Operation) api.Schema {
	var fields []api.Field
	for _, parameter := range operation.Parameters {
		fields = append(fields, api.May(parameter.Name, parameter.Schema))
	}
	if operation.Keyed {
		fields = append(fields, api.Must("idempotency_key", api.Text(64)))
	}
	if operation.Agent {
		fields = append(fields, api.May("user_agent", api.Schema{"type": "string"}))
	}
	if operation.Content != nil {
		fields = append(fields, api.Must("content", api.Schema{"type": "string"}),
			api.Must("content_type", api.Text(100)))
	}
	merged := api.Object(fields...)
	if properties, ok := operation.Body["properties"].(map[string]any); ok {
		maps.Copy(merged["properties"].(map[string]any), properties)
	}
	return merged
}

// fits compares the members of a declared object with the fields of a struct, and theirs in turn.
func fits(t *testing.T, at string, schema api.Schema, goType types.Type, answer bool) {
	t.Helper()
	if choices, ok := schema["oneOf"].([]any); ok {
		schema = choices[0].(api.Schema) // null, the other choice, fits a pointer
	}
	if hasMethod(goType, "UnmarshalJSON") || hasMethod(goType, "MarshalJSON") || hasMethod(goType, "MarshalText") {
		return
	}
	if pointer, ok := goType.Underlying().(*types.Pointer); ok {
		fits(t, at, schema, pointer.Elem(), answer)
		return
	}
	switch underlying := goType.Underlying().(type) {
	case *types.Struct:
		fitsStruct(t, at, schema, underlying, answer)
	case *types.Slice:
		if items, ok := schema["items"].(api.Schema); ok {
			fits(t, at+"[]", items, underlying.Elem(), answer)
			return
		}
		require.Equal(t, "string", schema["type"], "%s: a slice that is not declared as a list is bytes", at)
	case *types.Map:
		require.Equal(t, "object", schema["type"], at)
	case *types.Basic:
		require.Equal(t, basic(underlying), strings.Replace(schema["type"].(string), "integer", "number", 1), at)
	}
}

func basic(of *types.Basic) string {
	switch {
	case of.Info()&types.IsBoolean != 0:
		return "boolean"
	case of.Info()&types.IsNumeric != 0:
		return "number"
	}
	return "string"
}

func fitsStruct(t *testing.T, at string, schema api.Schema, structure *types.Struct, answer bool) {
	t.Helper()
	require.Equal(t, "object", schema["type"], at)
	properties := schema["properties"].(map[string]any)
	required, _ := schema["required"].([]string)
	fields := fieldsOf(structure)
	optional := "content_type" // a room that takes one media type needn't look
	for name := range properties {
		if _, ok := fields[name]; !ok && name != optional {
			t.Errorf("%s/%s is declared, and %s has no such field", at, name, at)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		field := fields[name]
		member, ok := properties[name].(api.Schema)
		if !ok {
			t.Errorf("%s/%s is a field, and it is not declared", at, name)
			continue
		}
		if answer && field.omitted == slices.Contains(required, name) {
			t.Errorf("%s/%s: what is required is never left out, and what may be left out is when it is empty", at,
				name)
		}
		fits(t, at+"/"+name, member, field.goType, answer)
	}
}

type field struct {
	goType  types.Type
	omitted bool // left out when empty
}

// fieldsOf are a struct's fields by their names in JSON, those of embedded structs included.
func fieldsOf(structure *types.Struct) map[string]field {
	fields := map[string]field{}
	for i := range structure.NumFields() {
		variable := structure.Field(i)
		_, after, _ := strings.Cut(structure.Tag(i), `json:"`)
		tag, _, _ := strings.Cut(after, `"`)
		name, options, _ := strings.Cut(tag, ",")
		if embedded, ok := variable.Type().Underlying().(*types.Struct); ok && variable.Embedded() && name == "" {
			maps.Copy(fields, fieldsOf(embedded))
			continue
		}
		if name == "-" || !variable.Exported() {
			continue
		}
		if name == "" {
			name = variable.Name()
		}
		fields[name] = field{goType: variable.Type(), omitted: strings.Contains(options, "omit")}
	}
	return fields
}

func hasMethod(goType types.Type, name string) bool {
	for _, of := range []types.Type{goType, types.NewPointer(goType)} {
		if types.NewMethodSet(of).Lookup(nil, name) != nil {
			return true
		}
	}
	return false
}

package shared_test

import (
	"go/ast"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/wake"
)

const module = "github.com/iotspot/iotspot/"

// A part is a package as go list tells it; its tests are not counted.
type part struct {
	imports []string // what it names itself
	linked  []string // and all that comes with that
}

// parts are the packages of functions, shared and events, by their path within the module.
func parts(t *testing.T) map[string]part {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-f",
		`{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`, "./functions/...", "./shared/...", "./events/...")
	command.Dir = ".."
	command.Stderr = os.Stderr
	output, err := command.Output()
	require.NoError(t, err)
	found := map[string]part{}
	for line := range strings.Lines(string(output)) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		require.Len(t, fields, 3)
		found[strings.TrimPrefix(fields[0], module)] = part{strings.Fields(fields[1]), strings.Fields(fields[2])}
	}
	return found
}

// under finds the first import that is a package or lies under it.
func under(imports []string, folder string) string {
	for _, path := range imports {
		if path == folder || strings.HasPrefix(path, folder+"/") {
			return path
		}
	}
	return ""
}

func TestOnlyOnePackageKnowsEachThingOutside(t *testing.T) {
	knows := map[string][]string{
		"github.com/guregu/dynamo/v2":                      {"shared/table"},
		"github.com/aws/aws-sdk-go-v2/service/dynamodb":    {"shared/table"},
		"github.com/aws/aws-lambda-go":                     {"shared/web", "shared/trigger"},
		"github.com/aws/aws-sdk-go-v2/service/sesv2":       {"shared/mail/ses"},
		"github.com/aws/aws-sdk-go-v2/service/eventbridge": {"shared/bus/eventbridge"},
		"github.com/aws/aws-sdk-go-v2/service/sqs":         {"shared/connector/sqs", "shared/quarantine", "shared/wake/sqs"},
		"net/http":                       {"shared/web"},
		"log":                            {"shared/report"},
		"github.com/aws/aws-cdk-go":      {},
		"github.com/aws/jsii-runtime-go": {},
		module + "infra":                 {},
		module + "localstack":            {},
		module + "functions":             {},
		module + "scripts":               {},
		module + "shared/catalog":        {},
		"testing":                        {},
		"github.com/stretchr/testify":    {},
	}
	for name, p := range parts(t) {
		if strings.HasSuffix(name, "test") {
			continue // helpers of tests
		}
		for thing, who := range knows {
			if !slices.Contains(who, name) {
				require.Empty(t, under(p.imports, thing), "%s must not import it", name)
			}
		}
		if strings.HasPrefix(name, "events") {
			require.Empty(t, under(p.imports, module+"shared"), "a contract knows nothing but itself")
		}
	}
}

// What a function links decides how fast it starts, and what its code could ever call.
func TestAFunctionLinksNoServiceOnWhichItHasNoRight(t *testing.T) {
	const sdk = "github.com/aws/aws-sdk-go-v2/service/"
	services := map[string][]catalog.Resource{
		sdk + "dynamodb": {catalog.Directory, catalog.Agenda, catalog.Insight},
		sdk + "s3":       {catalog.Photos, catalog.Received},
		sdk + "sqs": {catalog.Unreadable, catalog.ReadingsQueue, catalog.SweepWake, catalog.DayCloseWake, catalog.ErasureWake,
			catalog.ContractEndWake},
		sdk + "sesv2":       {catalog.Mail},
		sdk + "eventbridge": {catalog.Bus},
	}
	found := parts(t)
	for _, f := range catalog.Functions {
		for service, resources := range services {
			needed := slices.ContainsFunc(f.Rights, func(r catalog.Right) bool {
				return slices.Contains(resources,
					r.On)
			})
			if !needed {
				require.Empty(t, under(found["functions/"+f.Name].linked, service), f.Name)
			}
		}
	}
}

// Lambda bills sleep. What asks to be woken has a queue of calls, and ends before one comes again; nothing waits.
func TestAFunctionThatAsksToBeWokenHasAQueueOfCallsAndTheTimeOfASlot(t *testing.T) {
	for _, s := range sources(t) {
		for _, f := range catalog.Functions {
			if s.Path == "functions/"+f.Name+"/main.go" {
				watches := startsWithABell(s.File)
				require.Equal(t, watches, f.Wake != "", f.Name)
				require.False(t, watches && f.Timeout > wake.Slot, f.Name)
				require.False(t, watches && f.Schedule != catalog.EveryMinute, f.Name)
			}
		}
	}
}

// startsWithABell reports whether a use case's Starts are handed what takes its calls.
func startsWithABell(file *ast.File) bool {
	found := false
	ast.Inspect(file, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			method, ok := call.Fun.(*ast.SelectorExpr)
			found = found || ok && method.Sel.Name == "Starts" && len(call.Args) == 1
		}
		return true
	})
	return found
}

// A name without a folder, as `disruptive.go`, is of the folder named last before it.
func TestThePageOfTheRoomsNamesFilesThatAreThere(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	stops, _, _ := strings.Cut(string(page), "## Every room")
	folder, named := "", 0
	for _, name := range regexp.MustCompile("`([a-z_/-]+\\.go)`").FindAllStringSubmatch(stops, -1) {
		file := name[1]
		if strings.Contains(file, "/") {
			folder = file[:strings.LastIndex(file, "/")]
		} else {
			file = folder + "/" + file
		}
		if file == folder+"/mails.go" || file == folder+"/page.go" {
			continue // of each room that sends one
		}
		named++
		_, here := os.Stat(file)
		_, above := os.Stat("../" + file)
		require.True(t, here == nil || above == nil, file)
	}
	require.Greater(t, named, 20)
}

func TestThePageOfTheRoomsListsEveryRoom(t *testing.T) {
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(page), "| room |")
	table, _, _ = strings.Cut(table, "\n## ")
	var listed []string
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, "|"); len(cells) > 1 {
			for _, name := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(cells[1], -1) {
				listed = append(listed, name[1])
			}
		}
	}
	var rooms []string
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, entry := range entries {
		if entry.IsDir() {
			rooms = append(rooms, entry.Name())
		}
	}
	require.ElementsMatch(t, rooms, listed)
}

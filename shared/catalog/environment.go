package catalog

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
)

// MaxEnvironment is how many bytes the names and values of a function's variables have together at most: AWS's Lambda
// Developer Guide, "Lambda quotas". CloudFormation finds out in the middle of a deploy.
const MaxEnvironment = 4096

var variableName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

// Environment are the variables that a function is given: the names of what it has rights on, and its configuration.
func (f Function) Environment(named func(Resource) string, value func(Variable) string) map[string]string {
	given := map[string]string{}
	for _, right := range f.Rights {
		if variable := ResourceVariables[right.On]; variable != "" {
			given[variable] = named(right.On)
		}
	}
	for _, variable := range f.Variables {
		given[string(variable)] = value(variable)
	}
	maps.Copy(given, f.Runtime())
	return given
}

// Runtime says how Go's runtime is to use what a function has and pays for. Its heap may grow to five times what lives,
// and to the most of the memory: with 400 in place of 100 a function takes 9 ms of a processor from its start to its
// first request where it took 11. It runs on as many processors as its memory gives it: Lambda shows two to a function
// with a seventh of one, and threads that look for work on the second take a fifth of what a request takes.
func (f Function) Runtime() map[string]string {
	return map[string]string{"GOGC": "400", "GOMEMLIMIT": strconv.Itoa(f.Memory*4/5) + "MiB",
		"GOMAXPROCS": strconv.Itoa((f.Memory + oneCPU - 1) / oneCPU)}
}

// CheckEnvironment refuses variables that Lambda refuses.
func (f Function) CheckEnvironment(given map[string]string) error {
	size := 0
	for name, value := range given {
		if !variableName.MatchString(name) {
			return fmt.Errorf("%s: Lambda takes no variable of the name %s", f.Name, name)
		}
		size += len(name) + len(value)
	}
	if size > MaxEnvironment {
		return fmt.Errorf("%s: its variables have %d bytes; accepted: %d, names included", f.Name, size,
			MaxEnvironment)
	}
	return nil
}

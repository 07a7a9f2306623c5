package bundle

import (
	"path/filepath"
	"slices"
	"strings"
)

// A graph says which scripts load which, as esbuild tells of what it made.
type graph struct {
	Outputs map[string]struct {
		EntryPoint string // the source, where something imports it by name
		Imports    []load
	}
}

type load struct{ Path, Kind string }

// beginning are the scripts without which a script doesn't run. A browser would ask for them only when it has read what
// names them.
func (g graph) beginning(script string) []string {
	return g.reached(script, func(to load) bool { return to.Kind == "import-statement" })[1:]
}

// officesAlone are the scripts to which only the office's screens lead.
func (g graph) officesAlone(script string) []string {
	others := g.reached(script, func(to load) bool {
		return !slices.Contains(Few, strings.TrimSuffix(filepath.Base(g.Outputs[to.Path].EntryPoint), ".tsx"))
	})
	var alone []string
	for path := range g.Outputs {
		if name := filepath.Base(path); filepath.Ext(name) == ".js" && !slices.Contains(others, name) {
			alone = append(alone, name)
		}
	}
	return alone
}

// reached are the names of the scripts to which a script leads by some of the loads, with its own in front.
func (g graph) reached(script string, by func(load) bool) []string {
	names, waiting := []string{script}, []string{"out/" + script}
	for len(waiting) > 0 {
		loads := g.Outputs[waiting[0]].Imports
		waiting = waiting[1:]
		for _, to := range loads {
			if name := filepath.Base(to.Path); !slices.Contains(names, name) && by(to) {
				names, waiting = append(names, name), append(waiting, to.Path)
			}
		}
	}
	return names
}

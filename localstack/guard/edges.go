package guard

import (
	"fmt"
	"sync"

	"github.com/iotspot/iotspot/shared/catalog"
)

// Edges lets a service do to a thing of another service what the catalog declares and nothing else, as the policies of
// topics, queues, buckets, keys, functions and roles do.
type Edges struct {
	refused func(why string)

	mu       sync.Mutex
	declared map[catalog.Edge]bool // and whether it was used
}

// NewEdges declares edges. What is refused is told to refused.
func NewEdges(declared []catalog.Edge, refused func(why string)) *Edges {
	e := &Edges{refused: refused, declared: map[catalog.Edge]bool{}}
	for _, edge := range declared {
		e.declared[edge] = false
	}
	return e
}

// A Denied says what a service may not do.
type Denied struct{ catalog.Edge }

func (d *Denied) Error() string {
	return fmt.Sprintf("%s is not authorized to perform %s on %s for %s: the catalog has no such edge", d.By, d.Action,
		d.On, d.For)
}

// Let is nil for an edge that is declared, and a *Denied for any other.
func (e *Edges) Let(edge catalog.Edge) error {
	e.mu.Lock()
	_, ok := e.declared[edge]
	if ok {
		e.declared[edge] = true
	}
	e.mu.Unlock()
	if ok {
		return nil
	}
	denied := &Denied{edge}
	e.refused(denied.Error())
	return denied
}

// Withdraw takes an edge away, as somebody does who changes a policy by hand, and gives it back when restored.
func (e *Edges) Withdraw(edge catalog.Edge) (restore func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	used := e.declared[edge]
	delete(e.declared, edge)
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.declared[edge] = used
	}
}

// Unused are the declared edges by which nothing was done.
func (e *Edges) Unused() (unused []catalog.Edge) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for edge, used := range e.declared {
		if !used {
			unused = append(unused, edge)
		}
	}
	return unused
}

// stores are the services whose things are encrypted with the deployment's key, by their names in signatures.
var stores = map[string]catalog.Service{"s3": catalog.S3, "dynamodb": catalog.DynamoDB}

// throughTheStore looks whether the key may be used for what calls are about.
func (e *Edges) throughTheStore(service string, calls []Call) error {
	by, encrypted := stores[service]
	for _, call := range calls {
		for _, action := range []string{catalog.Decrypt, catalog.GenerateDataKey} {
			if !encrypted {
				return nil
			}
			if err := e.Let(catalog.Edge{By: by, For: string(call.Resource), Action: action,
				On: catalog.DataKey}); err != nil {
				return err
			}
		}
	}
	return nil
}

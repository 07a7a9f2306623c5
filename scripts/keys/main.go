// Command keys makes the deployment's keys, and changes them a step at a time without losing anything. It reads what
// stands in the deployment's secret from its input and writes what is to stand there to its output, so that nothing
// of it lies anywhere else. It is given the tables as a function is: DIRECTORY_TABLE, AGENDA_TABLE and AWS's own
// variables.
//
//	keys make     the keys of a deployment that has none yet. From a release with one key, HASH_KEY, for all
//	              purposes, that is the first step of a change
//	keys next     the next step, after which the functions are deployed. It says when it is too soon
//	keys renew    writes every address anew under the new keys, once they are in use; what it writes out is what it read
//	keys show     how far a change is, and nothing that is secret
//
// Each can be run again: a step that was written down stands in the secret, and addresses that were renewed are left
// alone. infra/runbooks.md leads through a change. For the local stack the secret is the file hash-key in its folder.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/parallel"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func main() {
	now, err := clock.FromEnvironment()
	if err == nil {
		err = run(context.Background(), now, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "keys:", err)
		os.Exit(1)
	}
}

// run writes what is to stand in the secret to out, and what is said to whoever runs it to say.
func run(ctx context.Context, now func() time.Time, arguments []string, in io.Reader, out, say io.Writer) error {
	if len(arguments) != 1 {
		return errors.New("what is to be done? accepted: make, next, renew, show")
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	tables, err := open(ctx, now)
	if err != nil {
		return err
	}
	roots, err := secret.ReadRoots(string(text), now())
	if err != nil {
		return err
	}
	if arguments[0] == "show" {
		_, err = fmt.Fprintln(out, told(roots))
		return err
	}
	if roots, err = do(ctx, arguments[0], tables, roots, now(), say); err != nil {
		return err
	}
	fmt.Fprintln(say, told(roots))
	kept, err := roots.Text()
	if err == nil {
		_, err = io.WriteString(out, kept)
	}
	return err
}

// do takes one step with the keys, and gives what they are after it.
func do(ctx context.Context, step string, tables *table.Tables, roots secret.Roots, now time.Time,
	say io.Writer) (secret.Roots, error) {
	switch step {
	case "make":
		return fresh(ctx, tables, roots, now)
	case "next":
		if roots.Step == secret.Turned {
			if err := renew(ctx, tables, roots.Keys(), say); err != nil {
				return roots, err
			}
		}
		return roots.Next(now)
	case "renew":
		if roots.Step != secret.Turned {
			return roots, fmt.Errorf("the keys are %s; addresses are renewed when they have turned", roots.Step)
		}
		return roots, renew(ctx, tables, roots.Keys(), say)
	}
	return roots, fmt.Errorf("%q can't be done; accepted: make, next, renew, show", step)
}

func open(ctx context.Context, now func() time.Time) (*table.Tables, error) {
	for _, store := range []privacy.Store{privacy.Directory, privacy.Agenda} {
		if variable := table.Variables[store]; os.Getenv(variable) == "" {
			return nil, fmt.Errorf("%s is not set; accepted: the name of a table", variable)
		}
	}
	return table.Open(ctx, now)
}

// fresh are the roots of a deployment whose secret was made a moment ago and that has stored nothing yet, so that its
// one random text need not be kept as a key.
func fresh(ctx context.Context, tables *table.Tables, roots secret.Roots, now time.Time) (secret.Roots, error) {
	used, err := tables.Used(ctx)
	if err != nil || used || !roots.Root.Whole {
		return roots, err
	}
	return secret.NewRoots(roots.Root.Secret, now), nil
}

// atOnce is how many addresses are renewed at one moment.
const atOnce = 16

// renew writes everybody's address under the first of their keys.
func renew(ctx context.Context, tables *table.Tables, keys secret.Keys, say io.Writer) error {
	pages, seen := &table.Segment{Store: privacy.Directory, Segments: 1}, 0
	for !pages.Done {
		users, err := tables.Everybody(ctx, pages)
		if err != nil {
			return err
		}
		err = parallel.Each(ctx, atOnce, users, func(ctx context.Context, user table.User) error {
			return tables.RenewAddress(ctx, user, identity.Email(user.Email).Entries(keys[secret.Addresses]))
		})
		if err != nil {
			return err
		}
		seen += len(users)
	}
	fmt.Fprintf(say, "the addresses of %d people stand under the new keys\n", seen)
	return nil
}

// told says how far a change is.
func told(roots secret.Roots) string {
	since := roots.Since.Format(time.RFC3339)
	switch roots.Step {
	case secret.Introduced:
		return "introduced since " + since + ": deploy the functions, so that they know the new keys; an hour " +
			"later: next"
	case secret.Turned:
		return "turned since " + since + ": deploy the functions, so that they use the new keys, then: renew; next " +
			"when the last of what was made under the old ones has gone, on " +
			roots.Since.Add(secret.Outlived).Format(time.DateOnly)
	}
	return "settled since " + since + ": deploy the functions, if they were not since"
}

// Command restore keeps a restore of the directory from bringing anyone back who was erased, and anything that
// somebody has corrected. It is given the tables and the key as a function is: AGENDA_TABLE, DIRECTORY_TABLE,
// KEY_SECRET, and AWS's own variables.
//
//	restore note FILE     before the restore is asked for: writes down who was erased and whose contract ended
//	                      within the window of the backup
//	restore replay FILE   when it is done, before anyone can read it: erases all that, and who was erased since,
//	                      once more, and repeats what people changed, cleared, hid or objected to, and erases what
//	                      is left of those who registered after the moment of the backup; with INSIGHT_TABLE it
//	                      removes the figures of ended contracts from that table too
//
// The file holds random ids and no person. It is to be removed after the replay. What people corrected is in the
// agenda for a day longer than the backup reaches back: it is not written down, and a restore that takes longer is
// told of.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/contract"
	"github.com/iotspot/iotspot/shared/erasure"
	"github.com/iotspot/iotspot/shared/identity"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/secret"
	"github.com/iotspot/iotspot/shared/table"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "restore:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	if len(arguments) != 2 || arguments[0] != "note" && arguments[0] != "replay" {
		return errors.New("usage: restore note FILE, or restore replay FILE; see infra/runbooks.md")
	}
	worker, err := open(ctx)
	if err != nil {
		return err
	}
	if arguments[0] == "note" {
		return note(ctx, worker, arguments[1], out)
	}
	return replay(ctx, worker, arguments[1], out)
}

// rootsVariable holds what stands in the deployment's secret.
const rootsVariable = "KEY_SECRET"

// open takes what is needed from the environment, and refuses to begin without any part of it.
func open(ctx context.Context) (erasure.Worker, error) {
	roots, err := secret.ReadRoots(os.Getenv(rootsVariable), time.Now())
	if err != nil {
		return erasure.Worker{}, fmt.Errorf("%s: %w", rootsVariable, err)
	}
	for _, store := range []privacy.Store{privacy.Agenda, privacy.Directory} {
		if variable := table.Variables[store]; os.Getenv(variable) == "" {
			return erasure.Worker{}, fmt.Errorf("%s is not set; accepted: the name of a table", variable)
		}
	}
	now, err := clock.FromEnvironment()
	if err != nil {
		return erasure.Worker{}, err
	}
	tables, err := table.Open(ctx, now)
	return erasure.Worker{Tables: tables, Keys: roots.Keys(), Now: now}, err
}

// A notes is what is written down.
type notes struct {
	Erased []identity.Person `json:"erased"`
	Ended  []string          `json:"ended"` // business accounts
	At     time.Time         `json:"noted_at"`
}

// longest is how long a restore may take before corrections leave the agenda that it would have repeated.
const longest = 24 * time.Hour

func note(ctx context.Context, worker erasure.Worker, file string, out io.Writer) error {
	tables := worker.Tables
	erased, err := tables.Erased(ctx)
	if err != nil {
		return err
	}
	ended, err := tables.Ended(ctx)
	if err != nil {
		return err
	}
	content, err := json.Marshal(notes{Erased: erased, Ended: ended, At: worker.Now()})
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(out, "restore: noted %d erasures and %d ends of contracts of the last day in %s; now ask for the "+
		"restore\n", len(erased), len(ended), file)
	return nil
}

func replay(ctx context.Context, worker erasure.Worker, file string, out io.Writer) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var noted notes
	if err := json.Unmarshal(content, &noted); err != nil {
		return fmt.Errorf("%s was not written by restore note: %w", file, err)
	}
	if err := repeat(ctx, worker, noted, out); err != nil {
		return fmt.Errorf("not complete; let nobody read the table, and run it again: %w", err)
	}
	if took := worker.Now().Sub(noted.At); took > longest {
		return fmt.Errorf("all is repeated that is known, but the restore took %s: what people corrected in the "+
			"first %s of the backup's day is as it was before it",
			took.Round(time.Minute), (took - longest).Round(time.Minute))
	}
	return nil
}

// repeat does again what the restore undid, and says what it did.
func repeat(ctx context.Context, worker erasure.Worker, noted notes, out io.Writer) error {
	repeated, err := worker.Replay(ctx, noted.Erased...)
	if err != nil {
		return err
	}
	ended, err := contract.Worker{Tables: worker.Tables, Keys: worker.Keys, Now: worker.Now}.Replay(ctx, noted.Ended...)
	if err != nil {
		return err
	}
	if insight := os.Getenv(table.Variables[privacy.Insight]); insight != "" {
		if err := worker.Tables.ForgetFigures(ctx, ended); err != nil {
			return err
		}
		fmt.Fprintf(out, "restore: %s holds no figures of any ended contract\n", insight)
	}
	corrections, err := worker.ReplayCorrections(ctx)
	if err != nil {
		return err
	}
	strays, err := worker.ReplayStrays(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "restore: erased %d people who registered after the moment of the backup\n", strays)
	fmt.Fprintf(out, "restore: repeated %d erasures and %d ends of contracts; %s holds nothing of any of them; %d "+
		"corrections\n", len(repeated), len(ended), os.Getenv(table.Variables[privacy.Directory]), corrections)
	return nil
}

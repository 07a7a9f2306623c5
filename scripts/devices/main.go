// Command devices says which business account may tie a sensor, by its hardware id: a DevEui or the device's own id.
// It is run when a device is let in, whichever way it speaks (infra/runbooks.md), and is given the table as a
// function is: DIRECTORY_TABLE and AWS's own variables; who may write to that table may use it.
//
//	devices allot ACCOUNT HARDWARE…      ACCOUNT is the id that the account's administrators see
//	devices withdraw ACCOUNT HARDWARE…   what is tied stays tied until the account unties it
//	devices list ACCOUNT
//	devices keep                         once, coming from a release that allotted none: what is tied is its account's
//
// Each can be run again. With the local stack the table is directory, at AWS_ENDPOINT_URL=http://127.0.0.1:4566 with
// the access key "operator".
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/iotspot/iotspot/shared/building"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "devices:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	if variable := table.Variables[privacy.Directory]; os.Getenv(variable) == "" {
		return fmt.Errorf("%s is not set; accepted: the name of a table", variable)
	}
	tables, err := table.Open(ctx, time.Now)
	if err != nil {
		return err
	}
	devices := building.Devices{Tables: tables}
	switch n := len(arguments); {
	case n > 2 && arguments[0] == "allot":
		return devices.Allot(ctx, arguments[1], arguments[2:])
	case n > 2 && arguments[0] == "withdraw":
		return devices.Withdraw(ctx, arguments[1], arguments[2:])
	case n == 2 && arguments[0] == "list":
		ids, err := tables.AllottedDevices(ctx, arguments[1])
		for _, id := range ids {
			fmt.Fprintln(out, id)
		}
		return err
	case n == 1 && arguments[0] == "keep":
		kept, err := devices.Keep(ctx)
		if err == nil {
			fmt.Fprintf(out, "%d tied devices are allotted to who has tied them\n", kept)
		}
		return err
	}
	return errors.New("see the head of scripts/devices/main.go")
}

// Command staff keeps the list of the operator's own staff, and which of them promised confidentiality in writing. It
// is given the table as a function is: AGENDA_TABLE and AWS's own variables; who may write to that table may use it.
//
//	staff add -email sam@example.com -name "Sam Support" [-language nl]
//	staff agree -email sam@example.com -document "Confidentiality 2026-2" \
//	    -on 2026-11-01 -until 2027-10-31 -by "Olga Operator"
//	staff withdraw -email sam@example.com           the agreement ends at once: nothing can be looked at
//	staff let-disclose -email sam@example.com       may make disclosures that the law requires;
//	                                                forbid-disclose takes it back
//	staff let-enrol -email sam@example.com          prints the secret with which they make a passkey, once,
//	                                                within an hour
//	staff remove-passkeys -email sam@example.com    ends their passkeys, as where all were lost, and their sessions
//	staff remove -email sam@example.com             removes all that is kept of the member, sessions included
//	staff list
//
// Nobody signs in with a mailbox alone. A new member, one who lost all passkeys, and whoever was a member before
// passkeys were asked for, is let in thus: let-enrol, hand the secret over in person or by phone, never by mail; they
// open the app at #/staff within the hour.
//
// With the local stack the table is agenda, at AWS_ENDPOINT_URL=http://127.0.0.1:4566 with the access key "operator".
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/iotspot/iotspot/shared/civil"
	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/staff"
	"github.com/iotspot/iotspot/shared/table"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "staff:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, out io.Writer) error {
	if len(arguments) == 0 {
		return errors.New("what is to be done? accepted: add, agree, withdraw, let-disclose, forbid-disclose, " +
			"let-enrol, remove-passkeys, remove, list")
	}
	order := staff.Order{Do: arguments[0]}
	flags := flag.NewFlagSet("staff "+order.Do, flag.ContinueOnError)
	flags.StringVar(&order.Email, "email", "", "address of the member of staff")
	flags.StringVar(&order.Name, "name", "", "name, which who is looked at sees")
	flags.StringVar(&order.Language, "language", "nl", "nl or en")
	flags.StringVar(&order.Document, "document", "", "the agreement that was signed, with its version")
	flags.Func("on", "date on which it was signed", date(&order.On))
	flags.Func("until", "last day on which it holds", date(&order.Until))
	flags.StringVar(&order.By, "by", "", "who saw the signed agreement and records it")
	if err := flags.Parse(arguments[1:]); err != nil || flags.NArg() > 0 {
		return errors.Join(err, errors.New("see the head of scripts/staff/main.go"))
	}
	if variable := table.Variables[privacy.Agenda]; os.Getenv(variable) == "" {
		return fmt.Errorf("%s is not set; accepted: the name of a table", variable)
	}
	now, err := clock.FromEnvironment()
	if err != nil {
		return err
	}
	tables, err := table.Open(ctx, now)
	if err != nil {
		return err
	}
	if order.Do == "list" {
		return list(ctx, tables, now(), out)
	}
	enrolment, err := staff.Registrar{Tables: tables, Now: now}.Carry(ctx, order)
	if enrolment != "" {
		fmt.Fprintf(out, "%s works once, for an hour: hand it over in person or by phone, not by mail\n", enrolment)
	}
	return err
}

func date(to *civil.Date) func(string) error {
	return func(text string) (err error) {
		*to, err = civil.ParseDate(text)
		return err
	}
}

func list(ctx context.Context, tables *table.Tables, now time.Time, out io.Writer) error {
	members, err := tables.AllStaff(ctx)
	for _, m := range members {
		held, err := tables.Passkeys(ctx, m.Person)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s <%s>: may look: %t, may disclose: %t, agreement: %q from %s until %s, recorded by %s, "+
			"passkeys: %d\n", m.Name, m.Email, m.MayLook(civil.DateOf(now, civil.UTC)), m.Discloses, m.Document, m.On,
			m.Until, m.RecordedBy, len(held))
	}
	return err
}

// Package report writes the log, and nothing else does but for the metrics of shared/metric. Its rule: a log line
// never holds anything that came from a person or from a store. Of an error it shows the kind (its Go types, and
// AWS's operation and code) and never the text, because a text can quote a key, a name or an address and nobody can
// promise that it doesn't.
package report

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strings"

	"github.com/aws/smithy-go"
)

var logger = slog.New(slog.NewJSONHandler(os.Stdout, nil))

// Fault logs that something failed which its caller is not told about. What is an operation's id or a function's
// step; request is the request id that the platform gave. Both are ours or AWS's, never a caller's.
func Fault(ctx context.Context, what, request string, err error) {
	logger.LogAttrs(ctx, slog.LevelError, "failed", slog.String("what", what), slog.String("request", request),
		slog.String("class", Class(err)))
}

// CannotStart logs why a function can't start. It is the one line that shows an error's text: at that moment nothing
// has come from a person or a store, and the operator needs to read which setting is missing.
func CannotStart(err error) {
	logger.Error("the function can't start", slog.String("error", err.Error()))
}

// Class says what kind of error err is, without its text: the types from the outside in, and of AWS's errors also the
// operation and the code.
func Class(err error) string {
	var parts []string
	walk(err, &parts)
	return strings.Join(parts, " > ")
}

const deepest = 24 // types named of one error

func walk(err error, parts *[]string) {
	if err == nil || len(*parts) >= deepest {
		return
	}
	*parts = append(*parts, name(err))
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		walk(e.Unwrap(), parts)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			walk(one, parts)
		}
	}
}

func name(err error) string {
	switch e := err.(type) {
	case *smithy.OperationError:
		return e.ServiceID + "." + e.OperationName
	case smithy.APIError:
		return e.ErrorCode()
	case *panicked:
		return "panic(" + e.kind + ") at " + e.at
	case classed:
		return string(e)
	}
	switch {
	case err == context.DeadlineExceeded:
		return "deadline exceeded"
	case err == context.Canceled:
		return "cancelled"
	}
	return fmt.Sprintf("%T", err)
}

// A classed error holds a class and no text.
type classed string

func (c classed) Error() string { return string(c) }

// Safe is an error with err's class alone, to be handed to a platform that logs or stores the texts of errors.
func Safe(err error) error {
	if err == nil {
		return nil
	}
	return classed(Class(err))
}

// A panicked error says where a panic was and of what type its value, and not what the value was.
type panicked struct{ kind, at string }

func (p *panicked) Error() string { return "panic at " + p.at }

// Recovered turns the value of a recover() into an error that names the line that panicked. It is called in the
// deferred function itself.
func Recovered(value any) error {
	if err, ok := value.(error); ok {
		return &panicked{kind: Class(err), at: origin()}
	}
	return &panicked{kind: fmt.Sprintf("%T", value), at: origin()}
}

func origin() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	for {
		frame, more := frames.Next()
		if frame.Function != "" && !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
		if !more {
			return "unknown"
		}
	}
}

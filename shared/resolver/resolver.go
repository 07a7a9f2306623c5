// Package resolver asks DNS for the TXT records of a name: that is how a customer proves to have a domain (3.d).
package resolver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// ServerVariable names the environment variable with the address of the DNS server to ask, as 192.0.2.53:53. Without
// it the system's resolver is asked.
const ServerVariable = "DNS_SERVER"

// ErrNone says that DNS knows no TXT record of the name: the name does not exist, or has none.
var ErrNone = errors.New("resolver: there is no such record")

// ErrUnanswered says that DNS gave no answer that says anything: no server answered in time, or one failed. A later
// try may tell.
var ErrUnanswered = errors.New("resolver: no answer")

// A Resolver asks DNS.
type Resolver struct{ net net.Resolver }

// FromEnvironment is the resolver that the environment names.
func FromEnvironment() (*Resolver, error) {
	server := os.Getenv(ServerVariable)
	if server == "" {
		return &Resolver{net.Resolver{PreferGo: true}}, nil
	}
	if _, _, err := net.SplitHostPort(server); err != nil {
		return nil, fmt.Errorf("%s is %q; accepted: host and port such as 192.0.2.53:53, or nothing", ServerVariable,
			server)
	}
	return At(server), nil
}

// At asks the server at an address, host and port, by UDP and where an answer does not fit by TCP.
func At(server string) *Resolver {
	var dialer net.Dialer
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, server)
	}
	return &Resolver{net.Resolver{PreferGo: true, Dial: dial}}
}

// A packet gets lost now and then: a second try costs less than a person's.
const (
	tries    = 2
	patience = 3 * time.Second // of each try
)

// TXT gives the TXT records of a name, each with its parts joined. An answer of DNS has 64 KB at most. It gives
// ErrNone, or ErrUnanswered within six seconds.
func (r *Resolver) TXT(ctx context.Context, name string) ([]string, error) {
	for range tries {
		records, err := r.once(ctx, name)
		if !errors.Is(err, ErrUnanswered) {
			return records, err
		}
	}
	return nil, ErrUnanswered
}

func (r *Resolver) once(ctx context.Context, name string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	records, err := r.net.LookupTXT(ctx, strings.TrimSuffix(name,
		".")+".") // the dot keeps the machine's search list out
	var unknown *net.DNSError
	switch {
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return nil, ErrNone
	case err != nil:
		return nil, ErrUnanswered
	}
	return records, nil
}

package resolver_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"

	localdns "github.com/iotspot/iotspot/localstack/aws/dns"
	"github.com/iotspot/iotspot/shared/resolver"
)

// served starts the local stack's name server with some records.
func served(t *testing.T, records map[string][]string) *resolver.Resolver {
	t.Helper()
	server, err := localdns.Start(0)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	for name, texts := range records {
		require.NoError(t, server.Set(name, texts...))
	}
	return resolver.At(server.Address)
}

// answering starts a server that does as it is told.
func answering(t *testing.T, handle dns.HandlerFunc) *resolver.Resolver {
	t.Helper()
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &dns.Server{PacketConn: packets, Handler: handle}
	go func() { _ = server.ActivateAndServe() }()
	t.Cleanup(func() { _ = server.Shutdown() })
	return resolver.At(packets.LocalAddr().String())
}

func TestAllTxtRecordsOfANameAreFoundHoweverItIsWritten_3_d(t *testing.T) {
	long := strings.Repeat("long ", 100)
	asked := served(t, map[string][]string{"_challenge.Example.com": {"one", long, "iotspot-domain=x"}})
	for _, name := range []string{"_challenge.example.com", "_CHALLENGE.example.COM."} {
		found, err := asked.TXT(t.Context(), name)
		require.NoError(t, err)
		require.ElementsMatch(t, []string{"one", long, "iotspot-domain=x"}, found)
	}
}

func TestAnAnswerThatDoesNotFitIntoAPacketComesByTcp(t *testing.T) {
	many := []string{}
	for range 50 {
		many = append(many, strings.Repeat("x", 200))
	}
	found, err := served(t, map[string][]string{"example.com": many}).TXT(t.Context(), "example.com")
	require.NoError(t, err)
	require.Len(t, found, 50)
}

func TestANameThatDoesNotExistAndOneWithoutARecordHaveNone(t *testing.T) {
	_, err := served(t, nil).TXT(t.Context(), "nowhere.example.com")
	require.ErrorIs(t, err, resolver.ErrNone)
	_, err = served(t, nil).TXT(t.Context(), strings.Repeat("a", 64)+".example.com")
	require.ErrorIs(t, err, resolver.ErrNone, "a name that can't exist")
	_, err = answering(t, func(w dns.ResponseWriter, asked *dns.Msg) {
		answer := new(dns.Msg).SetReply(asked)
		answer.Authoritative = true
		_ = w.WriteMsg(answer)
	}).TXT(t.Context(), "example.com")
	require.ErrorIs(t, err, resolver.ErrNone)
}

func TestAServerThatFailsOrIsSilentIsNoAnswer(t *testing.T) {
	for _, code := range []int{dns.RcodeServerFailure, dns.RcodeRefused, dns.RcodeNotImplemented} {
		_, err := answering(t, func(w dns.ResponseWriter, asked *dns.Msg) {
			_ = w.WriteMsg(new(dns.Msg).SetRcode(asked, code))
		}).TXT(t.Context(), "example.com")
		require.ErrorIs(t, err, resolver.ErrUnanswered, dns.RcodeToString[code])
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := answering(t, func(dns.ResponseWriter, *dns.Msg) {}).TXT(ctx, "example.com")
	require.ErrorIs(t, err, resolver.ErrUnanswered)
}

func TestTheServerIsTheEnvironmentsOrTheSystems(t *testing.T) {
	for _, accepted := range []string{"", "192.0.2.53:53", "[2001:db8::53]:53"} {
		t.Setenv(resolver.ServerVariable, accepted)
		_, err := resolver.FromEnvironment()
		require.NoError(t, err)
	}
	t.Setenv(resolver.ServerVariable, "192.0.2.53")
	_, err := resolver.FromEnvironment()
	require.ErrorContains(t, err, "accepted: host and port")
}

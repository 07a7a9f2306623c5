package dns_test

import (
	"testing"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"

	localdns "github.com/iotspot/iotspot/localstack/aws/dns"
)

func ask(t *testing.T, server *localdns.Server, network, name string, of uint16) *dns.Msg {
	t.Helper()
	client := dns.Client{Net: network}
	answer, _, err := client.Exchange(new(dns.Msg).SetQuestion(dns.Fqdn(name), of), server.Address)
	require.NoError(t, err)
	return answer
}

func TestWhatIsSetIsAnsweredByUdpAndTcpAndNothingElseExists(t *testing.T) {
	server, err := localdns.Start(0)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	require.NoError(t, server.Set("A.example", "one", "two"))
	for _, network := range []string{"udp", "tcp"} {
		answer := ask(t, server, network, "a.EXAMPLE", dns.TypeTXT)
		require.Len(t, answer.Answer, 2)
		require.Equal(t, []string{"one"}, answer.Answer[0].(*dns.TXT).Txt)
		require.Empty(t, ask(t, server, network, "a.example", dns.TypeMX).Answer)
		require.Equal(t, dns.RcodeNameError, ask(t, server, network, "b.example", dns.TypeTXT).Rcode)
	}
	require.NoError(t, server.Set("a.example"))
	require.Equal(t, dns.RcodeNameError, ask(t, server, "udp", "a.example", dns.TypeTXT).Rcode)
	require.Error(t, server.Set("a..example", "one"))
}

package engine_test

import (
	"net"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
)

func TestAnEngineWhosePortIsTakenSaysSo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	_, err = engine.Start(t.Context(), engine.Options{Port: taken.Addr().(*net.TCPAddr).Port})
	require.ErrorContains(t, err, "the engine's port")
}

func TestAnEngineListensOnThisMachineAlone_8_security(t *testing.T) {
	e, err := engine.Start(t.Context(), engine.Options{})
	require.NoError(t, err)
	t.Cleanup(e.Stop)
	at, err := url.Parse(e.URL)
	require.NoError(t, err)
	addresses, err := net.InterfaceAddrs()
	require.NoError(t, err)
	for _, address := range addresses {
		ip := address.(*net.IPNet).IP
		reached, err := net.Dial("tcp", net.JoinHostPort(ip.String(), at.Port()))
		if err == nil {
			require.NoError(t, reached.Close())
		}
		require.Equal(t, ip.Equal(net.IPv4(127, 0, 0, 1)), err == nil, ip)
	}
}

func TestAnEngineCanBeStoppedTwice(t *testing.T) {
	e, err := engine.Start(t.Context(), engine.Options{})
	require.NoError(t, err)
	e.Stop()
	e.Stop()
}

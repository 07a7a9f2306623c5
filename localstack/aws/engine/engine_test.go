package engine_test

import (
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/iotspot/iotspot/localstack/aws/engine"
)

func TestAnEngineWhosePortIsTakenSaysSo(t *testing.T) {
	taken, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	defer taken.Close()
	_, err = engine.Start(t.Context(), engine.Options{Port: taken.Addr().(*net.TCPAddr).Port})
	require.ErrorContains(t, err, "the engine's port")
}

func TestAnEngineCanBeStoppedTwice(t *testing.T) {
	e, err := engine.Start(t.Context(), engine.Options{})
	require.NoError(t, err)
	e.Stop()
	e.Stop()
}

package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// registry is as much of IoT Core as provisioning calls: it certifies keys and writes down what is tied to what.
type registry struct {
	t      *testing.T
	calls  []string
	broken string // a call that fails
}

func (r *registry) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, err := io.ReadAll(q.Body)
	require.NoError(r.t, err)
	call := q.Method + " " + q.URL.Path
	r.calls = append(r.calls, strings.TrimSuffix(call+" "+q.Header.Get("X-Amzn-Principal"), " "))
	if r.broken != "" && strings.HasPrefix(call, r.broken) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	answer := map[string]any{}
	if q.URL.Path == "/certificates" {
		var asked struct{ CertificateSigningRequest string }
		require.NoError(r.t, json.Unmarshal(body, &asked))
		require.Equal(r.t, "true", q.URL.Query().Get("setAsActive"))
		answer = map[string]any{"certificateArn": "arn:one",
			"certificatePem": certified(r.t, asked.CertificateSigningRequest)}
	}
	w.Header().Set("Content-Type", "application/json")
	require.NoError(r.t, json.NewEncoder(w).Encode(answer))
}

// certified signs the request's key with a key of the test's.
func certified(t *testing.T, request string) string {
	t.Helper()
	block, _ := pem.Decode([]byte(request))
	asked, err := x509.ParseCertificateRequest(block.Bytes)
	require.NoError(t, err)
	require.NoError(t, asked.CheckSignature())
	server := httptest.NewUnstartedServer(nil)
	server.StartTLS()
	defer server.Close()
	authority := server.TLS.Certificates[0]
	made, err := x509.CreateCertificate(nil, &x509.Certificate{SerialNumber: big.NewInt(1), Subject: asked.Subject,
		NotAfter: time.Now().Add(time.Hour)},
		server.Certificate(), asked.PublicKey, authority.PrivateKey)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made}))
}

func begin(t *testing.T) (*registry, string) {
	t.Helper()
	r := &registry{t: t}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	for name, value := range map[string]string{"AWS_ENDPOINT_URL": server.URL, "AWS_REGION": "eu-west-1",
		"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"} {
		t.Setenv(name, value)
	}
	return r, filepath.Join(t.TempDir(), "things")
}

func TestADeviceGetsAThingOfItsNameAndACertificateForItsOwnKey(t *testing.T) {
	r, folder := begin(t)
	for range 2 {
		require.NoError(t, run(t.Context(), "iotspot-test-device", folder, []string{"sensor-1"}))
	}
	require.Equal(t, []string{"POST /things/sensor-1", "POST /certificates",
		"PUT /target-policies/iotspot-test-device",
		"PUT /things/sensor-1/principals arn:one"}, r.calls, "and nothing the second time")
	pair, err := tls.LoadX509KeyPair(filepath.Join(folder, "sensor-1.cert.pem"),
		filepath.Join(folder, "sensor-1.key.pem"))
	require.NoError(t, err)
	require.Equal(t, "sensor-1", pair.Leaf.Subject.CommonName)
	for _, file := range []string{"sensor-1.cert.pem", "sensor-1.key.pem"} {
		about, err := os.Stat(filepath.Join(folder, file))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), about.Mode())
	}
}

func TestARunThatWasBrokenOffIsCompletedByTheNext(t *testing.T) {
	for _, broken := range []string{"POST /things", "POST /certificates", "PUT /target-policies", "PUT /things"} {
		r, folder := begin(t)
		r.broken = broken
		require.Error(t, run(t.Context(), "iotspot-test-device", folder, []string{"sensor-1"}), broken)
		require.NoFileExists(t, filepath.Join(folder, "sensor-1.cert.pem"), broken)
		r.broken = ""
		require.NoError(t, run(t.Context(), "iotspot-test-device", folder, []string{"sensor-1"}))
		_, err := tls.LoadX509KeyPair(filepath.Join(folder, "sensor-1.cert.pem"),
			filepath.Join(folder, "sensor-1.key.pem"))
		require.NoError(t, err)
	}
}

func TestAnIdThatCouldReachAnotherTopicIsNotProvisioned(t *testing.T) {
	r, folder := begin(t)
	for _, id := range []string{"a/b", "+", "#", "", "a b"} {
		require.Error(t, run(t.Context(), "policy", folder, []string{"good", id}))
	}
	require.Empty(t, r.calls)
}

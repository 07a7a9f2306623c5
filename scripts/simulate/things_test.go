package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"
	"github.com/stretchr/testify/require"
)

// An authority certifies the endpoint and the devices.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	a.certificate, a.key = a.certify(t, x509.Certificate{IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, Subject: pkix.Name{CommonName: "authority"}})
	return a
}

func (a *authority) certify(t *testing.T, wanted x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	wanted.SerialNumber, wanted.NotBefore, wanted.NotAfter = big.NewInt(time.Now().UnixNano()),
		time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.certificate, a.key
	if parent == nil {
		parent, signer = &wanted, key
	}
	made, err := x509.CreateCertificate(rand.Reader, &wanted, parent, &key.PublicKey, signer)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(made)
	require.NoError(t, err)
	return parsed, key
}

// provision writes a device's key and certificate as scripts/provision does.
func (a *authority) provision(t *testing.T, folder, device string) {
	t.Helper()
	certificate, key := a.certify(t, x509.Certificate{Subject: pkix.Name{CommonName: device},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	write(t, filepath.Join(folder, device+".cert.pem"), "CERTIFICATE", certificate.Raw)
	write(t, filepath.Join(folder, device+".key.pem"), "PRIVATE KEY", secret)
}

func write(t *testing.T, file, kind string, content []byte) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600))
}

// strict lets a client in under its certificate's name alone, as the policy of devices does.
type strict struct {
	mqtt.HookBase
	got chan string
}

func (*strict) ID() string { return "strict" }

func (*strict) Provides(hook byte) bool {
	return hook == mqtt.OnConnectAuthenticate || hook == mqtt.OnACLCheck || hook == mqtt.OnPublished
}

func (*strict) OnConnectAuthenticate(client *mqtt.Client, p packets.Packet) bool {
	secured, ok := client.Net.Conn.(*tls.Conn)
	return ok && secured.ConnectionState().PeerCertificates[0].Subject.CommonName == p.Connect.ClientIdentifier
}

func (*strict) OnACLCheck(client *mqtt.Client, topic string, write bool) bool {
	return write && topic == "iotspot/"+client.ID+"/reading"
}

func (s *strict) OnPublished(_ *mqtt.Client, p packets.Packet) { s.got <- p.TopicName }

func (a *authority) endpoint(t *testing.T) (address string, got chan string) {
	t.Helper()
	certificate, key := a.certify(t, x509.Certificate{Subject: pkix.Name{CommonName: "endpoint"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert,
		ClientCAs:    pool,
		Certificates: []tls.Certificate{{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}}})
	require.NoError(t, err)
	server := mqtt.New(&mqtt.Options{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	hook := &strict{got: make(chan string, 10)}
	require.NoError(t, server.AddHook(hook, nil))
	require.NoError(t, server.AddListener(listeners.NewNet("tls", listener)))
	require.NoError(t, server.Serve())
	t.Cleanup(func() { require.NoError(t, server.Close()) })
	return "ssl://" + listener.Addr().String(), hook.got
}

func TestEachProvisionedDeviceConnectsAsItselfAndPublishesOnItsOwnTopic(t *testing.T) {
	a, folder := newAuthority(t), t.TempDir()
	address, got := a.endpoint(t)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	write(t, roots, "CERTIFICATE", a.certificate.Raw)
	a.provision(t, folder, "sensor-1")
	a.provision(t, folder, "sensor-2")
	sensors, err := provisioned(folder)
	require.NoError(t, err)
	devices, err := connected(sensors, folder, address, roots)
	require.NoError(t, err)
	for _, s := range sensors {
		day := simulate(sensors, time.Now(), mathrand.New(mathrand.NewPCG(1, 0)))
		for _, p := range day {
			if p.Device == s.ID {
				require.NoError(t, publish(devices[p.Device], p))
				require.Equal(t, "iotspot/"+s.ID+"/reading", <-got)
				break
			}
		}
		devices[s.ID].Disconnect(0)
	}
}

func TestADeviceThatTheEndpointDoesNotKnowIsToldSo(t *testing.T) {
	a, folder := newAuthority(t), t.TempDir()
	address, _ := a.endpoint(t)
	_, err := provisioned(folder)
	require.ErrorContains(t, err, "scripts/provision")
	newAuthority(t).provision(t, folder, "sensor-1")
	sensors, err := provisioned(folder)
	require.NoError(t, err)
	roots := filepath.Join(t.TempDir(), "roots.pem")
	write(t, roots, "CERTIFICATE", a.certificate.Raw)
	_, err = connected(sensors, folder, address, roots)
	require.ErrorContains(t, err, "sensor-1")
	_, err = connected(sensors, folder, address, filepath.Join(folder, "sensor-1.key.pem"))
	require.ErrorContains(t, err, "holds no certificate")
}

// Command provision lets sensors that speak MQTT themselves into IoT Core: for each hardware id it makes a thing of
// that name and a key, has the key certified, and ties the certificate to the thing and to the policy of the
// deployment. The key is made here and never leaves this machine but with the device.
//
//	go run ./scripts/provision -policy iotspot-prod-device -out things HARDWARE…
//
// It writes <hardware>.key.pem and <hardware>.cert.pem into the folder. It can be run again: a device that has its
// certificate is left alone. A certificate whose run was broken off is tied to no thing, and so lets nobody in.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/iot"
)

func main() {
	policy := flag.String("policy", "", "name of the deployment's policy for devices")
	out := flag.String("out", "things", "folder for keys and certificates")
	flag.Parse()
	if err := run(context.Background(), *policy, *out, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "provision:", err)
		os.Exit(1)
	}
}

// hardware is what a sensor's id can be: it is the thing's name, the client's id and part of a topic.
var hardware = regexp.MustCompile(`^[A-Za-z0-9:_-]{1,128}$`)

func run(ctx context.Context, policy, folder string, devices []string) error {
	if policy == "" || len(devices) == 0 {
		return errors.New("usage: provision -policy NAME [-out FOLDER] HARDWARE…")
	}
	for _, device := range devices {
		if !hardware.MatchString(device) {
			return fmt.Errorf("%q is no hardware id; accepted: letters, digits, : _ and -", device)
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	for _, device := range devices {
		if err := provision(ctx, iot.NewFromConfig(cfg), policy, folder, device); err != nil {
			return fmt.Errorf("%s: %w", device, err)
		}
	}
	return nil
}

func provision(ctx context.Context, client *iot.Client, policy, folder, device string) error {
	certificate := filepath.Join(folder, device+".cert.pem")
	if _, err := os.Stat(certificate); err == nil {
		fmt.Println(device, "has its certificate already")
		return nil
	}
	request, err := newKey(filepath.Join(folder, device+".key.pem"), device)
	if err != nil {
		return err
	}
	if _, err := client.CreateThing(ctx, &iot.CreateThingInput{ThingName: aws.String(device)}); err != nil {
		return err // not where it exists just so
	}
	made, err := client.CreateCertificateFromCsr(ctx,
		&iot.CreateCertificateFromCsrInput{CertificateSigningRequest: aws.String(request), SetAsActive: true})
	if err != nil {
		return err
	}
	if _, err := client.AttachPolicy(ctx, &iot.AttachPolicyInput{PolicyName: aws.String(policy),
		Target: made.CertificateArn}); err != nil {
		return err
	}
	if _, err := client.AttachThingPrincipal(ctx, &iot.AttachThingPrincipalInput{ThingName: aws.String(device),
		Principal: made.CertificateArn}); err != nil {
		return err
	}
	if err := os.WriteFile(certificate, []byte(aws.ToString(made.CertificatePem)), 0o600); err != nil {
		return err
	}
	fmt.Println(device, "may connect with", certificate)
	return nil
}

// newKey writes a new key and gives the request to have it certified.
func newKey(file, device string) (request string, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}),
		0o600); err != nil {
		return "", err
	}
	asked, err := x509.CreateCertificateRequest(rand.Reader,
		&x509.CertificateRequest{Subject: pkix.Name{CommonName: device}}, key)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: asked})), err
}

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/iot"
	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/jhillyerd/enmime"

	"github.com/iotspot/iotspot/localstack/example"
)

// hands do what is outside of the API.
type hands interface {
	// Code is the one in the last mail to an address.
	Code(ctx context.Context, address string) (string, error)
	// Record puts a TXT record into DNS, and returns when it is there.
	Record(ctx context.Context, name, value string) error
	// Allot lets an account tie a device.
	Allot(ctx context.Context, account, device string) error
	// Publish sends a message of a device.
	Publish(ctx context.Context, topic string, message []byte) error
}

// An operator is asked at the terminal, and has the rights of AWS's own variables.
type operator struct {
	in  *bufio.Reader
	out io.Writer
}

func (o operator) ask(question string) (string, error) {
	fmt.Fprint(o.out, question)
	answer, err := o.in.ReadString('\n')
	return strings.TrimSpace(answer), err
}

func (o operator) Code(_ context.Context, address string) (string, error) {
	return o.ask("  The code that was mailed to " + address + ": ")
}

func (o operator) Record(_ context.Context, name, value string) error {
	_, err := o.ask("  Put into DNS: " + name + " TXT \"" + value + "\", and press Enter when it is there: ")
	return err
}

func (o operator) Allot(_ context.Context, account, device string) error {
	_, err := o.ask("  Run: go run ./scripts/devices allot " + account + " " + device + ", and press Enter: ")
	return err
}

// Publish uses IoT Core's HTTPS interface, since a device's certificate is none of the operator's.
func (operator) Publish(ctx context.Context, topic string, message []byte) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	endpoint, err := iot.NewFromConfig(cfg).DescribeEndpoint(ctx,
		&iot.DescribeEndpointInput{EndpointType: aws.String("iot:Data-ATS")})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://"+aws.ToString(endpoint.EndpointAddress)+
		"/topics/"+url.PathEscape(topic)+"?qos=1", bytes.NewReader(message))
	if err != nil {
		return err
	}
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(message)
	if err := v4.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), "iotdata", cfg.Region,
		time.Now()); err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("IoT Core did not take the message: %s", answer.Status)
	}
	return nil
}

// A machine is the local stack's own.
type machine struct{ console, mqtt string }

var digits = regexp.MustCompile(`\b[0-9]{4}( [0-9]{4})+\b`)

func (m machine) Code(ctx context.Context, address string) (string, error) {
	code := ""
	err := until(ctx, 30*time.Second, "a mail with a code came", func() (bool, error) {
		var mails []struct{ Raw []byte }
		console := example.Client{API: m.console}
		if err := console.Send(ctx, "GET", "/mailbox?to="+url.QueryEscape(address), nil, &mails); err != nil {
			return false, err
		}
		if len(mails) == 0 {
			return false, nil
		}
		mail, err := enmime.ReadEnvelope(bytes.NewReader(mails[len(mails)-1].Raw))
		if err != nil {
			return false, err
		}
		code = digits.FindString(mail.Text)
		return code != "", nil
	})
	return code, err
}

func (m machine) Record(ctx context.Context, name, value string) error {
	console := example.Client{API: m.console}
	return console.Send(ctx, "POST", "/dns", object{"name": name, "txt": []string{value}}, nil)
}

func (m machine) Allot(ctx context.Context, account, device string) error {
	console := example.Client{API: m.console}
	return console.Send(ctx, "POST", "/devices", object{"account": account, "devices": []string{device}}, nil)
}

func (m machine) Publish(_ context.Context, topic string, message []byte) error {
	device := paho.NewClient(paho.NewClientOptions().AddBroker("tcp://" + m.mqtt).SetClientID("smoke"))
	for _, send := range []func() paho.Token{device.Connect,
		func() paho.Token { return device.Publish(topic, 1, false, message) }} {
		token := send()
		if !token.WaitTimeout(10 * time.Second) {
			return fmt.Errorf("the broker at %s does not answer", m.mqtt)
		}
		if token.Error() != nil {
			return token.Error()
		}
	}
	device.Disconnect(100)
	return nil
}

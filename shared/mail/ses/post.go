// Package ses sends mail through SES. It is apart from package mail, so that a function that sends none links no
// client.
package ses

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"

	"github.com/iotspot/iotspot/shared/clock"
	"github.com/iotspot/iotspot/shared/controller"
	"github.com/iotspot/iotspot/shared/mail"
	"github.com/iotspot/iotspot/shared/problem"
)

// FromVariable names the environment variable with the sender identity, as "iotspot <no-reply@example.org>".
const FromVariable = "MAIL_FROM"

// SetVariable names the environment variable with the configuration set by which all mail is sent. It lets SES note
// no address that bounces, and hand mail on over TLS alone.
const SetVariable = "MAIL_SET"

// A Post sends through SES v2.
type Post struct {
	Client *sesv2.Client
	From   string
	Set    string // configuration set
	Now    func() time.Time

	Controller controller.Controller // who sends it, and to whom it is answered
}

// Open connects to SES with the sender identity of the environment.
func Open(ctx context.Context) (*Post, error) {
	now, err := clock.FromEnvironment()
	if err != nil {
		return nil, err
	}
	from, err := controller.FromEnvironment()
	if err != nil {
		return nil, err
	}
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return &Post{Client: sesv2.NewFromConfig(cfg), From: os.Getenv(FromVariable), Set: os.Getenv(SetVariable),
		Now: now, Controller: from}, nil
}

// Send implements mail.Sender.
func (p *Post) Send(ctx context.Context, m mail.Message) error {
	raw, err := Compose(p.Controller, p.From, p.Now(), m)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, mail.Longest)
	defer cancel()
	_, err = p.Client.SendEmail(ctx, &sesv2.SendEmailInput{
		FromEmailAddress:     aws.String(p.From),
		ConfigurationSetName: aws.String(p.Set),
		Destination:          &types.Destination{ToAddresses: []string{m.To}},
		Content:              &types.EmailContent{Raw: &types.RawMessage{Data: raw}},
		EmailTags:            tags(m),
	}, attempts(mail.Kinds[m.Kind]))
	return nameless(err)
}

// tags are what SES gives back with what becomes of a mail; see the rule in infra.
func tags(m mail.Message) []types.MessageTag {
	if m.Mark == "" {
		return nil
	}
	return []types.MessageTag{{Name: aws.String("mark"), Value: aws.String(m.Mark)}}
}

func attempts(repeat mail.Repeat) func(*sesv2.Options) {
	return func(o *sesv2.Options) {
		if repeat == mail.AtMostOnce {
			o.RetryMaxAttempts = 1
			o.Retryer = aws.NopRetryer{}
		}
	}
}

// Forget takes an address off the account's suppression list. Our own mail puts none there; an operator, or mail that
// is sent in another way, may have. An address that is not on it is as good. One with a slash SES answers with 400,
// whether or not it is on the list: it can't be taken off by its API, and no error would change that.
func (p *Post) Forget(ctx context.Context, address string) error {
	_, err := p.Client.DeleteSuppressedDestination(ctx,
		&sesv2.DeleteSuppressedDestinationInput{EmailAddress: aws.String(address)})
	var absent *types.NotFoundException
	var malformed *types.BadRequestException
	if errors.As(err, &absent) || errors.As(err, &malformed) && strings.Contains(address, "/") {
		return nil
	}
	return nameless(err)
}

// Suppressed are the addresses on the account's suppression list, in lower case, a thousand in one call. SES answers
// one such call a second.
func (p *Post) Suppressed(ctx context.Context) ([]string, error) {
	var addresses []string
	pages := sesv2.NewListSuppressedDestinationsPaginator(p.Client,
		&sesv2.ListSuppressedDestinationsInput{PageSize: aws.Int32(1000)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, nameless(err)
		}
		for _, one := range page.SuppressedDestinationSummaries {
			addresses = append(addresses, strings.ToLower(aws.ToString(one.EmailAddress)))
		}
	}
	return addresses, nil
}

// nameless keeps of SES's error its code alone: its text can hold the address.
func nameless(err error) error {
	if err == nil {
		return nil
	}
	code := "no answer"
	var api smithy.APIError
	if errors.As(err, &api) {
		code = api.ErrorCode()
	}
	caller := problem.New(problem.Unavailable, "the mail could not be sent; the same request can safely be sent again")
	caller.RetryAfter = 5
	return fmt.Errorf("%w: SES: %s", caller, code)
}

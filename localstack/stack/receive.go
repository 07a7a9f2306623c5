package stack

import (
	"bytes"
	"errors"

	"github.com/iotspot/iotspot/localstack/aws/ses"
	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// Receive takes a mail to the support address as SES does: into the bucket, and the function is told.
func (s *Stack) Receive(mail ses.Incoming) error {
	if len(mail.Raw) > ses.MaxReceived {
		return errors.New("the message is larger than 40 MB, which SES does not take")
	}
	bucket := string(catalog.Received)
	for _, edge := range []catalog.Edge{{By: catalog.SES, For: catalog.TheReceipt, Action: catalog.PutObject,
		On: catalog.Received}, {By: catalog.S3, For: bucket, Action: catalog.GenerateDataKey, On: catalog.DataKey}} {
		if err := s.edges.Let(edge); err != nil {
			return err // SES answers the sender's mail server so, which tells the sender
		}
	}
	mail.Recipient = support
	id, at := protocol.ID(), s.Now()
	content := mail.Stored(id, at)
	if _, err := s.Buckets.PutObject(bucket, id, nil, bytes.NewReader(content), int64(len(content)),
		nil); err != nil {
		return err
	}
	told := s.edges.Let(catalog.Edge{By: catalog.S3, For: bucket, Action: catalog.PutEvents, On: catalog.DefaultBus})
	for _, function := range s.options.Functions {
		if function.Objects == catalog.Received && !mail.Lost && told == nil {
			event, err := s.Buckets.Created(bucket, id)
			if err != nil {
				return err
			}
			s.bus.Deliver(catalog.ArrivalsOf(function.Name), function.Name, event)
		}
	}
	return nil
}

// Package sdk configures the real AWS SDK for a local endpoint.
package sdk

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/iotspot/iotspot/localstack/protocol"
)

// Config reaches an endpoint under an access key.
func Config(url, accessKey string) aws.Config {
	return aws.Config{BaseEndpoint: aws.String(url), Region: protocol.Region,
		Credentials: credentials.NewStaticCredentialsProvider(accessKey, "local", "")}
}

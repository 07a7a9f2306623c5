package engine

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"github.com/iotspot/iotspot/shared/catalog"
	"github.com/iotspot/iotspot/shared/privacy"
	"github.com/iotspot/iotspot/shared/table"
)

// Client speaks to the engine under an access key.
func Client(url, accessKey string, options ...func(*dynamodb.Options)) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		BaseEndpoint: aws.String(url),
		Region:       "eu-west-1",
		Credentials:  credentials.NewStaticCredentialsProvider(accessKey, "local", ""),
		Retryer:      table.Retryer(),
	}, options...)
}

// Names gives the tables their plain names.
func Names() table.Names {
	names := table.Names{}
	for _, t := range catalog.Tables {
		names[privacy.Store(t.Name)] = string(t.Name)
	}
	return names
}

// CreateTables makes the catalog's tables where they don't exist yet.
func CreateTables(ctx context.Context, client *dynamodb.Client) error {
	for _, t := range catalog.Tables {
		var exists *types.ResourceInUseException
		if err := CreateTable(ctx, client, t, string(t.Name)); err != nil && !errors.As(err, &exists) {
			return err
		}
	}
	return nil
}

// DeleteTables removes every table of the client's database.
func DeleteTables(ctx context.Context, client *dynamodb.Client) error {
	tables, err := client.ListTables(ctx, &dynamodb.ListTablesInput{}) // a page has 100, and a database has a few
	if err != nil {
		return err
	}
	for _, name := range tables.TableNames {
		if _, err := client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: aws.String(name)}); err != nil {
			return err
		}
	}
	return nil
}

// CreateTable makes one of the catalog's tables under another name, as a restore from a backup does.
func CreateTable(ctx context.Context, client *dynamodb.Client, t catalog.Table, name string) error {
	_, err := client.CreateTable(ctx, creation(t, name))
	return err
}

func creation(t catalog.Table, name string) *dynamodb.CreateTableInput {
	input := &dynamodb.CreateTableInput{
		TableName:            aws.String(name),
		BillingMode:          types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{text("pk"), text("sk")},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String("sk"), KeyType: types.KeyTypeRange},
		},
	}
	for _, index := range t.Indexes {
		input.AttributeDefinitions = append(input.AttributeDefinitions, text(index.Attribute))
		input.GlobalSecondaryIndexes = append(input.GlobalSecondaryIndexes, types.GlobalSecondaryIndex{
			IndexName: aws.String(index.Name),
			KeySchema: []types.KeySchemaElement{{AttributeName: aws.String(index.Attribute),
				KeyType: types.KeyTypeHash}},
			Projection: projection(index),
		})
	}
	return input
}

func projection(index catalog.Index) *types.Projection {
	if len(index.Beside) == 0 {
		return &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}
	}
	return &types.Projection{ProjectionType: types.ProjectionTypeInclude, NonKeyAttributes: index.Beside}
}

func text(name string) types.AttributeDefinition {
	return types.AttributeDefinition{AttributeName: aws.String(name), AttributeType: types.ScalarAttributeTypeS}
}

package main

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/jsii-runtime-go"

	"github.com/iotspot/iotspot/shared/catalog"
)

// data is the stack of what must outlive any deployment.
type data struct {
	awscdk.Stack
	config  Config
	key     awskms.Key
	tables  map[catalog.Resource]awsdynamodb.ITable
	buckets map[catalog.Resource]awss3.Bucket
	secret  awssecretsmanager.Secret
}

// kept is what outlives its stack, but not the deployment that made it and failed: a name that stayed taken would
// stop the next try.
const kept = awscdk.RemovalPolicy_RETAIN_ON_UPDATE_OR_DELETE

func newData(app awscdk.App, config Config, props *awscdk.StackProps) *data {
	d := &data{Stack: awscdk.NewStack(app, jsii.String("data"), props), config: config,
		tables:  map[catalog.Resource]awsdynamodb.ITable{},
		buckets: map[catalog.Resource]awss3.Bucket{}}
	d.key = d.newKey()
	for _, t := range catalog.Tables {
		d.tables[t.Name] = d.table(t)
		d.output(string(t.Name)+"Table", "table", d.tables[t.Name].TableName())
	}
	for _, name := range catalog.Buckets {
		d.buckets[name] = d.bucket(string(name), lifecycle(name))
	}
	d.output("dataKey", "key of tables and photos", d.key.KeyArn())
	for _, edge := range leadingTo(catalog.DefaultBus) {
		if edge.By == catalog.S3 {
			d.announce(d.buckets[catalog.Resource(edge.For)])
		}
	}
	d.secret = awssecretsmanager.NewSecret(d.Stack, jsii.String("hash-key"), &awssecretsmanager.SecretProps{
		Description: jsii.String("roots of the deployment's keys, and the keys that follow from them: scripts/keys " +
			"makes them, and changes them without losing anything"),
		GenerateSecretString: &awssecretsmanager.SecretStringGenerator{
			PasswordLength: jsii.Number(64), ExcludePunctuation: jsii.Bool(true),
		},
		RemovalPolicy: kept,
	})
	d.output("hashKeySecret", "secret", d.secret.SecretName())
	d.sender()
	return d
}

// keyFor is the key of a variable, which scripts/keys put into the secret under its name. CloudFormation looks into a
// secret again only where the version that it is asked for is another one, so the context names that of a change.
func (d *data) keyFor(variable catalog.Variable) *string {
	options := &awscdk.SecretsManagerSecretOptions{JsonField: jsii.String(string(variable))}
	if d.config.Keys != "" {
		options.VersionId = jsii.String(d.config.Keys)
	}
	return awscdk.SecretValue_SecretsManager(d.secret.SecretArn(), options).UnsafeUnwrap()
}

// newKey makes the key under which tables and photos are encrypted. It is our own and not AWS's so that its use is on
// record, and so that taking it away ends all copies at once, those in backups too. As with the keys that AWS keeps
// for its services, whoever in this account may use a table or the bucket may use the key through it, and only so:
// the functions' roles need no right on it, but for those with keys in their environment, which is encrypted too.
func (d *data) newKey() awskms.Key {
	key := awskms.NewKey(d.Stack, jsii.String("key"), &awskms.KeyProps{
		Description:       jsii.String("iotspot: tables, photos and environments"),
		EnableKeyRotation: jsii.Bool(true),
		RemovalPolicy:     kept,
	})
	key.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Sid:        jsii.String("ThroughTheStores"),
		Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
		Actions: jsii.Strings("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt",
			"kms:GenerateDataKey*", "kms:ReEncrypt*"),
		Resources: jsii.Strings("*"), // in a key's policy: this key
		Conditions: &map[string]any{"StringEquals": map[string]any{
			"kms:CallerAccount": d.Account(),
			"kms:ViaService":    d.encrypted(),
		}},
	}), jsii.Bool(false))
	for _, edge := range leadingTo(catalog.DataKey) {
		if edge.For != "" {
			continue // by way of a store, as above, or by a function's role
		}
		key.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
			Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String(string(edge.By)), nil)},
			Actions:    jsii.Strings(edge.Action),
			Resources:  jsii.Strings("*"),
			Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": d.Account()}},
		}), jsii.Bool(false))
	}
	return key
}

// encrypted are the stores whose things are encrypted with the key, as KMS names them.
func (d *data) encrypted() *[]*string {
	var names []string
	for _, edge := range leadingTo(catalog.DataKey) {
		name := strings.Replace(string(edge.By), ".", "."+d.config.Region+".", 1)
		if (edge.By == catalog.S3 || edge.By == catalog.DynamoDB) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return jsii.Strings(names...)
}

// table makes a table, or takes one that a restore made in its place: the stack then knows it by its name alone, and
// the runbook says how it is given what a restore leaves out.
func (d *data) table(t catalog.Table) awsdynamodb.ITable {
	if name := d.config.Restored[t.Name]; name != "" {
		return awsdynamodb.Table_FromTableName(d.Stack, jsii.String(string(t.Name)), jsii.String(name))
	}
	text := func(name string) *awsdynamodb.Attribute {
		return &awsdynamodb.Attribute{Name: jsii.String(name), Type: awsdynamodb.AttributeType_STRING}
	}
	made := awsdynamodb.NewTable(d.Stack, jsii.String(string(t.Name)), &awsdynamodb.TableProps{
		PartitionKey:                     text("pk"),
		SortKey:                          text("sk"),
		BillingMode:                      awsdynamodb.BillingMode_PAY_PER_REQUEST,
		TimeToLiveAttribute:              jsii.String("ttl"),
		PointInTimeRecoverySpecification: recovery(t.Backup),
		Encryption:                       awsdynamodb.TableEncryption_CUSTOMER_MANAGED,
		EncryptionKey:                    d.key,
		DeletionProtection:               jsii.Bool(true),
		RemovalPolicy:                    awscdk.RemovalPolicy_RETAIN, // its protection would stop the way back
	})
	for _, index := range t.Indexes {
		props := &awsdynamodb.GlobalSecondaryIndexProps{
			IndexName:      jsii.String(index.Name),
			PartitionKey:   text(index.Attribute),
			ProjectionType: awsdynamodb.ProjectionType_KEYS_ONLY,
		}
		if len(index.Beside) > 0 {
			props.ProjectionType, props.NonKeyAttributes = awsdynamodb.ProjectionType_INCLUDE,
				jsii.Strings(index.Beside...)
		}
		made.AddGlobalSecondaryIndex(props)
	}
	return made
}

// recovery is the window of the backup: what has a deadline of its own has none.
func recovery(backup catalog.Backup) *awsdynamodb.PointInTimeRecoverySpecification {
	if backup == catalog.OneDay {
		return &awsdynamodb.PointInTimeRecoverySpecification{PointInTimeRecoveryEnabled: jsii.Bool(true),
			RecoveryPeriodInDays: jsii.Number(1)}
	}
	return &awsdynamodb.PointInTimeRecoverySpecification{PointInTimeRecoveryEnabled: jsii.Bool(false)}
}

// bucket is versioned so that nothing is lost by a mistaken write; an erasure removes every version itself, and what
// was replaced goes after a day in any case.
func (d *data) bucket(name string, rules []*awss3.LifecycleRule) awss3.Bucket {
	return awss3.NewBucket(d.Stack, jsii.String(name), &awss3.BucketProps{
		Versioned:         jsii.Bool(true),
		Encryption:        awss3.BucketEncryption_KMS,
		EncryptionKey:     d.key,
		BucketKeyEnabled:  jsii.Bool(true),
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		ObjectOwnership:   awss3.ObjectOwnership_BUCKET_OWNER_ENFORCED,
		EnforceSSL:        jsii.Bool(true),
		MinimumTLSVersion: jsii.Number(1.2),
		LifecycleRules:    &rules,
		RemovalPolicy:     kept,
	})
}

// lifecycle is the safety net below what the functions remove themselves: a received mail is handled at once.
func lifecycle(bucket catalog.Resource) []*awss3.LifecycleRule {
	oneDay := awscdk.Duration_Days(jsii.Number(1))
	rules := []*awss3.LifecycleRule{{NoncurrentVersionExpiration: oneDay, AbortIncompleteMultipartUploadAfter: oneDay,
		ExpiredObjectDeleteMarker: jsii.Bool(true)}}
	if bucket == catalog.Received {
		rules = append(rules, &awss3.LifecycleRule{Expiration: oneDay})
	}
	return rules
}

// announce makes a bucket tell the account's own bus what arrives in it. The construct's own way would add a
// function.
func (d *data) announce(bucket awss3.Bucket) {
	raw := bucket.Node().DefaultChild().(awss3.CfnBucket)
	enabled := jsii.String("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled")
	raw.AddPropertyOverride(enabled, true)
}

// mailSet is how all mail is sent: handed on over TLS or not at all, since it holds codes, links that erase and
// overviews (8.security); and with the account's suppression list switched off, so that SES keeps no address that
// bounces: nobody could say whose it was (7.erase). Neither opening a mail nor following a link is tracked.
func (d *data) mailSet() awsses.CfnConfigurationSet {
	set := awsses.NewCfnConfigurationSet(d.Stack, jsii.String("mail-set"), &awsses.CfnConfigurationSetProps{
		Name:            jsii.String(d.config.mailSet()),
		DeliveryOptions: &awsses.CfnConfigurationSet_DeliveryOptionsProperty{TlsPolicy: jsii.String("REQUIRE")},
	})
	set.AddPropertyOverride(jsii.String("SuppressionOptions.SuppressedReasons"), []string{}) // no reason is one
	set.ApplyRemovalPolicy(kept, nil)
	for _, edge := range leadingTo(catalog.DefaultBus) {
		if edge.By == catalog.SES {
			d.tellBounces(set)
		}
	}
	return set
}

// sender is the domain that mail is sent from, with the records that its DNS needs as outputs.
func (d *data) sender() {
	bounces := "bounces." + d.config.Domain
	identity := awsses.NewCfnEmailIdentity(d.Stack, jsii.String("sender"), &awsses.CfnEmailIdentityProps{
		EmailIdentity: jsii.String(d.config.Domain),
		ConfigurationSetAttributes: &awsses.CfnEmailIdentity_ConfigurationSetAttributesProperty{
			ConfigurationSetName: d.mailSet().Ref(), // of mail that doesn't name it too
		},
		MailFromAttributes: &awsses.CfnEmailIdentity_MailFromAttributesProperty{
			MailFromDomain: jsii.String(bounces), BehaviorOnMxFailure: jsii.String("USE_DEFAULT_VALUE"),
		},
	})
	identity.ApplyRemovalPolicy(kept, nil)
	d.record("dkim1", *identity.AttrDkimDnsTokenName1()+" CNAME "+*identity.AttrDkimDnsTokenValue1())
	d.record("dkim2", *identity.AttrDkimDnsTokenName2()+" CNAME "+*identity.AttrDkimDnsTokenValue2())
	d.record("dkim3", *identity.AttrDkimDnsTokenName3()+" CNAME "+*identity.AttrDkimDnsTokenValue3())
	d.record("mailFromMX", bounces+" MX 10 feedback-smtp."+d.config.Region+".amazonses.com")
	d.record("mailFromSPF", bounces+` TXT "v=spf1 include:amazonses.com -all"`)
	d.record("dmarc", "_dmarc."+d.config.Domain+` TXT "v=DMARC1; p=reject; adkim=s; aspf=r"`)
}

func (d *data) record(name, value string) { d.output(name, "DNS record", jsii.String(value)) }

func (d *data) output(name, what string, value *string) {
	awscdk.NewCfnOutput(d.Stack, jsii.String(name), &awscdk.CfnOutputProps{Value: value,
		Description: jsii.String(what)})
}

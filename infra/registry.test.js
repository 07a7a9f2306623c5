// What registry.js must find, and what it must let be: node --test infra
const assert = require("node:assert");
const test = require("node:test");
const { check } = require("./registry.js");

const queue = { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: 3600 } };
const alarm = (properties) => ({ Type: "AWS::CloudWatch::Alarm", Properties: {
  ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1, ...properties } });
const faultsOf = (Resources) => check("planted", { Resources });

test("a template that is right has no faults", () => {
  assert.deepEqual(faultsOf({ queue, alarm: alarm({ Namespace: "AWS/SQS",
    MetricName: "ApproximateAgeOfOldestMessage",
    Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": ["queue", "QueueName"] } }] }) }), []);
});

for (const [what, resources, found] of [
  ["a type that does not exist", { one: { Type: "AWS::SQS::Kew", Properties: {} } },
    "planted/one: there is no type AWS::SQS::Kew"],
  ["a property that does not exist", { queue: { ...queue, Properties: { RetentionPeriod: 3600 } } },
    "planted/queue: there is no property RetentionPeriod"],
  ["a property of a property that does not exist", { bucket: { Type: "AWS::S3::Bucket", Properties: {
    VersioningConfiguration: { Status: "Enabled", State: "Enabled" } } } },
    "planted/bucket.VersioningConfiguration: there is no property State"],
  ["a property that is missing", { mapping: { Type: "AWS::Lambda::Permission", Properties: {
    Action: "lambda:InvokeFunction", FunctionName: "one" } } },
    "planted/mapping: the property Principal is missing"],
  ["a value of another kind", { queue: { ...queue, Properties: { MessageRetentionPeriod: "an hour" } } },
    'planted/queue.MessageRetentionPeriod: "an hour" is not a whole number'],
  ["an attribute that does not exist", { queue, policy: { Type: "AWS::SQS::QueuePolicy", Properties: {
    Queues: [{ Ref: "queue" }], PolicyDocument: { Resource: { "Fn::GetAtt": ["queue", "QueueArn"] } } } } },
    "planted/policy: AWS::SQS::Queue has no attribute QueueArn"],
  ["a reference to nothing", { policy: { Type: "AWS::SQS::QueuePolicy", Properties: { Queues: [{ Ref: "queue" }],
    PolicyDocument: {} } } },
    "planted/policy: there is no queue"],
  ["an alarm on a metric that nobody writes", { alarm: alarm({ Namespace: "AWS/Lambda", MetricName: "Mistakes" }) },
    "planted/alarm: nobody writes the metric AWS/Lambda Mistakes"],
  ["an alarm on a metric by another dimension", { alarm: alarm({ Namespace: "AWS/DynamoDB",
    MetricName: "WriteThrottleEvents", Dimensions: [{ Name: "IndexName", Value: "expiry" }] }) },
    "planted/alarm: the metric AWS/DynamoDB WriteThrottleEvents is not written by IndexName"],
  ["a dashboard of a metric that nobody writes", { board: { Type: "AWS::CloudWatch::Dashboard", Properties: {
    DashboardBody: { "Fn::Join": ["", ['{"widgets":[{"properties":{"metrics":[["AWS/ApiGateway","Calls","ApiId","',
      { Ref: "AWS::StackName" }, '"]]}}]}']] } } } },
    "planted/board: nobody writes the metric AWS/ApiGateway Calls"],
]) test(`${what} is found`, () => assert.deepEqual(faultsOf(resources), [found]));

package main

// A Price is a list price of AWS in eu-west-1, without free tiers and reductions for much use.
type Price struct {
	Service string
	Unit    string
	Dollars float64 // a unit
	Source  string  // where the figure is from
}

// pricesOf is when the prices were looked up. No price list of AWS could be fetched where this was written: what a
// public page of that time confirms says so, the others are the list as remembered and are to be looked up before a
// budget is made of them.
const pricesOf = "22 November 2026"

const (
	confirmed = "confirmed by a public page"
	recalled  = "not confirmed"
)

const million = 1e6

// The prices.
var (
	writeUnit  = Price{"DynamoDB", "write request unit", 0.7068 / million, recalled + "; us-east-1 0.625, confirmed"}
	readUnit   = Price{"DynamoDB", "read request unit", 0.1415 / million, recalled + "; us-east-1 0.125, confirmed"}
	gbSecond   = Price{"Lambda", "GB-second on arm64", 0.0000133334, confirmed}
	invocation = Price{"Lambda", "invocation", 0.20 / million, confirmed}
	apiRequest = Price{"API Gateway", "request to the HTTP API", 1.11 / million, recalled +
		"; us-east-1 1.00, confirmed"}
	gigabyteOut = Price{"Traffic", "GB to the Internet", 0.09, confirmed}
	iotMessage  = Price{"IoT Core", "message of 5 KB at most", 1.00 / million, recalled}
	loRaWAN     = Price{"IoT Core", "message by way of LoRaWAN", 2.30 / million, recalled}
	connection  = Price{"IoT Core", "minute of a connection", 0.08 / million, recalled}
	iotRule     = Price{"IoT Core", "rule started, and action", 0.30 / million, recalled}
	queueCall   = Price{"SQS", "request", 0.40 / million, recalled}
	mail        = Price{"SES", "mail", 0.10 / 1000, confirmed}
	logGigabyte = Price{"CloudWatch", "GB of log", 0.57, recalled}
	trace       = Price{"X-Ray", "trace recorded", 5.00 / million, confirmed}
	alarm       = Price{"CloudWatch", "metric of an alarm a month", 0.10, recalled}
	schedule    = Price{"Scheduler", "start", 1.00 / million, recalled}
	key         = Price{"KMS", "key a month", 1.00, recalled}
	keyCall     = Price{"KMS", "request", 0.03 / 10_000, recalled}
	aSecret     = Price{"Secrets Manager", "secret a month", 0.40, recalled}
	ownMetric   = Price{"CloudWatch", "metric of our own a month", 0.30, recalled}
	dashboard   = Price{"CloudWatch", "dashboard a month", 3.00, recalled}
	listing     = Price{"S3", "listing", 0.005 / 1000, recalled}
)

var prices = []Price{writeUnit, readUnit, gbSecond, invocation, apiRequest, gigabyteOut, iotMessage, loRaWAN,
	connection, iotRule, queueCall, mail, logGigabyte, trace, alarm, ownMetric, dashboard, schedule, key, keyCall,
	aSecret, listing}

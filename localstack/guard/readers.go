package guard

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"path"
	"strings"

	"github.com/iotspot/iotspot/localstack/protocol"
	"github.com/iotspot/iotspot/shared/catalog"
)

// readers tell, by service, which calls a request is. An operation that they don't know is refused.
var readers = map[string]func(*http.Request, []byte) ([]Call, error){
	"dynamodb": readDynamoDB, "s3": readS3, "sqs": readSQS, "events": readEvents, "ses": readSES,
}

type tableAction struct {
	TableName string
	IndexName string
}

func (a tableAction) call(action string) Call {
	return Call{Resource: catalog.Resource(a.TableName), Index: a.IndexName, Action: "dynamodb:" + action}
}

func readDynamoDB(r *http.Request, body []byte) ([]Call, error) {
	operation := protocol.Operation(r)
	var request struct {
		tableAction
		TransactItems []map[string]tableAction
		RequestItems  map[string]json.RawMessage
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	var calls []Call
	switch operation {
	case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan":
		calls = append(calls, request.call(operation))
	case "TransactWriteItems":
		// As IAM does, which knows no transactions: each item is an action of its own.
		actions := map[string]string{"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem",
			"ConditionCheck": "ConditionCheckItem"}
		for _, item := range request.TransactItems {
			for kind, action := range item {
				calls = append(calls, action.call(actions[kind]))
			}
		}
	case "BatchGetItem", "BatchWriteItem":
		for table := range request.RequestItems {
			calls = append(calls, tableAction{TableName: table}.call(operation))
		}
	default:
		return nil, fmt.Errorf("%w: DynamoDB %s", errUnknown, operation)
	}
	return calls, nil
}

func readS3(r *http.Request, body []byte) ([]Call, error) {
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	query := r.URL.Query()
	version := ""
	if query.Has("versionId") {
		version = "Version"
	}
	action := ""
	switch {
	case key != "" && r.Header.Get("X-Amz-Copy-Source") != "" || query.Has("uploadId") || query.Has("uploads"):
	case key != "" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		action = "s3:GetObject" + version
	case key != "" && r.Method == http.MethodPut:
		action = "s3:PutObject"
	case key != "" && r.Method == http.MethodDelete:
		action = "s3:DeleteObject" + version
	case key == "" && r.Method == http.MethodGet && query.Has("versions"):
		action = "s3:ListBucketVersions"
	case key == "" && r.Method == http.MethodGet && query.Get("list-type") == "2":
		action = catalog.ListObjects
	case key == "" && r.Method == http.MethodPost && query.Has("delete"):
		return readS3Deletes(bucket, body)
	}
	if action == "" {
		return nil, fmt.Errorf("%w: S3 %s with %s", errUnknown, r.Method, r.URL.RawQuery)
	}
	return []Call{{Resource: catalog.Resource(bucket), Action: action}}, nil
}

func readS3Deletes(bucket string, body []byte) ([]Call, error) {
	var request struct {
		Objects []struct {
			VersionId string
		} `xml:"Object"`
	}
	if err := xml.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	var calls []Call
	for _, object := range request.Objects {
		action := "s3:DeleteObject"
		if object.VersionId != "" {
			action = catalog.DelVersion
		}
		calls = append(calls, Call{Resource: catalog.Resource(bucket), Action: action})
	}
	return calls, nil
}

func readSQS(r *http.Request, body []byte) ([]Call, error) {
	var request struct{ QueueUrl string }
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	action := strings.TrimSuffix(protocol.Operation(r), "Batch") // IAM knows no batches of their own
	return []Call{{Resource: catalog.Resource(path.Base(request.QueueUrl)), Action: "sqs:" + action}}, nil
}

func readEvents(r *http.Request, body []byte) ([]Call, error) {
	if operation := protocol.Operation(r); operation != "PutEvents" {
		return nil, fmt.Errorf("%w: EventBridge %s", errUnknown, operation)
	}
	var request struct {
		Entries []struct{ EventBusName string }
	}
	if err := json.Unmarshal(body, &request); err != nil {
		return nil, err
	}
	var calls []Call
	for _, entry := range request.Entries {
		calls = append(calls, Call{Resource: catalog.Resource(entry.EventBusName), Action: catalog.PutEvents})
	}
	return calls, nil
}

func readSES(r *http.Request, body []byte) ([]Call, error) {
	const mails, suppressed = "/v2/email/outbound-emails", "/v2/email/suppression/addresses/"
	action := ""
	switch {
	case r.Method == http.MethodPost && r.URL.Path == mails:
		// SES checks another right for a raw message than for a composed one, though the operation is the same.
		var request struct {
			Content struct{ Raw *struct{} }
		}
		if err := json.Unmarshal(body, &request); err != nil {
			return nil, err
		}
		if action = "ses:SendEmail"; request.Content.Raw != nil {
			action = "ses:SendRawEmail"
		}
	case r.Method == http.MethodGet && r.URL.Path == strings.TrimSuffix(suppressed, "/"):
		action = catalog.ListSuppressed
	case r.Method == http.MethodDelete && strings.HasPrefix(r.URL.Path, suppressed):
		action = catalog.Unsuppress
	default:
		return nil, fmt.Errorf("%w: SES %s", errUnknown, r.Method)
	}
	return []Call{{Resource: catalog.Mail, Action: action}}, nil
}

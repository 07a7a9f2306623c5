// Holds the synthesised templates against CloudFormation's own registry, as @aws-cdk/aws-service-spec carries it:
// every type, property and attribute must exist, what is required must be there, and each value must have the kind of
// its property. What alarms and the dashboard look at must be metrics that AWS writes, with their dimensions; our own
// are alarms_test.go's.
// Usage: node registry.js <folder with *.template.json>
const fs = require("fs");
const path = require("path");
const { loadAwsServiceSpecSync } = require("@aws-cdk/aws-service-spec");

const registry = loadAwsServiceSpecSync();
const ours = "iotspot"; // the namespace of shared/metric

// check gives what is wrong with a template, one line each.
function check(stack, template) {
  const faults = [];
  const fault = (where, what) => faults.push(`${stack}/${where}: ${what}`);
  const resources = template.Resources || {};
  for (const [id, resource] of Object.entries(resources)) {
    references(resource.Properties, template, (what) => fault(id, what));
    if (resource.Type.startsWith("Custom::")) continue; // its properties are its function's own
    const type = typeOf(resource.Type);
    if (!type) {
      fault(id, `there is no type ${resource.Type}`);
      continue;
    }
    members(resource.Properties || {}, type.properties, id, fault);
    for (const metric of metricsOf(resource)) measured(metric, (what) => fault(id, what));
  }
  return faults;
}

const typeOf = (name) => registry.lookup("resource", "cloudFormationType", "equals", name)[0];

// members holds an object against the properties that its type has.
function members(given, known, where, fault) {
  for (const [name, value] of Object.entries(given)) {
    if (!known[name]) fault(where, `there is no property ${name}`);
    else shape(value, [known[name].type, ...(known[name].previousTypes || [])], `${where}.${name}`, fault);
  }
  for (const [name, property] of Object.entries(known)) {
    if (property.required && given[name] === undefined) fault(where, `the property ${name} is missing`);
  }
}

// shape holds a value against the types that a property has or had; one of them must fit.
function shape(value, types, where, fault) {
  if (intrinsic(value)) return;
  let first;
  for (const type of types) {
    const found = [];
    oneShape(value, type, where, (at, what) => found.push([at, what]));
    if (found.length === 0) return;
    first = first || found;
  }
  for (const [at, what] of first) fault(at, what);
}

function oneShape(value, type, where, fault) {
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  const must = (right, what) => right || fault(where, `${JSON.stringify(value)} is not ${what}`);
  switch (type.type) {
    case "string": return must(["string", "number", "boolean"].includes(typeof value), "a text");
    case "number": return must(typeof value === "number" || /^-?[0-9.]+$/.test(value), "a number");
    case "integer": return must(Number.isInteger(Number(value)) && value !== "", "a whole number");
    case "boolean": return must(typeof value === "boolean" || value === "true" || value === "false", "true or false");
    case "date-time": return must(typeof value === "string", "a time");
    case "array":
      if (!Array.isArray(value)) return must(false, "a list");
      return value.forEach((one, i) => shape(one, [type.element], `${where}[${i}]`, fault));
    case "map":
      if (!isObject) return must(false, "an object");
      return Object.entries(value).forEach(([name, one]) => shape(one, [type.element], `${where}.${name}`, fault));
    case "ref":
      if (!isObject) return must(false, "an object");
      return members(value, registry.get("typeDefinition", type.reference.$ref).properties, where, fault);
    case "union": return shape(value, type.types, where, fault);
    case "tag": return must(isObject && typeof value.Key === "string", "a tag");
    case "json": case "any": return;
    default: fault(where, `the registry has a kind ${type.type} that is not known here`);
  }
}

// intrinsic reports whether CloudFormation makes the value only when it deploys.
function intrinsic(value) {
  const names = value !== null && typeof value === "object" ? Object.keys(value) : [];
  return names.length === 1 && (names[0] === "Ref" || names[0].startsWith("Fn::"));
}

// references looks for each Ref and GetAtt in a value: what it names must exist, with that attribute.
function references(value, template, fault) {
  if (value === null || typeof value !== "object") return;
  if (typeof value.Ref === "string" && !value.Ref.startsWith("AWS::") && !template.Resources[value.Ref] &&
      !(template.Parameters || {})[value.Ref]) {
    fault(`there is no ${value.Ref}`);
  }
  if (value["Fn::GetAtt"]) attribute(value["Fn::GetAtt"], template.Resources, fault);
  for (const one of Object.values(value)) references(one, template, fault);
}

function attribute([id, name], resources, fault) {
  const type = resources[id] && typeOf(resources[id].Type);
  if (!resources[id]) fault(`there is no ${id}`);
  else if (type && !type.attributes[name]) fault(`${resources[id].Type} has no attribute ${name}`);
}

// metricsOf are the metrics that an alarm or a dashboard looks at.
function metricsOf(resource) {
  const given = resource.Properties;
  const named = (names) => names.map((one) => one.Name);
  if (resource.Type === "AWS::CloudWatch::Alarm") {
    const several = (given.Metrics || []).filter((query) => query.MetricStat).map((query) => query.MetricStat.Metric);
    return [...(given.MetricName ? [given] : []), ...several]
      .map((one) => ({ namespace: one.Namespace, name: one.MetricName, dimensions: named(one.Dimensions || []) }));
  }
  if (resource.Type !== "AWS::CloudWatch::Dashboard") return [];
  const body = given.DashboardBody;
  const whole = typeof body === "string" ? body
    : body["Fn::Join"][1].map((part) => typeof part === "string" ? part : "made when it is deployed").join("");
  return JSON.parse(whole).widgets.flatMap((widget) => widget.properties.metrics)
    .map(([namespace, name, ...rest]) => ({ namespace, name, dimensions: rest.filter((_, i) => i % 2 === 0) }));
}

// measured holds a metric against those that AWS writes.
function measured({ namespace, name, dimensions }, fault) {
  if (namespace === ours) return;
  const metrics = registry.lookup("metric", "namespace", "equals", namespace).filter((metric) => metric.name === name);
  if (metrics.length === 0) return fault(`nobody writes the metric ${namespace} ${name}`);
  const wanted = [...dimensions].sort().join();
  const sets = metrics.flatMap((metric) => registry.follow("usesDimensionSet", metric))
    .map((set) => set.entity.dimensions.map((one) => one.name).sort().join());
  if (!sets.includes(wanted)) fault(`the metric ${namespace} ${name} is not written by ${wanted || "nothing"}`);
}

function main(folder) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".template.json"));
  const faults = files.flatMap((name) =>
    check(name.split(".")[0], JSON.parse(fs.readFileSync(path.join(folder, name)))));
  for (const fault of faults) console.error(`registry: ${fault}`);
  if (files.length === 0) console.error(`registry: no templates in ${folder}`);
  if (faults.length > 0 || files.length === 0) process.exit(1);
  console.log(`registry: ${files.length} templates, and nothing in them that CloudFormation doesn't know`);
}

module.exports = { check };
if (require.main === module) main(path.resolve(process.argv[2] || "cdk.out"));

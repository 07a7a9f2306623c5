// Looks the synthesised templates over with cdk-nag's AwsSolutions rules. What a rule finds must be accepted in
// nag.json with a reason; what is accepted there and no longer found is an error too.
// Usage: node nag.js <folder with *.template.json>
const fs = require("fs");
const os = require("os");
const path = require("path");
const { App, Aspects, DefaultStackSynthesizer, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const { AwsSolutionsChecks } = require("cdk-nag");

const templates = path.resolve(process.argv[2] || "cdk.out");
const accepted = JSON.parse(fs.readFileSync(path.join(__dirname, "nag.json")));
const report = fs.mkdtempSync(path.join(os.tmpdir(), "iotspot-nag-"));

const app = new App({ outdir: report, context: { "aws:cdk:version-reporting": false } });
Aspects.of(app).add(new AwsSolutionsChecks({ reports: true, reportFormats: ["json"], verbose: false }));
const stacks = fs.readdirSync(templates).filter((name) => name.endsWith(".template.json")).map((name) => name.split(".")[0]);
for (const stack of stacks) {
  const file = path.join(templates, stack + ".template.json");
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }); // the template has the rule
  new CfnInclude(new Stack(app, stack, { synthesizer }), "t", { templateFile: file });
}
// Findings are errors of the synthesis for cdk's command line only; here they are read from the report.
process.stderr.write = ((write) => (text, ...rest) => String(text).startsWith("[Error at /") ? true : write.call(process.stderr, text, ...rest))(process.stderr.write);
app.synth();

const plain = (id) => id.split("/").pop().replace(/[0-9A-F]{8}$/, ""); // without the CDK's hash

const findings = stacks.flatMap((stack) =>
  JSON.parse(fs.readFileSync(path.join(report, `AwsSolutions-${stack}-NagReport.json`))).lines
    .filter((line) => line.compliance !== "Compliant" && line.compliance !== "N/A")
    .map((line) => ({ stack, resource: plain(line.resourceId), rule: line.ruleId, info: line.ruleInfo, compliance: line.compliance })));
fs.rmSync(report, { recursive: true });

const covers = (entry, finding) => finding.rule === entry.rule && new RegExp(`^${entry.resource}$`).test(`${finding.stack}/${finding.resource}`);
const open = findings.filter((finding) => !accepted.some((entry) => covers(entry, finding)));
const stale = accepted.filter((entry) => !findings.some((finding) => covers(entry, finding)));
for (const finding of open) console.error(`nag: ${finding.stack}/${finding.resource}: ${finding.rule} (${finding.compliance}): ${finding.info}`);
for (const entry of stale) console.error(`nag: ${entry.rule} on ${entry.resource} is accepted in nag.json but not found`);
if (stacks.length === 0) console.error(`nag: no templates in ${templates}`);
if (open.length + stale.length > 0 || stacks.length === 0) process.exit(1);
console.log(`nag: ${stacks.join(", ")}: nothing that is not accepted with a reason (${findings.length} accepted findings)`);

package privacy

// StatementVersion is the version of the privacy statement that is in force (13.versions): the date from which it holds.
// Consent counts per version (2.consent).
const StatementVersion = "2026-11-01"

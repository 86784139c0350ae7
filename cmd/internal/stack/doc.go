// Package stack starts the services Tidewaiter runs on when the user has not
// brought their own: a real Temporal server and a real Postgres cluster, both
// listening on loopback only, both keeping their state in a folder of the
// user's choice, both ended with the program that started them.
//
// TEMPORAL_ADDRESS (with TEMPORAL_NAMESPACE) and DATABASE_URL name services of
// the user's own; nothing is started or stopped then.
package stack

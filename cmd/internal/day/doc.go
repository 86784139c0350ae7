// Package day takes one business day through the legacy system and through
// Tidewaiter on this machine: it prepares the inputs, starts the services, runs
// the ParallelRun workflow with a worker of its own, and stops everything.
//
// Its folder keeps all state. A day that was interrupted (Ctrl-C, a crash, a
// power cut) goes on where it stopped when it is run again with the same
// parameters; one that ended is cleared away for the next.
package day

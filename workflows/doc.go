// Package workflows makes the work of a business day durable with Temporal: it
// decides what runs after what, what is retried and where an interrupted day
// goes on. It computes no money; that is collections' part.
//
// Two workflows:
//
//   - CollectionDay posts one business day: it cuts the entry-summary extract
//     into chunks, posts ranges of chunks (decode, assess, one transaction a
//     chunk), builds the daily statements and verifies the ledger.
//   - ParallelRun runs the same day through the legacy system and through
//     CollectionDay, then compares both and returns the verdict.
//
// # Exactly once
//
// A chunk's journals, its rejected entries, its control totals and the note
// that it is done are written in one transaction of the ledger. An activity
// that is retried, after a crash, a lost answer or a timed-out heartbeat, asks
// the ledger which chunks are done and goes on with the next; a chunk posted
// twice at once has one effect. The heartbeat is a hint for people.
//
// # History size
//
// No workflow and no event belongs to a single entry. A day of 1.02 million
// entries is 510 chunks of 2,000, posted by 51 activities of ten chunks: a
// history of a few hundred events, against Temporal's limit of 51,200. Only
// references travel (paths, byte offsets, counts), never records.
package workflows

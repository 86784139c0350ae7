// Package parity proves, record by record, that two systems gave the same
// result, or shows where they did not, why, and how many dollars that is.
//
// A [Plan] (YAML) names the comparisons: a left side, which is a mainframe
// dataset read through its copybook; a right side, which is another dataset,
// JSON lines, CSV or a SQL query, whose values are encoded into records of the
// left copybook; the key; and what becomes of every field. [Load] reads it, [Run]
// carries it out and writes the run's folder: report.html, report.json and
// differences.jsonl.
//
// Promises:
//
//   - Every record of both sides is compared, none is sampled, and memory is
//     bounded. Duplicate keys are reported, never overwritten or chosen from.
//   - Every field of the copybook is COMPARED, MASKED or EXCLUDED with a reason.
//     A field the plan does not cover fails the plan.
//   - The difference of each total is the sum of the classified differences, to
//     the cent, for every group; a run where it is not fails with ErrIdentity.
//   - No pairs is INCONCLUSIVE, never equal. A value that cannot be decoded, or
//     does not fit its field, is INVALID with its reason, never cut or guessed.
//   - The result depends on the plan and its inputs alone, not on their order,
//     on the number of jobs or on timing. What changes from run to run stands
//     in report.Execution and the run's name.
//
// Customs reaches this package through [Explainer] alone: it knows nothing of
// entries and imports no room above the copybooks.
//
//	plan, err := parity.Load("collection-day.yaml")
//	result, err := parity.Run(ctx, plan, parity.Options{Out: "run", Database: url})
//	os.Exit(result.Verdict ...)
package parity

// Package assess computes what an entry summary owes: duty, merchandise
// processing fee, informal fee, harbor maintenance fee, and antidumping and
// countervailing deposits, each with its working.
package assess

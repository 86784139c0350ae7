// Package compare judges a pair of records of one layout, field by field, and
// says what kind of difference it found.
//
// Words: a [Verdict] is what became of a compared item. A [Rule] says how one
// field is compared. A [Finding] is one field, in one occurrence, whose bytes
// differ. A [Pattern] is the kind of a finding, "left is 0.01 less", so that
// findings with one cause can be counted together.
//
// Promises: a pair whose compared bytes are the same is [Equal] after comparing
// bytes only, without decoding and without allocating. Anything else is judged
// on decoded values in whole units of the field's last decimal place; nothing
// goes through floating point and no text stands for a number. Bytes that hold
// no value are [Invalid] and never equal to anything but the same bytes. A
// record shorter or longer than its layout is Invalid, never compared in part.
//
// Example:
//
//	c, err := compare.New(schema, []compare.Rule{{Element: 3, Mode: compare.Value}})
//	verdict, findings := c.Compare(left, right, nil)
package compare

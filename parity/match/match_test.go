package match

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// list is a cursor over items in memory.
type list struct {
	items []Item
	at    int
}

func (l *list) Next(it *Item) error {
	if l.at == len(l.items) {
		return io.EOF
	}
	*it = l.items[l.at]
	l.at++
	return nil
}

func (l *list) Close() error { return nil }

func item(key, rec string, number int) Item {
	return Item{Key: []byte(key), Record: []byte(rec), Number: int64(number), Offset: int64(number) * 80}
}

func ordered(t require.TestingT, items []Item, rereadable bool, o Options) *Ordered {
	var again func() (Cursor, error)
	if rereadable {
		again = func() (Cursor, error) { return &list{items: items}, nil }
	}
	keyLen := 0
	if len(items) > 0 {
		keyLen = len(items[0].Key)
	}
	out, err := Order(context.Background(), &list{items: items}, again, keyLen, o)
	require.NoError(t, err)
	return out
}

func pairs(t require.TestingT, left, right *Ordered) []string {
	var out []string
	text := func(it *Item) string {
		if it == nil {
			return "-"
		}
		return fmt.Sprintf("%s=%s", it.Key, it.Record)
	}
	require.NoError(t, Join(context.Background(), left, right, func(p *Pair) error {
		out = append(out, fmt.Sprintf("%d/%d %s %s", p.Kind, p.Ordinal, text(p.Left), text(p.Right)))
		return nil
	}))
	require.NoError(t, left.Close())
	require.NoError(t, right.Close())
	return out
}

func TestJoin(t *testing.T) {
	left := []Item{item("a", "1", 1), item("b", "2", 2), item("b", "1", 3), item("d", "1", 4)}
	right := []Item{item("b", "1", 1), item("c", "1", 2), item("d", "1", 3), item("d", "0", 4), item("d", "2", 5)}
	got := pairs(t, ordered(t, left, false, Options{}), ordered(t, right, false, Options{}))
	require.Equal(t, []string{
		fmt.Sprintf("%d/0 a=1 -", LeftOnly),
		fmt.Sprintf("%d/1 b=1 b=1", Duplicate),
		fmt.Sprintf("%d/2 b=2 -", Duplicate),
		fmt.Sprintf("%d/0 - c=1", RightOnly),
		fmt.Sprintf("%d/1 d=1 d=0", Duplicate),
		fmt.Sprintf("%d/2 - d=1", Duplicate),
		fmt.Sprintf("%d/3 - d=2", Duplicate),
	}, got)
}

// Every item comes out once, and what comes out depends on the items alone: not
// on their order, the memory, the jobs or whether they can be read again.
func TestOrderDependsOnItemsAlone(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Item {
			key := rapid.StringMatching(`[a-c]{9}`).Draw(t, "key")
			pad := rapid.IntRange(0, 300).Draw(t, "pad")
			return item(key, string(bytes.Repeat([]byte{byte('0' + pad%3)}, pad)), 0)
		}), 1, 300)
		left, right := side.Draw(t, "left"), side.Draw(t, "right")
		number := func(items []Item) []Item {
			items = slices.Clone(items)
			for i := range items {
				items[i].Number = int64(i + 1)
			}
			return items
		}
		big := Options{TempDir: dir}
		want := pairs(t, ordered(t, number(left), false, big), ordered(t, number(right), false, big))
		small := Options{TempDir: dir, Budget: 1, Jobs: rapid.IntRange(1, 3).Draw(t, "jobs")}
		reread := rapid.Bool().Draw(t, "reread")
		for range 2 {
			shuffled := rapid.Permutation(left).Draw(t, "order")
			got := pairs(t, ordered(t, number(shuffled), reread, small), ordered(t, number(right), !reread, small))
			require.Equal(t, want, got)
			slices.SortFunc(left, func(a, b Item) int {
				return cmp.Or(bytes.Compare(a.Key, b.Key), bytes.Compare(a.Record, b.Record))
			})
		}
	})
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries, "runs must be removed")
}

func TestSpillingAndRereading(t *testing.T) {
	var inOrder []Item
	for i := range 5000 {
		inOrder = append(inOrder, item(fmt.Sprintf("%08d", i), "record of forty bytes, as wide as that is", i+1))
	}
	disordered := slices.Clone(inOrder)
	disordered[0], disordered[4999] = disordered[4999], disordered[0]
	small := Options{Budget: 1, TempDir: t.TempDir()}
	for name, c := range map[string]struct {
		items  []Item
		reread bool
		spills bool
	}{
		"in order and readable again is not written": {inOrder, true, false},
		"in order but readable once is written":      {inOrder, false, true},
		"out of order at its end is sorted":          {disordered, true, true},
		"out of order and readable once is sorted":   {disordered, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			o := ordered(t, c.items, c.reread, small)
			require.Equal(t, c.spills, o.Spills() > 0)
			var it Item
			for i := range 5000 {
				require.NoError(t, o.Next(&it))
				require.Equal(t, fmt.Sprintf("%08d", i), string(it.Key))
			}
			require.ErrorIs(t, o.Next(&it), io.EOF)
			require.NoError(t, o.Close())
		})
	}
}

func TestAnInputThatChangesIsNoticed(t *testing.T) {
	var items []Item
	for i := range 5000 {
		items = append(items, item(fmt.Sprintf("%08d", i), "record of forty bytes, as wide as that is", i+1))
	}
	for name, second := range map[string][]Item{"shorter": items[:4000], "out of order": append(slices.Clone(items[1:]), items[0])} {
		t.Run(name, func(t *testing.T) {
			o, err := Order(context.Background(), &list{items: items}, func() (Cursor, error) { return &list{items: second}, nil }, 8, Options{Budget: 1})
			require.NoError(t, err)
			var it Item
			for err == nil {
				err = o.Next(&it)
			}
			require.ErrorIs(t, err, ErrChanged)
		})
	}
}

func TestCancelling(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Order(ctx, &list{items: []Item{item("a", "1", 1)}}, nil, 1, Options{})
	require.ErrorIs(t, err, context.Canceled)
	err = Join(ctx, ordered(t, []Item{item("a", "1", 1)}, false, Options{}), ordered(t, nil, false, Options{}), func(*Pair) error { return nil })
	require.ErrorIs(t, err, context.Canceled)
}

func TestReadErrorsArePassedOn(t *testing.T) {
	broken := errors.New("broken")
	_, err := Order(context.Background(), failing{broken}, nil, 1, Options{})
	require.ErrorIs(t, err, broken)
}

type failing struct{ err error }

func (f failing) Next(*Item) error { return f.err }
func (f failing) Close() error     { return nil }

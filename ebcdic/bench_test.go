package ebcdic

import "testing"

func BenchmarkInt64(b *testing.B) {
	for _, c := range []struct {
		name string
		spec Spec
	}{
		{"packed-11", Spec{Kind: Packed, Digits: 11, Signed: true}},
		{"packed-18", Spec{Kind: Packed, Digits: 18, Signed: true}},
		{"zoned-8", Spec{Kind: Zoned, Digits: 8}},
		{"zoned-15", Spec{Kind: Zoned, Digits: 15, Signed: true}},
		{"binary-9", Spec{Kind: Binary, Digits: 9, Signed: true}},
	} {
		b.Run(c.name, func(b *testing.B) {
			n := number(b, c.spec)
			field := make([]byte, n.Length())
			n.PutInt64(field, 12345678)
			b.SetBytes(int64(n.Length()))
			b.ReportAllocs()
			for b.Loop() {
				if _, fault := n.Int64(field); fault != OK {
					b.Fatal(fault)
				}
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	src := make([]byte, 32)
	CP037.PutText(src, "CONSUMPTION ENTRY B7603245278")
	dst := make([]byte, 0, 64)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		dst, _ = CP037.AppendText(dst[:0], src)
	}
}

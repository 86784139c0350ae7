package entry

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestEveryMemberIsDocumented: doc.go lists every member of the JSON form.
func TestEveryMemberIsDocumented(t *testing.T) {
	page, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	words := map[string]bool{}
	for _, word := range regexp.MustCompile("[a-z_]+").FindAllString(string(page), -1) {
		words[word] = true
	}
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(form reflect.Type) {
		for form.Kind() == reflect.Pointer || form.Kind() == reflect.Slice {
			form = form.Elem()
		}
		if form.Kind() != reflect.Struct || seen[form] {
			return
		}
		seen[form] = true
		for i := range form.NumField() {
			name, _, _ := strings.Cut(form.Field(i).Tag.Get("json"), ",")
			require.True(t, words[name], "doc.go does not name %q of %s", name, form.Name())
			look(form.Field(i).Type)
		}
	}
	look(reflect.TypeFor[summaryJSON]())
	require.Greater(t, len(seen), 8)
}

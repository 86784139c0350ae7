package cli

import (
	"fmt"
	"regexp"

	"github.com/spf13/cobra"
)

// argumentName is a word in capitals in a command's usage line that no flag
// stands before: "layout COPYBOOK", "encode --copybook F JSONL -o DATA".
var argumentName = regexp.MustCompile(` (?:-\S+ \S+ )*([A-Z]+)`)

// oneArgument demands the argument that the command's usage line names.
func oneArgument(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	name := argumentName.FindStringSubmatch(cmd.Use)[1]
	if len(args) == 0 {
		return fmt.Errorf("%s is missing; %s --help has an example", name, cmd.CommandPath())
	}
	return fmt.Errorf("%d arguments where one %s is taken; %s --help has an example", len(args), name, cmd.CommandPath())
}

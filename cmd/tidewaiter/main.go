// Command tidewaiter collects customs duties, taxes and fees and proves that it
// agrees with the system it replaces. See tidewaiter --help.
package main

import (
	"os"

	"tidewaiter/cmd/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}

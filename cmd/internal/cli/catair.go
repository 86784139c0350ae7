package cli

import "github.com/spf13/cobra"

func newCatairCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "catair",
		Short: "Read and answer the messages that filers and Customs exchange",
		Long: `Catair works with messages of the automated broker interface: entry summaries
and their responses, daily and monthly statements, entry summary queries and
drawback claims, in records of 80 characters.

EXIT STATUS
  0  all well
  1  the message has faults
  2  the file could not be read`,
		Example: `  tidewaiter catair show entry.ae
  tidewaiter catair respond entry.ae > answer.ax`,
	}
	c.AddCommand(newCatairShowCommand(), newCatairRespondCommand())
	return c
}

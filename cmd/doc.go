// Package cmd is the room of the faces: the tidewaiter command
// (cmd/tidewaiter), its commands and output (cmd/internal/cli), one business
// day on this machine (cmd/internal/day), and the services it runs on
// (cmd/internal/stack). It holds no rule of customs, of arithmetic or of parity.
package cmd

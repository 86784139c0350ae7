package assess

import (
	"tidewaiter/collections/reference"
)

// ports looks up the port of entry, and finds whether the port where the goods
// were unloaded collects the harbor maintenance fee. An unknown port is refused:
// which fees it collects is not known either.
func (r *run) ports() error {
	var err error
	if r.port, err = r.tables.Port(r.s.Port, r.on); err != nil {
		return r.refuse(nil, ReasonStructure, "port", r.s.Port, err, "correct the port, or add its row to ports.csv")
	}
	if r.s.UnladingPort == "" {
		return nil
	}
	if r.unlading, err = r.tables.Port(r.s.UnladingPort, r.on); err != nil {
		return r.refuse(nil, ReasonStructure, "unlading_port", r.s.UnladingPort, err, "correct the port, or add its row to ports.csv")
	}
	return nil
}

// harborExempt gives the port whose channel the harbor maintenance fee is not
// owed for (19 CFR 24.24(b)): that of unlading. Where the entry does not name it,
// it is the port of entry, unless the goods came there in bond from another
// port: then nothing is known of it, and the fee is owed. nil when it is owed.
func (r *run) harborExempt() *reference.Port {
	port := r.unlading
	if port == nil && r.s.InBondDate == 0 {
		port = r.port
	}
	if port == nil || port.Harbor {
		return nil
	}
	return port
}

package entry

import "encoding/json"

// MarshalJSON gives the JSON form that Decode reads.
func (s *Summary) MarshalJSON() ([]byte, error) {
	j := summaryJSON{
		Entry: string(s.Number), Type: s.Type, Mode: s.Mode, Port: s.Port, ProcessingPort: s.ProcessingPort, UnladingPort: s.UnladingPort,
		Importer: s.Importer, EntryDate: s.EntryDate.String(), ImportDate: s.ImportDate.String(),
		InBondDate: s.InBondDate.String(), EstimatedDate: s.EstimatedDate.String(), ReleaseDate: s.ReleaseDate.String(),
		ArrivalDate: s.ArrivalDate.String(), ReceivedDate: s.ReceivedDate.String(),
		PaymentType: letter(s.PaymentType), PrintDate: s.PrintDate.String(), PeriodicMonth: s.PeriodicMonth,
		ClientBranch: s.ClientBranch, BrokerReference: s.BrokerReference, Surety: s.Surety,
		BondType: letter(s.BondType), BondAmount: s.BondAmount, DeferredTax: letter(s.DeferredTax),
		Consolidated: s.Consolidated, Express: s.Express, Manual: s.Manual, Correction: s.Correction,
		Standing: s.Standing.names(),
		Filed:    filedOf(&s.Filed),
		Invoices: invoicesOf(s),
		Lines:    make([]lineJSON, len(s.Lines)),
	}
	for i := range s.Lines {
		j.Lines[i] = lineOf(&s.Lines[i], s.Filed.Given)
	}
	return json.Marshal(&j)
}

// lineOf gives the JSON form of a line, with the filer's figures if there are any.
func lineOf(l *Line, filed bool) lineJSON {
	j := lineJSON{
		Line: l.Number, Origin: l.Origin, SPI: l.SPI, Set: letter(l.Set), FTZStatus: letter(l.FTZStatus),
		PrivilegedDate: l.PrivilegedDate.String(), ExportCountry: l.ExportCountry, ExportDate: l.ExportDate.String(),
		ProductClaim: letter(l.ProductClaim), FeeExemption: letter(l.FeeExemption),
		GrossWeight: l.GrossWeight, Charges: l.Charges, Tariffs: make([]tariffJSON, len(l.Tariffs)), Licenses: l.Licenses,
	}
	if filed {
		j.Filed = lineFiledOf(&l.Filed)
	}
	for i := range l.Tariffs {
		t := &l.Tariffs[i]
		j.Tariffs[i] = tariffJSON{HTS: t.HTS}
		if t.Value != FromInvoices {
			j.Tariffs[i].Value = &t.Value
		}
		if filed {
			j.Tariffs[i].FiledDuty = t.FiledDuty.String()
		}
		for _, q := range t.Quantities {
			one := quantityJSON{Unit: q.Unit}
			if q.Amount != FromInvoices {
				one.Amount = scaled(q.Amount, 2)
			}
			j.Tariffs[i].Quantities = append(j.Tariffs[i].Quantities, one)
		}
	}
	for _, c := range l.Cases {
		k := caseJSON{Case: c.Number, Claim: letter(c.Claim), RateType: letter(c.RateType), Rate: scaled(c.Rate, 2), Value: c.Value}
		if c.Quantity != 0 {
			k.Quantity = scaled(c.Quantity, 4)
		}
		if filed {
			k.FiledDuty = c.FiledDuty.String()
		}
		j.Cases = append(j.Cases, k)
	}
	return j
}

package assess

import (
	"math/bits"
	"slices"

	"tidewaiter/collections/money"
	"tidewaiter/collections/reference"
)

// slot numbers the class codes that an entry can owe, ascending by code, so
// that sums are kept in an array.
type slot int

const (
	slotDuty slot = iota
	slotAD
	slotCVD
	slotSpirits
	slotWine
	slotTobacco
	slotOtherTax
	slotBeef // the agricultural fees, to slotChristmasTree
	slotPork
	slotHoney
	slotCotton
	slotRaspberry
	slotSugar
	slotPotato
	slotLime
	slotMushroom
	slotWatermelon
	slotLumber
	slotBlueberry
	slotAvocado
	slotMango
	slotSorghum
	slotDairy
	slotPecan
	slotChristmasTree
	slotInformal
	slotMail
	slotMPF
	slotSurcharge
	slotHMF
	slotCoffee
	slots
)

// classOf gives the class code of a slot.
var classOf = [slots]reference.Class{
	slotDuty: reference.ClassDuty, slotAD: reference.ClassAntidumping, slotCVD: reference.ClassCountervailing,
	slotSpirits: reference.ClassSpiritsTax, slotWine: reference.ClassWineTax, slotTobacco: reference.ClassTobaccoTax,
	slotOtherTax: reference.ClassOtherTax,
	slotBeef:     "053", slotPork: "054", slotHoney: "055", slotCotton: "056", slotRaspberry: "057", slotSugar: "079",
	slotPotato: "090", slotLime: "102", slotMushroom: "103", slotWatermelon: "104", slotLumber: "105", slotBlueberry: "106",
	slotAvocado: "107", slotMango: "108", slotSorghum: "109", slotDairy: "110", slotPecan: "124", slotChristmasTree: "125",
	slotInformal: reference.ClassInformalFee, slotMail: reference.ClassMailFee, slotMPF: reference.ClassMPF,
	slotSurcharge: reference.ClassSurcharge, slotHMF: reference.ClassHMF, slotCoffee: reference.ClassCoffee,
}

// Classes are the class codes that an entry summary can owe, ascending.
func Classes() []reference.Class { return slices.Clone(classOf[:]) }

// slotOf gives the slot of a class code; ok is false for a class that no entry
// owes.
func slotOf(class reference.Class) (slot, bool) {
	if len(class) != classDigits {
		return 0, false
	}
	number := 0
	for i := range classDigits {
		digit := class[i] - '0'
		if digit > 9 {
			return 0, false
		}
		number = number*10 + int(digit)
	}
	s := slotsByNumber[number]
	return s - 1, s > 0
}

const classDigits = 3

// slotsByNumber gives the slot of a class code read as a number, and 1 more; 0 for
// a class that no entry owes.
var slotsByNumber = func() (numbers [1000]slot) {
	for s := range slots {
		class := classOf[s]
		numbers[int(class[0]-'0')*100+int(class[1]-'0')*10+int(class[2]-'0')] = s + 1
	}
	return numbers
}()

// kind gives the field of the 90 record that a class is counted in.
func (s slot) kind() reference.Kind {
	switch {
	case s == slotDuty:
		return reference.KindDuty
	case s == slotAD:
		return reference.KindAntidumping
	case s == slotCVD:
		return reference.KindCountervailing
	case s <= slotOtherTax:
		return reference.KindTax
	case s == slotCoffee:
		return reference.KindOther
	}
	return reference.KindFee
}

// agricultural says that the class is a fee of the Agricultural Marketing
// Service (ACE CATAIR AE table 6).
func (s slot) agricultural() bool { return s >= slotBeef && s <= slotChristmasTree }

// slotTotal is the sum of one class.
type slotTotal struct {
	due, bonded, notDue, deferred money.Cents
	present                       bool // some charge of the class is due
}

func (t *slotTotal) add(amount money.Cents, d Disposition) {
	switch d {
	case Due:
		t.due += amount
		t.present = true
	case Bonded:
		t.bonded += amount
	case NotDue:
		t.notDue += amount
	case Deferred:
		t.deferred += amount
	}
}

// reported is what the summary reports of the class: charges of every
// disposition.
func (t *slotTotal) reported() money.Cents { return t.due + t.bonded + t.notDue + t.deferred }

// slotSums are the sums of an entry by class. Most entries owe three or four
// classes, so those that have a charge are marked.
type slotSums struct {
	sums   [slots]slotTotal
	marked uint64
}

func (t *slotSums) add(s slot, amount money.Cents, d Disposition) {
	t.marked |= 1 << s
	t.sums[s].add(amount, d)
}

// drop forgets the charges of a class.
func (t *slotSums) drop(s slot) {
	t.marked &^= 1 << s
	t.sums[s] = slotTotal{}
}

// next gives the first slot from s on that has a charge, or slots.
func (t *slotSums) next(s slot) slot {
	if rest := t.marked >> s; rest != 0 {
		return s + slot(bits.TrailingZeros64(rest))
	}
	return slots
}

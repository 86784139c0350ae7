package catair

// The fields of the AE input records that an entry.Summary holds.
var (
	summaryAction    = field(EntrySummary, Input, "10", "Summary Filing Action Request Code")
	summaryFiler     = field(EntrySummary, Input, "10", "Entry Filer Code")
	summaryNumber    = field(EntrySummary, Input, "10", "Entry Number")
	summaryPort      = field(EntrySummary, Input, "10", "District/Port of Entry")
	summaryReference = field(EntrySummary, Input, "10", "Broker Reference Number")
	summaryType      = field(EntrySummary, Input, "10", "Entry Type Code")
	summaryMode      = field(EntrySummary, Input, "10", "Mode of Transportation (MOT) Code")
	summaryJoined    = field(EntrySummary, Input, "10", "Consolidated Summary Indicator")
	summaryDeferred  = field(EntrySummary, Input, "10", "Deferred Tax Payment Code")
	summaryPayment   = field(EntrySummary, Input, "10", "Payment Type Code")
	summaryPrint     = field(EntrySummary, Input, "10", "Preliminary Statement Print Date")
	summaryMonth     = field(EntrySummary, Input, "10", "Periodic Statement Month")
	summaryBranch    = field(EntrySummary, Input, "10", "Statement Client Branch Identifier")
	summaryPSC       = field(EntrySummary, Input, "10", "Post Summary Correction Indicator")
	summaryExpress   = field(EntrySummary, Input, "10", "Consolidated Express Informal Indicator")

	contentImporter  = field(EntrySummary, Input, "11", "Importer of Record Number")
	contentEstimated = field(EntrySummary, Input, "11", "Estimated Entry Date")
	contentImported  = field(EntrySummary, Input, "11", "Date of Importation")

	cargoPort    = field(EntrySummary, Input, "20", "District/Port of Unlading")
	cargoArrival = field(EntrySummary, Input, "20", "Estimated Date of Arrival")
	cargoInBond  = field(EntrySummary, Input, "20", "In-Bond/In-Transit Date")

	bondType   = field(EntrySummary, Input, "31", "Bond Type Code")
	bondSurety = field(EntrySummary, Input, "31", "Surety Company Code")
	bondAmount = field(EntrySummary, Input, "31", "Single Transaction Bond Amount")

	headerFees = [...]classAmountFields{
		{field(EntrySummary, Input, "34", "Accounting Class Code (1)"), field(EntrySummary, Input, "34", "Header Fee Amount (1)")},
		{field(EntrySummary, Input, "34", "Accounting Class Code (2)"), field(EntrySummary, Input, "34", "Header Fee Amount (2)")},
	}

	lineNumber     = field(EntrySummary, Input, "40", "Line Item Identifier")
	lineSet        = field(EntrySummary, Input, "40", "Article Set Indicator")
	lineOrigin     = field(EntrySummary, Input, "40", "Country of Origin Code")
	lineExport     = field(EntrySummary, Input, "40", "Country of Export Code")
	lineExportDate = field(EntrySummary, Input, "40", "Date of Exportation")
	lineSPI        = field(EntrySummary, Input, "40", "Trade Agreement/ Special Program Claim Code")
	lineCharges    = field(EntrySummary, Input, "40", "Charges Amount")
	lineWeight     = field(EntrySummary, Input, "40", "Gross Shipping Weight")
	lineClaim      = field(EntrySummary, Input, "40", "Product Claim Code")
	lineExemption  = field(EntrySummary, Input, "40", "Fee Exemption Code")

	zoneStatus = field(EntrySummary, Input, "41", "FTZ Merchandise Status Code")
	zoneDate   = field(EntrySummary, Input, "41", "Privileged FTZ Merchandise Filing Date")

	tariffHTS        = field(EntrySummary, Input, "50", "HTS Number")
	tariffDuty       = field(EntrySummary, Input, "50", "Duty Amount")
	tariffValue      = field(EntrySummary, Input, "50", "Value of Goods Amount")
	tariffQuantities = [...]quantityFields{
		{field(EntrySummary, Input, "50", "Quantity (1)"), field(EntrySummary, Input, "50", "Unit of Measure Code (1)")},
		{field(EntrySummary, Input, "50", "Quantity (2)"), field(EntrySummary, Input, "50", "Unit of Measure Code (2)")},
		{field(EntrySummary, Input, "50", "Quantity (3)"), field(EntrySummary, Input, "50", "Unit of Measure Code (3)")},
	}

	licenseType   = field(EntrySummary, Input, "52", "License/Certificate/ Permit Type Code")
	licenseNumber = field(EntrySummary, Input, "52", "License Number/ Certificate Number/Permit Number")

	caseNumber   = field(EntrySummary, Input, "53", "Case Number")
	caseClaim    = field(EntrySummary, Input, "53", "Bond/Cash Claim Code")
	caseRate     = field(EntrySummary, Input, "53", "Case Deposit Rate")
	caseRateType = field(EntrySummary, Input, "53", "Case Rate Type Qualifier Code")
	caseValue    = field(EntrySummary, Input, "53", "AD/CVD Value of Goods Amount")
	caseQuantity = field(EntrySummary, Input, "53", "AD/CVD Quantity")
	caseDuty     = field(EntrySummary, Input, "53", "AD/CVD Duty Amount")

	lineTax   = classAmountFields{field(EntrySummary, Input, "60", "Accounting Class Code"), field(EntrySummary, Input, "60", "IR Tax Amount")}
	lineOther = classAmountFields{field(EntrySummary, Input, "61", "Accounting Class Code"), field(EntrySummary, Input, "61", "Other Revenue Amount")}
	lineFee   = classAmountFields{field(EntrySummary, Input, "62", "Accounting Class Code"), field(EntrySummary, Input, "62", "User Fee Amount")}

	totalBondedAD  = field(EntrySummary, Input, "88", "Total Bonded AD Duty Amount")
	totalCashAD    = field(EntrySummary, Input, "88", "Total Cash Deposit AD Duty Amount")
	totalBondedCVD = field(EntrySummary, Input, "88", "Total Bonded CV Duty Amount")
	totalCashCVD   = field(EntrySummary, Input, "88", "Total Cash Deposit CV Duty Amount")

	feeTotals = [...]classAmountFields{
		{field(EntrySummary, Input, "89", "Accounting Class Code (1)"), field(EntrySummary, Input, "89", "Total Fee Amount (1)")},
		{field(EntrySummary, Input, "89", "Accounting Class Code (2)"), field(EntrySummary, Input, "89", "Total Fee Amount (2)")},
		{field(EntrySummary, Input, "89", "Accounting Class Code (3)"), field(EntrySummary, Input, "89", "Total Fee Amount (3)")},
		{field(EntrySummary, Input, "89", "Accounting Class Code (4)"), field(EntrySummary, Input, "89", "Total Fee Amount (4)")},
		{field(EntrySummary, Input, "89", "Accounting Class Code (5)"), field(EntrySummary, Input, "89", "Total Fee Amount (5)")},
	}

	grandDuty  = field(EntrySummary, Input, "90", "Grand Total Duty Amount")
	grandFees  = field(EntrySummary, Input, "90", "Grand Total User Fee Amount")
	grandTax   = field(EntrySummary, Input, "90", "Grand Total IR Tax Amount")
	grandAD    = field(EntrySummary, Input, "90", "Grand Total AD Duty Amount")
	grandCVD   = field(EntrySummary, Input, "90", "Grand Total CV Duty Amount")
	grandOther = field(EntrySummary, Input, "90", "Grand Total Other Revenue Amount")
)

type (
	classAmountFields struct{ class, amount *Field }
	quantityFields    struct{ amount, unit *Field }
)

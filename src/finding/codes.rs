//! The codes of findings. Each has its entry in `codes.toml`; a test holds the
//! two together.

use super::Code;

/// The sheet's own total is not the sum of its rows.
pub const TOTAL_MISMATCH: Code = Code("total-mismatch");
/// A subtotal is not the sum of its rows.
pub const SUBTOTAL_MISMATCH: Code = Code("subtotal-mismatch");
/// An opening balance is not last period's closing balance.
pub const OPENING_MISMATCH: Code = Code("opening-mismatch");
/// A closing balance is not opening plus movements.
pub const CLOSING_MISMATCH: Code = Code("closing-mismatch");
/// A summary's line tells lines above once more.
pub const TOLD_AGAIN: Code = Code("told-again");
/// What was settled of a sum is not that sum.
pub const SETTLED_DIFFERS: Code = Code("settled-differs");
/// A running balance does not follow from the row before.
pub const BALANCE_BREAK: Code = Code("balance-break");
/// A required column is not there.
pub const MISSING_COLUMN: Code = Code("missing-column");
/// A column of days is not read, and the table has no date that it must have.
pub const DAYS_UNREAD: Code = Code("days-unread");
/// Two columns claim one field, or one column may be several fields.
pub const AMBIGUOUS_COLUMN: Code = Code("ambiguous-column");
/// A cell that should hold a number does not.
pub const BAD_NUMBER: Code = Code("bad-number");
/// A cell that should hold a date does not.
pub const BAD_DATE: Code = Code("bad-date");
/// A date that can be read in two ways.
pub const AMBIGUOUS_DATE: Code = Code("ambiguous-date");
/// An amount that the sheet leaves out: quantity × price.
pub const AMOUNT_COMPUTED: Code = Code("amount-computed");
/// A key or name in `gendan.toml` that means nothing.
pub const SETTINGS_UNKNOWN_KEY: Code = Code("settings-unknown-key");
/// A value in `gendan.toml` that cannot be worked by.
pub const SETTINGS_BAD_VALUE: Code = Code("settings-bad-value");
/// A `gendan.toml` that is no TOML.
pub const SETTINGS_UNREADABLE: Code = Code("settings-unreadable");
/// The amount in words is not the amount in figures.
pub const WORDS_MISMATCH: Code = Code("words-mismatch");
/// More entries compete for each other than can be assigned in the best way.
pub const MATCHING_GREEDY: Code = Code("matching-greedy");
/// A search for groups was cut short.
pub const SEARCH_BUDGET: Code = Code("search-budget");
/// A list of what is owed that was taken before the end of the month.
pub const LIST_AS_OF: Code = Code("list-as-of");
/// A list of what is owed that nothing tells the day of.
pub const LIST_DAY_UNKNOWN: Code = Code("list-day-unknown");
/// A list of what is owed of which a later one is given.
pub const LIST_REPLACED: Code = Code("list-replaced");
/// A row that could not be used.
pub const REJECTED_ROW: Code = Code("rejected-row");
/// An id whose digits a spreadsheet destroyed.
pub const DAMAGED_ID: Code = Code("damaged-id");
/// A cell that holds a formula's error.
pub const FORMULA_ERROR: Code = Code("formula-error");
/// A formula that was never calculated.
pub const FORMULA_WITHOUT_VALUE: Code = Code("formula-without-value");
/// A file that cannot be read.
pub const UNREADABLE_FILE: Code = Code("unreadable-file");
/// A web page that ends within a table.
pub const CUT_OFF_FILE: Code = Code("cut-off-file");
/// A sheet of a readable file that cannot be read.
pub const UNREADABLE_SHEET: Code = Code("unreadable-sheet");
/// A file of a folder that is no sheet.
pub const SKIPPED_FILE: Code = Code("skipped-file");
/// Folders and patterns that bring no file with sheets.
pub const NOTHING_TO_READ: Code = Code("nothing-to-read");
/// A file that the system does not let be read or written.
pub const FILE_TROUBLE: Code = Code("file-trouble");
/// A file, folder or pattern that was named is not there.
pub const MISSING_INPUT: Code = Code("missing-input");
/// A sheet that was named is not in its file.
pub const MISSING_SHEET: Code = Code("missing-sheet");
/// A file that is locked with a password.
pub const PASSWORD_PROTECTED: Code = Code("password-protected");
/// A text file whose encoding was guessed.
pub const ENCODING_GUESSED: Code = Code("encoding-guessed");
/// Nothing says which month the job is about.
pub const NO_PERIOD: Code = Code("no-period");
/// The settlement window has no working day.
pub const NO_SETTLEMENT_DAY: Code = Code("no-settlement-day");
/// The public holidays of a year are not known.
pub const HOLIDAYS_UNKNOWN: Code = Code("holidays-unknown");
/// A party that was identified by guess.
pub const PARTY_GUESSED: Code = Code("party-guessed");
/// Two names that may be one firm's and were not joined.
pub const PARTY_SIMILAR: Code = Code("party-similar");
/// A sheet that repeats another.
pub const SHEET_TWICE: Code = Code("sheet-twice");
/// A sheet laid out like a statement that is our own ledger.
pub const OWN_LEDGER: Code = Code("own-ledger");
/// A table whose kind is not known.
pub const UNKNOWN_KIND: Code = Code("unknown-kind");
/// A word of the command line that means nothing.
pub const UNKNOWN_ARGUMENT: Code = Code("unknown-argument");
/// A word that the command line needs is not there.
pub const MISSING_ARGUMENT: Code = Code("missing-argument");
/// A value of the command line that cannot be.
pub const BAD_ARGUMENT: Code = Code("bad-argument");
/// Cartons that are in no container of a load plan.
pub const CARTONS_LEFT_OVER: Code = Code("cartons-left-over");
/// Sizes without a unit of length.
pub const LENGTH_UNIT_GUESSED: Code = Code("length-unit-guessed");
/// A load whose centre of gravity is far from the middle.
pub const LOAD_OFF_CENTRE: Code = Code("load-off-centre");
/// Words about how a carton may stand that say nothing.
pub const VERTICAL_UNCLEAR: Code = Code("vertical-unclear");
/// Cartons without a weight.
pub const WEIGHT_NOT_KNOWN: Code = Code("weight-not-known");
/// More labels than one workbook can hold as pictures.
pub const LABELS_NOT_DRAWN: Code = Code("labels-not-drawn");
/// None of the sheets lists cartons.
pub const NO_CARTON_LIST: Code = Code("no-carton-list");
/// SSCC numbers are asked for and there is no company prefix.
pub const NO_COMPANY_PREFIX: Code = Code("no-company-prefix");
/// gendan itself failed.
pub const INTERNAL_ERROR: Code = Code("internal-error");
/// A price that is not the one agreed for the item on that day.
pub const PRICE_NOT_AGREED: Code = Code("price-not-agreed");
/// Prices that are the agreed ones with tax added or taken out, on a whole
/// paper, although nothing says so.
pub const PRICE_FOOTING: Code = Code("price-footing");
/// A code that does not exist was asked for.
pub const UNKNOWN_CODE: Code = Code("unknown-code");
/// An output that another file stands in the way of.
pub const OUTPUT_EXISTS: Code = Code("output-exists");
/// A report to be replaced holds decisions that were not read.
pub const OUTPUT_HAS_DECISIONS: Code = Code("output-has-decisions");
/// An output that is open in a spreadsheet program.
pub const OUTPUT_IN_USE: Code = Code("output-in-use");
/// An output that is also an input.
pub const OUTPUT_IS_INPUT: Code = Code("output-is-input");
/// An output that is a link to another place.
pub const OUTPUT_IS_LINK: Code = Code("output-is-link");
/// An output whose folder does not exist.
pub const OUTPUT_NO_FOLDER: Code = Code("output-no-folder");
/// An output that is named as another format than the one written.
pub const OUTPUT_NOT_XLSX: Code = Code("output-not-xlsx");
/// An output that may not be written.
pub const OUTPUT_NOT_WRITABLE: Code = Code("output-not-writable");
/// An output for which there is no room.
pub const OUTPUT_DISK_FULL: Code = Code("output-disk-full");
/// A decision in a report that is none of those offered.
pub const UNKNOWN_DECISION: Code = Code("unknown-decision");
/// The cartons of a row are not as many as its numbers.
pub const CARTON_COUNT: Code = Code("carton-count-mismatch");
/// The sizes of a carton do not make the pieces it is said to hold.
pub const CARTON_PIECES: Code = Code("carton-pieces-mismatch");
/// The pieces of a row do not divide into its cartons.
pub const CARTON_UNEVEN: Code = Code("carton-pieces-uneven");
/// Weights of a row of cartons that cannot all be right.
pub const CARTON_WEIGHT: Code = Code("carton-weight-mismatch");
/// Carton numbers that no carton has.
pub const CARTON_GAP: Code = Code("carton-number-gap");
/// Carton numbers that two rows claim.
pub const CARTON_OVERLAP: Code = Code("carton-number-overlap");
/// A count sheet's book quantity is not the stock table's.
pub const COUNT_BOOK_MISMATCH: Code = Code("count-book-mismatch");
/// A stocktake that is not of the last day of its month, or of a day off.
pub const COUNT_DAY: Code = Code("count-day");
/// A count sheet that states another difference than it has.
pub const COUNT_DIFFERENCE_WRONG: Code = Code("count-difference-wrong");
/// Numbers are missing from a series of documents.
pub const DOCUMENT_NO_GAP: Code = Code("document-no-gap");
/// A number that stands for two documents.
pub const DOCUMENT_NO_REPEATED: Code = Code("document-no-repeated");
/// An item that moves or was counted and is in no stock table.
pub const ITEM_UNKNOWN: Code = Code("item-unknown");
/// A code whose leading zeros a spreadsheet ate.
pub const LEADING_ZEROS_LOST: Code = Code("leading-zeros-lost");
/// A movement that names no document.
pub const MOVEMENT_WITHOUT_DOCUMENT: Code = Code("movement-without-document");
/// A stock that fell below nought.
pub const NEGATIVE_STOCK: Code = Code("negative-stock");
/// An item of the book that was not counted.
pub const NOT_COUNTED: Code = Code("not-counted");
/// A line that says the same as one above it, word for word.
pub const REPEATED_LINE: Code = Code("repeated-line");
/// A slip that the ledger does not have.
pub const SLIP_NOT_POSTED: Code = Code("slip-not-posted");
/// A slip that the ledger has with another quantity.
pub const SLIP_POSTED_OTHERWISE: Code = Code("slip-posted-otherwise");
/// A later stock table tells what there is.
pub const STOCK_TABLE_REPLACED: Code = Code("stock-table-replaced");
/// A stock table's closing that does not follow from movements.
pub const TABLE_MISMATCH: Code = Code("table-mismatch");
/// A job without any sheet that it can use.
pub const NOTHING_TO_DO: Code = Code("nothing-to-do");
/// The buyer is not the one of the order.
pub const BUYER_MISMATCH: Code = Code("buyer-mismatch");
/// A buyer's name that the platform shows in part only.
pub const MASKED_ID: Code = Code("masked-id");
/// A list that holds orders of another list.
pub const ORDERS_COPIED: Code = Code("orders-copied");
/// A register that holds bookings of another register.
pub const BOOKINGS_COPIED: Code = Code("bookings-copied");
/// The buyer has asked for the money back.
pub const REFUND_APPLIED: Code = Code("refund-applied");
/// A parts list that leads back to itself.
pub const BOM_CYCLE: Code = Code("bom-cycle");
/// One item twice at one place of a parts list.
pub const BOM_DUPLICATE_LINE: Code = Code("bom-duplicate-line");
/// A line of a parts list that uses nothing.
pub const BOM_ZERO_USE: Code = Code("bom-zero-use");
/// One item in two units.
pub const BOM_UNIT_CONFLICT: Code = Code("bom-unit-conflict");
/// A fabric that is not as wide as its use was worked out for.
pub const BOM_WIDTH_CORRECTED: Code = Code("bom-width-corrected");
/// An item of a parts list that no stock or price list has.
pub const BOM_UNKNOWN_ITEM: Code = Code("bom-unknown-item");
/// A loss rate that can hardly be.
pub const BOM_LOSS_RANGE: Code = Code("bom-loss-range");
/// A loss rate that may be a share or per cent.
pub const BOM_LOSS_CONVENTION: Code = Code("bom-loss-convention");
/// A level of a parts list without the one above it.
pub const BOM_LEVEL_JUMP: Code = Code("bom-level-jump");
/// A stated total that is not what its line needs.
pub const BOM_TOTAL_MISMATCH: Code = Code("bom-total-mismatch");
/// A parts list that came later than two days after its order.
pub const BOM_LATE: Code = Code("bom-late");
/// A parts list whose head is not what its order says.
pub const BOM_ORDER_MISMATCH: Code = Code("bom-order-mismatch");
/// An order that takes no part.
pub const BOM_ORDER_LEFT_OUT: Code = Code("bom-order-left-out");
/// A parts list whose own totals divide by one minus the loss.
pub const BOM_DIVISIVE_LOSS: Code = Code("bom-divisive-loss");
/// An item that is stocked in another unit than it is used in.
pub const BOM_STOCK_UNIT: Code = Code("bom-stock-unit");
/// A figure that is too large to reckon with.
pub const BOM_TOO_LARGE: Code = Code("bom-too-large");
/// A grouping on paper with nothing below it.
pub const BOM_EMPTY_PHANTOM: Code = Code("bom-empty-phantom");
/// An expense that stands twice in the book.
pub const DUPLICATE_EXPENSE: Code = Code("duplicate-expense");
/// Freight paid on the spot that the cash book does not show that day.
pub const FREIGHT_DAY_MISMATCH: Code = Code("freight-day-mismatch");
/// Freight on which both sides agree, against the agreed rates.
pub const FREIGHT_NOT_AGREED: Code = Code("freight-not-agreed");
/// An expense without a voucher.
pub const MISSING_VOUCHER: Code = Code("missing-voucher");
/// A voucher number that two expenses share.
pub const VOUCHER_SHARED: Code = Code("voucher-shared");
/// A row dated before the one above it, in a book that runs by its days.
pub const DATE_OUT_OF_ORDER: Code = Code("date-out-of-order");
/// A cash book that does not begin with what the one before it ended with.
pub const CASH_NOT_CARRIED: Code = Code("cash-not-carried");
/// A sheet that adds up the cash books by category: it is not added to them.
pub const EXPENSE_SUMMARY: Code = Code("expense-summary");
/// A sum by category that is not what the cash books make.
pub const EXPENSE_SUMMARY_DIFFERS: Code = Code("expense-summary-differs");
/// A rate card that the month was not billed by.
pub const RATE_CARD_MISFIT: Code = Code("rate-card-misfit");
/// A rate card whose ranges may be meant in several ways: the one that the
/// month follows.
pub const RATE_CARD_READ_AS: Code = Code("rate-card-read-as");
/// A rate card whose ranges may be meant in several ways, and nothing decides.
pub const RATE_CARD_UNDECIDED: Code = Code("rate-card-undecided");
/// A rate card of which no price could be read.
pub const RATE_CARD_UNREAD: Code = Code("rate-card-unread");
/// A fact that packing needs and no sheet gives.
pub const MISSING_FACT: Code = Code("missing-fact");
/// A fact of a packing spec that cannot be read.
pub const FACT_UNREAD: Code = Code("fact-unread");
/// Two places of a packing spec that say different things of the same goods.
pub const SPEC_CONFLICT: Code = Code("spec-conflict");
/// A carton that weighs more than it may.
pub const CARTON_OVER_WEIGHT: Code = Code("carton-over-weight");
/// A carton that holds fewer pieces than it must.
pub const CARTON_BELOW_MINIMUM: Code = Code("carton-below-minimum");
/// Labels already printed whose numbers no carton has any more.
pub const CARTON_NUMBERS_VOID: Code = Code("carton-numbers-void");
/// More odd cartons than the rules allow.
pub const TOO_MANY_ODD: Code = Code("too-many-odd-cartons");
/// Pieces that could not be packed.
pub const NOT_PACKED: Code = Code("not-packed");
/// A carton whose weight is not what its contents make.
pub const WEIGHT_IMPLAUSIBLE: Code = Code("weight-implausible");
/// An order of which more was packed than may be.
pub const SHIPPED_OVER: Code = Code("shipped-over");
/// An order of which less was packed than must be.
pub const SHIPPED_SHORT: Code = Code("shipped-short");
/// A size that was ordered and not packed.
pub const SIZE_MISSING: Code = Code("size-missing");
/// Packed goods whose order is not among the inputs.
pub const ORDER_UNKNOWN: Code = Code("order-unknown");
/// An order without a rule for over and short shipment.
pub const TOLERANCE_DEFAULT: Code = Code("tolerance-default");
/// Pieces packed that are not those received.
pub const PACKED_NOT_RECEIVED: Code = Code("packed-not-received");
/// A weighing of a carton that there is not, or of one of several.
pub const WEIGHING_UNUSED: Code = Code("weighing-unused");
/// No order by size among the inputs.
pub const NO_ORDER: Code = Code("no-order");
/// No packing list among the inputs.
pub const NO_PACKING_LIST: Code = Code("no-packing-list");
/// Nothing tells which rows of two sheets are the same.
pub const NO_KEY: Code = Code("no-key");
/// A column that was named is not in the sheet.
pub const NO_SUCH_COLUMN: Code = Code("no-such-column");
/// A file without a table.
pub const NO_TABLE: Code = Code("no-table");
/// Material is short and nobody says when it comes.
pub const BOM_NO_ARRIVAL: Code = Code("bom-no-arrival");
/// Arrivals that were not all checked within three days of the parts list.
pub const BOM_ARRIVAL_LATE: Code = Code("bom-arrival-late");
/// A file of which no copy can be made.
pub const COPY_NOT_POSSIBLE: Code = Code("copy-not-possible");
/// A cell that a copy leaves as it is.
pub const COPY_CELL_KEPT: Code = Code("copy-cell-kept");
/// More issued than the norm allows.
pub const ISSUE_OVER_NORM: Code = Code("issue-over-norm");
/// A supplement slip without what it needs.
pub const SUPPLEMENT_INCOMPLETE: Code = Code("supplement-incomplete");

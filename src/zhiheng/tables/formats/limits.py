"""How much of a file is read: a table of one department is small, and a file that is not is refused, not endured."""

from __future__ import annotations

MAX_FILE = 100_000_000  # bytes of a file
MAX_UNPACKED = 200_000_000  # bytes of all members of an archive, unpacked
MAX_RATIO = 250  # unpacked to packed bytes, for an archive that unpacks to more than RATIO_FLOOR
RATIO_FLOOR = 20_000_000
MAX_MEMBERS = 10_000  # files inside an archive
MAX_CELLS = 2_000_000  # cells of all grids of a file together, blank ones counted
MAX_CELL = 200_000  # characters of one cell or line
MAX_TEXT = 100_000_000  # characters of all cells together
MAX_ROWS = 1_048_576  # of one grid: what a workbook can hold
MAX_COLUMNS = 16_384  # of one grid: what a workbook can hold
MAX_GRIDS = 2_000  # sheets or tables of a file
MAX_PAGES = 300  # pages of a PDF or OFD
MAX_PAGE_OBJECTS = 60_000  # characters and lines drawn on one page
MAX_DEPTH = 200  # tables, boxes or elements inside each other
MERGE_REACH = 1_000  # rows or columns by which a merged range may go beyond the last filled cell
MAX_LISTED = 20  # places named one by one in a problem; the rest is counted
CONVERTER_SECONDS = 90  # for one document of an old format
SAMPLE = 200_000  # characters looked at to judge an encoding
MAX_TREE = 30_000_000  # bytes of a part that is read as one tree
MAX_HTML = 10_000_000  # characters of a web page, whose tree takes eighty times as much memory
MAX_MAIL_PARTS = 2_000  # pages and pictures in a web archive
MAX_LEGACY = 30_000_000  # bytes of a workbook of the old kind, whose blank cells unpack tenfold
MAX_PAGE_EDGES = 8_000  # lines and sides of boxes drawn on one page
PDF_SECONDS = 120  # for one PDF
PDF_MEMORY = 2_000_000_000  # bytes for one PDF
MAX_PDF_STREAMS = 100_000_000  # bytes of all streams of a PDF but its pictures, unpacked

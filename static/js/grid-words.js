// What is pasted and typed in a grid, as values: blocks of cells, amounts of money, yes and no.

// A block as spreadsheets copy it: cells between tabs, rows between line ends; a cell with either
// in it stands in quotes.
export function parseBlock(text) {
  const block = [];
  let line = [];
  const cells = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  while (cells.lastIndex < text.length) {
    const [, quoted, bare, end] = cells.exec(text);
    line.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "\t" && cells.lastIndex === text.length) line.push("");
    if (end !== "\t" || cells.lastIndex === text.length) {
      block.push(line);
      line = [];
    }
  }
  return block;
}

const AMOUNT = /^(\()?([-−–])?£?([-−–])?((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(bn|k|m)?(\))?$/i;
const SCALES = { k: 3, m: 6, bn: 9 };

// Whole pence of an amount as people write it; null where it is none. The server decides.
export function parsePence(text) {
  const tight = text.replace(/\s/g, "");
  if (/^£?[-−–—]$/.test(tight)) return 0;
  const match = AMOUNT.exec(tight);
  if (!match || !match[4] || Boolean(match[1]) !== Boolean(match[6])) return null;
  const minuses = match.slice(1, 4).filter(Boolean).length;
  if (minuses > 1) return null;
  const [whole, part = ""] = match[4].replaceAll(",", "").split(".");
  const shift = 2 + (SCALES[match[5]?.toLowerCase()] ?? 0);
  if (/[1-9]/.test(part.slice(shift))) return null;
  const pence = Number(whole + part.slice(0, shift).padEnd(shift, "0"));
  return minuses ? -pence : pence;
}

// Pence as a British reader writes them: £23,412,000, £1,234.50, −£500.
export function pounds(pence) {
  if (pence === null) return "not stated";
  const places = pence % 100 ? 2 : 0;
  const format = { minimumFractionDigits: places, maximumFractionDigits: places };
  return `${pence < 0 ? "−" : ""}£${(Math.abs(pence) / 100).toLocaleString("en-GB", format)}`;
}

const YES = new Set(["yes", "y", "true", "1", "x", "✓", "✔", "in"]);
const NO = new Set(["no", "n", "false", "0", "✗", "✘"]);

// "yes", "" for no, and undefined for anything else, an empty cell among it.
export function yesOrNo(text) {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return "yes";
  return NO.has(word) ? "" : undefined;
}

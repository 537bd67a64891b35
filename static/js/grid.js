// A plan's rows as a grid: keys, paste, undo and totals on top of a form that works without them.

import { parseBlock, parsePence, pounds, yesOrNo } from "./grid-words.js";

const FIRST = 3; // cells before the first that holds a value: number, copy, remove
const form = document.getElementById("grid_form");
const table = document.getElementById("grid");
const blank = document.getElementById("grid-new").content.querySelector("tr");
const status = document.getElementById("grid-said");
const heads = [...table.tHead.rows[0].cells];
const place = (name) => heads.findIndex((head) => head.dataset.name === name);

const rows = () => [...table.querySelectorAll("tr[data-row]")];
const rowOf = (control) => control.closest("tr");
const control = (row, column) => row.cells[column]?.querySelector("input:not([type=hidden]), textarea, button");
const columnOf = (cell) => cell.closest("td").cellIndex;
const isTick = (cell) => cell.type === "checkbox";
const isWords = (cell) => cell.tagName === "TEXTAREA" || cell.type === "text";
const read = (cell) => (isTick(cell) ? (cell.checked ? "yes" : "") : cell.value);
const say = (words) => { status.textContent = words; };
const counted = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

// -- changes, each of which can be undone ----------------------------------------------------

const done = [];
const undone = [];
let isLeaving = false;

function write(cell, text) {
  if (isTick(cell)) cell.checked = Boolean(text);
  else cell.value = text;
  if (cell.name.endsWith("-gone")) rowOf(cell).classList.toggle("is-gone", cell.checked);
}

const setting = (changes) => ({
  redo: () => changes.forEach(([cell, , after]) => write(cell, after)),
  undo: () => changes.forEach(([cell, before]) => write(cell, before)),
  focus: () => changes[0]?.[0],
});

const adding = (made, after) => ({
  redo: () => { after.after(...made); renumber(); },
  undo: () => { made.forEach((row) => row.remove()); renumber(); },
  focus: () => control(made[0], FIRST),
});

function act(changes, words) {
  changes.forEach((change) => change.redo());
  record(changes, words);
}

function record(changes, words) {
  done.push(changes);
  undone.length = 0;
  changed(words);
}

function changed(words) {
  document.getElementById("grid-undo").disabled = !done.length;
  document.getElementById("grid-redo").disabled = !undone.length;
  if (words) say(words);
  addUp();
}

function step(from, to, how, words) {
  const changes = from.pop();
  if (!changes) return say(how === "undo" ? "There is nothing to undo." : "There is nothing to redo.");
  (how === "undo" ? [...changes].reverse() : changes).forEach((change) => change[how]());
  to.push(changes);
  changed(words);
  const shown = changes.map((change) => change.focus()).reverse().find((cell) => cell?.isConnected);
  go(shown ?? control(rows().at(-1), FIRST));
}

const undo = () => step(done, undone, "undo", "Undone.");
const redo = () => step(undone, done, "redo", "Done again.");

// -- rows ------------------------------------------------------------------------------------

let next = Number(table.dataset.next);

function made() {
  const row = blank.cloneNode(true);
  const number = String(next++);
  row.dataset.row = number;
  for (const cell of row.querySelectorAll("[name]")) {
    cell.name = cell.name.replace("__place__", number);
    if (cell.tagName === "BUTTON") cell.value = number;
  }
  calm(row);
  return row;
}

function renumber() {
  rows().forEach((row, index) => {
    const label = `Row ${index + 1}`;
    const head = row.cells[0].firstChild;
    if (head.data === String(index + 1)) return;
    head.data = String(index + 1);
    for (const cell of row.querySelectorAll("[aria-label]")) {
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/[Rr]ow (\d+|__place__)/, (was) => was[0] + label.slice(1)));
    }
  });
}

// Copy and remove are reached by arrows, so that Tab goes from value to value.
function calm(row) {
  for (const column of [1, 2]) control(row, column).tabIndex = -1;
}

const lastRow = () => [...table.tBodies].at(-1).lastElementChild;
const lastOf = (row) => (row.nextElementSibling?.matches(".app-grid__errors") ? row.nextElementSibling : row);
const isGone = (row) => control(row, 2).checked;

function addRows(many) {
  const fresh = Array.from({ length: many }, made);
  act([adding(fresh, lastRow())], `${counted(many, "row")} added.`);
  go(control(fresh[0], FIRST));
}

function duplicate(row) {
  const copy = made();
  for (let column = FIRST; column < heads.length; column += 1) {
    write(control(copy, column), read(control(row, column)));
  }
  act([adding([copy], lastOf(row))], "Row duplicated.");
  go(control(copy, FIRST));
}

function toggleGone(row) {
  const cell = control(row, 2);
  act([setting([[cell, read(cell), isGone(row) ? "" : "yes"]])], isGone(row) ? "" : "Row kept.");
  if (isGone(row)) say("Row ticked for removal: it is removed when you save.");
}

// -- moving about and editing ----------------------------------------------------------------

let current = null; // the cell with the focus, and what it had before it was edited
let before = "";
let isEditing = false;
let isListing = false; // its list is open and nothing is chosen yet

function enter(cell) {
  current = cell;
  before = read(cell);
  isEditing = false;
  offer(cell);
  if (isWords(cell)) cell.select();
}

// Thousands of cells with lists would be slow to show, so only the cell with the focus has one.
function offer(cell) {
  const list = `list-${cell.name.replace(/^r\d+-/, "")}`;
  if (cell.type === "text" && !cell.list && document.getElementById(list)) cell.setAttribute("list", list);
}

function leave() {
  if (isListing && current.value === "") putBack();
  isListing = false;
  if (current && current.tagName !== "BUTTON" && read(current) !== before) {
    record([setting([[current, before, read(current)]])]);
    before = read(current);
  }
  isEditing = false;
}

function putBack() {
  write(current, before);
  isEditing = false;
  current.select?.();
}

function go(cell) {
  if (!cell) return;
  if (cell === document.activeElement) enter(cell);
  cell.focus({ preventScroll: true });
  cell.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
}

function move(down, across, { wrap = false, edge = false } = {}) {
  const all = rows();
  let row = all.indexOf(rowOf(current));
  let column = columnOf(current) + across;
  if (edge) {
    if (down) row = down < 0 ? 0 : all.length - 1;
    if (across) column = across < 0 ? FIRST : heads.length - 1;
  } else {
    row += down;
  }
  if (wrap && column >= heads.length) [row, column] = [row + 1, FIRST];
  if (wrap && column < FIRST) [row, column] = [row - 1, heads.length - 1];
  const cell = all[row] && column > 0 && control(all[row], column);
  if (cell) go(cell);
  return Boolean(cell);
}

function below() {
  const isLast = rows().at(-1) === rowOf(current);
  const column = columnOf(current);
  if (isLast && isTouched(rowOf(current))) {
    addRows(1);
    go(control(rows().at(-1), column));
  } else move(1, 0);
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const WITH_CTRL = {
  z: (event) => (isEditing ? putBack() : event.shiftKey ? redo() : undo()),
  y: redo,
  d: () => { leave(); duplicate(rowOf(current)); },
  s: () => { leave(); form.requestSubmit(form.elements._continue); },
  Delete: () => { leave(); toggleGone(rowOf(current)); },
  Home: () => go(control(rows()[0], FIRST)),
  End: () => go(control(rows().at(-1), heads.length - 1)),
};
const ALONE = {
  F2: () => { isEditing = true; current.setSelectionRange?.(current.value.length, current.value.length); },
  Escape: () => (isEditing ? putBack() : document.querySelector(".app-grid-bar button").focus()),
  Enter: (event) => { leave(); event.shiftKey ? move(-1, 0) : below(); },
};

function key(event) {
  current = event.target;
  if (event.isComposing || !current.closest("#grid tr[data-row]")) return;
  const how = handler(event);
  if (!how) return;
  // Tab leaves the table at its ends.
  if (how(event) !== false) event.preventDefault();
}

function handler(event) {
  const { key: name, ctrlKey, metaKey, altKey } = event;
  if (altKey) return name === "ArrowDown" && current.list ? openList : name === "Enter" && newLine;
  if (ctrlKey || metaKey) {
    const arrow = !isEditing && ARROWS[name];
    return arrow ? () => move(...arrow, { edge: true }) : WITH_CTRL[name] ?? WITH_CTRL[name.toLowerCase()];
  }
  if (name === "Tab") return (each) => { leave(); return move(0, each.shiftKey ? -1 : 1, { wrap: true }); };
  if (name === "Enter" && current.tagName === "BUTTON") return null;
  if (name in ALONE) return ALONE[name];
  if (isEditing) return null;
  if (name in ARROWS) return () => { leave(); move(...ARROWS[name]); };
  if (name === "Home" || name === "End") return () => move(0, name === "Home" ? -1 : 1, { edge: true });
  return name === "Delete" && isWords(current) ? empty : null;
}

// The first press chooses a cell, so that typing replaces what it has; the second edits it.
function pressed(event) {
  const cell = event.target;
  if (!cell.closest("tr[data-row]") || !isWords(cell) || event.button) return;
  if (cell === document.activeElement) {
    isEditing = true;
  } else {
    event.preventDefault();
    go(cell);
  }
}

function empty() {
  if (current.value) act([setting([[current, current.value, ""]])], "Cell emptied.");
  before = "";
}

// The list offers what goes with the words in the cell, so these make way for the whole list.
function openList() {
  isEditing = isListing = true;
  current.value = "";
  try { current.showPicker(); } catch { say("The list opens as you type."); }
}

function newLine() {
  if (current.tagName !== "TEXTAREA") return;
  isEditing = true;
  current.setRangeText("\n", current.selectionStart, current.selectionEnd, "end");
}

// -- paste -----------------------------------------------------------------------------------

function paste(event) {
  if (!event.target.closest("#grid tr[data-row]")) return;
  const block = parseBlock(event.clipboardData.getData("text/plain"));
  const isOne = block.length === 1 && block[0].length === 1;
  if (!block.length || (isOne && isEditing)) return;
  event.preventDefault();
  current = event.target;
  leave();
  fill(block);
}

// Where each column of the block goes: by its heading, where the first row names columns.
function columnsOf(block) {
  const known = new Map();
  heads.slice(FIRST).forEach((head, index) => {
    known.set(plain(head.textContent), FIRST + index);
    known.set(plain(head.dataset.name.replaceAll("_", " ")), FIRST + index);
  });
  const named = block[0].map((text) => known.get(plain(text)));
  if (named.every((column) => column !== undefined)) return [named, block.slice(1)];
  const first = Math.max(FIRST, columnOf(current));
  return [block[0].map((_, index) => first + index), block];
}

const plain = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();

function fill(block) {
  const [columns, values] = columnsOf(block);
  const all = rows();
  const start = all.indexOf(rowOf(current));
  const missing = Math.max(0, start + values.length - all.length);
  const fresh = Array.from({ length: missing }, made);
  const targets = [...all.slice(start), ...fresh];
  const changes = [];
  let left = 0;
  values.forEach((line, index) => line.forEach((text, at) => {
    const cell = columns[at] && control(targets[index], columns[at]);
    const after = cell && asTyped(cell, text);
    if (cell && after !== undefined) changes.push([cell, read(cell), after]);
    else if (text.trim()) left += 1;
  }));
  const steps = [setting(changes)];
  if (missing) steps.unshift(adding(fresh, lastRow()));
  const lost = left ? ` ${counted(left, "cell")} did not fit and were left out.` : "";
  act(steps, `${counted(values.length, "row")} pasted, ${missing} added.${lost}`);
  enter(current);
}

// What a cell makes of pasted text; undefined where it stays as it is.
function asTyped(cell, text) {
  if (isTick(cell)) return yesOrNo(text);
  return cell.tagName === "TEXTAREA" ? text : text.replace(/\s+/g, " ").trim();
}

// -- totals ----------------------------------------------------------------------------------

const sums = document.getElementById("grid-sums");
const conditions = (form.dataset.where ?? "").split(" ").filter(Boolean).map((each) => each.split("="));
let isAddingUp = false;

function addUp() {
  if (!sums || isAddingUp) return;
  isAddingUp = true;
  requestAnimationFrame(() => { isAddingUp = false; showSums(added()); });
}

function added() {
  const [amount, by] = [place(form.dataset.total), place(form.dataset.by)];
  const found = new Map();
  for (const row of rows()) {
    const counts = conditions.every(([name, text]) => read(control(row, place(name))) === text);
    const pence = parsePence(read(control(row, amount)));
    if (!counts || isGone(row) || pence === null) continue;
    const year = keyOf(read(control(row, by)));
    found.set(year, (found.get(year) ?? 0) + pence);
  }
  return found;
}

const keyOf = (text) => plain(text).replace(/[–—/]/g, "-").replace(/^(\d\d-\d\d)$/, "20$1").replace(/^(\d{4})-\d\d(\d\d)$/, "$1-$2").replace(" ", "-");
const both = (...parts) => (parts.every((part) => part === null) ? null : parts.reduce((sum, part) => sum + (part ?? 0), 0));
const known = (text) => (text ? parsePence(text) : null);

function showSums(found) {
  for (const row of sums.tBodies[0].rows) {
    const cell = (name) => row.querySelector(`[data-sum=${name}]`);
    const own = found.get(keyOf(row.dataset.key)) ?? null;
    if (!sums.dataset.side) cell("own").textContent = pounds(own);
    else showBalance(row, cell, own);
  }
}

function showBalance(row, cell, own) {
  const least = known(row.dataset.least);
  const counting = least === null ? own : Math.max(least, own ?? 0);
  const typed = both(known(row.dataset.others), counting);
  cell(sums.dataset.side).textContent = pounds(typed);
  const [income, spend] = ["income", "spend"].map((side) => parsePence(cell(side).textContent));
  const gap = income === null || spend === null ? null : income - spend;
  cell("difference").textContent = pounds(gap);
  cell("words").textContent = verdict(gap, Math.floor(row.dataset.tolerance * 100));
}

function verdict(gap, tolerance) {
  if (gap === null) return "Not stated";
  if (gap === 0) return "Balanced";
  if (Math.abs(gap) <= tolerance) return "Balanced within rounding";
  return gap < 0 ? `Overspent by ${pounds(-gap)}` : `Unspent: ${pounds(gap)}`;
}

// -- the form --------------------------------------------------------------------------------

const isTouchedCell = (cell) => (isTick(cell) ? cell.checked !== cell.defaultChecked : cell.value !== cell.defaultValue);
const isTouched = (row) => "kept" in row.dataset || [...row.querySelectorAll("input:not([type=hidden]), textarea")].some(isTouchedCell);

// Only what was touched travels; every row's token does, so that their order is known.
function trim(event) {
  for (const row of rows()) {
    if (isTouched(row)) continue;
    for (const cell of row.querySelectorAll("[name]")) {
      if (cell.type !== "hidden") event.formData.delete(cell.name);
    }
  }
}

function clicked(event) {
  const button = event.target.closest("button");
  if (button?.name === "_duplicate") duplicate(rowOf(button));
  else if (button?.name === "_add") addRows(10);
  else return;
  event.preventDefault();
}

function start() {
  rows().forEach(calm);
  for (const [id, what] of [["grid-undo", undo], ["grid-redo", redo]]) {
    const button = document.getElementById(id);
    button.hidden = false;
    button.disabled = true;
    button.addEventListener("click", what);
  }
  table.addEventListener("focusin", (event) => event.target.closest("tr[data-row]") && enter(event.target));
  table.addEventListener("focusout", leave);
  table.addEventListener("mousedown", pressed);
  table.addEventListener("input", (event) => { isEditing = isWords(event.target); });
  table.addEventListener("change", (event) => {
    if (!isTick(event.target)) return;
    write(event.target, read(event.target));
    current = event.target;
    leave();
  });
  table.addEventListener("keydown", key);
  table.addEventListener("paste", paste);
  form.addEventListener("click", clicked);
  form.addEventListener("submit", () => { leave(); isLeaving = true; });
  form.addEventListener("formdata", trim);
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && (done.length || "unsaved" in form.dataset)) event.preventDefault();
  });
  document.getElementById("grid-errors")?.focus();
}

start();

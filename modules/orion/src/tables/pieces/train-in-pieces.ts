import { orionErrors } from '../../errors.ts';
import type { Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { readPieces } from '../../table/read-table.ts';
import type { Table } from '../../table/table.ts';
import { matchColumns } from '../columns.ts';
import { tableErrors } from '../errors.ts';
import { tableFile, tableNetwork } from '../model-file/encode-table-model.ts';
import type { TableCard } from '../model-file/table-card.ts';
import { tableParity } from '../model-file/table-parity.ts';
import { tableNotes } from '../notes.ts';
import { bestThreshold, classificationFigures, decide, type Figures, regressionFigures } from '../training/figures.ts';
import { holdRows } from '../training/hold-rows.ts';
import { trainingNotes } from '../training/notes.ts';
import type { TableAsked } from '../training/table-data.ts';
import { spanOf } from '../training/train-table.ts';
import { fillBins } from '../trees/bins.ts';
import { boost, boostingKind } from '../trees/boosting-kind.ts';
import type { Crew } from '../trees/crew.ts';
import { boostingSettings } from '../trees/tree-settings.ts';
import type { ModelFacts, TableModel } from '../types.ts';
import { type PieceSource, pieceRows, type Survey, surveyFile, withTarget } from './survey.ts';

export interface PieceTraining {
  readonly source: PieceSource;
  readonly asked: TableAsked;
  readonly settings: unknown;
  readonly seed: number;
}

/**
 * Trains boosted trees from a file that need not fit the memory: the first reading finds the bins, the second one keeps a byte of
 * every value, the third one tells the rows that were held out. The model is the one that is measured: it does not learn from those.
 * Throws what `trainTable` does.
 */
export async function trainInPieces(
  { source, asked, settings: given, seed }: PieceTraining,
  work: Work,
): Promise<{ file: Uint8Array; card: TableCard }> {
  const { name: method } = boostingKind;
  const settings = settingsOf({ name: method, settings: boostingSettings }, given);
  work.progress(0, 'reading for the first time');
  const survey = await surveyFile(source, asked, settings.bins, seed);
  const { rows, target, classes, time, columns, bins } = survey;
  checkLearnable(survey, asked, method);
  const facts: ModelFacts = { task: asked.task, classes, columns };
  const codes = asked.task === 'classification' ? Int32Array.from(target) : undefined;
  const table: Table = { rows, columns: [], ...(time ? { time } : {}) };
  const { held } = holdRows(
    codes ? { task: 'classification', table, target: codes, classes } : { task: 'regression', table, target },
    seed,
  );
  const model = await boost({
    ...{ data: { task: asked.task, target: codes ?? target, table }, facts, bins, settings, seed },
    ...{ keptOut: held, fill: (crew) => fillFrom(source, asked, survey, crew) },
    work: {
      ...work,
      progress: (share) => work.progress(0.2 + 0.6 * share, `learning from ${rows - held.length} rows`),
    },
  });
  work.progress(0.85, 'telling the rows that were held out');
  const told = await tellHeld(source, asked, model, held, rows);
  const measured = measure(survey, codes, held, told.said);
  const decision =
    codes && classes.length === 2 ? { positive: measured.positive, threshold: measured.threshold } : null;
  const network = tableNetwork(model, decision);
  const parity = await tableParity(network, model, told.first, decision, work.signal);
  if (parity.changedDecisions > 0) throw tableErrors.ORION_PARITY_BROKEN({ ...parity });
  const card: TableCard = {
    ...{ format: 1, method, settings, seed, task: asked.task, target: asked.target },
    ...{ columns: [...columns] as TableCard['columns'], classes: [...classes] },
    decision: decision && { positive: classes[decision.positive]!, threshold: decision.threshold },
    ...{ rows, time: time && source.timeColumn !== null ? spanOf(time, source.timeColumn) : null },
    heldOut: {
      ...{ rows: measured.rows, by: time ? 'time' : 'draw', figures: { ...measured.figures } },
      yardsticks: [{ method: 'constant', figures: { ...measured.constant } }],
    },
    ...{ parity, notes: [...survey.notes, trainingNotes['in-pieces']({ rows: held.length })] },
  };
  return { file: tableFile(network, model, card), card };
}

function checkLearnable({ rows, columns, classes }: Survey, { task }: TableAsked, learner: string): void {
  if (columns.length === 0) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['no-columns']() });
  if (rows < 10) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['too-few-rows']({ rows }) });
  if (task === 'classification' && classes.length < 2)
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['one-class']({ class: classes[0] ?? '' }) });
  if (task === 'classification' && classes.length > 100)
    throw orionErrors.ORION_DATA_UNFIT({
      learner,
      reason: tableNotes['too-many-classes']({ classes: classes.length }),
    });
}

/** Calls `each` with the pieces of the file again: rows with a target, and the place of the first. */
async function eachPiece(
  { input, timeColumn, signal }: PieceSource,
  { target }: TableAsked,
  each: (table: Table, first: number) => void,
): Promise<void> {
  let first = 0;
  await readPieces(input, { timeColumn, signal }, pieceRows, (piece) => {
    const { table } = withTarget(piece, target);
    each(table, first);
    first += table.rows;
  });
}

const fillFrom = (source: PieceSource, asked: TableAsked, { columns, bins }: Survey, { kernel }: Crew): Promise<void> =>
  eachPiece(source, asked, (table, first) => {
    for (const [place, values] of matchColumns(columns, table).entries())
      fillBins(bins[place]!, values, kernel.arrays.bins, ((place >> 2) * kernel.shape.rows + first) * 4 + (place & 3));
  });

/** What the model says of the held-out rows, and the first rows of the file, for the certificate. */
async function tellHeld(source: PieceSource, asked: TableAsked, model: TableModel, held: Int32Array, rows: number) {
  const width = model.task === 'regression' ? 1 : model.classes.length;
  const said = new Float64Array(held.length * width);
  const isHeld = new Uint8Array(rows);
  for (let at = 0; at < held.length; at++) isHeld[held[at]!] = 1;
  let first: Table | undefined;
  let to = 0;
  await eachPiece(source, asked, (table, from) => {
    first ??= table;
    const own = model.predict(table);
    for (let row = 0; row < table.rows; row++)
      if (isHeld[from + row] === 1) for (let at = 0; at < width; at++) said[to++] = own[row * width + at]!;
  });
  return { said, first: first! };
}

/** Of two classes, every second of the held-out rows sets the threshold, and the others are measured. */
interface Measured {
  readonly rows: number;
  readonly figures: Figures;
  readonly constant: Figures;
  readonly positive: number;
  readonly threshold: number;
}

function measure(
  { target, classes, rows }: Survey,
  codes: Int32Array | undefined,
  held: Int32Array,
  said: Float64Array,
): Measured {
  const isHeld = new Set(held);
  if (!codes) {
    let mean = 0;
    for (let row = 0; row < rows; row++) if (!isHeld.has(row)) mean += target[row]! / (rows - held.length);
    const wanted = Float64Array.from(held, (row) => target[row]!);
    return {
      ...{ rows: held.length, figures: regressionFigures(wanted, said), positive: 0, threshold: 0 },
      constant: regressionFigures(wanted, new Float64Array(held.length).fill(mean)),
    };
  }
  const width = classes.length;
  const shares = new Float64Array(width);
  for (let row = 0; row < rows; row++) if (!isHeld.has(row)) shares[codes[row]!]! += 1 / (rows - held.length);
  const positive = width === 2 && shares[1]! > shares[0]! ? 0 : 1;
  const part = (odd: number) => Int32Array.from({ length: (held.length + 1 - odd) >> 1 }, (_, at) => 2 * at + odd);
  const setters = width === 2 ? part(1) : new Int32Array();
  const judges = width === 2 ? part(0) : Int32Array.from(held.keys());
  const isOwn = Uint8Array.from(setters, (at) => (codes[held[at]!] === positive ? 1 : 0));
  const threshold = isOwn.includes(1)
    ? bestThreshold(
        isOwn,
        Float64Array.from(setters, (at) => said[2 * at + positive]!),
      )
    : 0.5;
  const wanted = Int32Array.from(judges, (at) => codes[held[at]!]!);
  const own = Float64Array.from(
    { length: judges.length * width },
    (_, at) => said[judges[Math.floor(at / width)]! * width + (at % width)]!,
  );
  const constant = Float64Array.from({ length: judges.length * width }, (_, at) => shares[at % width]!);
  const of = (told: Float64Array) =>
    classificationFigures(wanted, told, decide(told, width, positive, threshold), width, positive);
  return { rows: judges.length, figures: of(own), constant: of(constant), positive, threshold };
}

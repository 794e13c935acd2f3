import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Note } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { TableModel } from '../tables/types.ts';

const parametersSchema = z.strictObject({ explain: z.boolean() });
export type PredictParameters = z.output<typeof parametersSchema>;

export interface PredictSummary {
  readonly target: string;
  readonly rows: number;
  /** Of a regression: mean, least and greatest of what is told. */
  readonly told: { readonly mean: number; readonly least: number; readonly greatest: number } | null;
  /** Of a classification: rows of each class. */
  readonly classes: Readonly<Record<string, number>> | null;
  /** Mean absolute share that each column has in what is told, the largest first; null unless asked for. */
  readonly importance: readonly { readonly column: string; readonly share: number }[] | null;
  readonly notes: readonly Note[];
}

/** What it writes, by the method's own name. */
export const predictedTable = 'predictions.csv';

const block = 4096;

export const predictMethod: FileMethod = {
  id: 'orion.predict',
  version: '1',
  description:
    'Tells the rows of a table by a trained model, with Shapley values where asked for (Lundberg et al., 2018).',
  async run(parameters, [modelPath, path], { folder, signal, progress }) {
    const { explain } = parametersSchema.parse(parameters);
    const [{ readTable }, { openTableModel }, { decide }, { scoringNotes }, { takeRows }] = await Promise.all([
      import('../table/read-table.ts'),
      import('../tables/model-file/open-table-model.ts'),
      import('../tables/training/figures.ts'),
      import('../tables/training/scoring-notes.ts'),
      import('../table/table.ts'),
    ]);
    const { model, card } = await openTableModel(await readFile(modelPath!));
    const table = await readTable(path!, { timeColumn: null, signal });
    const classes = model.classes.length;
    const positive = card.decision ? model.classes.indexOf(card.decision.positive) : 1;
    const isClasses = model.task === 'classification';
    const shares = new Float64Array(model.columns.length);
    const counts = new Int32Array(classes);
    let [sum, least, greatest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    function* lines(): Generator<string> {
      const outputs = isClasses && classes > 2 ? classes : 1;
      yield `${[
        'row',
        card.target,
        ...(isClasses ? model.classes.map((name) => `probability of ${name}`) : []),
        ...(explain ? explanationHeader(model, outputs) : []),
      ]
        .map(cell)
        .join(',')}\n`;
      for (let first = 0; first < table.rows; first += block) {
        signal.throwIfAborted();
        progress(first / table.rows);
        const chosen = Int32Array.from({ length: Math.min(block, table.rows - first) }, (_, row) => first + row);
        const part = takeRows(table, chosen);
        const said = model.predict(part);
        const decided = isClasses ? decide(said, classes, positive, card.decision?.threshold ?? 0.5) : undefined;
        const explained = explain ? model.explain?.(part) : undefined;
        const width = outputs * model.columns.length;
        let text = '';
        for (let row = 0; row < part.rows; row++) {
          const own = isClasses ? said.subarray(row * classes, (row + 1) * classes) : said.subarray(row, row + 1);
          if (decided) counts[decided[row]!]!++;
          else {
            sum += own[0]!;
            least = Math.min(least, own[0]!);
            greatest = Math.max(greatest, own[0]!);
          }
          const cells = [String(first + row + 1), decided ? cell(model.classes[decided[row]!]!) : String(own[0])];
          if (decided) for (const one of own) cells.push(String(Number(one.toPrecision(8))));
          if (explained) {
            for (const one of explained.base) cells.push(String(one));
            for (let at = 0; at < width; at++) {
              const value = explained.values[row * width + at]!;
              shares[at % model.columns.length]! += Math.abs(value) / table.rows;
              cells.push(String(Number(value.toPrecision(8))));
            }
          }
          text += `${cells.join(',')}\n`;
        }
        yield text;
      }
    }
    await pipeline(lines(), createWriteStream(join(folder, predictedTable)));
    const output: PredictSummary = {
      ...{ target: card.target, rows: table.rows },
      told: isClasses || table.rows === 0 ? null : { mean: sum / table.rows, least, greatest },
      classes: isClasses ? Object.fromEntries(model.classes.map((name, code) => [name, counts[code]!])) : null,
      importance: explain
        ? model.columns
            .map(({ name }, column) => ({ column: name, share: shares[column]! }))
            .sort((a, b) => b.share - a.share)
        : null,
      notes: scoringNotes(model.columns, table),
    };
    return { output, files: [predictedTable] };
  },
};

/** The base and the columns, of every output. */
function explanationHeader({ classes, columns }: TableModel, outputs: number): string[] {
  const of = (output: number) => (outputs > 1 ? ` for ${classes[output]}` : '');
  const all = Array.from({ length: outputs }, (_, output) => output);
  return [
    ...all.map((output) => `base${of(output)}`),
    ...all.flatMap((output) => columns.map(({ name }) => `share of ${name}${of(output)}`)),
  ];
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

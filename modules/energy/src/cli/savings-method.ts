import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { Savings } from '../savings/savings.ts';
import type { BaselineSummary } from './file-baseline.ts';
import { fileBaselineSchema } from './file-options.ts';

export const fileSavingsSchema = fileBaselineSchema.extend({
  reportingFrom: z.string(),
  reportingTo: z.string().nullable(),
  confidence: z.number().min(0.5).max(0.999),
  adjustments: z.array(z.strictObject({ reason: z.string(), from: z.string(), to: z.string(), amount: z.number() })),
});
export type FileSavingsParameters = z.output<typeof fileSavingsSchema>;

export interface SavingsFileOutput extends Omit<Savings, 'daily' | 'adjustments' | 'savings'> {
  readonly baseline: BaselineSummary;
  readonly reporting: { readonly from: string; readonly to: string };
  readonly adjustments: readonly { readonly reason: string; readonly amount: number; readonly applied: number }[];
  readonly savings: number;
}

/** The method's own name of the daily series that it writes. */
export const seriesPart = 'savings.csv';

export const fileSavingsMethod: FileMethod = {
  id: 'energy.file-savings',
  version: '1',
  description:
    'Avoided energy use of a reporting period against the baseline of a file, with non-routine adjustments and fractional uncertainty (IPMVP Option C; ASHRAE Guideline 14-2014; Sun and Baltazar 2013).',
  async run(parameters, [file], { folder, signal }) {
    const given = fileSavingsSchema.parse(parameters);
    const [{ baselineOfFile, summaryOf }, { savingsOf }, { siteTime }] = await Promise.all([
      import('./file-baseline.ts'),
      import('../savings/savings.ts'),
      import('../readings/site-time.ts'),
    ]);
    const { reportingFrom, reportingTo, confidence, adjustments, ...baseline } = given;
    const { rows, clock, model, notes } = await baselineOfFile(file!, baseline, signal);
    const instant = (text: string) => siteTime(text, baseline.columns.timezone);
    const found = savingsOf(rows, clock, model, {
      from: instant(reportingFrom),
      to: reportingTo === null ? Number.POSITIVE_INFINITY : instant(reportingTo),
      confidence,
      adjustments: adjustments.map((one) => ({ ...one, from: instant(one.from), to: instant(one.to) })),
    });
    const { daily, ...figures } = found;
    const lines = daily.start.map((start, at) =>
      [clock.iso(start), daily.measured[at], daily.adjusted[at], daily.cumulative[at], daily.uncertainty[at]].join(','),
    );
    await writeFile(
      join(folder, seriesPart),
      `${['day,measured,adjusted_baseline,cumulative_savings,uncertainty', ...lines].join('\n')}\n`,
    );
    const output: SavingsFileOutput = {
      baseline: summaryOf(model, clock),
      reporting: {
        from: clock.iso(Math.max(instant(reportingFrom), rows.start[0]!)),
        to: clock.iso(reportingTo === null ? rows.end.at(-1)! : instant(reportingTo)),
      },
      ...figures,
      adjustments: figures.adjustments.map(({ reason, amount, applied }) => ({ reason, amount, applied })),
      notes: [...new Map([...notes, ...found.notes].map((note) => [note.text, note])).values()],
    };
    return { output, files: [seriesPart] };
  },
};

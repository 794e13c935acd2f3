import type { VerdictRow, VersionRow } from '../schema.ts';

export const reportLanguages = ['en', 'zh-CN', 'zh-TW'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

export interface Counts {
  readonly ok: number;
  readonly ng: number;
  readonly refused: number;
}

/** Everything that a report of a lot says; kept as a file, so that the same report can be made again. */
export interface ReportContent {
  readonly station: string;
  readonly site: string;
  /** Names of all that parts were judged by; of the station's where there were no parts. */
  readonly inspection: string;
  readonly timezone: string;
  readonly lot: {
    readonly number: string;
    readonly startedAt: string;
    readonly startedBy: string;
    /** Null: it was still open. */
    readonly endedAt: string | null;
    readonly endedBy: string | null;
  };
  readonly made: { readonly at: string; readonly by: string };
  readonly counts: Counts;
  /** By the hour of UTC, the oldest first; shown by the site's clock. */
  readonly hours: readonly (Counts & { readonly at: string })[];
  /** Of what was rejected, most first; null: without a class. */
  readonly classes: readonly { readonly name: string | null; readonly count: number }[];
  readonly reviews: {
    readonly rejects: number;
    readonly falseRejects: number;
    readonly passes: number;
    readonly misses: number;
  };
  readonly versions: readonly ReportVersion[];
  /** What was rejected or refused, and what was passed though people call it bad, in the order of time. */
  readonly parts: readonly ReportPart[];
  /** The ledger before this report. */
  readonly ledger: { readonly sequence: number; readonly hash: string };
}

export interface ReportVersion {
  /** Name of the inspection, where the parts of the lot were judged by more than one. */
  readonly inspection?: string;
  readonly version: number;
  readonly model: string;
  readonly threshold: number | null;
  /** What was promised, and what is expected with its 95 % interval, per 1,000 good parts. */
  readonly asked: number;
  readonly falseRejects: { readonly per1000: number; readonly low: number; readonly high: number } | null;
  readonly findingId: string;
  readonly parts: number;
}

export interface ReportPart {
  readonly id: string;
  readonly at: string;
  readonly fileName: string;
  readonly verdict: VerdictRow['verdict'];
  readonly className: string | null;
  readonly score: number | null;
  readonly threshold: number | null;
  readonly error: string | null;
  readonly picture: string;
  /** Hashes of the small pictures; null where the picture was not kept. */
  readonly thumbnail: string | null;
  readonly heat: string | null;
  readonly findingId: string | null;
  readonly reviewed: 'ok' | 'ng' | null;
  readonly reviewedBy: string | null;
}

export const countsOf = (rows: readonly Pick<VerdictRow, 'verdict'>[]): Counts => {
  const of = (which: VerdictRow['verdict']) => rows.filter(({ verdict }) => verdict === which).length;
  return { ok: of('ok'), ng: of('ng'), refused: of('refused') };
};

/** What the verdicts of a lot give, the oldest first. */
export function figuresOf(
  rows: readonly VerdictRow[],
): Pick<ReportContent, 'counts' | 'hours' | 'classes' | 'reviews'> {
  const rejected = rows.filter(({ verdict }) => verdict === 'ng');
  const passed = rows.filter(({ verdict, reviewed }) => verdict === 'ok' && reviewed !== null);
  const looked = rejected.filter(({ reviewed }) => reviewed !== null);
  const byHour = Map.groupBy(rows, ({ at }) => `${at.toISOString().slice(0, 13)}:00:00.000Z`);
  const byClass = Map.groupBy(rejected, ({ class_name }) => class_name);
  return {
    counts: countsOf(rows),
    hours: [...byHour].map(([at, own]) => ({ at, ...countsOf(own) })),
    classes: [...byClass]
      .map(([name, own]) => ({ name, count: own.length }))
      .sort((a, b) => b.count - a.count || ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
    reviews: {
      ...{ rejects: looked.length, falseRejects: looked.filter(({ reviewed }) => reviewed === 'ok').length },
      ...{ passes: passed.length, misses: passed.filter(({ reviewed }) => reviewed === 'ng').length },
    },
  };
}

export const isListed = ({ verdict, reviewed }: VerdictRow): boolean => verdict !== 'ok' || reviewed === 'ng';

export const reportVersion = (row: VersionRow, asked: number, parts: number): ReportVersion => ({
  ...{ version: row.version, model: row.model, threshold: row.threshold, asked, parts },
  ...{ falseRejects: row.result.falseRejects, findingId: row.finding_id },
});

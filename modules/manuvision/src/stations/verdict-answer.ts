import type { VerdictRow } from '../schema.ts';
import type { VerdictPlace } from './repository.ts';
import type { VerdictAnswer } from './schemas.ts';

export const toVerdict = (row: VerdictRow): VerdictAnswer => ({
  ...{ id: row.id, stationId: row.station_id, at: row.at.toISOString(), fileName: row.file_name },
  ...{ picture: row.picture, kept: row.kept, version: row.version, threshold: row.threshold, score: row.score },
  ...{ verdict: row.verdict, class: row.class_name, value: row.value, boxes: [...row.boxes] },
  ...{ hasHeatmap: row.heatmap !== null, milliseconds: row.milliseconds, findingId: row.finding_id },
  ...{ keptBy: row.kept_by },
  removed: row.removed_by && row.removed_at && { by: row.removed_by, at: row.removed_at.toISOString() },
  ...{ partId: row.part_id, resultId: row.result_id },
  ...{ error: row.error, reviewed: row.reviewed, reviewedBy: row.reviewed_by },
});

/** What the page before ended with, as `verdictPlace` reads it again. */
export const placeText = ({ at, id }: VerdictPlace): string => `${at.toISOString()}_${id}`;

export const verdictPlace = (text: string): VerdictPlace | undefined => {
  const [, at, id] = /^([^_]+)_([0-9a-f-]{36})$/.exec(text) ?? [];
  const date = new Date(at ?? '');
  return id && !Number.isNaN(date.getTime()) ? { at: date, id } : undefined;
};

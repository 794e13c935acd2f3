import type { CountRow, StoredCrossing } from '../crossings/schemas.ts';
import type { CameraEvent } from '../events/schemas.ts';
import type { ExportColumn } from './column.ts';

const time = (text: string | null): number | null => (text === null ? null : Date.parse(text));
const list = (values: readonly (string | number)[]): string | null => values.join(' ') || null;

export const eventColumns: readonly ExportColumn<CameraEvent>[] = [
  { name: 'at', type: 'time', value: ({ at }) => time(at) },
  { name: 'since', type: 'time', value: ({ details }) => time(details.since) },
  { name: 'received_at', type: 'time', value: ({ receivedAt }) => time(receivedAt) },
  { name: 'camera', type: 'text', value: ({ cameraName }) => cameraName },
  { name: 'rule', type: 'text', value: ({ ruleId }) => ruleId },
  { name: 'rule_name', type: 'text', value: ({ ruleName }) => ruleName },
  { name: 'rule_version', type: 'count', value: ({ ruleVersion }) => ruleVersion },
  { name: 'kind', type: 'text', value: ({ kind }) => kind },
  { name: 'severity', type: 'text', value: ({ severity }) => severity },
  { name: 'label', type: 'text', value: ({ label }) => label },
  { name: 'tracks', type: 'text', value: ({ tracks }) => list(tracks) },
  { name: 'confirmed', type: 'truth', value: ({ doubts }) => doubts.length === 0 },
  { name: 'doubts', type: 'text', value: ({ doubts }) => list(doubts) },
  { name: 'x', type: 'number', value: ({ details }) => details.position?.x ?? null },
  { name: 'y', type: 'number', value: ({ details }) => details.position?.y ?? null },
  { name: 'values', type: 'text', value: ({ details }) => JSON.stringify(details.values) },
  { name: 'suppressed', type: 'count', value: ({ details }) => details.suppressed },
  { name: 'review', type: 'text', value: ({ state }) => state },
  { name: 'reviewed_at', type: 'time', value: ({ reviewedAt }) => time(reviewedAt) },
  { name: 'reviewed_by', type: 'text', value: ({ reviewedBy }) => reviewedBy },
  { name: 'review_note', type: 'text', value: ({ reviewNote }) => reviewNote },
  { name: 'finding_id', type: 'text', value: ({ findingId }) => findingId },
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'camera_id', type: 'text', value: ({ cameraId }) => cameraId },
  { name: 'site_id', type: 'text', value: ({ siteId }) => siteId },
];

export const crossingColumns: readonly ExportColumn<StoredCrossing>[] = [
  { name: 'at', type: 'time', value: ({ at }) => time(at) },
  { name: 'rule', type: 'text', value: ({ ruleId }) => ruleId },
  { name: 'rule_version', type: 'count', value: ({ ruleVersion }) => ruleVersion },
  { name: 'direction', type: 'text', value: ({ direction }) => direction },
  { name: 'label', type: 'text', value: ({ label }) => label },
  { name: 'track', type: 'whole', value: ({ track }) => track },
  { name: 'confirmed', type: 'truth', value: ({ confirmed }) => confirmed },
  { name: 'doubts', type: 'text', value: ({ doubts }) => list(doubts) },
  { name: 'before_at', type: 'time', value: ({ before }) => time(before.at) },
  { name: 'before_x', type: 'number', value: ({ before }) => before.x },
  { name: 'before_y', type: 'number', value: ({ before }) => before.y },
  { name: 'after_at', type: 'time', value: ({ after }) => time(after.at) },
  { name: 'after_x', type: 'number', value: ({ after }) => after.x },
  { name: 'after_y', type: 'number', value: ({ after }) => after.y },
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'camera_id', type: 'text', value: ({ cameraId }) => cameraId },
  { name: 'run_id', type: 'text', value: ({ runId }) => runId },
];

export const countColumns: readonly ExportColumn<CountRow>[] = [
  { name: 'start', type: 'time', value: ({ start }) => time(start) },
  { name: 'rule', type: 'text', value: ({ ruleId }) => ruleId },
  { name: 'in', type: 'count', value: (row) => row.in },
  { name: 'out', type: 'count', value: (row) => row.out },
  { name: 'unconfirmed_in', type: 'count', value: ({ unconfirmedIn }) => unconfirmedIn },
  { name: 'unconfirmed_out', type: 'count', value: ({ unconfirmedOut }) => unconfirmedOut },
];

/** One thing at one moment. */
export interface TrackRow {
  readonly runId: string;
  readonly time: number;
  readonly track: number;
  readonly label: string;
  readonly seen: boolean;
  readonly rejoined: boolean;
  readonly score: number;
  /** In fractions of the picture. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const trackColumns: readonly ExportColumn<TrackRow>[] = [
  { name: 'at', type: 'time', value: (row) => row.time },
  { name: 'track', type: 'whole', value: ({ track }) => track },
  { name: 'label', type: 'text', value: ({ label }) => label },
  { name: 'seen', type: 'truth', value: ({ seen }) => seen },
  { name: 'rejoined', type: 'truth', value: ({ rejoined }) => rejoined },
  { name: 'score', type: 'number', value: ({ score }) => score },
  { name: 'left', type: 'number', value: ({ left }) => left },
  { name: 'top', type: 'number', value: ({ top }) => top },
  { name: 'width', type: 'number', value: ({ width }) => width },
  { name: 'height', type: 'number', value: ({ height }) => height },
  { name: 'run_id', type: 'text', value: ({ runId }) => runId },
];

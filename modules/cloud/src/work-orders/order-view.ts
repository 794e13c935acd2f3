import type { PlacedOrder } from './repository.ts';
import type { CommentRow, PhotoRow } from './schema.ts';
import {
  isUnfinished,
  type WorkOrder,
  type WorkOrderComment,
  type WorkOrderFacts,
  type WorkOrderPhoto,
} from './work-order.ts';

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

export const toFacts = (row: PlacedOrder, now: Date): WorkOrderFacts => ({
  id: row.id,
  number: row.number,
  siteId: row.site_id,
  siteName: row.site_name,
  timezone: row.timezone,
  nodeId: row.node_id,
  nodeName: row.node_name,
  title: row.title,
  priority: row.priority,
  state: row.state,
  owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? row.owner_id } : null,
  dueAt: iso(row.due_at),
  overdue: isUnfinished(row.state) && row.due_at !== null && row.due_at < now,
  checked: row.checklist.filter(({ done }) => done).length,
  toCheck: row.checklist.length,
  minutes: row.times.reduce((sum, { minutes }) => sum + minutes, 0),
  source:
    row.source_kind && row.source_id
      ? { kind: row.source_kind, id: row.source_id, link: row.source_link, title: row.source_title ?? '' }
      : null,
  outcome: row.outcome,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  changedAt: row.changed_at.toISOString(),
  closedAt: iso(row.closed_at),
});

const toPhoto = (row: PhotoRow): WorkOrderPhoto => ({
  hash: row.hash,
  name: row.name,
  mediaType: row.media_type,
  size: row.size,
  by: row.added_by,
  at: row.added_at.toISOString(),
});

const toComment = ({ id, text, said_by, at }: CommentRow): WorkOrderComment => ({
  ...{ id, text, by: said_by, at: at.toISOString() },
});

export const toOrder = (
  row: PlacedOrder,
  more: { photos: readonly PhotoRow[]; comments: readonly CommentRow[]; asksVerdict: boolean; now: Date },
): WorkOrder => ({
  ...toFacts(row, more.now),
  description: row.description,
  findingId: row.finding_id,
  checklist: row.checklist,
  parts: row.parts,
  times: row.times,
  photos: more.photos.map(toPhoto),
  comments: more.comments.map(toComment),
  asksVerdict: more.asksVerdict,
});

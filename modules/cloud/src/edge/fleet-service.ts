import type { Database } from '@millwright/db';
import type { Actor, Clock } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { EdgeDesiredRow } from '../schema.ts';
import type { EdgeBox, EdgeBoxService } from './box-service.ts';
import type { DesiredService, PartComparison } from './desired-service.ts';
import { withoutPasswords } from './document-fields.ts';
import { edgeErrors } from './errors.ts';
import { type EdgeCommandView, toView } from './exchange-service.ts';
import type { AsideRow, HoleRow, StreamRow } from './repository.ts';
import type { UplinkService } from './uplink-service.ts';

const revisionView = (row: Omit<EdgeDesiredRow, 'parts'>) => ({
  ...{ revision: row.revision, reason: row.reason, rolloutId: row.rollout_id, by: row.actor_name },
  at: row.at.toISOString(),
});
const streamView = ({ stream, applied, received, duplicate, late, at }: StreamRow) => ({
  ...{ stream, applied, received, duplicate, late, at: at.toISOString() },
});
const holeView = ({ first, last, reason, part, kind, time, at }: HoleRow) => ({
  ...{ first, last, reason, part, kind, time: time?.toISOString() ?? null, at: at.toISOString() },
});
const asideView = ({ id, part, kind, code, reason, at, message }: AsideRow) => ({
  ...{ id, part, kind, code, reason, at: at.toISOString(), payload: message.payload },
});

export interface BoxDetail {
  readonly box: EdgeBox;
  readonly waits: boolean;
  readonly desired: ReturnType<typeof revisionView> | null;
  readonly parts: (Omit<PartComparison, 'differences'> & { differences: DifferenceView[] })[];
  readonly revisions: ReturnType<typeof revisionView>[];
  readonly streams: ReturnType<typeof streamView>[];
  readonly holes: ReturnType<typeof holeView>[];
  readonly asides: ReturnType<typeof asideView>[];
  readonly commands: EdgeCommandView[];
}
interface DifferenceView {
  path: string[];
  desired: unknown;
  reported: unknown;
  winner: 'box' | 'server';
}

/** Everything about one box for whoever looks after it. */
export class FleetService {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #boxes: EdgeBoxService;
  #desired: DesiredService;
  #uplink: UplinkService;

  constructor(parts: {
    db: Database;
    ledger: Ledger;
    clock: Clock;
    boxes: EdgeBoxService;
    desired: DesiredService;
    uplink: UplinkService;
  }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#boxes = parts.boxes;
    this.#desired = parts.desired;
    this.#uplink = parts.uplink;
  }

  async detail(actor: Actor, id: string): Promise<BoxDetail> {
    await this.#boxes.row(actor, id);
    await this.#desired.current(id);
    const waits = await this.#desired.waits(await this.#boxes.row(actor, id));
    // A report that comes meanwhile must not be in one half of the answer only.
    return this.#db.snapshot(() => this.#detail(actor, id, waits));
  }

  async #detail(actor: Actor, id: string, waits: boolean): Promise<BoxDetail> {
    const { repository } = this.#boxes;
    const { desired, parts } = await this.#desired.compare(await this.#boxes.row(actor, id));
    return {
      box: await this.#boxes.box(actor, id),
      waits,
      desired: desired ? revisionView(desired) : null,
      parts: parts.map(({ differences, desired: wanted, reported: there, ...part }) => ({
        ...{ ...part, desired: withoutPasswords(wanted), reported: withoutPasswords(there) },
        differences: differences.map(({ path, desired: mine, reported, winner }) => ({
          ...{ path: [...path], winner },
          ...{ desired: shown(path, mine), reported: shown(path, reported) },
        })),
      })),
      revisions: (await repository.revisions(id, 30)).map(revisionView),
      streams: (await repository.streams(id)).map(streamView),
      holes: (await repository.holes(id, 50)).map(holeView),
      asides: (await repository.asides(id, 50)).map(asideView),
      commands: (await repository.commands(id, 20)).map(toView),
    };
  }

  /** A message that no part would take: tried again, or let go. Throws what the part throws, and EDGE_MESSAGE_UNKNOWN. */
  async settle(actor: Actor, boxId: string, messageId: string, how: 'again' | 'dismiss'): Promise<void> {
    const box = await this.#boxes.row(actor, boxId, 'cloud.edge.manage');
    const { repository } = this.#boxes;
    await this.#db.transaction(async () => {
      const row = await repository.aside(boxId, messageId);
      if (!row) throw edgeErrors.EDGE_MESSAGE_UNKNOWN({ id: messageId });
      if (how === 'again') await this.#uplink.again(box, row.message, row.at);
      await repository.settleAside(messageId, how === 'again' ? 'taken' : 'dismissed', actor.name, this.#clock.now());
      const content = { name: box.name, message: messageId, part: row.part, kind: row.kind, how };
      await this.#ledger.record(actor, { type: 'cloud.edge-aside', subject: boxId, siteId: box.site_id, content });
    });
  }
}

/** A value of a field, without passwords in it. */
const shown = (path: readonly string[], value: unknown): unknown =>
  Object.values(withoutPasswords({ [path.at(-1) ?? '']: value ?? null }))[0];

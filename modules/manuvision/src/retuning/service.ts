import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger } from '@millwright/ledger';
import type { InspectionService } from '../inspections/service.ts';
import type { ProposalRow, StationRow, VersionRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { StationRepository } from '../stations/repository.ts';
import { stationFor } from '../stations/station-access.ts';
import { writeStation } from '../stations/write-station.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import {
  proposeMethod,
  proposeMethodId,
  type RetuneOutput,
  type RetuneParameters,
  retuneMethod,
  retuneMethodId,
} from './methods.ts';
import { RetuningRepository } from './repository.ts';
import type { DecisionInput, ProposalAnswer, ProposalsAnswer } from './schemas.ts';
import { type LinePart, type RetuningEvidence, type RetuningResult, workOut } from './work-out.ts';

interface RetuningParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly inspections: InspectionService;
  readonly stations: StationRepository;
  readonly process: InspectionProcess;
  /** Where models lie as files. */
  readonly models: string;
  /** A station judges by another version. */
  changed(): Promise<void>;
}

/** Parts of the line that a proposal looks back at. */
const lookBack = 5_000;

/** Thresholds from what operators say: proposed, shown with what they would change, and accepted or dismissed by a person, never by itself. */
export class RetuningService {
  readonly #parts: RetuningParts;
  readonly #repository: RetuningRepository;

  constructor(parts: RetuningParts) {
    this.#parts = parts;
    this.#repository = new RetuningRepository(parts.db);
    parts.ledger.registerMethod(proposeMethod(parts.blobs));
    parts.ledger.registerMethod(retuneMethod(parts));
  }

  async proposals(actor: Actor, stationId: string): Promise<ProposalsAnswer> {
    const station = await stationFor(this.#parts.stations, actor, stationId, 'read');
    const { parts } = await this.#line(actor, station);
    const rows = await this.#repository.list(stationId);
    return { items: rows.map(toProposal), reviewed: parts.filter(({ reviewed }) => reviewed !== null).length };
  }

  /**
   * Works out a proposal from the reviews so far; one that waits is replaced by it. Nothing is changed at the line. Throws
   * MANUVISION_PROPOSAL_EARLY, MANUVISION_PROPOSAL_WITHOUT_LIMIT.
   */
  async propose(actor: Actor, stationId: string): Promise<ProposalAnswer> {
    const { db, blobs, ledger, clock, inspections } = this.#parts;
    const station = await stationFor(this.#parts.stations, actor, stationId, 'read');
    requirePermission(actor, 'manuvision.verdict.review', station.site_id);
    const { name, promise: asked } = await inspections.row(actor, station.inspection_id, 'read');
    const { version, parts } = await this.#line(actor, station);
    const { threshold } = version;
    if (threshold === null) throw manuvisionServiceErrors.MANUVISION_PROPOSAL_WITHOUT_LIMIT({ inspection: name });
    if (parts.every(({ reviewed }) => reviewed === null))
      throw manuvisionServiceErrors.MANUVISION_PROPOSAL_EARLY({ station: station.name });
    const heldOut = version.result.conditions?.score ?? [];
    const evidence: RetuningEvidence = { asked, threshold, heldOut, parts };
    const result = workOut(evidence);
    if (!result) throw manuvisionServiceErrors.MANUVISION_PROPOSAL_EARLY({ station: station.name });
    const { hash } = await blobs.put(Buffer.from(canonicalJson(evidence)));
    const waiting = (await this.#repository.list(stationId)).filter(({ decision }) => decision === null);
    const now = clock.now();
    const row = await db.transaction(async () => {
      const { id: findingId } = await ledger.conclude<RetuningResult>(actor, {
        ...{ method: proposeMethodId, subject: station.id, siteId: station.site_id, output: result },
        parameters: { station: station.id, inspection: station.inspection_id, version: version.version },
        inputs: [{ kind: 'blob', reference: { hash } }],
      });
      for (const { id } of waiting)
        await this.#repository.change(id, { decision: 'dismissed', decided_at: now, decided_by: actor.name });
      const made: ProposalRow = {
        ...{ id: newId(), station_id: station.id, inspection_id: station.inspection_id, version: version.version },
        ...{ result, finding_id: findingId, created_at: now, actor_name: actor.name },
        ...{ decision: null, reason: null, decided_at: null, decided_by: null, new_version: null },
      };
      await this.#repository.insert(made);
      return made;
    });
    return toProposal(row);
  }

  /**
   * A person's decision. Accepted, it becomes a new version of the inspection, in which only the threshold is another, and the station
   * judges by it from then on. Throws MANUVISION_PROPOSAL_UNKNOWN, MANUVISION_PROPOSAL_DECIDED, MANUVISION_PROPOSAL_STALE.
   */
  async decide(
    actor: Actor,
    stationId: string,
    id: string,
    { decision, reason }: DecisionInput,
  ): Promise<ProposalAnswer> {
    const { stations, inspections, clock } = this.#parts;
    const station = await stationFor(stations, actor, stationId, 'write');
    await inspections.row(actor, station.inspection_id, 'write');
    const row = await this.#repository.byId(id);
    if (row?.station_id !== stationId) throw manuvisionServiceErrors.MANUVISION_PROPOSAL_UNKNOWN({ proposal: id });
    if (row.decision) throw manuvisionServiceErrors.MANUVISION_PROPOSAL_DECIDED({ by: row.decided_by ?? '' });
    const decided = { decision, reason, decided_at: clock.now(), decided_by: actor.name };
    if (decision === 'accepted') return this.#accept(actor, station, row, { ...decided, decision, reason });
    const content = { proposal: id, finding: row.finding_id, reason };
    await writeStation(this.#parts, actor, station, { type: 'proposal-dismiss', content }, () =>
      this.#repository.change(id, decided),
    );
    return toProposal({ ...row, ...decided });
  }

  async #accept(
    actor: Actor,
    station: StationRow,
    row: ProposalRow,
    decided: Pick<ProposalRow, 'decision' | 'decided_at' | 'decided_by'> & { readonly reason: string },
  ): Promise<ProposalAnswer> {
    const { stations, inspections, ledger } = this.#parts;
    if (station.inspection_id !== row.inspection_id || station.version !== row.version)
      throw manuvisionServiceErrors.MANUVISION_PROPOSAL_STALE({ version: row.version, now: station.version });
    const before = await inspections.version(actor, row.inspection_id, row.version);
    const { threshold, per1000, low, high } = row.result.proposed;
    const parameters: RetuneParameters = {
      ...{ threshold, station: station.id, proposal: row.finding_id, reason: decided.reason },
    };
    const inputs = [{ kind: 'blob', reference: { hash: before.model } }];
    const retuned = await ledger.conclude<RetuneOutput>(actor, {
      ...{ method: retuneMethodId, parameters, inputs, subject: row.inspection_id, siteId: station.site_id },
    });
    const { promise: _, ...details } = before.result.details;
    let accepted: ProposalRow = row;
    const content = { proposal: row.id, finding: row.finding_id, reason: decided.reason, retuned: retuned.id };
    await writeStation(this.#parts, actor, station, { type: 'proposal-accept', content }, async () => {
      const made = await inspections.addVersion(actor, row.inspection_id, {
        ...{ model: retuned.output.model, finding_id: retuned.id, settings: before.settings },
        network_of: before.network_of ?? before.version,
        result: { ...before.result, threshold, falseRejects: { per1000, low, high }, details },
      });
      const now = await stations.byId(station.id);
      if (now?.version !== row.version || now.inspection_id !== row.inspection_id)
        throw manuvisionServiceErrors.MANUVISION_PROPOSAL_STALE({ version: row.version, now: now?.version ?? 0 });
      await stations.change(station.id, { version: made.version });
      const values = { ...decided, new_version: made.version };
      await this.#repository.change(row.id, values);
      accepted = { ...row, ...values };
    });
    await this.#parts.changed();
    return toProposal(accepted);
  }

  /** What the station's network has judged, under whichever threshold. */
  async #line(actor: Actor, station: StationRow): Promise<{ version: VersionRow; parts: LinePart[] }> {
    const { inspections } = this.#parts;
    const version = await inspections.version(actor, station.inspection_id, station.version);
    const network = (one: { version: number; networkOf: number | null }) => one.networkOf ?? one.version;
    const own = version.network_of ?? version.version;
    const all = await inspections.versions(actor, station.inspection_id);
    const versions = all.filter((one) => network(one) === own).map((one) => one.version);
    return { version, parts: await this.#repository.parts(station.id, station.inspection_id, versions, lookBack) };
  }
}

const toProposal = ({ result, ...row }: ProposalRow): ProposalAnswer => ({
  ...{ id: row.id, stationId: row.station_id, version: row.version },
  ...{ change: result.change, asked: result.asked, current: result.current, proposed: result.proposed },
  ...{ parts: result.parts, held: result.held, changedParts: result.changedParts, changed: [...result.changed] },
  ...{ findingId: row.finding_id, at: row.created_at.toISOString(), by: row.actor_name },
  ...{ decision: row.decision, reason: row.reason, decidedAt: row.decided_at?.toISOString() ?? null },
  ...{ decidedBy: row.decided_by, newVersion: row.new_version },
});

import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { PartJudge } from './part-judge.ts';
import type { StationRepository } from './repository.ts';
import type { JudgeQuery, StationFigures, VerdictAnswer, VerdictFilter } from './schemas.ts';
import { stationFor, verdictFor } from './station-access.ts';
import { placeText, toVerdict, verdictPlace } from './verdict-answer.ts';
import { writeStation } from './write-station.ts';

interface VerdictParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly repository: StationRepository;
  readonly judge: Pick<PartJudge, 'judge'>;
}

const hourMs = 3_600_000;

/** What stations judged, how often, and what people say of it. */
export class VerdictService {
  readonly #parts: VerdictParts;

  constructor(parts: VerdictParts) {
    this.#parts = parts;
  }

  /**
   * Judges the picture of a part. What cannot be judged, for whatever reason, is refused and never passed: the answer says
   * why in `error`.
   */
  async judge(actor: Actor, id: string, query: JudgeQuery, content: Readable): Promise<VerdictAnswer> {
    const { fileName, partId, lot } = query;
    const { repository, judge } = this.#parts;
    const station = await stationFor(repository, actor, id, 'read');
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    return judge.judge(actor, station, { name: fileName, partId, lot, content: await buffer(content) });
  }

  /** Newest first. */
  async list(
    actor: Actor,
    id: string,
    filter: VerdictFilter,
  ): Promise<{ items: VerdictAnswer[]; next: string | null }> {
    const { repository } = this.#parts;
    await stationFor(repository, actor, id, 'read');
    const rows = await repository.verdicts(id, filter, filter.before ? verdictPlace(filter.before) : undefined);
    const last = rows.length === filter.limit ? rows.at(-1) : undefined;
    return { items: rows.map(toVerdict), next: last ? placeText(last) : null };
  }

  async verdict(actor: Actor, id: string, verdictId: string): Promise<VerdictAnswer> {
    return toVerdict((await verdictFor(this.#parts.repository, actor, id, verdictId)).verdict);
  }

  /** A person's word on a verdict; null takes it back. */
  async review(actor: Actor, id: string, verdictId: string, said: 'ok' | 'ng' | null): Promise<VerdictAnswer> {
    const { repository, clock } = this.#parts;
    const { station, verdict } = await verdictFor(repository, actor, id, verdictId);
    requirePermission(actor, 'manuvision.verdict.review', station.site_id);
    const reviewed = { reviewed: said, reviewed_at: said && clock.now(), reviewed_by: said && actor.name };
    const content = { verdict: verdictId, machine: verdict.verdict, before: verdict.reviewed, after: said };
    await writeStation(this.#parts, actor, station, { type: 'verdict-review', content }, () =>
      repository.changeVerdict(verdictId, reviewed),
    );
    return toVerdict({ ...verdict, ...reviewed });
  }

  /** The picture that was judged, as it came. Throws MANUVISION_PICTURE_NOT_KEPT, MANUVISION_PICTURE_REMOVED. */
  async picture(actor: Actor, id: string, verdictId: string): Promise<Readable> {
    const { repository, blobs } = this.#parts;
    const { verdict } = await verdictFor(repository, actor, id, verdictId);
    const { kept, removed_by: rule, removed_at: at } = verdict;
    if (rule && at) throw manuvisionServiceErrors.MANUVISION_PICTURE_REMOVED({ rule, at: at.toISOString() });
    if (!kept) throw manuvisionServiceErrors.MANUVISION_PICTURE_NOT_KEPT({ file: verdict.file_name });
    return blobs.get(verdict.picture);
  }

  /** PNG, grey: the limit lies in the middle. */
  async heatmap(actor: Actor, id: string, verdictId: string): Promise<Readable> {
    const { repository, blobs } = this.#parts;
    const { verdict } = await verdictFor(repository, actor, id, verdictId);
    if (verdict.heatmap === null) throw manuvisionServiceErrors.MANUVISION_VERDICT_UNKNOWN({ verdict: verdictId });
    return blobs.get(verdict.heatmap);
  }

  async figures(actor: Actor, id: string, hours: number): Promise<StationFigures> {
    const { repository, clock } = this.#parts;
    await stationFor(repository, actor, id, 'read');
    const from = new Date(clock.now().getTime() - hours * hourMs);
    const byHour = await repository.byHour(id, from);
    const classes = await repository.rejectedClasses(id, from);
    return {
      from: from.toISOString(),
      counts: await repository.counts(id, from),
      hours: byHour.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
      classes: classes.map(({ name, count }) => ({ name: name ?? '', count })),
      scores: (await repository.passedScores(id, from)) ?? null,
      reviewed: await repository.reviewed(id, from),
    };
  }
}

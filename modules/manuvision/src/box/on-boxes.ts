import type { Blobs } from '@millwright/blobs';
import type { EdgeDocument } from '@millwright/cloud';
import type { EdgePartServer, ReceivedEdgeMessage } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { problemsOf } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { InspectionService } from '../inspections/service.ts';
import type { LotService } from '../lots/service.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { CameraState } from '../stations/camera/camera-state.ts';
import { holdPictures } from '../stations/keep/picture-lock.ts';
import type { PartJudge } from '../stations/part-judge.ts';
import type { StationRepository } from '../stations/repository.ts';
import { stationActor } from '../stations/station-actor.ts';
import { storeVerdict } from '../stations/store-verdict.ts';
import { type BoxFigures, type BoxStation, type BoxVerdict, boxFields, boxFigures, boxVerdict } from './contract.ts';

interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly inspections: InspectionService;
  readonly lots: Pick<LotService, 'open'>;
  readonly repository: StationRepository;
  readonly judge: PartJudge;
}

/** The server's half of stations that run on edge boxes: which they are, how they do, and what they judged. */
export class StationsOnBoxes implements EdgePartServer {
  readonly name = 'manuvision';
  readonly boxFields = boxFields;
  readonly #parts: Parts;
  readonly #figures = new Map<string, BoxFigures['stations'][string]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As its box said last. */
  camera(stationId: string): CameraState | undefined {
    return this.#figures.get(stationId)?.camera ?? undefined;
  }

  /** Code of why no pictures come to it, as its box said last. */
  problem(stationId: string): string | null {
    return this.#figures.get(stationId)?.problem ?? null;
  }

  async desired({ id }: { readonly id: string }): ReturnType<EdgePartServer['desired']> {
    const { repository, inspections, lots, blobs } = this.#parts;
    const stations: BoxStation[] = [];
    const files = new Map<string, { sha256: string; bytes: number; name: string }>();
    for (const { row, inspectionName } of await repository.list()) {
      if (row.box_id !== id) continue;
      const { version, model } = await inspections.version(stationActor(row), row.inspection_id, row.version);
      const { name, folder, camera, keep } = row;
      const lot = (await lots.open(row.id))?.id ?? null;
      stations.push({ id: row.id, name, inspectionId: row.inspection_id, version, model, folder, camera, keep, lot });
      files.set(model, { sha256: model, bytes: (await blobs.stat(model)).size, name: `${inspectionName}.onnx` });
    }
    const document = JSON.parse(JSON.stringify({ stations })) as EdgeDocument;
    return { document, blobs: [...files.values()], idle: stations.length === 0 };
  }

  async receive(...[actor, message]: Parameters<EdgePartServer['receive']>): Promise<void> {
    const { db, blobs, inspections, repository, judge } = this.#parts;
    const said = checked(message);
    const station = await repository.byId(said.stationId);
    if (station?.site_id !== message.box.siteId)
      throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: said.stationId });
    const who = stationActor(station);
    const version = await inspections.version(who, said.inspectionId, said.version);
    if (version.model !== said.model)
      throw manuvisionServiceErrors.MANUVISION_BOX_MESSAGE({ kind: message.kind, problem: 'model: of no version' });
    // It was sent again after a power failure.
    if (await repository.verdict(message.id)) return;
    await holdPictures(db);
    const fileOf = async (name: string) => {
      const hash = message.blobs.find((file) => file.name === name)?.sha256;
      return hash && (await blobs.has(hash)) ? hash : null;
    };
    const isLost = said.keptBy !== null && (await fileOf('picture')) !== said.hash;
    const at = new Date(message.at);
    const { name, hash, outcome, milliseconds, keptBy, bytes } = said;
    const row = await storeVerdict(this.#parts, actor, station, {
      ...{ id: message.id, at, name, hash, version, outcome, milliseconds, keptBy, bytes },
      ...(isLost && { removed: { by: 'box', at: new Date(message.receivedAt) } as const }),
      heatmap: isLost ? null : await fileOf('heatmap.png'),
    });
    await db.afterCommit(async () => void (await judge.told(who, station, version, row)));
  }

  async onReported(...[, { figures }]: Parameters<NonNullable<EdgePartServer['onReported']>>): Promise<void> {
    const parsed = boxFigures.safeParse(figures);
    for (const [id, one] of Object.entries(parsed.data?.stations ?? {})) this.#figures.set(id, one);
  }
}

/** What is no verdict is put aside for a person to look at; sending it again would not mend it. */
function checked({ kind, payload }: ReceivedEdgeMessage): BoxVerdict {
  const parsed = boxVerdict.safeParse(payload);
  if (kind === 'verdict' && parsed.success) return parsed.data;
  const problem = parsed.error
    ? problemsOf(parsed.error)
        .map((one) => one.text)
        .join('; ')
    : 'kind';
  throw manuvisionServiceErrors.MANUVISION_BOX_MESSAGE({ kind, problem });
}

import type { Blobs } from '@millwright/blobs';
import type { EdgeDocument } from '@millwright/cloud';
import type { CloudServices, EdgeBoxFacts, EdgePartServer, ReceivedEdgeMessage } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Clock, operatorActor, problemsOf } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { z } from 'zod';
import type { InspectionService } from '../inspections/service.ts';
import { type LineAct, type LineActed, lineActed } from '../line/line-act.ts';
import type { LineMemory } from '../line/line-memory.ts';
import type { LineCertificate } from '../line/opcua/certificate-service.ts';
import type { Shown } from '../line/shown.ts';
import type { LotService } from '../lots/service.ts';
import type { StationRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { CameraState } from '../stations/camera/camera-state.ts';
import { holdPictures } from '../stations/keep/picture-lock.ts';
import type { PartJudge } from '../stations/part-judge.ts';
import type { StationRepository } from '../stations/repository.ts';
import { type VerdictAnswer, verdictSchema } from '../stations/schemas.ts';
import { stationActor } from '../stations/station-actor.ts';
import { storeVerdict } from '../stations/store-verdict.ts';
import { type boxAsks, certificatesAnswer, stillAnswer } from './asks.ts';
import {
  type BoxFigures,
  type BoxStation,
  boxFault,
  boxFaultEnd,
  boxFields,
  boxFigures,
  boxLine,
  boxLotEnd,
  boxVerdict,
} from './contract.ts';

interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly cloud: Pick<CloudServices, 'edgeAsks' | 'edgeBoxes'>;
  readonly inspections: InspectionService;
  readonly lots: Pick<LotService, 'open' | 'followAt' | 'endAt'>;
  readonly line: Pick<LineMemory, 'insertFault' | 'endFault'>;
  readonly clock: Clock;
  /** A station shows something else to the line, or lives on. */
  shows(station: { readonly id: string; readonly siteId: string }, shown: Shown): void;
  readonly repository: StationRepository;
  readonly judge: PartJudge;
}

/** Three reports of a box that did not come. */
const silentMs = 35_000;

/** The server's half of stations that run on edge boxes: which they are, how they do, and what they judged. */
export class StationsOnBoxes implements EdgePartServer {
  readonly name = 'manuvision';
  readonly boxFields = boxFields;
  readonly #parts: Parts;
  readonly #figures = new Map<string, BoxFigures['stations'][string] & { readonly at: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** As its box said last. */
  camera(stationId: string): CameraState | undefined {
    return this.#figures.get(stationId)?.camera ?? undefined;
  }

  /** What it shows to the line; null: its box has said nothing for so long that nobody knows. */
  line(stationId: string): NonNullable<BoxFigures['stations'][string]['line']> | null {
    const said = this.#figures.get(stationId);
    return said?.line && this.#parts.clock.now().getTime() - said.at < silentMs ? said.line : null;
  }

  /** Code of why no pictures come to it, as its box said last. */
  problem(stationId: string): string | null {
    return this.#figures.get(stationId)?.problem ?? null;
  }

  /** Does something in the place of the line. Throws MANUVISION_LINE_SILENT, EDGE_BOX_SILENT. */
  async act(station: StationRow, act: LineAct): Promise<LineActed> {
    return lineActed.parse(await this.#ask(station, 'line', { stationId: station.id, act }));
  }

  /** What its camera sees now, JPEG. Throws MANUVISION_CAMERA_NONE, MANUVISION_CAMERA_LOST, EDGE_BOX_SILENT. */
  async still(station: StationRow, width: number): Promise<Uint8Array> {
    const answer = await this.#ask(station, 'still', { stationId: station.id, width });
    return Buffer.from(stillAnswer.parse(answer).jpeg, 'base64');
  }

  /** Takes a picture there and judges it. Throws as `still` does. */
  async take(station: StationRow, patienceMs: number): Promise<VerdictAnswer> {
    return verdictSchema.parse(await this.#ask(station, 'take', { stationId: station.id, patienceMs }));
  }

  /** Throws EDGE_BOX_SILENT. */
  async certificates(box: EdgeBoxFacts): Promise<LineCertificate[]> {
    return certificatesAnswer.parse(await this.#askBox(box, 'certificates', {})).items;
  }

  /** Throws CONNECTOR_CERTIFICATE_UNKNOWN, EDGE_BOX_SILENT. */
  async trustCertificate(
    box: EdgeBoxFacts,
    thumbprint: string,
    trust: LineCertificate['trust'],
  ): Promise<LineCertificate[]> {
    return certificatesAnswer.parse(await this.#askBox(box, 'certificate-trust', { thumbprint, trust })).items;
  }

  /** Whoever may see the station may have its box asked of it. */
  async #ask<What extends keyof typeof boxAsks>(
    { box_id }: StationRow,
    what: What,
    input: z.input<(typeof boxAsks)[What]>,
  ): Promise<unknown> {
    return this.#askBox(await this.#parts.cloud.edgeBoxes.box(operatorActor, box_id!), what, input);
  }

  #askBox<What extends keyof typeof boxAsks>(
    box: Pick<EdgeBoxFacts, 'id' | 'name'>,
    what: What,
    input: z.input<(typeof boxAsks)[What]>,
  ): Promise<unknown> {
    return this.#parts.cloud.edgeAsks.ask(box, { part: this.name, what, input });
  }

  async desired({ id }: { readonly id: string }): ReturnType<EdgePartServer['desired']> {
    const { repository, inspections, lots, blobs } = this.#parts;
    const stations: BoxStation[] = [];
    const files = new Map<string, { sha256: string; bytes: number; name: string }>();
    for (const { row, inspectionName } of await repository.list()) {
      if (row.box_id !== id) continue;
      const { version, model } = await inspections.version(stationActor(row), row.inspection_id, row.version);
      const { name, folder, camera, keep, handshake } = row;
      const lot = (await lots.open(row.id))?.number ?? null;
      stations.push({
        ...{ id: row.id, name, inspectionId: row.inspection_id, version, model, folder, camera, keep, lot, handshake },
      });
      files.set(model, { sha256: model, bytes: (await blobs.stat(model)).size, name: `${inspectionName}.onnx` });
    }
    const document = JSON.parse(JSON.stringify({ stations, line: boxLine.parse({}) })) as EdgeDocument;
    return { document, blobs: [...files.values()], idle: stations.length === 0 };
  }

  async receive(...[actor, message]: Parameters<EdgePartServer['receive']>): Promise<void> {
    if (message.kind === 'fault' || message.kind === 'fault-end') return this.#fault(message);
    if (message.kind === 'lot-end') {
      const station = await this.#station(message, checked(message, boxLotEnd).stationId);
      return this.#parts.lots.endAt(stationActor(station), station, new Date(message.at));
    }
    const { db, blobs, inspections, repository, judge, lots } = this.#parts;
    const said = checked(message, boxVerdict);
    const station = await this.#station(message, said.stationId);
    const who = stationActor(station);
    const version = await inspections.version(who, said.inspectionId, said.version);
    if (version.model !== said.model)
      throw manuvisionServiceErrors.MANUVISION_BOX_MESSAGE({ kind: message.kind, problem: 'model: of no version' });
    // It was sent again after a power failure.
    if (await repository.verdict(message.id)) return;
    if (said.lot !== undefined) await lots.followAt(who, station, said.lot, new Date(message.at));
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
      ...{ partId: said.partId, resultId: said.resultId },
      ...(isLost && { removed: { by: 'box', at: new Date(message.receivedAt) } as const }),
      heatmap: isLost ? null : await fileOf('heatmap.png'),
    });
    await db.afterCommit(async () => void (await judge.told(who, station, version, row)));
  }

  async onReported(...[{ siteId }, { figures }]: Parameters<NonNullable<EdgePartServer['onReported']>>): Promise<void> {
    const parsed = boxFigures.safeParse(figures);
    const at = this.#parts.clock.now().getTime();
    for (const [id, one] of Object.entries(parsed.data?.stations ?? {})) {
      this.#figures.set(id, { ...one, at });
      if (one.line) this.#parts.shows({ id, siteId }, one.line.shown);
    }
  }

  /** Throws MANUVISION_STATION_UNKNOWN, also of one of another site. */
  async #station({ box }: ReceivedEdgeMessage, id: string): Promise<StationRow> {
    const station = await this.#parts.repository.byId(id);
    if (station?.site_id !== box.siteId) throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: id });
    return station;
  }

  async #fault(message: ReceivedEdgeMessage): Promise<void> {
    const { line } = this.#parts;
    const at = new Date(message.at);
    const none = { at, code: 'PROTOCOL_DOWN', part_id: null, result_id: null, ended_at: null, reset_by: null } as const;
    if (message.kind === 'fault') {
      const { stationId, code, partId, resultId } = checked(message, boxFault);
      const { id: station_id } = await this.#station(message, stationId);
      return line.insertFault({ ...none, id: message.id, station_id, code, part_id: partId, result_id: resultId });
    }
    const { stationId, faultId, resetBy } = checked(message, boxFaultEnd);
    const { id: station_id } = await this.#station(message, stationId);
    await line.endFault({ ...none, id: faultId, station_id, ended_at: at, reset_by: resetBy });
  }
}

const kinds: ReadonlySet<string> = new Set(['verdict', 'fault', 'fault-end', 'lot-end']);

/** What is none of these is put aside for a person to look at; sending it again would not mend it. */
function checked<Schema extends z.ZodType>({ kind, payload }: ReceivedEdgeMessage, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success && kinds.has(kind)) return parsed.data;
  const problem = parsed.error
    ? problemsOf(parsed.error)
        .map((one) => one.text)
        .join('; ')
    : 'kind';
  throw manuvisionServiceErrors.MANUVISION_BOX_MESSAGE({ kind, problem });
}

import type { Database } from '@millwright/db';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { FaultRow, StationRow } from '../schema.ts';
import type { StationRepository } from '../stations/repository.ts';
import { stationFor } from '../stations/station-access.ts';
import { writeStation } from '../stations/write-station.ts';
import { faultCodes } from './faults.ts';
import { type HandshakeSettings, handshakeSettings } from './handshake-settings.ts';
import { lineErrors } from './line-errors.ts';
import type { LineRepository } from './line-repository.ts';
import type { FaultAnswer, LineAnswer, TriggerInput } from './line-schemas.ts';
import type { ModbusServer } from './modbus/modbus-server.ts';
import { type StationOpcuaServer, stationsNamespace } from './opcua/opcua-server.ts';
import type { StationTalk } from './station-talk.ts';
import type { StationTalks } from './station-talks.ts';

interface LineParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly stations: StationRepository;
  readonly repository: LineRepository;
  readonly talks: StationTalks<StationRow>;
  readonly modbus: ModbusServer;
  readonly opcua: StationOpcuaServer;
}

/** How stations talk with the line: settings, what they show now, and what people do in the place of the line. */
export class LineService {
  readonly #parts: LineParts;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  async line(actor: Actor, id: string): Promise<LineAnswer> {
    return this.#answer(await stationFor(this.#parts.stations, actor, id, 'read'));
  }

  /** @param settings null: it talks no more. Throws MANUVISION_LINE_ON_BOX, MANUVISION_LINE_PROTOCOL_OFF, MANUVISION_LINE_UNIT_TAKEN. */
  async set(actor: Actor, id: string, settings: HandshakeSettings | null): Promise<LineAnswer> {
    const { stations, repository, talks } = this.#parts;
    const station = await stationFor(stations, actor, id, 'write');
    if (settings) await this.#check(station, settings);
    const content = { before: station.handshake, after: settings };
    await writeStation(this.#parts, actor, station, { type: 'station-handshake', content }, () =>
      repository.set(id, settings),
    );
    await talks.sync();
    return this.#answer({ ...station, handshake: settings });
  }

  /** Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NOT_READY. */
  async trigger(actor: Actor, id: string, { partId, lot }: TriggerInput): Promise<LineAnswer> {
    const { station, talk } = await this.#talk(actor, id, 'manuvision.verdict.create');
    const { name } = station;
    if (!talk.pulseTrigger(partId, lot))
      throw lineErrors.MANUVISION_LINE_NOT_READY({ station: name, state: talk.shown.state });
    return this.#answer(station);
  }

  /** Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NO_RESULT. */
  async acknowledge(actor: Actor, id: string): Promise<LineAnswer> {
    const { station, talk } = await this.#talk(actor, id, 'manuvision.verdict.create');
    if (!talk.pulseAcknowledge()) throw lineErrors.MANUVISION_LINE_NO_RESULT({ station: station.name });
    return this.#answer(station);
  }

  /** Out of the fail-safe state, once nothing is wrong any more. Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NO_RESET. */
  async reset(actor: Actor, id: string): Promise<LineAnswer> {
    const { station, talk } = await this.#talk(actor, id, 'manuvision.line.reset');
    const { faultName } = talk.shown;
    if (!talk.reset(actor.name))
      throw lineErrors.MANUVISION_LINE_NO_RESET({ station: station.name, fault: faultName ?? 'no fault' });
    const content = { fault: faultName };
    await writeStation(this.#parts, actor, station, { type: 'station-reset', content }, async () => undefined);
    return this.#answer(station);
  }

  /** Newest first. */
  async faults(actor: Actor, id: string, limit: number): Promise<FaultAnswer[]> {
    await stationFor(this.#parts.stations, actor, id, 'read');
    return (await this.#parts.repository.faults(id, limit)).map(toFault);
  }

  async #talk(actor: Actor, id: string, permission: 'manuvision.verdict.create' | 'manuvision.line.reset') {
    const station = await stationFor(this.#parts.stations, actor, id, 'read');
    requirePermission(actor, permission, station.site_id);
    const talk: StationTalk | undefined = this.#parts.talks.get(id);
    if (!talk) throw lineErrors.MANUVISION_LINE_SILENT({ station: station.name });
    return { station, talk };
  }

  async #check(station: StationRow, { modbusUnit, opcua: wantsOpcua }: HandshakeSettings): Promise<void> {
    const { stations, modbus, opcua } = this.#parts;
    if (station.box_id !== null) throw lineErrors.MANUVISION_LINE_ON_BOX({ station: station.name });
    if (wantsOpcua && !opcua.isOffered)
      throw lineErrors.MANUVISION_LINE_PROTOCOL_OFF({ protocol: 'OPC UA', setting: 'stationOpcuaPort' });
    if (modbusUnit === null) return;
    if (!modbus.isOffered)
      throw lineErrors.MANUVISION_LINE_PROTOCOL_OFF({ protocol: 'Modbus TCP', setting: 'stationModbusPort' });
    for (const { row } of await stations.list())
      if (row.id !== station.id && row.handshake?.modbusUnit === modbusUnit)
        throw lineErrors.MANUVISION_LINE_UNIT_TAKEN({ unit: modbusUnit, station: row.name });
  }

  #answer({ id, handshake }: StationRow): LineAnswer {
    const { talks, modbus, opcua } = this.#parts;
    const settings = handshake && handshakeSettings.parse(handshake);
    const { address } = modbus;
    const unit = settings?.modbusUnit ?? null;
    return {
      settings,
      shown: talks.get(id)?.shown ?? null,
      opcua: opcua.url && settings?.opcua ? { url: opcua.url, namespace: stationsNamespace, node: `s=${id}` } : null,
      modbus: address && unit !== null ? { ...address, unit } : null,
    };
  }
}

const toFault = (row: FaultRow): FaultAnswer => ({
  ...{ id: row.id, at: row.at.toISOString(), code: row.code, number: faultCodes[row.code] },
  ...{ partId: row.part_id, resultId: row.result_id },
  ...{ endedAt: row.ended_at?.toISOString() ?? null, resetBy: row.reset_by },
});

import type { Database } from '@millwright/db';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationsOnBoxes } from '../box/on-boxes.ts';
import type { FaultRow, StationRow } from '../schema.ts';
import type { StationRepository } from '../stations/repository.ts';
import { stationFor } from '../stations/station-access.ts';
import { writeStation } from '../stations/write-station.ts';
import { checkUnit } from './check-unit.ts';
import { faultCodes } from './faults.ts';
import { type HandshakeSettings, handshakeSettings, shownSettings, storedSettings } from './handshake-settings.ts';
import { actOn, type LineAct } from './line-act.ts';
import { addressesOf } from './line-addresses.ts';
import { lineErrors } from './line-errors.ts';
import type { LineRepository } from './line-repository.ts';
import type { FaultAnswer, LineAnswer, TriggerInput } from './line-schemas.ts';
import type { ModbusServer } from './modbus/modbus-server.ts';
import type { StationOpcuaServer } from './opcua/opcua-server.ts';
import type { PlcWriters } from './opcua/plc-writers.ts';
import type { Shown } from './shown.ts';
import type { StationTalks } from './station-talks.ts';

interface LineParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly stations: StationRepository;
  readonly repository: LineRepository;
  readonly talks: StationTalks<StationRow>;
  readonly modbus: ModbusServer;
  readonly opcua: StationOpcuaServer;
  readonly plcs: PlcWriters;
  readonly onBoxes: StationsOnBoxes;
  /** A handshake was set up, changed or taken away. */
  changed(): Promise<void>;
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

  /** @param settings null: it talks no more. Throws MANUVISION_LINE_PROTOCOL_OFF, MANUVISION_LINE_UNIT_TAKEN, MEDIA_PASSWORD_ELSEWHERE. */
  async set(actor: Actor, id: string, settings: HandshakeSettings | null): Promise<LineAnswer> {
    const { stations, repository, changed } = this.#parts;
    const station = await stationFor(stations, actor, id, 'write');
    const before = station.handshake && handshakeSettings.parse(station.handshake);
    const after = settings && storedSettings(settings, before);
    if (after) await this.#check(station, after);
    const content = { before: before && shownSettings(before), after: after && shownSettings(after) };
    await writeStation(this.#parts, actor, station, { type: 'station-handshake', content }, () =>
      repository.set(id, after),
    );
    await changed();
    return this.#answer({ ...station, handshake: after });
  }

  /** Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NOT_READY. */
  async trigger(actor: Actor, id: string, { partId, lot }: TriggerInput): Promise<LineAnswer> {
    const { station, act } = await this.#talk(actor, id, 'manuvision.verdict.create');
    const { done, shown } = await act({ do: 'trigger', partId, lot });
    if (!done) throw lineErrors.MANUVISION_LINE_NOT_READY({ station: station.name, state: shown.state });
    return this.#answer(station, shown);
  }

  /** Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NO_RESULT. */
  async acknowledge(actor: Actor, id: string): Promise<LineAnswer> {
    const { station, act } = await this.#talk(actor, id, 'manuvision.verdict.create');
    const { done, shown } = await act({ do: 'acknowledge' });
    if (!done) throw lineErrors.MANUVISION_LINE_NO_RESULT({ station: station.name });
    return this.#answer(station, shown);
  }

  /** Out of the fail-safe state, once nothing is wrong any more. Throws MANUVISION_LINE_SILENT, MANUVISION_LINE_NO_RESET. */
  async reset(actor: Actor, id: string): Promise<LineAnswer> {
    const { station, act } = await this.#talk(actor, id, 'manuvision.line.reset');
    const { done, before, shown } = await act({ do: 'reset', by: actor.name });
    const { faultName } = before;
    if (!done) throw lineErrors.MANUVISION_LINE_NO_RESET({ station: station.name, fault: faultName ?? 'no fault' });
    const content = { fault: faultName };
    await writeStation(this.#parts, actor, station, { type: 'station-reset', content }, async () => undefined);
    return this.#answer(station, shown);
  }

  /** Newest first. */
  async faults(actor: Actor, id: string, limit: number): Promise<FaultAnswer[]> {
    await stationFor(this.#parts.stations, actor, id, 'read');
    return (await this.#parts.repository.faults(id, limit)).map(toFault);
  }

  async #talk(actor: Actor, id: string, permission: 'manuvision.verdict.create' | 'manuvision.line.reset') {
    const station = await stationFor(this.#parts.stations, actor, id, 'read');
    requirePermission(actor, permission, station.site_id);
    if (!station.handshake) throw lineErrors.MANUVISION_LINE_SILENT({ station: station.name });
    if (station.box_id !== null) {
      const { onBoxes } = this.#parts;
      return { station, act: (act: LineAct) => onBoxes.act(station, act) };
    }
    const talk = this.#parts.talks.get(id);
    if (!talk) throw lineErrors.MANUVISION_LINE_SILENT({ station: station.name });
    return { station, act: async (act: LineAct) => actOn(talk, act) };
  }

  async #check(station: StationRow, settings: HandshakeSettings): Promise<void> {
    const { modbusUnit, opcua: wantsOpcua } = settings;
    const { stations, modbus, opcua } = this.#parts;
    await checkUnit(stations, { ...station, handshake: settings });
    // Which ports a box has, whoever runs it says there; without one its station is in the fail-safe state.
    if (station.box_id !== null) return;
    if (wantsOpcua && !opcua.isOffered)
      throw lineErrors.MANUVISION_LINE_PROTOCOL_OFF({ protocol: 'OPC UA', setting: 'stationOpcuaPort' });
    if (modbusUnit !== null && !modbus.isOffered)
      throw lineErrors.MANUVISION_LINE_PROTOCOL_OFF({ protocol: 'Modbus TCP', setting: 'stationModbusPort' });
  }

  /** @param now left out: as it was known last */
  #answer({ id, handshake, box_id }: StationRow, now?: Shown): LineAnswer {
    const { talks, onBoxes } = this.#parts;
    const settings = handshake && shownSettings(handshakeSettings.parse(handshake));
    if (box_id !== null) {
      const { shown = null, opcua = null, modbus = null, plc = null } = (settings && onBoxes.line(id)) ?? {};
      return { settings, shown: now ?? shown, opcua, modbus, plc };
    }
    return { settings, shown: now ?? talks.get(id)?.shown ?? null, ...addressesOf(id, settings, this.#parts) };
  }
}

const toFault = (row: FaultRow): FaultAnswer => ({
  ...{ id: row.id, at: row.at.toISOString(), code: row.code, number: faultCodes[row.code] },
  ...{ partId: row.part_id, resultId: row.result_id },
  ...{ endedAt: row.ended_at?.toISOString() ?? null, resetBy: row.reset_by },
});

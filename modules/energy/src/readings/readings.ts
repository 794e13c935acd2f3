import { convertUnit, type MeasurementService, type MeasurementsReference } from '@millwright/cloud/server';
import { type Actor, operatorActor } from '@millwright/kernel';
import type { InputReference } from '@millwright/ledger';
import type { PointFacts, Series, UnitConverter } from '../analysis/series.ts';
import { energyErrors } from '../errors.ts';

/** One meter of an evidence method: what it was then, its input is at the same place in the finding's inputs. */
export interface MeterParameters {
  readonly pointId: string;
  readonly name: string;
  readonly facts: PointFacts;
}

/** Of one point: about 400 MB while they are analysed. A year of readings every three seconds is below it. */
const mostReadings = 12_000_000;

/** The readings of one period that a figure rests on, as evidence pins them. */
export class Readings {
  #measurements: MeasurementService;

  constructor(measurements: MeasurementService) {
    this.#measurements = measurements;
  }

  /** The period and one reading on either side, as an input of evidence. */
  async reference(actor: Actor, pointId: string, from: number, to: number): Promise<InputReference> {
    await this.#checkNumber(actor, pointId, from, to);
    const window = await this.#measurements.windowAround(actor, pointId, from, to);
    const reference: MeasurementsReference = {
      pointId,
      from: new Date(window.from).toISOString(),
      to: new Date(window.to).toISOString(),
    };
    return { kind: 'measurements', reference };
  }

  /** For a page: the readings of the period and one on either side. */
  async around(actor: Actor, pointId: string, from: number, to: number): Promise<Series> {
    await this.#checkNumber(actor, pointId, from, to);
    const window = await this.#measurements.windowAround(actor, pointId, from, to);
    return (await this.#measurements.series(actor, pointId, window.from, window.to)).series;
  }

  async #checkNumber(actor: Actor, pointId: string, from: number, to: number): Promise<void> {
    const count = await this.#measurements.count(actor, pointId, from, to);
    if (count > mostReadings) throw energyErrors.ENERGY_TOO_MANY_READINGS({ count, most: mostReadings });
  }

  /** For a method that is run again: whoever verifies a finding has passed the ledger's own check. */
  async read(input: InputReference): Promise<Series> {
    const { pointId, from, to } = input.reference as MeasurementsReference;
    return (await this.#measurements.series(operatorActor, pointId, Date.parse(from), Date.parse(to))).series;
  }
}

/** Cloud's conversion with the error of this module, so that the message says what to correct. */
export const convert: UnitConverter = (value, from, to) => {
  try {
    return convertUnit(value, from, to);
  } catch (error) {
    throw energyErrors.ENERGY_UNIT_UNKNOWN({ from, to }, error);
  }
};

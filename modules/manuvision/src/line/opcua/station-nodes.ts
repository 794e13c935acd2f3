import type { Opcua } from '@millwright/cloud/opcua';
import type { ISessionContext, Namespace, UAObject, UAVariable, Variant } from 'node-opcua';
import { lotNumber } from '../../lots/schemas.ts';
import { type SignalName, signalNames, signalNodes } from '../signal-names.ts';
import type { StationTalk } from '../station-talk.ts';

const longestPartId = 64;

/** The node set of one station: what it shows as variables, and what the line sets as variables and as methods. */
export class StationNodes {
  talk: StationTalk;
  readonly #opcua: Opcua;
  readonly #namespace: Namespace;
  readonly #object: UAObject;
  readonly #variables = new Map<SignalName, UAVariable>();
  readonly #shown = new Map<SignalName, unknown>();
  /** Of the next part and of those from now on, and a reset as it was written. */
  #partId = '';
  #lot = '';
  #reset = false;

  constructor(opcua: Opcua, namespace: Namespace, folder: UAObject, talk: StationTalk) {
    this.#opcua = opcua;
    this.#namespace = namespace;
    this.talk = talk;
    const { id, name } = talk.station;
    this.#object = namespace.addObject({ organizedBy: folder, browseName: name, nodeId: `s=${id}` });
    // Bits come last, so that whoever is told of a result finds its numbers there.
    for (const browseName of signalNames)
      this.#variables.set(
        browseName,
        namespace.addVariable({
          ...{ componentOf: this.#object, browseName, nodeId: `s=${id}/${browseName}` },
          ...{ dataType: signalNodes[browseName][0], minimumSamplingInterval: 0 },
          ...{ accessLevel: 'CurrentRead', userAccessLevel: 'CurrentRead' },
        }),
      );
    this.#addInputs();
    this.#addMethods();
    this.show();
  }

  show(): void {
    const { shown } = this.talk;
    for (const [browseName, variable] of this.#variables) {
      const [dataType, key] = signalNodes[browseName];
      if (this.#shown.get(browseName) === shown[key]) continue;
      this.#shown.set(browseName, shown[key]);
      variable.setValueFromSource({ dataType: this.#opcua.DataType[dataType], value: shown[key] });
    }
  }

  remove(): void {
    this.#namespace.deleteNode(this.#object);
  }

  #addInputs(): void {
    const { id } = this.talk.station;
    const { DataType, StatusCodes } = this.#opcua;
    const inputs = this.#namespace.addObject({
      ...{ componentOf: this.#object, browseName: 'Inputs', nodeId: `s=${id}/Inputs` },
    });
    const bit = (browseName: string, get: () => boolean, set: (on: boolean) => void) =>
      this.#addInput(inputs, browseName, 'Boolean', {
        get,
        set: (value) => {
          set(value === true);
          return StatusCodes.Good;
        },
      });
    bit(
      'Trigger',
      () => this.talk.shown.trigger,
      (on) => this.talk.setTrigger(on, this.#partId, this.#lot || undefined),
    );
    bit(
      'Acknowledge',
      () => this.talk.shown.acknowledge,
      (on) => this.talk.setAcknowledge(on),
    );
    bit(
      'Reset',
      () => this.#reset,
      (on) => {
        if (on && !this.#reset) this.talk.reset();
        this.#reset = on;
      },
    );
    this.#addInput(inputs, 'PartId', DataType[DataType.String], {
      get: () => this.#partId,
      set: (value) => {
        if (String(value ?? '').length > longestPartId) return StatusCodes.BadOutOfRange;
        this.#partId = String(value ?? '');
        return StatusCodes.Good;
      },
    });
    this.#addInput(inputs, 'Lot', DataType[DataType.String], {
      get: () => this.#lot,
      set: (value) => {
        const lot = String(value ?? '').trim();
        if (lot !== '' && !lotNumber.safeParse(lot).success) return StatusCodes.BadOutOfRange;
        this.#lot = lot;
        return StatusCodes.Good;
      },
    });
  }

  #addInput(
    inputs: UAObject,
    browseName: string,
    dataType: string,
    { get, set }: { get: () => unknown; set: (value: unknown) => Opcua['StatusCodes']['Good'] },
  ): void {
    const { DataType, Variant: Value } = this.#opcua;
    const type = DataType[dataType as keyof typeof DataType];
    this.#namespace.addVariable({
      ...{ componentOf: inputs, browseName, nodeId: `s=${this.talk.station.id}/Inputs/${browseName}`, dataType },
      ...{ accessLevel: 'CurrentRead | CurrentWrite', userAccessLevel: 'CurrentRead | CurrentWrite' },
      minimumSamplingInterval: 100,
      value: {
        get: () => new Value({ dataType: type, value: get() }),
        set: (variant: Variant) => set(variant.value),
      },
    });
  }

  #addMethods(): void {
    const { DataType, StatusCodes } = this.#opcua;
    const add = (browseName: string, takesPart: boolean, call: (part: string) => boolean) =>
      this.#namespace
        .addMethod(this.#object, {
          ...{ browseName, nodeId: `s=${this.talk.station.id}/${browseName}` },
          inputArguments: takesPart ? [{ name: 'PartId', dataType: DataType.String }] : [],
          outputArguments: [],
        })
        // The library counts the parameters: two are a function that promises.
        .bindMethod(async (given: Variant[], _context: ISessionContext) => {
          const partId = String(given[0]?.value ?? '');
          if (partId.length > longestPartId) return { statusCode: StatusCodes.BadOutOfRange };
          return { statusCode: call(partId) ? StatusCodes.Good : StatusCodes.BadInvalidState };
        });
    add('Trigger', true, (part) => this.talk.pulseTrigger(part, this.#lot || undefined));
    add('Acknowledge', false, () => this.talk.pulseAcknowledge());
    add('Reset', false, () => this.talk.reset());
    add('EndLot', false, () => {
      this.#lot = '';
      this.talk.endLot();
      return true;
    });
  }
}

import { defineErrors } from '@millwright/kernel';

export const simulatorErrors = defineErrors('simulator', {
  SIMULATOR_POINT_UNKNOWN: {
    status: 404,
    message: ({ key }: { key: string }) => `The simulated plant has no point ${key}.`,
    remedy: 'Take a key from plant.points; keys read site/asset/metric.',
  },
  SIMULATOR_ASSET_UNKNOWN: {
    status: 404,
    message: ({ key }: { key: string }) => `The simulated plant has no asset ${key}.`,
    remedy: 'Take a key from plant.description; asset keys read site/asset.',
  },
  SIMULATOR_TIME_TOO_EARLY: {
    status: 422,
    message: ({ time, commissionedAt }: { time: string; commissionedAt: string }) =>
      `The plant was commissioned at ${commissionedAt} and has no value at ${time}.`,
    remedy: 'Ask for a later time, or give createPlant an earlier commissionedAt.',
  },
  SIMULATOR_FAULT_INVALID: {
    status: 422,
    message: ({ fault, reason }: { fault: string; reason: string }) =>
      `The fault ${fault} cannot be injected: ${reason}.`,
    remedy: 'The faults table in packages/testkit/README.md says what each fault needs.',
  },
  SIMULATOR_NOT_RUNNING: {
    status: 409,
    message: ({ publisher }: { publisher: string }) => `The ${publisher} publisher is not running.`,
    remedy: 'Call start() first.',
  },
  SIMULATOR_ADDRESS_UNKNOWN: {
    status: 404,
    message: ({ unitId, address }: { unitId: number; address: number }) =>
      `Unit ${unitId} has no register at address ${address}.`,
    remedy: 'Take an address from modbusRegisterMap(plant.description).',
  },
  SIMULATOR_LOAD_INVALID: {
    status: 422,
    message: ({ reason }: { reason: string }) => `The load cannot be generated: ${reason}.`,
    remedy: 'Change the option that the message names.',
  },
});

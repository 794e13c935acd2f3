import { createPlant, type PlantEndpoints } from '@millwright/testkit/simulator';
import { describe, expect, it } from 'vitest';
import { sampleSources } from './sample-tree.ts';

const endpoints = {
  opcua: { endpointUrl: 'opc.tcp://127.0.0.1:4840' },
  modbus: {
    host: '127.0.0.1',
    port: 502,
    units: [{ unitId: 9, site: 'hamburg', asset: 'hamburg/transformer-1', registers: [] }],
  },
} as unknown as PlantEndpoints;

describe('the sources of the sample plant', () => {
  it('are named in the language that the plant is made in', () => {
    const { description } = createPlant();
    const names = (language?: 'en' | 'zh') => sampleSources(description, endpoints, language).map(({ name }) => name);
    expect(names()).toContain('Transformer 1 (Modbus 9)');
    expect(names()).toContain('Qingdao Steel, OPC UA');
    for (const name of names('zh')) expect(name).toMatch(/\p{Script=Han}/u);
  });
});
